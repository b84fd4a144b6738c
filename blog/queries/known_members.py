"""Members of a course and people invited to it, found by what a list says of somebody."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from allauth.account.models import EmailAddress

from blog.citations.csl.fields import folded
from blog.models import Course, Invitation, Membership, PlatformMember, StudentIdentifier
from blog.roster_files import RosterRow
from blog.roster_files.systems import LTI, LTI_KEY

# Numbers that name one person, the surest first. Those of another system may be somebody else's.
KINDS = (
    *("login", "username", "sis_id", "org_defined_id", "student_id", "lms_id"),
    *("integration_id", "source_id", "participant_id"),
)
LOGINS = ("login", "username")
BY_EMAIL, BY_NUMBER, BY_ALIKE, BY_NAME = "email", "number", "alike", "name"
SUGGESTED = (BY_ALIKE, BY_NAME)  # may be somebody else: a person has to look


class KnownMembers:
    """The memberships and open invitations of rows, in six queries for any number of rows.

    A former member is found as well: nobody who left comes back by a list. ``connected`` is the key
    of the course of an LMS whose list it is: its keys name people in that course alone, as another
    LMS may have the same for somebody else. One more query.
    """

    def __init__(self, course: Course, *, connected: int | None = None) -> None:
        memberships = Membership.objects.in_course(course).select_related("user", "pod", "section")
        self.memberships = {member.pk: member for member in memberships}
        self.invitations = list(Invitation.objects.in_course(course).open().for_list())
        self.identifiers = self._read_identifiers(course)
        self._by_email = self._read_emails(course)
        self._by_number: dict[tuple[str, str, str], set[int]] = defaultdict(set)
        self._by_alike: dict[tuple[str, str, str], set[int]] = defaultdict(set)
        self._by_name: dict[str, set[int]] = defaultdict(set)
        for pk, kept in self.identifiers.items():
            for (system, kind), value in kept.items():
                self._by_number[system, kind, value.casefold()].add(pk)
                self._by_alike[system, kind, without_zeros(value)].add(pk)
        for member in self.memberships.values():
            for name in {member.listed_name, member.user.display_name} - {""}:
                self._by_name[_words(name)].add(member.pk)
        self._by_key = self._read_keys(course, connected) if connected else {}
        self._invited = {invitation.email: invitation for invitation in self.invitations}

    def _read_identifiers(self, course: Course) -> Mapping[int, dict[tuple[str, str], str]]:
        kept: dict[int, dict[tuple[str, str], str]] = defaultdict(dict)
        numbers = StudentIdentifier.objects.filter(membership__course=course)
        for row in numbers.exclude(system=LTI):  # of before: launches say whose a key of an LMS is
            kept[row.membership_id][row.system, row.kind] = row.value
        return kept

    def _read_keys(self, course: Course, connected: int) -> dict[str, int]:
        """Return whose each key of a course of an LMS is; they are compared as they stand."""
        by_user = {member.user_id: pk for pk, member in self.memberships.items()}
        kept = PlatformMember.objects.filter(
            platform_course=connected, platform_course__course=course
        ).values_list("subject", "user")
        return {key: by_user[user] for key, user in kept if user in by_user}

    def _read_emails(self, course: Course) -> dict[str, int]:
        """Return whose each email is: of an account if it is confirmed, or of a used invitation."""
        emails: dict[str, int] = {}
        by_user = {member.user_id: pk for pk, member in self.memberships.items()}
        accepted = Invitation.objects.in_course(course).exclude(membership=None)
        for email, pk in accepted.values_list("email", "membership"):
            emails[email.lower()] = pk
        addresses = EmailAddress.objects.filter(user__memberships__course=course, verified=True)
        for email, user in addresses.values_list("email", "user"):
            emails[email.lower()] = by_user[user]
        return emails

    def member(self, row: RosterRow, system: str) -> tuple[Membership | None, str]:
        """Return the member whom a row is about, and by what they were found.

        A login can be an email, as it is at many universities. By name, or by a number that
        differs in leading zeros, only where the row has no email: it may be somebody else.
        """
        if row.email in self._by_email:
            return self.memberships[self._by_email[row.email]], BY_EMAIL
        for kind in LOGINS:
            email = row.identifiers.get(kind, "").lower()
            if email in self._by_email:
                return self.memberships[self._by_email[email]], BY_EMAIL
        if row.identifiers.get(LTI_KEY) in self._by_key:
            return self.memberships[self._by_key[row.identifiers[LTI_KEY]]], BY_NUMBER
        for kind in KINDS:
            value = row.identifiers.get(kind, "").casefold()
            found = self._by_number.get((system, kind, value), ()) if value else ()
            if len(found) == 1:
                return self.memberships[next(iter(found))], BY_NUMBER
        if row.email:
            return None, ""
        if alike := self._alike(row, system):
            return alike, BY_ALIKE
        namesake = self._namesake(row)
        return namesake, BY_NAME if namesake else ""

    def suggested(self, row: RosterRow, system: str) -> Membership | None:
        """Return the one member whom a row with an unknown email may be about."""
        return self._alike(row, system) or self._namesake(row)

    def invitation(self, row: RosterRow) -> Invitation | None:
        return self._invited.get(row.email)

    def _alike(self, row: RosterRow, system: str) -> Membership | None:
        """Return the one member with a number of a row, but for the zeros before it."""
        for kind in KINDS:
            value = without_zeros(row.identifiers.get(kind, ""))
            found = self._by_alike.get((system, kind, value), ()) if value else ()
            if len(found) == 1:
                return self.memberships[next(iter(found))]
        return None

    def _namesake(self, row: RosterRow) -> Membership | None:
        """Return the one member with the name of a row."""
        found = self._by_name.get(_words(row.name), ()) if row.name else ()
        return self.memberships[next(iter(found))] if len(found) == 1 else None


def without_zeros(value: str) -> str:
    """Return a number as a spreadsheet leaves it that takes it for one."""
    return value.casefold().lstrip("0")


def _words(name: str) -> str:
    """Return a name without capitals, accents and order: lists write the family name first."""
    return " ".join(sorted(folded(name).replace(",", " ").split()))


def members_not_listed(members: Iterable[Membership], listed: Collection[int]) -> list[Membership]:
    """Return the students who are in the course and whose keys are not in a list."""
    return [
        member
        for member in members
        if member.is_student and member.ended_at is None and member.pk not in listed
    ]
