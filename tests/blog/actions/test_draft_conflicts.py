"""Two texts of one draft: both stay until their writer has chosen, and the choice is undone."""

from uuid import UUID

import pytest
from django.core import mail

from blog.actions.draft_conflicts import keep_conflict_copy, resolve_conflict, undo_resolution
from blog.actions.drafts import save_draft, start_post
from blog.actions.posts import publish_post
from blog.exceptions import Refused, StaleDraft
from blog.models import Audience, AuditEvent, Draft, OutboxMessage, Post, PostTarget, Revision, Tab
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


# Two texts


@pytest.fixture
def copy(post, ada):
    """Return a conflict copy: what a second tab saved beside the draft “from here”."""
    save(post, "from here", "0.1", Tab(HERE, 2))
    return keep_conflict_copy(
        PostTarget(post), by=ada, content=words("from there"), tab=Tab(THERE, 1)
    )


def test_both_texts_are_kept(copy, post):
    assert texts(is_conflict_copy=False) == ["from here"]
    assert texts(is_conflict_copy=True) == ["from there"]
    assert list(post.drafts.conflict_copies()) == [copy]


def test_the_second_page_goes_on_in_its_own_text(copy, post, ada):
    keep_conflict_copy(
        PostTarget(post), by=ada, content=words("from there, more"), tab=Tab(THERE, 3)
    )
    keep_conflict_copy(PostTarget(post), by=ada, content=words("from there, m"), tab=Tab(THERE, 2))

    assert texts(is_conflict_copy=True) == ["from there, more"]


def test_a_third_page_has_a_text_of_its_own(copy, post, ada):
    keep_conflict_copy(PostTarget(post), by=ada, content=words("third"), tab=Tab(UUID(int=3), 1))

    assert texts(is_conflict_copy=True) == ["from there", "third"]


def test_choosing_the_copy_archives_the_draft_and_undo_brings_it_back(copy, post, ada):
    [archived] = resolve_conflict(
        copy, by=ada, chosen=words("from there"), rest=[words("from here")], version="0.2"
    )

    assert texts(is_conflict_copy=False) == ["from there"]
    assert not Draft.objects.conflict_copies().exists()

    undo_resolution(archived, by=ada)

    assert texts(is_conflict_copy=False) == ["from there"]
    assert list(Draft.objects.conflict_copies().values_list("text", flat=True)) == ["from here"]


def test_choosing_the_draft_archives_the_copy(copy, ada):
    resolve_conflict(
        copy, by=ada, chosen=words("from here"), rest=[words("from there")], version="0.2"
    )

    assert texts(is_conflict_copy=False) == ["from here"]
    assert texts(is_conflict_copy=True, archived_at__isnull=False) == ["from there"]


def test_a_merged_text_archives_both_and_undo_brings_both_back(copy, post, ada):
    both = [words("from here"), words("from there")]
    archived = resolve_conflict(
        copy, by=ada, chosen=words("from both", "Both"), rest=both, version="0.2"
    )

    undo_resolution(archived[0], by=ada)

    assert texts(is_conflict_copy=False) == ["from both"]
    assert texts(is_conflict_copy=True, archived_at=None) == ["from here", "from there"]
    assert Post.objects.get().title == "Both"


def test_a_choice_stops_before_words_nobody_has_seen(copy, post, ada):
    save(post, "from here, later", "0.2", Tab(HERE, 3))

    with pytest.raises(StaleDraft):
        resolve_conflict(
            copy, by=ada, chosen=words("from there"), rest=[words("from here")], version="0.2"
        )

    assert texts() == ["from here, later", "from there"]


def test_publishing_leaves_the_other_text_and_drafts_of_comments(copy, post, ada):
    comment = factories.make_draft_comment(ada, post)
    publish_post(post, by=ada, title="T", text="from here", audience=Audience.COURSE)

    assert list(Draft.objects.order_by("pk")) == [copy, comment]


def test_a_deleted_post_takes_no_choice(copy, post, ada):
    post.deleted_at = post.created_at
    post.save()

    with pytest.raises(Refused):
        resolve_conflict(copy, by=ada, chosen=words("x"), rest=[], version="0.2")


def test_saving_and_choosing_touch_no_publication_and_write_to_nobody(ada, bob, course):
    post = factories.make_post(ada, course, "T", "published")
    before = list(Post.objects.values()), list(Revision.objects.values())

    save(post, "typed", f"{post.publication}.0", Tab(HERE, 1))
    copy = keep_conflict_copy(
        PostTarget(post), by=ada, content=words("typed there"), tab=Tab(THERE, 1)
    )
    resolve_conflict(
        copy,
        by=ada,
        chosen=words("typed there"),
        rest=[words("typed")],
        version=f"{post.publication}.1",
    )

    assert (list(Post.objects.values()), list(Revision.objects.values())) == before
    assert not AuditEvent.objects.exists()
    assert not OutboxMessage.objects.exists()
    assert mail.outbox == []


# Comments


@pytest.fixture
def bobs_post(bob, course):
    return factories.make_post(bob, course)


@pytest.fixture
def comment(bobs_post, bob):
    return factories.make_comment(bob, bobs_post, "A thought.")
