"""Parts of a sentence one after the other, with the signs of the reader's language between them."""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from django.utils.translation import gettext as _

FIRST_MARK, LAST_MARK = "\u2068", "\u2069"  # of isolation


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
    """Return a text between marks of isolation, if any letter of it runs from the right.

    They work as `<bdi>` would, in sentences and in attributes too.
    """
    from_right = any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in text)
    return f"{FIRST_MARK}{text}{LAST_MARK}" if from_right else text
