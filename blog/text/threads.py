"""Lay a conversation out on a page: any logical depth, two visual levels. Pure: no ORM.

A comment may answer a comment that answers a comment, as deep as people like; on the page the
answers to a first comment stand below it in one flat level, oldest first, and say whom they
answer where the indentation does not.
"""

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Protocol


class Said(Protocol):
    """What a comment must tell to find its place."""

    pk: Hashable
    parent_id: Hashable | None

    @property
    def is_deleted(self) -> bool: ...


@dataclass
class Line:
    """A comment in its place.

    ``answers`` is the comment it answers, where its place does not show that. ``is_orphan`` says
    that it answers a comment this reader does not see.
    """

    comment: Said
    answers: Said | None = None
    is_orphan: bool = False
    replies: list["Line"] = field(default_factory=list)


def lay_out(comments: Sequence[Said], *, keep: Collection[Hashable] = ()) -> list[Line]:
    """Return the threads of ``comments``, in the order in which the comments were given.

    A deleted comment stays as a tombstone while somebody's answer stands below it, or while its
    key is in ``keep``; otherwise it vanishes. Linear in the number of comments, and a loop, so
    that no depth of answers can exhaust the stack.
    """
    by_key = {comment.pk: comment for comment in comments}
    shown = _shown(comments, by_key, keep)
    first = _first_of_each(comments, by_key)
    lines = {c.pk: Line(c) for c in comments if c.pk in shown}
    threads = []
    for key, line in lines.items():
        parent = line.comment.parent_id
        line.is_orphan = parent is not None and parent not in lines
        if first[key] == key:
            threads.append(line)
            continue
        if parent != first[key]:
            line.answers = by_key[parent]
        lines[first[key]].replies.append(line)
    return threads


def _shown(comments, by_key, keep) -> set:
    """Return the keys that stand, with everything above them."""
    shown: set = set()
    for comment in comments:
        if comment.is_deleted and comment.pk not in keep:
            continue
        above = comment
        while above is not None and above.pk not in shown:
            shown.add(above.pk)
            above = by_key.get(above.parent_id)
    return shown


def _first_of_each(comments, by_key) -> dict:
    """Return, for each key, the key of the comment at the head of its thread."""
    first: dict = {}
    for comment in comments:
        path = []
        at = comment
        while at.pk not in first and at.parent_id in by_key:
            path.append(at.pk)
            at = by_key[at.parent_id]
        head = first.get(at.pk, at.pk)
        first[at.pk] = head
        first.update(dict.fromkeys(path, head))
    return first
