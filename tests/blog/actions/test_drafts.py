"""Drafts that save themselves: whose save counts, and that two texts stay two until one chooses."""

from uuid import UUID

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from blog.actions.draft_conflicts import keep_conflict_copy, resolve_conflict, undo_resolution
from blog.actions.drafts import discard_draft, save_draft, start_post
from blog.actions.posts import publish_post
from blog.exceptions import Refused, StaleDraft
from blog.models import (
    Audience,
    AuditEvent,
    Comment,
    Draft,
    OutboxMessage,
    Post,
    PostTarget,
    Revision,
    Tab,
    comment_target,
)
from tests import factories

HERE, THERE = UUID(int=1), UUID(int=2)


@pytest.fixture
def post(ada, course):
    return start_post(course, by=ada, title="T", text="begun", tab=Tab(HERE, 1))


def words(text, title="T"):
    return {"title": title, "text": text, "audience": Audience.COURSE, "public_until_day": None}


def save(post, text, version, tab):
    return save_draft(
        PostTarget(post), by=post.author, title="T", text=text, version=version, tab=tab
    )


def texts(**of):
    return sorted(Draft.objects.filter(**of).values_list("text", flat=True))


# One page that saves


def test_a_page_whose_answer_was_lost_is_not_in_conflict_with_itself(post):
    save(post, "begun and", "0.1", Tab(HERE, 2))

    draft = save(post, "begun and gone on", "0.1", Tab(HERE, 3))

    assert (draft.text, draft.version, draft.seq) == ("begun and gone on", 3, 3)


def test_a_save_that_comes_in_late_is_passed_over(post):
    save(post, "newer", "0.1", Tab(HERE, 3))

    save(post, "older", "0.1", Tab(HERE, 2))

    assert (Draft.objects.get().text, Draft.objects.get().version) == ("newer", 2)


def test_words_typed_back_to_what_they_were_outlive_a_slow_save_of_those_between(post):
    save(post, "begun", "0.1", Tab(HERE, 3))

    save(post, "between", "0.1", Tab(HERE, 2))

    assert Draft.objects.get().text == "begun"


def test_a_page_without_scripts_saves_each_time_it_is_sent(post):
    save(post, "one", "0.1", Tab(THERE))

    save(post, "two", "0.1", Tab(THERE))

    assert Draft.objects.get().text == "two"


def test_another_page_that_has_not_seen_the_last_save_is_stale(post):
    save(post, "from here", "0.1", Tab(HERE, 2))

    with pytest.raises(StaleDraft):
        save(post, "from there", "0.1", Tab(THERE, 1))

    assert Draft.objects.get().text == "from here"


def test_a_page_that_has_been_overtaken_is_stale_although_it_saved_before(post):
    save(post, "from there", "0.1", Tab(THERE, 1))

    with pytest.raises(StaleDraft):
        save(post, "from here again", "0.1", Tab(HERE, 2))


# Two texts


@pytest.fixture
def other(post, ada):
    """What a second page typed, kept beside the draft “from here”."""
    save(post, "from here", "0.1", Tab(HERE, 2))
    return keep_conflict_copy(
        PostTarget(post), by=ada, content=words("from there"), tab=Tab(THERE, 1)
    )


def test_both_texts_are_kept(other, post):
    assert texts(is_conflict_copy=False) == ["from here"]
    assert texts(is_conflict_copy=True) == ["from there"]
    assert list(post.drafts.conflict_copies()) == [other]


def test_the_second_page_goes_on_in_its_own_text(other, post, ada):
    keep_conflict_copy(
        PostTarget(post), by=ada, content=words("from there, more"), tab=Tab(THERE, 3)
    )
    keep_conflict_copy(PostTarget(post), by=ada, content=words("from there, m"), tab=Tab(THERE, 2))

    assert texts(is_conflict_copy=True) == ["from there, more"]


def test_a_third_page_has_a_text_of_its_own(other, post, ada):
    keep_conflict_copy(PostTarget(post), by=ada, content=words("third"), tab=Tab(UUID(int=3), 1))

    assert texts(is_conflict_copy=True) == ["from there", "third"]


def test_to_keep_the_other_sets_the_draft_aside_and_undo_brings_it_back(other, post, ada):
    [aside] = resolve_conflict(
        other, by=ada, chosen=words("from there"), rest=[words("from here")], version="0.2"
    )

    assert texts(is_conflict_copy=False) == ["from there"]
    assert not Draft.objects.conflict_copies().exists()

    undo_resolution(aside, by=ada)

    assert texts(is_conflict_copy=False) == ["from there"]
    assert list(Draft.objects.conflict_copies().values_list("text", flat=True)) == ["from here"]


def test_to_keep_the_draft_sets_the_other_aside(other, ada):
    resolve_conflict(
        other, by=ada, chosen=words("from here"), rest=[words("from there")], version="0.2"
    )

    assert texts(is_conflict_copy=False) == ["from here"]
    assert texts(is_conflict_copy=True, archived_at__isnull=False) == ["from there"]


def test_a_merged_text_sets_both_aside_and_undo_brings_both_back(other, post, ada):
    both = [words("from here"), words("from there")]
    aside = resolve_conflict(
        other, by=ada, chosen=words("from both", "Both"), rest=both, version="0.2"
    )

    undo_resolution(aside[0], by=ada)

    assert texts(is_conflict_copy=False) == ["from both"]
    assert texts(is_conflict_copy=True, archived_at=None) == ["from here", "from there"]
    assert Post.objects.get().title == "Both"


def test_a_choice_stops_before_words_nobody_has_seen(other, post, ada):
    save(post, "from here, later", "0.2", Tab(HERE, 3))

    with pytest.raises(StaleDraft):
        resolve_conflict(
            other, by=ada, chosen=words("from there"), rest=[words("from here")], version="0.2"
        )

    assert texts() == ["from here, later", "from there"]


def test_publishing_leaves_the_other_text_and_drafts_of_comments(other, post, ada):
    said = factories.make_draft_comment(ada, post)
    publish_post(post, by=ada, title="T", text="from here", audience=Audience.COURSE)

    assert list(Draft.objects.order_by("pk")) == [other, said]


def test_a_deleted_post_takes_no_choice(other, post, ada):
    post.deleted_at = post.created_at
    post.save()

    with pytest.raises(Refused):
        resolve_conflict(other, by=ada, chosen=words("x"), rest=[], version="0.2")


def test_saving_and_choosing_touch_no_publication_and_write_to_nobody(ada, bob, course):
    post = factories.make_post(ada, course, "T", "published")
    before = list(Post.objects.values()), list(Revision.objects.values())

    save(post, "typed", "1.0", Tab(HERE, 1))
    other = keep_conflict_copy(
        PostTarget(post), by=ada, content=words("typed there"), tab=Tab(THERE, 1)
    )
    resolve_conflict(
        other, by=ada, chosen=words("typed there"), rest=[words("typed")], version="1.1"
    )

    assert (list(Post.objects.values()), list(Revision.objects.values())) == before
    assert not AuditEvent.objects.exists()
    assert not OutboxMessage.objects.exists()
    assert mail.outbox == []


# Comments


@pytest.fixture
def talk(bob, course):
    return factories.make_post(bob, course)


@pytest.fixture
def said(talk, bob):
    return factories.make_comment(bob, talk, "A thought.")


def draft_comment(target, by, text, version="0.0", tab=None):
    return save_draft(
        target, by=by, text=text, audience=30, version=version, tab=tab or Tab(HERE, 1)
    )


def test_each_place_of_a_conversation_has_its_own_draft(talk, said, ada, bob):
    draft_comment(comment_target(talk), ada, "to the post")
    draft_comment(comment_target(talk, parent=said), ada, "to Bob")
    draft_comment(comment_target(talk, comment=said), bob, "A better thought.")

    assert texts() == ["A better thought.", "to Bob", "to the post"]
    assert comment_target(talk, parent=said).draft_by(ada).text == "to Bob"
    assert comment_target(talk, parent=said).draft_by(bob).text == ""


def test_nothing_typed_and_nothing_changed_need_no_row(talk, said, ada, bob):
    place = comment_target(talk)
    draft = draft_comment(place, ada, "words")

    draft_comment(place, ada, " ", place.version_of(draft), Tab(HERE, 2))
    draft_comment(comment_target(talk, comment=said), bob, "A thought.")

    assert texts() == []


def test_a_comment_typed_in_two_pages_is_stale_in_the_second(talk, ada):
    place = comment_target(talk)
    draft_comment(place, ada, "from here")

    with pytest.raises(StaleDraft):
        draft_comment(place, ada, "from there", tab=Tab(THERE, 1))
    other = keep_conflict_copy(
        place, by=ada, content={"text": "from there", "audience": 30}, tab=None
    )
    resolve_conflict(
        other,
        by=ada,
        chosen={"text": "from both", "audience": 30},
        rest=[],
        version=place.version_of(place.draft_by(ada)),
    )

    assert texts() == ["from both"]


def test_a_sent_comment_takes_its_draft_away(talk, ada):
    place = comment_target(talk)
    draft = draft_comment(place, ada, "words")

    discard_draft(place, by=ada, version=place.version_of(draft))

    assert texts() == []


def test_words_saved_in_another_page_since_are_not_taken_away(talk, ada):
    place = comment_target(talk)
    draft = draft_comment(place, ada, "words")
    draft_comment(place, ada, "words, and more", place.version_of(draft), Tab(THERE, 1))

    discard_draft(place, by=ada, version=place.version_of(draft), tab=Tab(HERE, 2))

    assert texts() == ["words, and more"]


def test_a_slow_save_does_not_bring_back_what_was_sent(talk, ada):
    factories.make_comment(ada, talk, "words")

    draft_comment(comment_target(talk), ada, "words")

    assert texts() == []


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"kind": "comment"}, "one_comment_draft_per_writer_and_post"),
        ({"kind": "reply"}, "only_reply_drafts_have_a_parent"),
        ({"kind": "edit"}, "only_edit_drafts_have_a_comment"),
        ({"kind": "post", "archived_at": "2026-01-01T00:00Z"}, "never_archived"),
    ],
)
def test_the_database_is_the_last_witness(talk, ada, fields, rule):
    draft_comment(comment_target(talk), ada, "words")

    with pytest.raises(IntegrityError), transaction.atomic():
        Draft.objects.create(user=ada, post=talk, **fields)

    assert Draft.objects.count() == 1
    assert any(rule in constraint.name for constraint in Draft._meta.constraints)


def test_a_standing_comment_of_the_same_words_elsewhere_keeps_no_draft_back(talk, said, ada):
    factories.make_comment(ada, talk, "Yes.", parent=said)

    draft_comment(comment_target(talk), ada, "Yes.")

    assert texts() == ["Yes."]
    assert Comment.objects.count() == 2
