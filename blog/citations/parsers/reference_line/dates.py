"""Dates of references as they are printed: (2020, March 3–5), (ca. 380 B.C.E.), (n.d.-a)."""

import re

from blog.citations.csl.dates import CslDate, PartialDate, read_date, year_of_era
from blog.citations.parsers.csl_json import date_csl

MONTH = r"[^\W\d_]+\.?"  # in any language: see csl.months
DATED = re.compile(
    r"\((?P<date>"
    r"(?:c(?:a|irca)?\.?\s*)?\d{4}(?!\d)[^()]{0,40}"
    r"|(?:c(?:a|irca)?\.?\s*)?\d{1,4}\s*(?:B\.?\s?C\.?(?:\s?E\.?)?|C\.?\s?E\.?|A\.?\s?D\.?)"
    r"|(?:[A-Z][a-z]+\.?\s+)?(?:\d{1,2}(?:st|nd|rd|th|er|\.|º)?,?\s+)?"
    rf"(?:(?:de\s+)?{MONTH},?\s+(?:del?\s+)?)?\d{{4}}[a-z]?"
    r"|n\.\s?d\.?[^()]{0,12}|no date|o\.\s?J\.?|s\.\s?[adf]\.?"
    r"|in press[^()]{0,6}|forthcoming[^()]{0,6}|in preparation[^()]{0,6}|submitted[^()]{0,6}"
    r")\)",
    re.IGNORECASE,
)
NO_DATE = re.compile(r"n\.\s?d|no date|o\.\s?J|s\.\s?[adf]", re.IGNORECASE)
DAYS = re.compile(
    rf"(?P<year>\d{{4}}), (?P<month>{MONTH}) (?P<first>\d{{1,2}})\s?[-–]\s?"
    rf"(?:(?P<until>{MONTH}) )?(?P<last>\d{{1,2}})"
)
# 2019, 4–6 mai
DAYS_FIRST = re.compile(
    r"(?P<year>\d{4}), (?P<first>\d{1,2})\.?\s?[-–]\s?(?P<last>\d{1,2})\.? (?:de )?"
    rf"(?P<month>{MONTH})(?P<until>)"
)
YEAR_FIRST = re.compile(r"(\d{4})(?:[a-z](?![a-z]))?(?:,?\s+(?P<day>\D.+))?")


def date_of(words: str) -> dict:
    """Return the CSL date of printed words; {} for “n.d.”"""
    words = words.strip()
    if NO_DATE.match(words):
        return {}
    if days := DAYS.fullmatch(words) or DAYS_FIRST.fullmatch(words):
        first = read_date(f"{days['month']} {days['first']}, {days['year']}").start
        last = read_date(f"{days['until'] or days['month']} {days['last']}, {days['year']}").start
        return date_csl(CslDate(first, last))
    is_about = re.match(r"c(?:a|irca)?\.?\s*(?=\d)", words, re.IGNORECASE)
    plain = words[is_about.end() :] if is_about else words
    if year := year_of_era(plain):
        return date_csl(CslDate(PartialDate(year), circa=bool(is_about)))
    plain = re.sub(r"(?<=press|oming)-[a-z]$", "", plain)
    if found := YEAR_FIRST.fullmatch(plain):
        plain = f"{found['day']}, {found[1]}" if found["day"] else found[1]
    date = date_csl(read_date(plain))
    if "literal" in date and re.search(r"\d", words):
        date = {"literal": words}  # in its own order
    return date | ({"circa": True} if is_about and date else {})


def year_of(found: re.Match) -> dict:
    """Return “issued” of the groups “year” and, if there is one, “day”, as in “3 Mar”."""
    day = found.groupdict().get("day") or ""
    date = date_csl(read_date(f"{day} {found['year']}")) if day else {}
    return {"issued": date or {"date-parts": [[int(found["year"])]]}}
