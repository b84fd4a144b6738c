"""Parts of a sentence one after the other, with the signs of the reader's language between them."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from django.utils.translation import gettext as _

FIRST_MARK, LAST_MARK = "\u2068", "\u2069"  # of isolation
ISOLATING = re.compile("[\u2066-\u2069]")
# Letters from the right, and signs that say so of what comes after them.
TURNING = {"R", "AL", "LRE", "RLE", "LRO", "RLO", "PDF"}


def comma_list(parts: Iterable[object]) -> str:
    """Join short parts: “Ana, Ben”, in Arabic with its own comma."""
    return _joined(parts, _(","))


def semicolon_list(parts: Iterable[object]) -> str:
    """Join parts that may have commas themselves: “Luna, 2020; Ito, 2021”."""
    return _joined(parts, _(";"))


def _joined(parts: Iterable[object], sign: str) -> str:
    """Join parts of which none turns the next one around, nor the sentence that they stand in."""
    return f"{sign} ".join(isolated(str(part)) for part in parts)


@lru_cache(5000, typed=True)  # safe text equals the same that is not safe
def isolated(text: str) -> str:
    """Return a text between marks of isolation, if it would turn what is beside it around.

    They work as `<bdi>` would, in sentences and in attributes too. Marks of its own that do not
    come in pairs would open ours, and go.
    """
    if text.isascii():
        return text
    turns, in_pairs = _directions_of(text)
    if not turns and in_pairs:
        return text
    return f"{FIRST_MARK}{text if in_pairs else ISOLATING.sub('', text)}{LAST_MARK}"


def _directions_of(text: str) -> tuple[bool, bool]:
    """Return whether something outside of marks of isolation turns, and whether those are pairs."""
    depth, turns = 0, False
    for sign in text:
        kind = unicodedata.bidirectional(sign)
        if kind in ("LRI", "RLI", "FSI"):
            depth += 1
        elif kind == "PDI":
            depth -= 1
            if depth < 0:
                return True, False
        elif depth == 0 and kind in TURNING:
            turns = True
    return turns, depth == 0
