"""A member of a course as prepared queries know them, and a stand-in who asks in their place.

What a member sees in a course depends on their role, on whether they have a pod and whether there
are prompts that wait for their own post. The rest of them are values
(``blog.models.prepared_queries``).
"""

from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser

from blog.models.courses import Course
from blog.models.memberships import Membership
from blog.models.people import User

# Not every role has a place for each of these.
MAY_MISS = ("course", "pod", "gated")


class MemberKey(NamedTuple):
    """The values of a member of a course for a prepared query; the role is its shape."""

    role: str
    values: dict


def member_key_of(reader: User | AnonymousUser, course: Course) -> MemberKey | None:
    """Return a reader's member key in a course, or None for a visitor or whoever is no member."""
    if not reader.is_authenticated:
        return None
    membership = reader.membership_in(course)
    if membership is None:
        return None
    values = {"reader": reader.pk, "course": course.pk}
    if membership.pod_id:
        values["pod"] = membership.pod_id
    gated = tuple(sorted(reader.gated_prompts))
    return MemberKey(str(membership.role), values | ({"gated": gated} if gated else {}))


def stand_in(
    role: str, reader: int, course: int, pod: int | None = None, gated: tuple = ()
) -> tuple[User, Course]:
    """Return a stand-in for the person of a member key, and one for their course.

    They have their keys, and the person this membership; nothing else of them can be asked.
    """
    place, person = Course(pk=course), User(pk=reader)
    membership = Membership(course=place, user=person, role=role, pod_id=pod)
    membership.__dict__["gated_prompts"] = gated
    person.__dict__["memberships_now"] = [membership]
    return person, place
