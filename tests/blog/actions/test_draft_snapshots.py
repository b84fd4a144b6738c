"""Snapshots of a draft: when they are taken, and what they hold."""

from datetime import timedelta

import pytest
from django.utils import timezone

from blog.actions.drafts import save_draft
from blog.actions.paste import insert_paste
from blog.actions.revisions import restore_revision
from blog.models import DraftSnapshot, PostTarget, comment_target
from blog.paste import Paste
from tests import factories

HOUR = timedelta(hours=1)


@pytest.fixture
def post(ada, course):
    """Return a post whose draft was begun an hour ago, and has its words since half an hour."""
    post = factories.make_draft_post(ada, course, "Ties", "As it was.")
    post.drafts.update(snapshot_at=timezone.now() - HOUR, updated_at=timezone.now() - HOUR / 2)
    return post


def save(post, text):
    save_draft(PostTarget(post), by=post.author, title="Ties", text=text)


def snapshots_of(post):
    found = post.draft_snapshots.order_by("pk")
    return list(found.values_list("user__email", "title", "text", "reason"))


def test_save_after_twenty_minutes_keeps_what_it_replaces(post, ada):
    words_of = post.drafts.get().updated_at

    save(post, "As it is.")

    assert snapshots_of(post) == [(ada.email, "Ties", "As it was.", "writing")]
    assert DraftSnapshot.objects.get().created_at == words_of


def test_saves_within_twenty_minutes_keep_one_snapshot(post, ada):
    for text in ("One.", "Two.", "Three."):
        save(post, text)

    assert [text for _email, _title, text, _reason in snapshots_of(post)] == ["As it was."]


def test_writing_that_has_just_begun_keeps_none(ada, course):
    post = factories.make_draft_post(ada, course, text="Half a word")

    save(post, "Half a word and more")

    assert snapshots_of(post) == []


def test_empty_draft_is_not_kept(post):
    post.drafts.update(text="  \n")

    save(post, "A first word.")

    assert snapshots_of(post) == []


def test_nothing_is_kept_after_the_course(post, course):
    yesterday = course.today() - timedelta(days=1)
    course.ends_on = yesterday
    course.save()
    post.refresh_from_db()

    save(post, "As it is.")

    assert snapshots_of(post) == []


def test_comments_have_no_snapshots(post, bob, course):
    post = factories.make_post(post.author, course)
    factories.make_draft_comment(bob, post, snapshot_at=timezone.now() - HOUR)

    save_draft(comment_target(post), by=bob, text="Another half.")

    assert DraftSnapshot.objects.count() == 0


def test_paste_keeps_the_draft_before_it_whenever_it_comes(ada, course):
    post = factories.make_draft_post(ada, course, "Ties", "Before.")

    insert_paste(post, Paste("Pasted.", ""), by=ada, replace=True, version=None)
    post.refresh_from_db()

    assert snapshots_of(post) == [(ada.email, "Ties", "Before.", "paste")]


def test_pastes_within_twenty_minutes_keep_what_was_before_the_first(ada, course):
    post = factories.make_draft_post(ada, course, "Ties", "Before.")

    for number in range(5):
        insert_paste(post, Paste(f"Pasted {number}.", ""), by=ada, replace=True, version=None)
        post.refresh_from_db()
    kept = snapshots_of(post)
    post.draft_snapshots.update(created_at=timezone.now() - HOUR)
    insert_paste(post, Paste("Much later.", ""), by=ada, replace=True, version=None)

    assert kept == [(ada.email, "Ties", "Before.", "paste")]
    assert [text for _email, _title, text, _reason in snapshots_of(post)] == [
        "Before.",
        "Pasted 4.",
    ]


def test_restored_version_keeps_the_draft_it_replaces(ada, course):
    post = factories.make_post(ada, course, "Ties", "Published.")
    factories.make_draft(ada, post, "Going on.")

    restore_revision(post.revision, by=ada)

    assert snapshots_of(post) == [(ada.email, "Ties", "Going on.", "restore")]


def test_the_same_words_are_kept_once(post, ada):
    insert_paste(post, Paste("Pasted.", ""), by=ada, replace=True, version=None)
    post.drafts.filter(is_conflict_copy=False).update(text="As it was.")

    insert_paste(post, Paste("Pasted again.", ""), by=ada, replace=True, version=None)

    assert snapshots_of(post) == [(ada.email, "Ties", "As it was.", "paste")]
