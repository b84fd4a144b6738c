"""Parts of a sentence one after the other, with the signs of the reader's language between them."""

from collections.abc import Iterable

from django.utils.translation import gettext as _


def comma_list(parts: Iterable[object]) -> str:
    """Join short parts: “Ana, Ben”, in Arabic with its own comma."""
    return f"{_(',')} ".join(map(str, parts))


def semicolon_list(parts: Iterable[object]) -> str:
    """Join parts that may have commas themselves: “Luna, 2020; Ito, 2021”."""
    return f"{_(';')} ".join(map(str, parts))
