"""Send interactions_changed when comments change, so that ties follow."""

from collections import Counter
from contextlib import contextmanager

from django.db import transaction

from blog.models.comments import Comment, CommentQuerySet
from blog.models.courses import Course
from blog.signals import interactions_changed


def send_interactions_changed(course: Course, *, removed=(), added=()) -> None:
    """Send ``interactions_changed`` inside the running transaction, unless nothing changed."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("Interactions must change in the transaction of their comments.")
    removed, added = list(removed), list(added)
    if removed or added:
        interactions_changed.send(sender=Comment, course=course, removed=removed, added=added)


@contextmanager
def tracking_interactions(course: Course, comments: CommentQuerySet):
    """Compare the interactions of ``comments`` before and after the block; send the difference.

    Every change that adds, deletes, moves or hides comments, or changes their people, must be
    wrapped in this. ``comments`` is evaluated twice, so it must filter by something the block
    leaves alone (their keys, or their post). The caller holds a lock on what it changes and runs
    in ``transaction.atomic()``.
    """
    before = Counter(comments.all().interactions())
    yield
    after = Counter(comments.all().interactions())
    send_interactions_changed(
        course,
        removed=(before - after).elements(),
        added=(after - before).elements(),
    )
