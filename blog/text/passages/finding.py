"""
Where a quotation is in a text, and where its passage is in a later version of that text.

Words are compared without white space, case, and the ways to write one sign: a browser puts other
spaces between blocks than we do, and people type straight quotation marks. (ADR 0023 says why no
library searches here.)
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from blog.text.diff import ADDED, REMOVED, Budget, compare_texts
from blog.text.plain import TYPOGRAPHY

CONTEXT_CHARS = 32
# Fewer signs than these say nothing by themselves: some of what was around them has to be there.
MIN_TELLING_SIGNS = 24
MIN_CONTEXT = 0.5
MIN_CONTEXT_IN_PLACE = 0.25
# So much of a passage and of what took its place has to be in both.
MIN_UNCHANGED = 0.7
UNSEEN = frozenset(
    "\u00ad\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)


class Place(NamedTuple):
    """A stretch of a text, in code points; `end` is not in it."""

    start: int
    end: int


@dataclass(frozen=True)
class Quotation:
    """Words with some of what was before and after them, as in a TextQuoteSelector."""

    exact: str
    prefix: str = ""
    suffix: str = ""


def quote(text: str, place: Place) -> Quotation:
    """Return the words at a place with their context."""
    start, end = place
    return Quotation(
        text[start:end],
        text[max(0, start - CONTEXT_CHARS) : start],
        text[end : end + CONTEXT_CHARS],
    )


def find_quotation(
    text: str, quotation: Quotation, *, signs_before: int | None = None, within: Place | None = None
) -> list[Place]:
    """
    Return the places where a quotation may be: one if that is clear, none if it is not there.

    `signs_before` is how many signs that are no white space the reader had before it, and decides
    between places whose context is alike; `within` is where to look.
    """
    folded = Folded(text)
    places = [
        place
        for place in folded.places_of(quotation.exact)
        if within is None or (within.start <= place.start and place.end <= within.end)
    ]
    best = _best(folded, places, quotation)
    if len(best) > 1 and signs_before is not None:
        counted = [place for place in best if folded.signs_before(place.start) == signs_before]
        return counted or best
    return best


def find_again(
    quotation: Quotation, place: Place, old: str, new: str, budget: Budget | None = None
) -> Place | None:
    """
    Return where a passage of the text `old` is in the text `new`, or None if it is gone.

    What is found has the words of the quotation, or stands where it stood and has most of them.
    """
    if old == new:
        return place
    folded = Folded(new)
    places = list(folded.places_of(quotation.exact))
    in_context = [at for at in places if folded.context(at, quotation) == 1]
    if len(in_context) == 1:
        return in_context[0]
    moved = _follow(place, old, new, budget)
    if in_context:
        return min(in_context, key=lambda at: abs(at.start - moved.place.start))
    is_telling = len(Folded(quotation.exact).signs) >= MIN_TELLING_SIGNS
    is_in_place = is_telling or folded.context(moved.place, quotation) >= MIN_CONTEXT_IN_PLACE
    if moved.place in places and is_in_place:
        return moved.place
    likely = [at for at in places if folded.context(at, quotation) >= MIN_CONTEXT]
    best = _best(folded, likely, quotation) or (places if is_telling else [])
    if len(best) == 1:
        return best[0]
    return moved.place if moved.unchanged >= MIN_UNCHANGED and is_in_place else None


class Folded:
    """A text as it is compared: `signs` without white space, each with its place in the text."""

    def __init__(self, text: str):
        self.text = text
        signs: list[str] = []
        places: list[int] = []
        for place, char in enumerate(text):
            if char.isspace():
                continue
            for sign in _folded(char):
                signs.append(sign)
                places.append(place)
        self.signs = "".join(signs)
        self.places = places

    def places_of(self, words: str) -> Iterator[Place]:
        """Yield where words are in the text, the first first; they may overlap."""
        wanted = Folded(words).signs
        at = self.signs.find(wanted) if wanted else -1
        while at >= 0:
            last = at + len(wanted) - 1
            if self._begins(at) and self._ends(last):
                yield Place(self.places[at], self.places[last] + 1)
            at = self.signs.find(wanted, at + 1)

    def context(self, place: Place, quotation: Quotation) -> float:
        """Return how much of a quotation's context is around a place, from 0 to 1."""
        prefix, suffix = Folded(quotation.prefix).signs, Folded(quotation.suffix).signs
        if not prefix and not suffix:
            return 1
        before = Folded(self.text[max(0, place.start - 2 * CONTEXT_CHARS) : place.start]).signs
        after = Folded(self.text[place.end : place.end + 2 * CONTEXT_CHARS]).signs
        shared = _shared(prefix[::-1], before[::-1]) + _shared(suffix, after)
        return shared / len(prefix + suffix)

    def signs_before(self, place: int) -> int:
        return self._counts[place]

    @cached_property
    def _counts(self) -> list[int]:
        counts = [0]
        for char in self.text:
            counts.append(counts[-1] + (not char.isspace()))
        return counts

    def _begins(self, at: int) -> bool:
        """Return whether a sign is the first one of its character."""
        return at == 0 or self.places[at - 1] != self.places[at]

    def _ends(self, at: int) -> bool:
        """Return whether a sign is the last one of its character, and no accent follows it."""
        if at + 1 == len(self.places):
            return True
        return self.places[at + 1] != self.places[at] and not unicodedata.combining(
            self.signs[at + 1]
        )


class _Moved(NamedTuple):
    """Where the words of a place are now; from 0 to 1, how much of both is the same."""

    place: Place
    unchanged: float


def _follow(place: Place, old: str, new: str, budget: Budget | None) -> _Moved:
    """Return what a stretch of the old text became in the new one, by their difference."""
    both: list[Place] = []  # what is in both, where it is in the new text
    at_old = at_new = nearest = 0
    for piece in compare_texts(old, new, budget).pieces:
        length = len(piece.text)
        if piece.is_unchanged:
            shift = at_new - at_old
            start, end = max(place.start, at_old), min(place.end, at_old + length)
            if start < end:
                both.append(Place(start + shift, end + shift))
        if at_old <= place.start:
            nearest = at_new
        at_old += length if piece.kind != ADDED else 0
        at_new += length if piece.kind != REMOVED else 0
    if not both:
        return _Moved(Place(nearest, nearest), 0)
    start, end = found = _trimmed(new, both[0].start, both[-1].end)
    same = sum(max(0, min(end, one.end) - max(start, one.start)) for one in both)
    return _Moved(found, 2 * same / (place.end - place.start + end - start))


def _trimmed(text: str, start: int, end: int) -> Place:
    """Return a stretch of a text without white space at its ends."""
    words = text[start:end]
    left = len(words) - len(words.lstrip())
    return Place(start + left, start + max(left, len(words.rstrip())))


def _best(folded: Folded, places: list[Place], quotation: Quotation) -> list[Place]:
    """Return those of some places whose context is most like that of the quotation."""
    if len(places) < 2:
        return places
    scores = [folded.context(place, quotation) for place in places]
    best = max(scores)
    return [place for place, score in zip(places, scores, strict=True) if score == best]


def _shared(one: str, other: str) -> int:
    """Return the number of signs that two texts begin with alike."""
    for at, (sign, there) in enumerate(zip(one, other, strict=False)):
        if sign != there:
            return at
    return min(len(one), len(other))


@lru_cache(maxsize=4096)
def _folded(char: str) -> str:
    """Return the signs that a character is compared by; none for one that nobody sees."""
    if char in UNSEEN:
        return ""
    plain = unicodedata.normalize("NFKD", char.translate(TYPOGRAPHY)).casefold()
    return "".join(plain.split())
