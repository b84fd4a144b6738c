"""Memberships as pages list them: a person's courses, and the pods of a course."""

from collections.abc import Iterable

from blog.models import Course, Membership, Pod, User


def current_memberships(person: User) -> dict[str, list[Membership]]:
    """Return a person's memberships in courses that run, that are over, and that are archived."""
    archived = [m for m in person.memberships_now if m.course.is_archived]
    others = [m for m in person.memberships_now if not m.course.is_archived]
    return {
        "running": [m for m in others if not m.course.is_over],
        "over": [m for m in others if m.course.is_over],
        "archived": archived,
    }


def ended_memberships(person: User) -> list[Membership]:
    """Return the memberships that a person has no more, the latest first."""
    ended = person.memberships.exclude(ended_at=None).select_related("course")
    return list(ended.order_by("-ended_at"))


def pods_with_members(course: Course) -> list[tuple[Pod, list[Membership]]]:
    """Return the pods of a course that have members, each with its members, in one query."""
    members = Membership.objects.in_course(course).active().exclude(pod=None)
    return group_by_pod(members.for_list())


def group_by_pod(members: Iterable[Membership]) -> list[tuple[Pod, list[Membership]]]:
    """Return the pods of the given members, by name, each with its members in the given order."""
    pods: dict[Pod, list[Membership]] = {}
    for member in members:
        if member.pod:
            pods.setdefault(member.pod, []).append(member)
    return sorted(pods.items(), key=lambda group: (group[0].name, group[0].pk))
