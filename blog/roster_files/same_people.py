"""Rows of one person joined, and rows that cannot both be right."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from blog.roster_files import people
from blog.roster_files.people import RosterRow
from blog.roster_files.systems import LTI_KEY

MAX_COMPARED = 20  # rows with one address: of more people that share one, all have a problem
# Numbers that two people cannot share, the surest first.
KEYS = ("login", "username", "sis_id", "org_defined_id", "student_id", "lms_id", "source_id")


def joined(rows: Iterable[RosterRow]) -> list[RosterRow]:
    """Return one row for each person, with the sections and pods of all of theirs.

    Rows with one address are one person's if a number or the name is the same; if neither is, both
    have a problem. So have rows with one number and different addresses.
    """
    found: list[RosterRow] = []
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row in rows:
        keys = [("email", row.email)] if row.email else _keys(row)[:1]
        same = next(
            (
                place
                for key in keys
                for place in places[key][:MAX_COMPARED]
                if _is_same(found[place], row)
            ),
            None,
        )
        if same is None:
            same = len(found)
            found.append(row)
        else:
            found[same] = _both(found[same], row)
        for key in keys:
            if same not in places[key]:
                places[key].append(same)
    found = _with_problem(found, "shared_email", [row.email for row in found])
    for kind in KEYS:
        numbers = [_number(row, kind) for row in found]
        found = _with_problem(found, "shared_id", numbers)
    return found


def share_a_name(rows: Iterable[RosterRow]) -> bool:
    """Return whether two rows with different addresses have one name: nobody can tell them apart.

    They may be two people, or one with two addresses.
    """
    names = Counter(row.name.casefold() for row in rows if row.name and row.is_invited)
    return any(count > 1 for count in names.values())


def _is_same(first: RosterRow, second: RosterRow) -> bool:
    common = [key for key in KEYS if key in first.identifiers and key in second.identifiers]
    equal = [key for key in common if first.identifiers[key] == second.identifiers[key]]
    if len(equal) < len(common):
        return False
    if equal and first.email and first.email == second.email:
        return True
    return _words(first) == _words(second) or not (first.name and second.name)


def _both(first: RosterRow, second: RosterRow) -> RosterRow:
    """Return two rows of a person as one; what the first one lacks is taken from the second."""
    return replace(
        first,
        lines=first.lines + second.lines,
        name=first.name or second.name,
        family_name=first.family_name or second.family_name,
        given_name=first.given_name or second.given_name,
        identifiers={**second.identifiers, **first.identifiers},
        sections=tuple(dict.fromkeys(first.sections + second.sections)),
        pods=tuple(dict.fromkeys(first.pods + second.pods)),
        status=people.ACTIVE if people.ACTIVE in (first.status, second.status) else first.status,
        problem=first.problem or second.problem,
    )


def _with_problem(rows: Sequence[RosterRow], problem: str, keys: Sequence[str]) -> list[RosterRow]:
    """Return the rows, those with a problem that have the same key as another."""
    counts = Counter(filter(None, keys))
    return [
        replace(row, problem=row.problem or problem) if counts[key] > 1 else row
        for row, key in zip(rows, keys, strict=True)
    ]


def _keys(row: RosterRow) -> list[tuple[str, str]]:
    return [(key, _number(row, key)) for key in KEYS if key in row.identifiers]


def _number(row: RosterRow, kind: str) -> str:
    """Return a number to compare: logins are one in whatever letters, keys of an LMS are not."""
    number = row.identifiers.get(kind, "")
    return number if kind == LTI_KEY else number.casefold()


def _words(row: RosterRow) -> str:
    return " ".join(sorted(row.name.casefold().replace(",", " ").split()))
