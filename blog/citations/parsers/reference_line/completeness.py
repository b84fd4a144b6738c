"""Completeness of a record: every word of the line that it was read from is in it."""

import re
from collections.abc import Iterator

from blog.citations.csl.dates import SEASONS, read_date
from blog.citations.csl.fields import folded
from blog.citations.csl.months import month_of
from blog.citations.parsers.reference_line.links import ISBN_LABEL
from blog.citations.parsers.reference_line.titles import OWN_FORMS

WORD = re.compile(r"\w+")
LABEL = re.compile(rf"{ISBN_LABEL}|\burn:doi:", re.IGNORECASE)
# A word is a month beside a day or a year alone: “set” and “out” are months, and words of titles.
NUMBER_BEFORE = re.compile(r"\d(?:st|nd|rd|th|er|º)?[.,]?[\s–-]{0,2}(?:of |de |d[’'])?$")
NUMBER_BEHIND = re.compile(r"\.?,?[\s–/-]{0,2}(?:de |del |[^\W\d_]{3,12}\.? )?\d")
# Words that the forms of references print around their fields.
FRAME_WORDS = """
    a abgerufen accessed acesso ad al am and art article at aufl auflage autumn available b bc bce
    by c ca cd ce chair chap chapter circa cited compiler composer cong consultado consulté coord
    coords creator creators curator d da dans date de den dir director directors do doi dx e ed
    edited edition editor editors edn eds el em en episode et executive f film forthcoming from
    från gada geraadpleegd guest guests hg host hosts hrsg http https hämtad il illus in internet
    interviewer interviewers isbn issue j last le link n narr nd no nr o of on online op org
    organizer original p page pages patent pmcid pmid pp preparation present press printed
    producer producers publication published rd recuperado report retrieved récupéré s
    scriptwriter season sept series st submitted sur th the trans translated und unpublished
    bd h heft jg 等 等人 他 ほか 외
    updated url v van ver version viewed vol vols volume von website work writer writers www y
"""
FRAME = frozenset(
    folded(word)
    for word in (
        *FRAME_WORDS.split(),
        *SEASONS,
        *" ".join(OWN_FORMS).split(),
    )
)


def is_complete(record: dict, line: str) -> bool:
    """Return whether each word of a line is in its record, or belongs to the form of references."""
    if not record.get("title") and not record.get("genre"):
        return False
    known = {folded(word) for value in _values(record) for word in WORD.findall(value)}
    whole = [folded(value) for value in _values(record)]
    known.update(whole)  # the initials of “Luna JP” too
    joined, months = "".join(whole), _months(record)
    line = LABEL.sub(" ", line)
    for found in WORD.finditer(line):
        plain = folded(word := found[0])
        if not plain or plain in known or plain in FRAME or _is_inside(plain, joined):
            continue
        if month_of(word) not in months or not _is_beside_number(found):
            return False
    return True


def _is_beside_number(word: re.Match) -> bool:
    """Return whether a day or a year is before or behind a word, as in a date: 3 set, set. 2019."""
    before = word.string[: word.start()]
    return bool(NUMBER_BEFORE.search(before) or NUMBER_BEHIND.match(word.string, word.end()))


def _months(record: dict) -> set[int]:
    """Return the months of a record’s dates, which its line names in some language."""
    dates = [read_date(record.get(name)) for name in ("issued", "accessed", "original-date")]
    days = [day for date in dates for day in (date.start, date.end) if day]
    return {day.month for day in days if day.month}


def _is_inside(word: str, joined: str) -> bool:
    """Return whether a record has a word in another spelling: 2nd, 2012a, 03, S3E12."""
    digits = word.strip("abcdefghijklmnopqrstuvwxyz")
    if digits and digits.isdigit() and word[:1].isdigit():
        return digits.lstrip("0") in joined
    return len(word) > 3 and word in joined


def _values(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for one in value.values():
            yield from _values(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _values(one)
    elif isinstance(value, str | int):
        yield str(value)
