"""Lists of people that were added: what they did, and which."""

from collections.abc import Sequence
from dataclasses import dataclass

from blog.models import Course, Invitation, Membership, RosterImport

MAX_LISTED = 20


@dataclass(frozen=True, slots=True)
class ImportResult:
    """The people a list invited or changed, and those who stayed when it was undone."""

    invitations: Sequence[Invitation]
    changed: Sequence[Membership]
    stayed: Sequence[Membership]


def finished_imports(course: Course) -> list[RosterImport]:
    """Return the latest lists of a course, without their files."""
    latest = RosterImport.objects.in_course(course).finished().select_related("created_by")
    return list(latest.defer("data", "changes")[:MAX_LISTED])


def import_result(roster_import: RosterImport) -> ImportResult:
    """Return the result of adding a list, or of its undo; in two queries."""
    changes = roster_import.changes
    changed = [change["pk"] for change in changes.get("members", [])]
    stayed = changes.get("stayed", [])
    members = Membership.objects.in_course(roster_import.course).for_list()
    named = {member.pk: member for member in members.filter(pk__in=[*changed, *stayed])}
    return ImportResult(
        invitations=list(roster_import.invitations.for_list()),
        changed=[named[pk] for pk in changed if pk in named],
        stayed=[named[pk] for pk in stayed if pk in named],
    )
