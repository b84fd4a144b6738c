"""Dates of works: parse what CSL, Crossref and people write, and print it in APA style."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from blog.citations.csl.fields import text_of, unmarked
from blog.citations.csl.months import ENGLISH, MONTHS, days_in, month_of

SEASONS = ("Spring", "Summer", "Fall", "Winter")
FORTHCOMING = re.compile(r"in press|forthcoming|accepted|advance online", re.IGNORECASE)
ISO = re.compile(r"\s*(-?\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?=$|[T\s/~?])", re.ASCII)
WORD = re.compile(r"[^\W\d_]+")
YEAR_ALONE = re.compile(r"-?\d{4}\s+(?=\D*[^\W\d_]{3})", re.ASCII)
# 18.10.2026, and 18/10/2026 or 10/18/2026 where only one of the two can be the month
NUMBERS = re.compile(r"(?<!\d)(\d{1,2})([./])(\d{1,2})\2([1-9]\d{3})(?!\d)", re.ASCII)
YEAR_INSIDE = re.compile(r"(?<!\d)[1-9]\d{3}(?!\d)", re.ASCII)
YEARS = re.compile(r"(?<!\d)([1-9]\d{3})\s?[-–]\s?([1-9]\d{3})(?!\d)", re.ASCII)
ONGOING = re.compile(r"([1-9]\d{3})\s?[-–]\s?(?:present|today|now)?", re.ASCII | re.IGNORECASE)
OPEN_RANGE = re.compile(r"(\d{4})/(?:\.\.)?([~?]?)", re.ASCII)  # 2015/.. in EDTF
# 2012 Nov-2013 Jan; Dec 31, 2012 – Jan 3, 2013
TO = re.compile(r"\s?[-–—/]\s?|\s+to\s+")
SEASON_NAME = re.compile(r"\b(spring|summer|fall|autumn|winter)\b", re.IGNORECASE)
ABOUT = re.compile(
    r"(?:ca?\.?|circa|around|about|approx\.?|approximately|roughly|probably|etwa|um|vers|environ|"
    r"hacia|alrededor de|cerca de)\s*(?=-?\d)",
    re.IGNORECASE,
)
CLOCK_TIME = re.compile(
    r"T?\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?:\s?[ap]\.?m\.?)?\s?(?:Z|UTC|GMT|[+-]\d\d:?\d\d)?",
    re.IGNORECASE,
)
REST = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")
# What a date may have beside its day, month and year, in the languages of most references.
DATE_WORDS = {
    *("st", "nd", "rd", "th", "er", "of", "the", "on", "in", "at", "to", "and", "until", "till"),
    *("de", "del", "do", "da", "des", "der", "den", "le", "la", "el", "am", "em", "en", "bis"),
    *("und", "et", "y", "e", "a", "o", "d", "i", "gada", "roku", "года", "г", "cop", "copyright"),
    *("accessed", "retrieved", "visited", "viewed", "ad"),
    *("年", "月", "日", "년", "월", "일"),
    *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    *("mon", "tue", "tues", "wed", "thu", "thurs", "fri", "sat", "sun"),
}
ARTICLES = {"the", "a", "an"}
DATE_SIGNS = set(".,;:/-–—~?()'’º°©%")
ERA = re.compile(
    r"(?P<before>A\.?\s?D\.?\s)?(?P<year>\d{1,4})(?:\s?(?P<era>B\.?\s?C\.?(?:\s?E\.?)?|C\.?\s?E\.?|A\.?\s?D\.?))?",
    re.ASCII | re.IGNORECASE,
)
YEAR_SUFFIX = re.compile(r"^[a-j](?!\w)")
MAX_DATE_CHARS = 200
FIRST_YEAR_WITHOUT_ERA = 500

NO_DATE, DATED, TO_COME = range(3)  # the order in which the list and the text name them


@dataclass(frozen=True)
class PartialDate:
    """A year, or a year with its month, its season or its day."""

    year: int
    month: int = 0
    day: int = 0
    season: int = 0

    @property
    def parts(self) -> tuple[int, ...]:
        return (self.year, self.month or 3 * self.season, self.day)


@dataclass(frozen=True)
class CslDate:
    """A date of a work, or the range of two; ``words`` for what is no date of a calendar."""

    start: PartialDate | None = None
    end: PartialDate | None = None
    circa: bool = False
    ongoing: bool = False
    words: str = ""  # "in press", "Qing dynasty"

    @property
    def rank(self) -> int:
        if self.start:
            return DATED
        return TO_COME if FORTHCOMING.search(self.words) else NO_DATE

    @property
    def year(self) -> str:
        """Return the year as APA prints it: 2020; 2019–present; ca. 380 B.C.E.; in press; n.d."""
        if not self.start:
            return self.words or "n.d."
        years = _era(self.start.year)
        if self.end and self.end.year != self.start.year:
            years += f"–{_era(self.end.year)}"
        if self.ongoing:
            years += "–present"
        return f"ca. {years}" if self.circa else years

    def with_year_suffix(self, suffix: str) -> str:
        """Return the year with the suffix that tells works of one year apart: 2020a; n.d.-a."""
        if not suffix:
            return self.year
        return f"{self.year}{suffix}" if self.year[-1:].isdigit() else f"{self.year}-{suffix}"

    def detail(self) -> str:
        """Return month and day, or season, for entries that print them: May 4; Spring; May 4–6."""
        if not self.start:
            return ""
        first = _month_and_day(self.start)
        if not (first and self.end):
            return first
        if self.end.year != self.start.year:
            return ""  # the year is a range, and that is enough
        last = _month_and_day(self.end)
        if self.end.month == self.start.month and self.end.day:
            last = str(self.end.day)
        return f"{first}–{last}" if last and last != first else first

    @property
    def in_full(self) -> str:
        """Return the date in full: March 3, 2019."""
        if not self.start:
            return ""
        detail = self.detail()
        separator = ", " if self.start.day else " "
        return f"{detail}{separator}{self.year}" if detail else self.year


def read_issued(csl: Mapping) -> CslDate:
    """Return the publication date of a record; without one, a status such as “in press”."""
    when = read_date(csl.get("issued"))
    status = text_of(csl.get("status"))
    if when.rank == NO_DATE and FORTHCOMING.search(status):
        return CslDate(words="in press" if "press" in status.lower() else status.lower())
    return when


def loses_a_part(words: str) -> bool:
    """Return whether words for a date name a day or month that ``read_date`` does not have of them.

    It takes the year alone of 05/12/2014, which is a day of May or of December, and of 2014-13-45.
    """
    when = read_date(words)
    days = [day for day in (when.start, when.end) if day]
    if not days:
        return bool(re.fullmatch(r"\d{5,}|\d+(?:[./-]\d+)+", words.strip()))
    if any(day.season for day in days):
        return bool(re.fullmatch(r"\d{4}\W1[3-6]", words.strip()))  # more likely a slip
    kept = [number for day in days for number in (abs(day.year), day.month, day.day)]
    words = CLOCK_TIME.sub(" ", words)
    months = filter(None, map(month_of, WORD.findall(words)))
    for number in (*months, *map(int, re.findall(r"\d+", words))):
        if number not in kept:
            return True
        kept.remove(number)
    return False


def year_of_era(words: str) -> int:
    """Return the year that words count from an era: 350 BC is -350, A.D. 98 is 98; 0 for others."""
    found = ERA.fullmatch(words.strip())
    if not found or bool(found["before"]) == bool(found["era"]):
        return 0
    return int(found["year"]) * (-1 if (found["era"] or "").upper().startswith("B") else 1)


def read_date(value: object) -> CslDate:
    """Parse a CSL date, or a text or number in its place; never raises."""
    if not isinstance(value, dict):
        return _from_words(text_of(value))
    circa = bool(value.get("circa"))
    parts = value.get("date-parts")
    days = [_from_parts(part) for part in parts[:2]] if isinstance(parts, list | tuple) else []
    if days and days[0]:
        start, end = _in_season(days[0], value.get("season")), days[1] if days[1:] else None
        return CslDate(start, end, circa=circa)
    words = text_of(value.get("raw")) or text_of(value.get("literal"))
    return _from_words(words, circa=circa)


def _from_parts(parts: object) -> PartialDate | None:
    if not isinstance(parts, list | tuple):
        parts = [parts]
    numbers = [_number(part) for part in parts[:3]]
    return _day(*numbers) if numbers and numbers[0] else None


def _from_words(words: str, *, circa: bool = False) -> CslDate:
    words = unmarked(words)
    if len(words) > MAX_DATE_CHARS:
        return CslDate(words=words)
    words = re.sub(r"(?<=\d)\s*\(\?\)$", "?", words)
    if match := ABOUT.match(words):
        about = _from_words(words[match.end() :], circa=True)
        return about if about.start else CslDate(words=words)
    if year := year_of_era(words):
        return CslDate(_day(year), circa=circa)
    if match := OPEN_RANGE.fullmatch(words):
        return CslDate(_day(int(match[1])), circa=circa or bool(match[2]), ongoing=True)
    if dates := _range(words):
        return CslDate(*dates, circa=circa)
    if match := NUMBERS.search(words):
        date = CslDate(_from_numbers(match), circa=circa)
        return date if _is_rest_of_date(_without(match, words)) else CslDate(words=words)
    if (match := ISO.match(words)) and not _names_day_after_year(words):
        if words[match.end() :][:1] not in {"T", "/"} and not _is_rest_of_date(
            words[match.end() :]
        ):
            return CslDate(words=words)
        return _from_iso(match, words, circa=circa or words.endswith(("~", "?")))
    if match := ONGOING.fullmatch(words):
        return CslDate(_day(int(match[1])), circa=circa, ongoing=True)
    if (match := YEARS.search(words)) and _is_rest_of_date(_without(match, words)):
        return CslDate(_day(int(match[1])), _day(int(match[2])), circa=circa)
    found = YEAR_INSIDE.search(words)
    if not found:
        return CslDate(words="" if words.lower() in {"n.d.", "nd", "n.d", "no date"} else words)
    rest = _without(found, words)
    if not _is_rest_of_date(rest):
        return CslDate(words=words)
    month, season = _month_in(rest), SEASON_NAME.search(rest)
    day = re.search(r"(?<!\d)\d{1,2}(?!\d)", rest, re.ASCII) if month else None
    start = _day(int(found[0]), month, int(day[0]) if day else 0)
    return CslDate(_in_season(start, season[0] if season and not month else None), circa=circa)


def _without(match: re.Match, words: str) -> str:
    """Return the words beside a match, and without the letter that tells works of a year apart."""
    after = YEAR_SUFFIX.sub("", words[match.end() :])
    return f"{words[: match.start()]} {after}"


def _is_rest_of_date(words: str) -> bool:
    """Return whether words beside a year are days, months and the like, and say nothing else."""
    signs = REST.findall(CLOCK_TIME.sub(" ", words))
    return all(
        sign in DATE_SIGNS
        or (sign.isdigit() and len(sign) < 3)
        or sign.lower() in DATE_WORDS
        or SEASON_NAME.fullmatch(sign)
        or (month_of(sign) > 0 and not _is_word_of_a_title(before, sign))
        for before, sign in zip(["", *signs], signs, strict=False)
    )


def _is_word_of_a_title(before: str, sign: str) -> bool:
    """Return whether a month of another language is an English word: the set, an out."""
    return before.lower() in ARTICLES and sign.lower() not in ENGLISH


def _from_iso(match: re.Match, words: str, *, circa: bool) -> CslDate:
    """Parse 2020, 2020-05, 2020-05-04, 2019/2021."""
    start = _day(*(int(group or 0) for group in match.groups()))
    rest = words[match.end() :].partition("/")[2]
    last = ISO.match(rest)
    end = _day(*(int(group or 0) for group in last.groups())) if last else None
    return CslDate(start, end, circa=circa) if start.year else CslDate()


def _range(words: str) -> tuple[PartialDate, PartialDate] | None:
    """Return the two dates in words, each with a year and a month or season, of a range."""
    sides = TO.split(words)
    if len(sides) != 2 or not all(map(YEAR_INSIDE.search, sides)):
        return None
    if not any(_month_in(side) or SEASON_NAME.search(side) for side in sides):
        return None
    first, last = (_from_words(side).start for side in sides)
    return (first, last) if first and last and first.parts < last.parts else None


def _names_day_after_year(words: str) -> bool:
    """Return whether words for a month or season follow the year: 2020 Mar 3, not 2020-03-03."""
    year = YEAR_ALONE.match(words)
    after = words[year.end() :] if year else ""
    return _month_in(after) > 0 or bool(SEASON_NAME.search(after))


def _month_in(words: str) -> int:
    return next(filter(None, map(month_of, WORD.findall(words))), 0)


def _from_numbers(match: re.Match) -> PartialDate:
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if match[2] == "." or first > 12:
        return _day(year, second if second <= 12 else 0, first)
    if second > 12:
        return _day(year, first, second)
    return _day(year)


def _number(value: object) -> int:
    text = text_of(value)
    return int(text) if re.fullmatch(r"-?\d{1,4}", text, re.ASCII) else 0


def _day(year: int, month: int = 0, day: int = 0) -> PartialDate:
    if month > 12 and day:
        return PartialDate(year)  # no day is in the 13th month, and none in a season
    if month > 12:  # 13–16 and 21–24 are seasons in two generations of the format
        season = month - 12 if month < 17 else month - 20
        return PartialDate(year, season=season if 1 <= season <= 4 else 0)
    month = max(month, 0)
    return PartialDate(year, month, day if month and 1 <= day <= days_in(year, month) else 0)


def _in_season(day: PartialDate, season: object) -> PartialDate:
    text = text_of(season).capitalize().replace("Autumn", "Fall")
    number = SEASONS.index(text) + 1 if text in SEASONS else _number(season)
    if day.month or day.season or not 1 <= number <= 4:
        return day
    return PartialDate(day.year, season=number)


def _era(year: int) -> str:
    if year < 0:
        return f"{-year} B.C.E."
    return f"{year} C.E." if year < FIRST_YEAR_WITHOUT_ERA else str(year)


def _month_and_day(day: PartialDate) -> str:
    if day.season:
        return SEASONS[day.season - 1]
    if not day.month:
        return ""
    return f"{MONTHS[day.month - 1]} {day.day}" if day.day else MONTHS[day.month - 1]
