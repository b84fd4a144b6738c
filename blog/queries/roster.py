"""The roster: members of a course and people invited to it, as its instructors look for them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language

from blog.citations.csl.fields import folded
from blog.models import Course, Invitation, Membership, Pod, Section
from blog.queries.memberships import groups_by_name
from blog.text.lookalikes import has_name_of, passes_for
from blog.text.names import sort_key

MAX_QUERY_CHARS = 200
JOINED, NOT_JOINED = "joined", "invited"
NO_GROUP = "none"
TEAM, STUDENTS = "team", "students"
Role = Membership.Role
ORDER = {Role.INSTRUCTOR: 0, Role.ASSISTANT: 1, Role.STUDENT: 2, Role.OBSERVER: 3}


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """A member, or somebody who is invited and has not joined yet."""

    person: Membership | Invitation
    name: str
    email: str
    listed_name: str
    family_name: str
    like_teacher: str = ""  # who teaches here and has a name like this one

    @property
    def member(self) -> Membership | None:
        return self.person if isinstance(self.person, Membership) else None

    @property
    def invitation(self) -> Invitation | None:
        return self.person if isinstance(self.person, Invitation) else None

    @property
    def has_other_name(self) -> bool:
        """Return whether the list of the university has another name than the course sees."""
        return bool(self.listed_name) and folded(self.listed_name) != folded(self.name)


@dataclass(frozen=True, slots=True)
class RosterFilter:
    """The filters: words of name or email, a role, the key of a pod or section, a state."""

    query: str = ""
    role: str = ""
    pod: str = ""
    section: str = ""
    state: str = ""

    def matches(self, entry: RosterEntry) -> bool:
        person = entry.person
        texts = folded(f"{entry.name} {entry.listed_name} {entry.email}")
        return (
            all(folded(word) in texts for word in self.query.split())
            and self.role in ("", STUDENTS if person.is_student else TEAM)
            and self.pod in ("", _key(person.pod_id))
            and self.section in ("", _key(person.section_id))
            and self.state in ("", JOINED if entry.member else NOT_JOINED)
        )


@dataclass(frozen=True, slots=True)
class RosterPage:
    """The entries that a filter leaves, of how many, and who has left."""

    entries: list[RosterEntry]
    total: int
    former: list[Membership]

    @property
    def has_former_asking(self) -> bool:
        """Return whether somebody who has left asks an instructor to withhold their name."""
        return any(
            member.confidentiality_asked_at is not None and member.user.erased_at is None
            for member in self.former
        )


def roster_page(course: Course, chosen: RosterFilter) -> RosterPage:
    """Return the people of a roster in two queries: the team first, each group by family name.

    The name on the university's list decides the place, where it is known.
    """
    members = list(Membership.objects.in_course(course).for_list().select_related("section"))
    present = [member for member in members if member.ended_at is None]
    teachers = [member.user.display_name for member in present if member.teaches]
    entries = [_of_member(member, teachers) for member in present]
    entries += map(_of_invitation, Invitation.objects.in_course(course).open().for_list())
    former = [member for member in members if member.ended_at is not None]
    found = _sorted(entry for entry in entries if chosen.matches(entry))
    return RosterPage(found, len(entries), former)


def groups_of(course: Course) -> tuple[list[Pod], list[Section]]:
    """Return the pods and the sections of a course, by name."""
    return groups_by_name(course.pods.all()), groups_by_name(course.sections.all())


def _sorted(entries: Iterable[RosterEntry]) -> list[RosterEntry]:
    language = get_language() or "en"

    def key(entry: RosterEntry) -> tuple:
        name = sort_key(entry.name, language, family_name=entry.family_name)
        return ORDER[Role(entry.person.role)], name, entry.person.pk

    return sorted(entries, key=key)


def _of_member(member: Membership, teachers: Iterable[str]) -> RosterEntry:
    user = member.user
    name = user.display_name or user.username
    alike = (t for t in teachers if passes_for(name, t) or has_name_of(name, t))
    like = "" if member.teaches else next(alike, "")
    return RosterEntry(member, name, user.email, member.listed_name, member.family_name, like)


def _of_invitation(invitation: Invitation) -> RosterEntry:
    name = invitation.name or invitation.email
    return RosterEntry(invitation, name, invitation.email, "", invitation.family_name)


def _key(pk: int | None) -> str:
    return NO_GROUP if pk is None else str(pk)
