"""Tell the ties what a change of comments changes."""

from collections import Counter
from contextlib import contextmanager

from django.db import transaction

from blog.models.comments import Comment, CommentQuerySet
from blog.models.courses import Course
from blog.signals import interactions_changed


def send_interactions_changed(course: Course, *, removed=(), added=()) -> None:
    """Send ``interactions_changed`` inside the running transaction, unless nothing changed."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("Interactions change together with their comments, in one transaction.")
    removed, added = list(removed), list(added)
    if removed or added:
        interactions_changed.send(sender=Comment, course=course, removed=removed, added=added)


@contextmanager
def tracking_interactions(course: Course, comments: CommentQuerySet):
    """Compare the interactions of ``comments`` before and after the block; send the difference.

    The one way in which a comment appears, vanishes, moves, is hidden or changes its people: wrap
    whatever changes the rows. ``comments`` is evaluated twice, so it must name the rows by
    something the block leaves alone (their keys, or their post). The caller holds a lock on what
    it changes and runs in ``transaction.atomic()``.
    """
    before = Counter(comments.all().interactions())
    yield
    after = Counter(comments.all().interactions())
    send_interactions_changed(
        course,
        removed=(before - after).elements(),
        added=(after - before).elements(),
    )
