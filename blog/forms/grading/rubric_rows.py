"""The criteria of a rubric as its form sends them: read, rearranged, and written back.

Pure: texts as they are typed, whether they are right or not. Places and numbers count from 1.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field

from blog.setup_files import MAX_CRITERIA, MAX_LEVELS

MIN_LEVELS = 2
PARTS = ("criterion", "about", "weight", "row")
NAME = re.compile(rf"({'|'.join(PARTS)})-([1-9][0-9]{{0,2}})")
LEVEL_NAME = re.compile(r"(level|points|text)-([1-9][0-9]{0,2})-([1-9])")


@dataclass
class LevelRow:
    """The texts of a level."""

    level: str = ""
    points: str = ""
    text: str = ""


@dataclass
class CriterionRow:
    """The texts of a criterion; ``row`` is the key of the stored one, if there is one."""

    criterion: str = ""
    about: str = ""
    weight: str = ""
    row: str = ""
    levels: list[LevelRow] = field(default_factory=list)


def is_row_name(name: str) -> bool:
    """Return whether a field's name is that of a criterion or a level, in any place."""
    return bool(NAME.fullmatch(name) or LEVEL_NAME.fullmatch(name))


def read_rows(data: Mapping[str, str]) -> list[CriterionRow]:
    """Return the criteria of a form in their places."""
    rows = [CriterionRow() for _place in range(MAX_CRITERIA)]
    places = {0}
    for name, value in data.items():
        found = NAME.fullmatch(name) or LEVEL_NAME.fullmatch(name)
        if found is None or int(found[2]) > MAX_CRITERIA:
            continue
        part, place, *number = found.groups()
        places.add(int(place))
        _put(rows[int(place) - 1], part, int(number[0]) if number else 0, value)
    return rows[: max(places)]


def _put(row: CriterionRow, part: str, number: int, value: str) -> None:
    """Write a text into a criterion, or into its level of this number."""
    if number == 0:
        setattr(row, part, value)
    elif number <= MAX_LEVELS:
        row.levels += [LevelRow() for _each in range(number - len(row.levels))]
        setattr(row.levels[number - 1], part, value)


def write_rows(rows: Iterable[CriterionRow]) -> dict[str, str]:
    """Return a form's data for criteria in these places."""
    data = {}
    for place, row in enumerate(rows, start=1):
        data |= {f"{part}-{place}": getattr(row, part) for part in PARTS}
        for number, level in enumerate(row.levels, start=1):
            data |= {f"{part}-{place}-{number}": text for part, text in asdict(level).items()}
    return data


def union(rows: list[CriterionRow], others: list[CriterionRow]) -> list[CriterionRow]:
    """Return rows with places for everything that the others have and they have not."""
    longest = max(len(rows), len(others))
    both = []
    for place in range(longest):
        row = rows[place] if place < len(rows) else CriterionRow()
        other = others[place] if place < len(others) else CriterionRow()
        missing = max(len(other.levels) - len(row.levels), 0)
        levels = [*row.levels, *(LevelRow() for _each in range(missing))]
        both.append(CriterionRow(**{part: getattr(row, part) for part in PARTS}, levels=levels))
    return both


def new_criterion(rows: list[CriterionRow], defaults: list[LevelRow]) -> CriterionRow:
    """Return a criterion to fill in, with the names and points of the levels before it."""
    levels = rows[-1].levels if rows else defaults
    return CriterionRow(weight="1", levels=[LevelRow(one.level, one.points) for one in levels])
