"""Signs that nobody sees: in what identifies a person, their email and names, and in feedback.

An address with one looks right on the screen and reaches nobody; a name of them alone is no name,
and one that begins with U+202E turns the line it is printed in.
"""

import re
import unicodedata

# Unicode's Default_Ignorable_Code_Point, control characters, separators of lines and paragraphs,
# annotation marks, and the braille pattern without dots.
INVISIBLE = (
    "\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
ANY_INVISIBLE = re.compile(f"[{INVISIBLE}]")
# Of embedding, override and isolation.
DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")
BLANK = re.compile(rf"[\s{INVISIBLE}]*+")
# In a name these change how the sign before them is written, so they mean something after one.
VARIANT = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
NON_JOINER, JOINER = "\u200c", "\u200d"
VIRAMA = 9  # the combining class of the sign that takes an Indic letter's vowel away


def strip_invisible(text: str) -> str:
    """Return a text without its invisible signs and without blanks at its ends."""
    return ANY_INVISIBLE.sub("", text).strip()


def strip_directions(text: str) -> str:
    """Return a text without the signs that begin and end another direction.

    Marks of direction stay: they are for the sign beside them alone, and spelling needs them.
    """
    return DIRECTIONS.sub("", text)


def is_blank(text: str, start: int = 0) -> bool:
    """Return whether a text shows nothing from ``start`` on: spaces of any kind, invisible signs.

    All that reads a text asks this, so that no two of its readers disagree on an empty line.
    """
    return BLANK.fullmatch(text, start) is not None


def visible_name(text: str) -> str:
    """Return a name on one line without invisible signs, or "" if nothing of it is visible.

    Joiners stay where spelling needs them, as in مهدی‌پور: behind a virama or between Arabic
    letters (RFC 5892, appendix A), and between emoji that are one with it.
    """
    line = " ".join(text.split())
    kept = "".join(
        sign
        for place, sign in enumerate(line)
        if _is_needed(line, place) or not _is_invisible(sign)
    )
    return " ".join(kept.split()) if is_visible(kept) else ""


def is_visible(text: str) -> bool:
    """Return whether a text has more than blanks, marks and invisible signs."""
    return any(unicodedata.category(sign)[0] in "LNPS" for sign in strip_invisible(text))


def _is_invisible(sign: str) -> bool:
    return ANY_INVISIBLE.match(sign) is not None


def _is_needed(line: str, place: int) -> bool:
    """Return whether an invisible sign changes how its neighbours are written."""
    sign, before, after = line[place], line[:place], line[place + 1 :]
    if VARIANT.match(sign):
        return bool(before) and not before[-1].isspace() and not _is_invisible(before[-1])
    if sign not in (NON_JOINER, JOINER) or not before:
        return False
    if sign == JOINER and _joins_pictures(before, after):
        return True
    if unicodedata.combining(before[-1]) == VIRAMA:
        return True
    return sign == NON_JOINER and _is_arabic(before[::-1]) and _is_arabic(after)


def _joins_pictures(before: str, after: str) -> bool:
    """Return whether two emoji stand on both sides, which a joiner makes one of."""
    bare = before.rstrip("\ufe0f\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff")
    return all(unicodedata.category(sign) == "So" for sign in (bare[-1:] or "x", after[:1] or "x"))


def _is_arabic(text: str) -> bool:
    """Return whether the first letter of a text, behind its marks, is of a script that joins."""
    letter = next((sign for sign in text if not unicodedata.combining(sign)), "")
    return bool(letter) and unicodedata.bidirectional(letter) == "AL"
