"""Write CSL dates in the formats of other programs."""

from blog.citations.csl.dates import CslDate, PartialDate, read_date


def edtf(value: object) -> str:
    """Return a date in EDTF, for BibLaTeX: 2012, 2012-01-12, 2012-21 for spring, 2019/2021, 2012~.

    A date of no calendar, such as “in press”, stays in words.
    """
    when = read_date(value)
    if not when.start:
        return when.words
    days = "/".join(_iso(day) for day in (when.start, when.end) if day)
    return days + "~" * when.circa


def slashed(value: object) -> str:
    """Return the first day as RIS has it: 2012///, 2012/01/12/; "" where there is none."""
    start = read_date(value).start
    if not start:
        return ""
    month, day = (f"{part:02}" if part else "" for part in (start.month, start.day))
    return f"{_year(start)}/{month}/{day}/"


def year_of(value: object) -> str:
    """Return the year of the first day, or the words in place of a date."""
    when: CslDate = read_date(value)
    return _year(when.start) if when.start else when.words


def _iso(day: PartialDate) -> str:
    parts = [_year(day), *(f"{part:02}" for part in (day.month, day.day) if part)]
    if day.season:
        parts.append(str(20 + day.season))
    return "-".join(parts)


def _year(day: PartialDate) -> str:
    return f"{day.year:05}" if day.year < 0 else f"{day.year:04}"
