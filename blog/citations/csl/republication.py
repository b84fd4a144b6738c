"""Works that were published again: “1867/2012” has the year of the original and its own."""

import re

# (1899/1999), but also the winter of 2019/2020 and work from 1978–1980
TWO_YEARS = re.compile(r"(\d{4})\s?([/–-])\s?(\d{4})[a-z]?", re.ASCII)
MAX_SEASON_YEARS = 1


def years_of_republication(words: str) -> tuple[int, int] | None:
    """Return the year of the original and that of the work, None for other words and for spans.

    They may stand in any order: “2012/1867” is the same.
    """
    years = TWO_YEARS.fullmatch(words.strip())
    if years is None:
        return None
    first, last = int(years[1]), int(years[3])
    is_span = first <= last and (years[2] != "/" or last - first <= MAX_SEASON_YEARS)
    return None if is_span else (min(first, last), max(first, last))
