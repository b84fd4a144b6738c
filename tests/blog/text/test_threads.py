"""Threads of comments on a page. Plain data, no database."""

from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.text.threads import LONG_BRANCH, OPEN_REPLIES, lay_out, mark_new, replied_to


@dataclass(frozen=True)
class Comment:
    pk: int
    parent_id: int | None = None
    is_deleted: bool = False


def shape(threads):
    """Write threads down as ``{first: [replies]}``."""
    return {line.comment.pk: [reply.comment.pk for reply in line.replies] for line in threads}


def test_lay_out_nothing():
    assert lay_out([]) == []


def test_lay_out_keeps_the_given_order():
    threads = lay_out([Comment(3), Comment(1), Comment(5, 1), Comment(4, 1)])

    assert shape(threads) == {3: [], 1: [5, 4]}


def test_replies_to_replies_are_flat_and_name_what_they_reply_to():
    comments = [Comment(1), Comment(2, 1), Comment(3, 2), Comment(4, 3), Comment(5, 1)]

    (thread,) = lay_out(comments)

    assert [(r.comment.pk, r.reply_to and r.reply_to.pk) for r in thread.replies] == [
        (2, None),
        (3, 2),
        (4, 3),
        (5, None),
    ]


def test_a_deleted_comment_without_replies_is_left_out():
    comments = [Comment(1), Comment(2, 1, is_deleted=True), Comment(3, is_deleted=True)]

    assert shape(lay_out(comments)) == {1: []}


def test_a_deleted_comment_stays_above_a_shown_reply_however_deep():
    comments = [
        Comment(1, is_deleted=True),
        Comment(2, 1, is_deleted=True),
        Comment(3, 2),
        Comment(4, 2, is_deleted=True),
    ]

    assert shape(lay_out(comments)) == {1: [2, 3]}


def test_a_deleted_comment_stays_while_its_undo_is_offered():
    comments = [Comment(1), Comment(2, 1, is_deleted=True), Comment(3, 1, is_deleted=True)]

    assert shape(lay_out(comments, keep={2})) == {1: [2]}


def test_a_reply_to_an_unseen_comment_heads_a_thread_as_an_orphan():
    threads = lay_out([Comment(1), Comment(3, 2), Comment(4, 3)])

    assert shape(threads) == {1: [], 3: [4]}
    assert [line.is_orphan for line in threads] == [False, True]
    assert threads[1].replies[0].is_orphan is False


def test_a_parent_that_comes_later_still_heads_its_thread():
    assert shape(lay_out([Comment(2, 1), Comment(1)])) == {1: [2]}


def test_ten_thousand_replies_deep():
    comments = [Comment(n, n - 1 or None) for n in range(1, 10_001)]

    (thread,) = lay_out(comments)

    assert len(thread.replies) == 9_999


# Long branches


@pytest.mark.parametrize("replies", [LONG_BRANCH - 1, LONG_BRANCH, 500])
def test_later_replies_of_a_long_branch_are_folded(replies):
    comments = [Comment(1), *(Comment(n, 1) for n in range(2, replies + 2))]

    (thread,) = lay_out(comments)

    is_long = replies >= LONG_BRANCH
    assert len(thread.open_replies) == (OPEN_REPLIES if is_long else replies)
    assert [*thread.open_replies, *thread.folded_replies] == thread.replies


def test_folded_replies_know_whether_one_of_them_is_new():
    comments = [Comment(1), *(Comment(n, 1) for n in range(2, 60))]

    news = []
    for new in ([], [3], [59]):
        (thread,) = threads = lay_out(comments)
        mark_new(threads, new, new)
        news.append(thread.has_folded_news)

    assert news == [False, False, True]


# What is new


def marks(threads):
    """Write the new down in reading order: "|" for the line, "n" and a key for a mark."""
    return [
        mark
        for thread in threads
        for line in [thread, *thread.replies]
        for mark in [*("|" * line.begins_new), *([f"n{line.comment.pk}"] * line.is_new)]
    ]


@pytest.mark.parametrize(
    ("new", "later", "marked", "first"),
    [
        ([], [], [], None),
        ([5], [5], ["|"], 5),
        ([4], [4, 5], ["|"], 4),
        ([5], [4, 5], ["|"], 5),
        ([4, 5], [4, 5, 6], ["|"], 4),
        ([3], [3], ["n3"], 3),
        ([3, 5, 6], [3, 5, 6], ["n3", "|", "n6"], 3),
        ([4, 6], [4, 6], ["n4", "n6"], 4),
        ([], [3, 5], [], None),
    ],
    ids=[
        "nothing",
        "a thread",
        "a thread before an own one",
        "a thread after an own one",
        "two threads and an own reply",
        "a reply",
        "replies here and there",
        "a thread that was shown late",
        "own ones alone",
    ],
)
def test_new_threads_are_below_one_line_and_all_else_has_a_mark(new, later, marked, first):
    comments = [Comment(1), Comment(2), Comment(3, 1), Comment(4), Comment(5), Comment(6, 5)]
    threads = lay_out(comments)

    assert mark_new(threads, new, later) == first
    assert marks(threads) == marked


@st.composite
def conversations(draw):
    size = draw(st.integers(0, 25))
    comments = [
        Comment(
            n,
            draw(st.one_of(st.none(), st.integers(1, n - 1))) if n > 1 else None,
            draw(st.booleans()),
        )
        for n in range(1, size + 1)
    ]
    return [c for c in comments if draw(st.integers(0, 4))]


@given(conversations())
def test_every_comment_has_one_place_and_every_tombstone_a_reply(comments):
    threads = lay_out(comments)

    placed = [line.comment for thread in threads for line in [thread, *thread.replies]]
    assert all(not reply.replies for thread in threads for reply in thread.replies)
    assert len(placed) == len({c.pk for c in placed})
    assert {c.pk for c in comments if not c.is_deleted} <= {c.pk for c in placed}
    with_replies = {c.parent_id for c in placed}
    assert all(c.pk in with_replies for c in placed if c.is_deleted)


@given(conversations())
def test_a_comment_has_replies_if_it_stays_when_it_is_deleted(comments):
    for comment in comments:
        deleted = replace(comment, is_deleted=True)
        threads = lay_out([deleted if c is comment else c for c in comments])
        placed = {line.comment.pk for thread in threads for line in [thread, *thread.replies]}

        assert (comment.pk in replied_to(comments)) == (comment.pk in placed)
