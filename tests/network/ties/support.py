"""Shared parts of the tests of ties: comments that change ties, and rows as plain data."""

from contextlib import contextmanager
from datetime import date, timedelta
from fractions import Fraction

from django.db import transaction

from blog.models import Comment, Interaction, tracking_interactions
from network.models import TieArc, TieUnit
from tests import factories

LANDMARK = date(2024, 9, 2)


def make_term(instructor=None, **fields):
    """Make a course that is over, so that its clock stands still on a known day."""
    fields.setdefault("starts_on", LANDMARK)
    fields.setdefault("ends_on", LANDMARK + timedelta(days=84))
    return factories.make_course(instructor=instructor, **fields)


def make_student(course, name):
    user = factories.make_user(name)
    factories.add_member(course, user)
    return user


def on(offset: int) -> date:
    return LANDMARK + timedelta(days=offset)


@contextmanager
def changing(post, *more):
    """Change rows under these posts the way actions do."""
    comments = Comment.objects.filter(post__in=[post, *more])
    with transaction.atomic(), tracking_interactions(post.course, comments):
        yield


def comment(author, post, offset=0, **fields):
    """Write a comment that counts, ``offset`` days after the landmark."""
    with changing(post):
        return factories.make_comment(author, post, day=on(offset), tied=False, **fields)


def update(comment, **fields):
    with changing(comment.post):
        Comment.objects.filter(pk=comment.pk).update(**fields)


def interaction(course, source, target, post, offset=0) -> Interaction:
    return Interaction(course.pk, source.pk, target.pk, post.pk, on(offset))


def units(course) -> list[tuple]:
    return sorted(
        TieUnit.objects.filter(course=course).values_list(
            "source_id", "target_id", "post_id", "day", "events", "quantum"
        )
    )


def arcs(course) -> list[tuple]:
    return sorted(
        TieArc.objects.filter(course=course).values_list(
            "source_id", "target_id", "acc", "units", "events"
        )
    )


def stored(course) -> tuple[list, list]:
    return units(course), arcs(course)


def weight(offset: int, half_life: int = 14) -> int:
    """Weigh a unit by floats, which are right wherever the exponent is small."""
    return round(2**20 * 2 ** (offset / half_life))


def activity(acc: int, days: int, half_life: int = 14) -> Fraction:
    return Fraction(acc, 2**20) / Fraction(2 ** (days / half_life))
