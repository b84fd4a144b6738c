"""
Lay out threads of comments: any logical depth, two visual levels. Pure: no ORM.

A reply may have a reply that has a reply, as deep as people like; on the page all replies under a
comment are below it on one flat level, oldest first, and name the one they reply to where the
indentation does not show it. Of a long branch the later replies are folded.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

# A branch with fewer replies than this is open whole; of a longer one so many are.
LONG_BRANCH = 25
OPEN_REPLIES = 20


class ThreadComment(Protocol):
    """A comment with the fields that threads need."""

    @property
    def pk(self) -> Hashable: ...

    @property
    def parent_id(self) -> Hashable | None: ...

    @property
    def is_deleted(self) -> bool: ...


@dataclass
class Line:
    """A comment in its place.

    ``reply_to`` is the comment it replies to, where its place does not show that; ``is_orphan``
    means that this reader does not see that comment. ``is_new`` comments get a mark of their own;
    those at the heads of the newest threads stand below a line, which ``begins_new`` draws.
    """

    comment: ThreadComment
    reply_to: ThreadComment | None = None
    is_orphan: bool = False
    is_new: bool = False
    begins_new: bool = False
    replies: list["Line"] = field(default_factory=list)

    @property
    def open_replies(self) -> list["Line"]:
        return self.replies if len(self.replies) < LONG_BRANCH else self.replies[:OPEN_REPLIES]

    @property
    def folded_replies(self) -> list["Line"]:
        return self.replies[len(self.open_replies) :]

    @property
    def has_folded_news(self) -> bool:
        return any(line.is_new for line in self.folded_replies)


def lay_out(comments: Sequence[ThreadComment], *, keep: Collection[Hashable] = ()) -> list[Line]:
    """Return the threads of ``comments``, in the order in which the comments were given.

    A deleted comment stays as a tombstone while it has a reply that is shown, or while its primary
    key is in ``keep``; otherwise it is left out. Linear in the number of comments, and a loop, so
    that no depth of replies can exhaust the stack.
    """
    by_key = {comment.pk: comment for comment in comments}
    wanted = (key for key, each in by_key.items() if not each.is_deleted or key in keep)
    shown = _with_all_above(wanted, by_key)
    first = _first_of_each(by_key)
    lines = {key: Line(each) for key, each in by_key.items() if key in shown}
    threads = []
    for key, line in lines.items():
        parent = line.comment.parent_id
        line.is_orphan = parent is not None and parent not in lines
        if first[key] == key:
            threads.append(line)
            continue
        if parent != first[key]:
            line.reply_to = by_key[parent]
        lines[first[key]].replies.append(line)
    return threads


def replied_to(comments: Collection[ThreadComment]) -> set[Hashable]:
    """Return the keys of the comments below which one stands that is not deleted, however deep.

    Deleted themselves, they stay as tombstones.
    """
    by_key = {comment.pk: comment for comment in comments}
    return _with_all_above((c.parent_id for c in comments if not c.is_deleted), by_key)


def mark_new(
    threads: Sequence[Line], new: Collection[Hashable], later: Collection[Hashable]
) -> Hashable | None:
    """Mark the comments whose keys are in ``new``; return the key of the first one on the page.

    A line is drawn above the newest threads, if all that they begin with is in ``later``.
    """
    first, is_drawn = None, False
    below = _place_of_line(threads, later)
    for place, thread in enumerate(threads):
        for line in (thread, *thread.replies):
            if line.comment.pk not in new:
                continue
            first = first or line.comment.pk
            if line is not thread or place < below:
                line.is_new = True
            elif not is_drawn:
                line.begins_new = is_drawn = True
    return first


def _place_of_line(threads: Sequence[Line], later: Collection[Hashable]) -> int:
    """Return from which thread on all begin with a comment in ``later``."""
    place = len(threads)
    while place and threads[place - 1].comment.pk in later:
        place -= 1
    return place


def _with_all_above(keys: Iterable[Hashable | None], by_key: Mapping) -> set:
    """Return those of some keys that comments have, with the keys of all comments above them."""
    found: set = set()
    for key in keys:
        while key in by_key and key not in found:
            found.add(key)
            key = by_key[key].parent_id
    return found


def _first_of_each(by_key: Mapping) -> dict:
    """Return, for each key, the key of the comment at the head of its thread."""
    first: dict = {}
    for key in by_key:
        path = []
        while key not in first:
            path.append(key)
            parent = by_key[key].parent_id
            if parent not in by_key:
                break
            key = parent
        head = first.get(key, key)
        first.update(dict.fromkeys(path, head))
    return first
