"""Shortened titles for the text: the beginning of a title, up to the end of a phrase."""

import re

from blog.citations.apa.english import OTHER
from blog.citations.csl.fields import folded

MAX_TITLE_WORDS = 10  # of a title in the author's place; a longer one is shortened
SHORT_TITLE_WORDS = 6

BEFORE_SUBTITLE = re.compile(r"(?<=[?!])\s|[:.]\s|\s[–—]\s")
# Words that begin a phrase, before which a title can end.
LINKING_WORDS = """
about across after against along among and around as at because before behind below beneath
beside between beyond but by concerning despite during for from how if in inside into like near
nor of off on onto or over per regarding since that through throughout to toward towards under
until upon using versus via vs what when where which while who whom whose why with within
without yet
"""
# Words that no phrase ends with, beside those that begin one.
LEADING_WORDS = """
a an are be been being can could did do does every had has have her his is its less may might
more most must my no not our shall should so some such than the their these this those too very
was we were will would your
"""
LINKS = frozenset(LINKING_WORDS.split())
LEADING_ON = LINKS | frozenset(LEADING_WORDS.split())
SIGNS = {"“": "”", "(": ")", "[": "]", "«": "»", "{": "}", "„": "“"}


def shortened(title: str, short: str = "") -> str:
    """Return a title for the text: whole if it has up to ten words, else its beginning.

    ``short`` is the record's own short title; it serves only where the title begins with it, as
    readers look for the label at the beginning of an entry.
    """
    if short and folded(short) and folded(title).startswith(folded(short)):
        return short
    words = title.split()
    if sum(any(map(str.isalnum, word)) for word in words) <= MAX_TITLE_WORDS:
        return title
    main = BEFORE_SUBTITLE.split(title, maxsplit=1)[0]
    if _is_title(main, title):
        return within_signs(main)
    return within_signs(" ".join(words[: _phrase_end(words)]).rstrip(",;:–—- "))


def within_signs(text: str) -> str:
    """Return a text that was cut off without what it left open: a quotation, a bracket."""
    start = _unclosed(text)
    if start is None:
        return text
    before = text[:start].split()
    while before and _is_leading_on(before[-1]):
        before.pop()
    if len(before) > 1:
        return " ".join(before).rstrip(",;:–—- ")
    sign = text[start]
    return f"{text.rstrip(',;:')}{SIGNS.get(sign, sign)}"


def _is_title(main: str, title: str) -> bool:
    count = len(main.split())
    return 2 <= count <= MAX_TITLE_WORDS or (
        count == 1 and len(folded(main)) > 2 and title[len(main) :].startswith(":")
    )


def _phrase_end(words: list[str]) -> int:
    """Return the number of words in a phrase: up to six where these hold one, else a few more."""
    ends = [
        place
        for place in range(2, MAX_TITLE_WORDS + 1)
        if not _is_leading_on(words[place - 1])
        and (words[place - 1][-1] in ",;" or words[place].lower() in LINKS | OTHER)
    ]
    short = [place for place in ends if 3 <= place <= SHORT_TITLE_WORDS]
    if short:
        return short[-1]
    end = SHORT_TITLE_WORDS
    while end > 2 and _is_leading_on(words[end - 1]):
        end -= 1
    return end


def _is_leading_on(word: str) -> bool:
    plain = word.strip(",;:.“”‘’\"'()[]–—-").lower()
    return not plain or plain in LEADING_ON or plain in OTHER


def _unclosed(text: str) -> int | None:
    """Return the place of the first quotation mark or bracket that is not closed."""
    is_open: list[tuple[int, str]] = []
    for place, sign in enumerate(text):
        if is_open and sign == is_open[-1][1]:
            is_open.pop()
        elif sign in SIGNS:
            is_open.append((place, SIGNS[sign]))
        elif sign == '"' and not text[place - 1 : place].isdigit():
            is_open.append((place, '"'))
    return is_open[0][0] if is_open else None
