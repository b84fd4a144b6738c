"""Names of months, in each language that Django has.

Django’s own catalogues name the months, in the form that follows a day too (“3 stycznia”) and
abbreviated. They are read when a name is asked for that is not English.
"""

import calendar
import gettext
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import django.conf

from blog.citations.csl.fields import folded

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
ABBREVIATED = ("Jan.", "Feb.", *MONTHS[2:7], "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
ENGLISH = {
    name: number
    for number, month in enumerate(MONTHS, start=1)
    for name in (month.lower(), month[:3].lower())
} | {"sept": 9}
CATALOGUES = Path(django.conf.__file__).parent / "locale"
MIN_NAME_CHARS, MIN_STEM_CHARS, MAX_ENDING_CHARS = 3, 4, 2
# Of a word without accents: “Junior” and “Martha” begin as months of some language do.
MIN_PLAIN_STEM_CHARS = 7
A_LEAP_YEAR = 2000


def month_of(word: str) -> int:
    """Return the number of the month that a word names in any language; 0 for other words.

    A name that is one month in one language and another in a second, as “listopad” is, names none.
    """
    name = folded(word)
    if number := ENGLISH.get(name):
        return number
    if not name.isalpha() or len(name) < MIN_NAME_CHARS:
        return 0
    least = MIN_PLAIN_STEM_CHARS if word.isascii() else MIN_STEM_CHARS
    return _names().get(name) or _beginnings().get(name) or _with_other_ending(name, least)


def days_in(year: int, month: int) -> int:
    """Return the number of days in a month; the most possible in years no calendar here has."""
    return calendar.monthrange(year if 0 < year < 10_000 else A_LEAP_YEAR, month)[1]


def _with_other_ending(name: str, least: int) -> int:
    """Return the month of a name with another ending, such as maijā for maijs."""
    stems = (name[: len(name) - ending] for ending in range(1, MAX_ENDING_CHARS + 1))
    return next((_stems()[s] for s in stems if len(s) >= least and s in _stems()), 0)


@cache
def _names() -> dict[str, int]:
    """Return the number of each month by its folded names, but of no name that two months have."""
    return _unambiguous(_named())


@cache
def _beginnings() -> dict[str, int]:
    """Return the number of each month by the first letters of its names, as févr. for février."""
    return _unambiguous(
        (name[:end], number)
        for name, number in _named()
        for end in range(MIN_STEM_CHARS, len(name) + 1)
    )


@cache
def _stems() -> dict[str, int]:
    """Return the number of each month by its names, with and without their endings."""
    return _unambiguous(
        (name[: len(name) - ending], number)
        for name, number in _named()
        for ending in range(MAX_ENDING_CHARS + 1)
        if len(name) - ending >= MIN_STEM_CHARS
    )


@cache
def _named() -> frozenset[tuple[str, int]]:
    """Return each folded name of a month with its number."""
    catalogues = [_catalogue(path.name) for path in CATALOGUES.iterdir()]
    found = (
        (folded(name), number)
        for catalogue in filter(None, catalogues)
        for number, month in enumerate(MONTHS, start=1)
        for name in (
            catalogue.gettext(month),
            catalogue.pgettext("alt. month", month),
            catalogue.pgettext("abbrev. month", ABBREVIATED[number - 1]),
            catalogue.gettext(month[:3].lower()),
        )
    )
    return frozenset(one for one in found if one[0].isalpha() and len(one[0]) >= MIN_NAME_CHARS)


def _unambiguous(named: Iterable[tuple[str, int]]) -> dict[str, int]:
    numbers: dict[str, set[int]] = defaultdict(set)
    for name, number in named:
        numbers[name].add(number)
    return {name: found.pop() for name, found in numbers.items() if len(found) == 1}


def _catalogue(language: str) -> gettext.NullTranslations | None:
    try:
        return gettext.translation("django", str(CATALOGUES), [language])
    except OSError:  # a folder without a catalogue
        return None
