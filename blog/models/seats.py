"""Somebody in a course as questions know them: a stand-in for the reader of a prepared question.

What a member sees in a course depends on their role, on whether they have a pod and whether there
are prompts that wait for their own post. The rest of them are values (``blog.prepared``).
"""

from typing import NamedTuple

from blog.models.courses import Course
from blog.models.memberships import Membership
from blog.models.people import User

# Not every role has a place for each of these.
MAY_MISS = ("course", "pod", "gated")


class Seat(NamedTuple):
    """The shape of a member of a course, and their values."""

    role: str
    values: dict


def seat_of(reader: User, course: Course) -> Seat | None:
    """Return a reader's seat in a course, or None for whoever is no member."""
    membership = reader.membership_in(course)
    if membership is None:
        return None
    values = {"reader": reader.pk, "course": course.pk}
    if membership.pod_id:
        values["pod"] = membership.pod_id
    gated = tuple(sorted(reader.gated_prompts))
    return Seat(str(membership.role), values | ({"gated": gated} if gated else {}))


def seated(
    role: str, reader: int, course: int, pod: int | None = None, gated: tuple = ()
) -> tuple[User, Course]:
    """Return a stand-in for the person of a seat, and one for their course.

    They have their keys, and the person this membership; nothing else of them can be asked.
    """
    place, person = Course(pk=course), User(pk=reader)
    membership = Membership(course=place, user=person, role=role, pod_id=pod)
    membership.__dict__["gated_prompts"] = gated
    person.__dict__["memberships_now"] = [membership]
    return person, place
