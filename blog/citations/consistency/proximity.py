"""Nearness of the surname and the year of a reference in a text, in whatever shape."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from functools import cache, cached_property

from blog.citations.csl.fields import folded

MAX_WORDS_BETWEEN = 12
WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
POSSESSIVE = re.compile(r"[’'](?:s\b|(?!\w))")
YEAR_SUFFIXES = ("", *"abcdefgh")


class Nearness:
    """The places of the words of a text; words of two blocks are never near each other."""

    def __init__(self, blocks: Iterable[str]) -> None:
        """Keep the blocks; they are read when the first question is asked."""
        self._blocks = blocks
        self._known: dict[tuple[str, str], bool] = {}

    def are_near(self, names: Iterable[str], years: Iterable[str]) -> bool:
        """Return whether one of the years, with any letter, is near each of the folded names."""
        names = list(names)
        return bool(names) and any(
            all(self._is_near(name, folded(year)) for name in names) for year in years
        )

    def _is_near(self, name: str, year: str) -> bool:
        if (name, year) not in self._known:
            self._known[name, year] = any(
                _are_close(self._places.get(name, []), self._places.get(f"{year}{suffix}", []))
                for suffix in YEAR_SUFFIXES
            )
        return self._known[name, year]

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        places, place, fold = defaultdict(list), 0, cache(folded)
        for block in self._blocks:
            for word in WORD.findall(POSSESSIVE.sub(" ", block)):
                places[fold(word)].append(place)
                place += 1
            place += MAX_WORDS_BETWEEN + 1
        return places


def _are_close(some: list[int], others: list[int]) -> bool:
    """Return whether a place of one sorted list is close to one of the other."""
    if not others:
        return False
    return any(
        next(iter(others[at : at + 1]), place + 1_000) - place <= MAX_WORDS_BETWEEN + 1
        for place in some
        for at in [bisect_left(others, place - MAX_WORDS_BETWEEN - 1)]
    )
