"""Tell the ties what a change of comments changes."""

from collections import Counter
from contextlib import contextmanager

from django.db import transaction

from blog.models import Comment, Course
from blog.models.comments import CommentQuerySet
from blog.signals import exchanges_changed


def announce(course: Course, *, removed=(), added=()) -> None:
    """Send ``exchanges_changed`` inside the running transaction, unless nothing changed."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("Exchanges change together with their comments, in one transaction.")
    removed, added = list(removed), list(added)
    if removed or added:
        exchanges_changed.send(sender=Comment, course=course, removed=removed, added=added)


@contextmanager
def recounting(course: Course, comments: CommentQuerySet):
    """Compare what ``comments`` count before and after the block, and announce the difference.

    The one way in which a comment appears, vanishes, moves, is hidden or changes its people: wrap
    whatever changes the rows. ``comments`` is evaluated twice, so it must name the rows by
    something the block leaves alone (their keys, or their post). The caller holds a lock on what
    it changes and runs in ``transaction.atomic()``.
    """
    before = Counter(comments.all().exchanges())
    yield
    after = Counter(comments.all().exchanges())
    announce(
        course,
        removed=(before - after).elements(),
        added=(after - before).elements(),
    )
