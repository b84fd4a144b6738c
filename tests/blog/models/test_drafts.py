"""Snapshots of drafts."""

from django.utils import timezone

from blog.models import DraftSnapshot
from tests import factories


def snapshot(user, post, text, **fields):
    return DraftSnapshot.objects.create(user=user, post=post, text=text, **fields)


def test_snapshots_of_a_post_are_listed_newest_first(ada, course):
    post = factories.make_draft_post(ada, course)
    other = factories.make_draft_post(ada, course)
    for text in ("one", "two", "three"):
        snapshot(ada, post, text)
    snapshot(ada, other, "elsewhere")

    texts = [found.text for found in ada.draft_snapshots.filter(post=post)]

    assert texts == ["three", "two", "one"]


def test_a_snapshot_is_taken_while_writing_unless_it_says_otherwise(ada, course):
    post = factories.make_draft_post(ada, course)

    assert snapshot(ada, post, "one").reason == DraftSnapshot.Reason.WRITING
    assert snapshot(ada, post, "two", reason=DraftSnapshot.Reason.PASTE).get_reason_display() == (
        "before a paste"
    )


def test_snapshots_leave_the_draft_alone(ada, course):
    post = factories.make_draft_post(ada, course, text="as it is")

    snapshot(ada, post, "as it was", created_at=timezone.now())

    assert [draft.text for draft in post.drafts.all()] == ["as it is"]
