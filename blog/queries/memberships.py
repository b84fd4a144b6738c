"""Memberships as pages list them: a person's courses, and the pods of a course."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from blog import access
from blog.models import AuditEvent, Course, Membership, Pod, Section, User, name_for
from blog.models.people import UNPRINTED_FIELDS
from blog.models.prepared_queries import prepared
from blog.text.lookalikes import passes_for
from blog.text.names import sort_key, title_key

Group = TypeVar("Group", Pod, Section)
LOOKS_LIKE_TEACHER = _(
    "Someone who teaches this course has a name that looks the same. Add another "
    "name or an initial to yours in your profile, so that nobody mistakes you "
    "for them. A title or a role is not enough."
)


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


def pods_in_use(course: Course) -> QuerySet[Pod]:
    """Return the pods of a course that have members now."""
    members = Membership.objects.active().filter(pod=OuterRef("pk"))
    return Pod.objects.filter(Exists(members), course=course)


def members_of_pods(pods: Sequence[Pod]) -> list[tuple[Pod, list[Membership]]]:
    """Return pods by name, each with its members if it has any, in one query at most."""
    if not pods:
        return []
    return group_by_pod(_members_of.rows(None, pods=tuple(pod.pk for pod in pods)))


@prepared
def _members_of(_shape: None, pods: tuple) -> QuerySet:
    members = Membership.objects.active().filter(pod__in=pods).for_list()
    return members.defer(
        "listed_name", "family_name", *(f"user__{name}" for name in UNPRINTED_FIELDS)
    )


def group_by_pod(members: Iterable[Membership]) -> list[tuple[Pod, list[Membership]]]:
    """Return the pods of the given members, by name, each with its members in the given order."""
    pods: dict[Pod, list[Membership]] = {}
    for member in members:
        if member.pod:
            pods.setdefault(member.pod, []).append(member)
    return [(pod, pods[pod]) for pod in groups_by_name(pods)]


def groups_by_name(groups: Iterable[Group]) -> list[Group]:
    """Return pods or sections by name, as the reader's language sorts it."""
    language = get_language() or "en"
    return sorted(groups, key=lambda group: (title_key(group.name, language), group.pk))


def students_by_name(course: Course, reader: User) -> list[Membership]:
    """Return the students of a course, sorted by family name as the reader's language does it.

    The university's list says what the family name is, which instructors alone know. Whose name is
    withheld from the reader comes by their course name.
    """
    members = Membership.objects.in_course(course).active().students()
    knows_list = access.can_see_settings(reader, course)
    language = get_language() or "en"

    def key(member: Membership) -> tuple:
        name = name_for(member.user, reader)
        is_withheld = member.user_id in reader.withheld_names
        family_name = member.family_name if knows_list and not is_withheld else ""
        return sort_key(name, language, family_name=family_name), member.pk

    return sorted(members.select_related("user", "pod", "section"), key=key)


def name_in_course(person: User, course: Course) -> str:
    """Return the name of a person that everybody in a course reads."""
    withheld = Membership.objects.in_course(course).filter(is_confidential=True, user=person)
    return person.neutral_name if withheld.exists() else person.display_name or person.username


def shown_again(membership: Membership) -> AuditEvent | None:
    """Return who decided last, and when, that a name that was withheld is shown again.

    A restore does it again, and is nobody who decides.
    """
    if membership.is_confidential:
        return None
    target = AuditEvent.target_of(membership)
    events = AuditEvent.objects.filter(action="name_printed", target=target).exclude(actor=None)
    return events.select_related("actor").first()


def withheld_from(person: User, courses: Iterable[Course]) -> frozenset[int]:
    """Return the people of courses whose names somebody does not read there, as keys.

    Who is withheld in one course of theirs, also of an earlier time, is so in all.
    """
    theirs = Membership.objects.filter(user=person).values("course")
    withheld = Membership.objects.filter(is_confidential=True).exclude(user=person)
    found = withheld.filter(Q(course__in=list(courses)) | Q(course__in=theirs))
    return frozenset(found.values_list("user", flat=True))


def looks_like_teacher(person: User, name: str, courses: Iterable[Course]) -> bool:
    """Return whether a name could be taken for that of who teaches one of these courses.

    One that merely has theirs among its words is their own name of many people: it is not refused,
    and instructors read of it in the roster.
    In a course that the person teaches nobody is pretended. Of a teacher whose name is withheld,
    as it was while they studied, the course name counts, as that is what is read.
    """
    taught = {m.course_id for m in person.memberships_now if m.teaches}
    here = [course for course in courses if course.pk not in taught]
    if not name or not here:
        return False
    team = User.objects.filter(
        pk__in=Membership.objects.active()
        .teaching()
        .filter(course__in=here)
        .exclude(user=person)
        .values("user")
    ).only("username", "display_name", "course_name")
    withheld = withheld_from(person, here)
    return any(
        passes_for(name, each.neutral_name if each.pk in withheld else each.display_name)
        for each in team
    )
