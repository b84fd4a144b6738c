"""Write CSL dates in the formats of other programs."""

from blog.citations.csl.dates import CslDate, read_date
from blog.citations.csl.note_lines import padded_year


def slashed(value: object) -> str:
    """Return the first day as RIS has it: 2012///, 2012/01/12/; "" where there is none."""
    start = read_date(value).start
    if not start:
        return ""
    month, day = (f"{part:02}" if part else "" for part in (start.month, start.day))
    return f"{padded_year(start.year)}/{month}/{day}/"


def year_of(value: object) -> str:
    """Return the year of the first day, or the words in place of a date."""
    when: CslDate = read_date(value)
    return padded_year(when.start.year) if when.start else when.words
