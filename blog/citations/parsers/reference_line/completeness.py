"""Whether a record has every word of the line that it was read from."""

import re
from collections.abc import Iterator

from blog.citations.csl.dates import MONTHS, SEASONS
from blog.citations.csl.fields import folded
from blog.citations.parsers.reference_line.titles import OWN_FORMS

WORD = re.compile(r"\w+")
# Words that the forms of references print around their fields.
FRAME_WORDS = """
    a accessed al and art article at aufl auflage autumn available b bc bce by c ca cd ce chair chap
    chapter circa cited compiler composer cong coord coords creator creators curator d dans date de
    dir director directors doi dx e ed edited edition editor editors edn eds em en episode et
    executive f film forthcoming from guest guests hg host hosts hrsg http https illus in internet
    interviewer interviewers isbn issue j last link n narr nd no nr o of on online org organizer
    original p page pages patent pmcid pmid pp preparation present press printed producer producers
    publication published rd report retrieved s scriptwriter season sept series st submitted th the
    trans translated und unpublished updated url v ver version viewed vol vols volume website work
    writer writers www y
"""
FRAME = frozenset(
    folded(word)
    for word in (
        *FRAME_WORDS.split(),
        *MONTHS,
        *(month[:3] for month in MONTHS),
        *SEASONS,
        *" ".join(OWN_FORMS).split(),
    )
)


def is_complete(record: dict, line: str) -> bool:
    """Return whether each word of a line is in its record, or belongs to the form of references."""
    if not record.get("title") and not record.get("genre"):
        return False
    known = {folded(word) for value in _values(record) for word in WORD.findall(value)}
    joined = "".join(folded(value) for value in _values(record))
    for word in WORD.findall(line):
        plain = folded(word)
        if plain and plain not in known and plain not in FRAME and not _is_inside(plain, joined):
            return False
    return True


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
