"""Preview of adding the people of a list, row by row. Nothing is changed here."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from blog.lti.claims import MAX_KEY_CHARS
from blog.models import Course, Invitation, Membership
from blog.queries.known_members import KnownMembers, members_not_listed, without_zeros
from blog.roster_files import Roster, RosterRow, system_of
from blog.roster_files.systems import LTI

MAX_PEOPLE = 2_500  # new ones of a list: each is mailed
NEW, KNOWN, INVITED, CHANGED = "new", "known", "invited", "changed"
FORMER, LEFT_OUT, PROBLEM = "former", "left_out", "problem"
ADDED = (NEW, CHANGED)
MAX_GROUP_CHARS = 60  # of a pod's or a section's name
NO_EMAIL = "no_email"


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A row of a list, and what becomes of it.

    ``changes`` are new values of the member or the invitation by field: ``listed_name``,
    ``family_name``, ``section``, ``pod`` (names of them) and ``identifiers`` (by kind). Of a new
    person they are what the invitation will have. ``found_by`` is how the member was found,
    ``suggested`` a member with another email and the same name or nearly the same number.
    """

    row: RosterRow
    state: str
    member: Membership | None = None
    invitation: Invitation | None = None
    found_by: str = ""
    changes: Mapping[str, Any] = field(default_factory=dict)
    problem: str = ""
    suggested: Membership | None = None

    @property
    def has_other_role(self) -> bool:
        """Return whether the list names another role than the course: lists change no roles."""
        known = self.member or self.invitation
        return known is not None and self.row.role not in ("student", known.role)


@dataclass(frozen=True, slots=True)
class RosterPreview:
    """All rows with their states, and the students of the course who are in none of them."""

    rows: Sequence[PreviewRow]
    system: str
    not_listed: Sequence[Membership] = ()

    @property
    def counts(self) -> Mapping[str, int]:
        return Counter(row.state for row in self.rows)

    @property
    def added(self) -> list[PreviewRow]:
        """Return the rows that have something to add."""
        return [row for row in self.rows if row.state in ADDED]


def roster_preview(
    course: Course, roster: Roster, *, connected: int | None = None
) -> RosterPreview:
    """Return the preview of adding a list's people to a course, in six queries.

    A list changes nobody's role, and takes nobody away: rows of people who dropped the course are
    left out, and members who are in no row are named. ``connected`` is the key of the course of an
    LMS whose list it is.
    """
    known, system = KnownMembers(course, connected=connected), system_of(roster.headings)
    rows: list[PreviewRow] = []
    seen: set[int] = set()
    for row in roster.rows:
        one = _preview(row, known, system)
        if one.member is not None and one.member.pk in seen:
            one = replace(one, state=PROBLEM, problem="same_member", changes={})
        elif one.member is not None:
            seen.add(one.member.pk)
        rows.append(one)
    return RosterPreview(rows, system, members_not_listed(known.memberships.values(), seen))


def _preview(row: RosterRow, known: KnownMembers, system: str) -> PreviewRow:
    if row.problem not in ("", NO_EMAIL):
        return PreviewRow(row, PROBLEM, problem=row.problem)
    member, found_by = known.member(row, system)
    if system == LTI:  # launches say whose its keys are, and keep them
        row = replace(row, identifiers={})
    if member is not None and member.ended_at is not None:
        return PreviewRow(row, FORMER, member=member, found_by=found_by)
    if row.status != "active":
        return PreviewRow(row, LEFT_OUT, member=member, found_by=found_by)
    if member is not None:
        changes = _changes(row, _of_member(member, known, system))
        state = CHANGED if changes else KNOWN
        return PreviewRow(row, state, member=member, found_by=found_by, changes=changes)
    if not row.email:
        return PreviewRow(row, PROBLEM, problem=NO_EMAIL)
    invitation = known.invitation(row)
    if invitation is not None:
        changes = _changes(row, _of_invitation(invitation, system))
        return PreviewRow(
            row, CHANGED if changes else INVITED, invitation=invitation, changes=changes
        )
    changes = _listed(row, is_student=row.role == Membership.Role.STUDENT)
    return PreviewRow(row, NEW, changes=changes, suggested=known.suggested(row, system))


def _listed(row: RosterRow, *, is_student: bool) -> dict[str, Any]:
    """Return a row's data of a person; a pod is for students alone."""
    identifiers = {
        kind: value for kind, value in row.identifiers.items() if len(value) <= MAX_KEY_CHARS
    }
    said = {
        "listed_name": row.name,
        "family_name": row.family_name,
        "section": row.section[:MAX_GROUP_CHARS].strip(),
        "pod": row.pod[:MAX_GROUP_CHARS].strip() if is_student else "",
        "identifiers": identifiers,
    }
    return {name: value for name, value in said.items() if value}


def _changes(row: RosterRow, stored: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row's values that differ from the stored ones; empty ones stay as they are.

    So does a number of which the list has lost the leading zeros.
    """
    listed = _listed(row, is_student=stored["is_student"])
    said = listed.pop("identifiers", {})
    changes = {
        name: value for name, value in listed.items() if not _is_same(name, value, stored[name])
    }
    kept = stored["identifiers"]
    identifiers = {
        kind: value
        for kind, value in said.items()
        if kept.get(kind) != value and without_zeros(kept.get(kind, "")) != value.casefold()
    }
    return changes | ({"identifiers": identifiers} if identifiers else {})


def _is_same(name: str, said: str, stored: str) -> bool:
    """Return whether two values are one; names of groups are one in whatever letters."""
    if name in ("section", "pod"):
        return said.casefold() == stored.casefold()
    return said == stored


def _of_member(member: Membership, known: KnownMembers, system: str) -> dict[str, Any]:
    kept = known.identifiers.get(member.pk, {})
    return {
        "is_student": member.is_student,
        "listed_name": member.listed_name,
        "family_name": member.family_name,
        "section": str(member.section or ""),
        "pod": str(member.pod or ""),
        "identifiers": {kind: value for (of, kind), value in kept.items() if of == system},
    }


def _of_invitation(invitation: Invitation, system: str) -> dict[str, Any]:
    return {
        "is_student": invitation.is_student,
        "listed_name": invitation.name,
        "family_name": invitation.family_name,
        "section": str(invitation.section or ""),
        "pod": str(invitation.pod or ""),
        "identifiers": invitation.identifiers.get(system, {}),
    }
