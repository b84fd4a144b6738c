"""
The place of a quotation in a text, and of its passage in a later version of that text.

Words are compared without white space, case, and the ways to write one sign: a browser puts other
spaces between blocks than we do, and people type straight quotation marks. (ADR 0023 says why no
library searches here.)
"""

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby, islice
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
# Words in more places than these are told apart by their whole context, or by the difference.
MAX_PLACES = 200
# So much longer a passage may be after a name in it was written over; else it has got other words.
MAX_LONGER = 200
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
    between places whose context is alike; `within` is where to look. Of words that are in a great
    many places, MAX_PLACES are looked at, and the one after `signs_before`.
    """
    folded = Folded(text)
    places = folded.places_of(quotation.exact, within)
    in_context = [*islice(folded.places_in_context(quotation, within), MAX_PLACES)]
    best = in_context or _best(folded, [*islice(places, MAX_PLACES)], quotation)
    counted = None
    if len(best) > 1 and signs_before is not None:
        counted = folded.place_after(signs_before, quotation.exact)
    if counted and folded.context(counted, quotation) == folded.context(best[0], quotation):
        return [counted]
    return best


def find_again(
    quotation: Quotation, place: Place, old: str, new: str, budget: Budget | None = None
) -> Place | None:
    """
    Return where a passage of the text `old` is in the text `new`, or None if it is gone.

    What is found has the words of the quotation, or stands where it stood and has most of them.
    """
    return Change(old, Folded(new), budget).find(quotation, place)


class Change:
    """A text and a later version of it, in which passages of the first are looked for."""

    def __init__(self, old: str, new: "Folded", budget: Budget | None = None):
        self.old, self.new = old, new
        self._budget = budget
        self._found: dict[tuple[Quotation, Place], Place | None] = {}

    def find(self, quotation: Quotation, place: Place) -> Place | None:
        """Return the place of a passage in the later version, as `find_again` does."""
        if self.old == self.new.text:
            return place
        if (quotation, place) not in self._found:  # people quote the same sentences
            self._found[quotation, place] = self._find(quotation, place)
        return self._found[quotation, place]

    def _find(self, quotation: Quotation, place: Place) -> Place | None:
        folded = self.new
        in_context = [*islice(folded.places_in_context(quotation), MAX_PLACES)]
        if len(in_context) == 1:
            return in_context[0]
        moved = self._follow(place)
        has_words = folded.has(quotation.exact, moved.place)
        context = folded.context(moved.place, quotation)
        if in_context and has_words and context == 1:
            return moved.place
        if in_context:
            return min(in_context, key=lambda at: abs(at.start - moved.place.start))
        is_telling = len(signs_of(quotation.exact)) >= MIN_TELLING_SIGNS
        is_in_place = is_telling or context >= MIN_CONTEXT_IN_PLACE
        if has_words and is_in_place:
            return moved.place
        places = [*islice(folded.places_of(quotation.exact), MAX_PLACES + 1)]
        if len(places) > MAX_PLACES:  # nothing tells so many apart
            places = []
        likely = [at for at in places if folded.context(at, quotation) >= MIN_CONTEXT]
        best = _best(folded, likely, quotation) or (places if is_telling else [])
        if len(best) == 1:
            return best[0]
        return moved.place if moved.unchanged >= MIN_UNCHANGED and is_in_place else None

    def _follow(self, place: Place) -> "_Moved":
        """Return the stretch of the new text for one of the old, by their difference."""
        pieces = self._pieces
        first = bisect_right(pieces, place.start, key=lambda piece: piece.old) - 1
        both: list[Place] = []  # what is in both, where it is in the new text
        for piece in islice(pieces, max(0, first), None):
            if piece.old >= place.end:
                break
            start = max(place.start, piece.old)
            end = min(place.end, piece.old + piece.unchanged)
            if start < end:
                shift = piece.new - piece.old
                both.append(Place(start + shift, end + shift))
        if not both:
            nearest = pieces[first].new if first >= 0 else 0
            return _Moved(Place(nearest, nearest), 0)
        start, end = found = _trimmed(self.new.text, both[0].start, both[-1].end)
        same = sum(max(0, min(end, one.end) - max(start, one.start)) for one in both)
        return _Moved(found, 2 * same / (place.end - place.start + end - start))

    @cached_property
    def _pieces(self) -> list["_Stretch"]:
        pieces = []
        at_old = at_new = 0
        for piece in compare_texts(self.old, self.new.text, self._budget).pieces:
            length = len(piece.text)
            pieces.append(_Stretch(at_old, at_new, length if piece.is_unchanged else 0))
            at_old += length if piece.kind != ADDED else 0
            at_new += length if piece.kind != REMOVED else 0
        return pieces


class Rewriting:
    """A text and the same one written over in places, as where a name had to go.

    Other than in a `Change`, each place has its own in the other text, also if no word is left.
    """

    def __init__(self, old: str, new: str):
        self.old, self.new = old, new

    @property
    def changes_nothing(self) -> bool:
        return self.old == self.new

    def place_of(self, place: Place) -> Place | None:
        """Return the present place of a stretch of the former text, None if that is unknown."""
        start = next((s.new + s.of_start(place.start) for s in self._spans
                      if s.old <= place.start < s.old_end), None)  # fmt: skip
        end = next((s.new + s.of_end(place.end) for s in self._spans
                    if s.old < place.end <= s.old_end), None)  # fmt: skip
        if start is None or end is None:
            return None
        found = _trimmed(self.new, start, end)
        longest = 2 * (place.end - place.start) + MAX_LONGER
        return found if found.start < found.end <= found.start + longest else None

    @cached_property
    def _spans(self) -> list["_Span"]:
        spans: list[_Span] = []
        at_old = at_new = 0
        for is_same, pieces in groupby(
            compare_texts(self.old, self.new).pieces, key=lambda piece: piece.is_unchanged
        ):
            texts = list(pieces)
            old = sum(len(piece.text) for piece in texts if piece.kind != ADDED)
            new = sum(len(piece.text) for piece in texts if piece.kind != REMOVED)
            spans.append(_Span(at_old, at_old + old, at_new, new, is_same))
            at_old, at_new = at_old + old, at_new + new
        return spans


class Folded:
    """A text as it is compared: `signs` without white space, each with its place in the text."""

    def __init__(self, text: str):
        self.text = text
        signs: list[str] = []
        places: list[int] = []
        for place, char in enumerate(text):
            for sign in _folded(char):
                signs.append(sign)
                places.append(place)
        self.signs = "".join(signs)
        self.places = places

    def places_of(self, words: str, within: Place | None = None) -> Iterator[Place]:
        """Yield the places of words in the text, in order; they may overlap."""
        return self._places_of("", signs_of(words), "", within)

    def places_in_context(
        self, quotation: Quotation, within: Place | None = None
    ) -> Iterator[Place]:
        """Yield the places of a quotation's words with all that was around them."""
        before, words, after = map(signs_of, (quotation.prefix, quotation.exact, quotation.suffix))
        return self._places_of(before, words, after, within)

    def has(self, words: str, place: Place) -> bool:
        """Return whether a place has these words, as a whole."""
        at, end = (bisect_left(self.places, edge) for edge in place)
        return at < end and self.signs[at:end] == signs_of(words) and self._ends(end - 1)

    def place_after(self, signs_before: int, words: str) -> Place | None:
        """Return the place of words that have so many signs before them, if they are there."""
        start = bisect_right(self._counts, signs_before) - 1
        wanted = signs_of(words)
        at = bisect_left(self.places, start)
        end = at + len(wanted)
        if not wanted or end > len(self.places) or self.places[at] != start:
            return None
        place = Place(start, self.places[end - 1] + 1)
        return place if self.has(words, place) else None

    def context(self, place: Place, quotation: Quotation) -> float:
        """Return the share of a quotation's context around a place, from 0 to 1."""
        prefix, suffix = signs_of(quotation.prefix), signs_of(quotation.suffix)
        if not prefix and not suffix:
            return 1
        at, end = (bisect_left(self.places, edge) for edge in place)
        before = self.signs[max(0, at - len(prefix)) : at]
        after = self.signs[end : end + len(suffix)]
        shared = _shared(prefix[::-1], before[::-1]) + _shared(suffix, after)
        return shared / len(prefix + suffix)

    def _places_of(
        self, prefix: str, wanted: str, suffix: str, within: Place | None
    ) -> Iterator[Place]:
        """Yield where signs are `wanted` between others; only their own place is `within`."""
        if not wanted:
            return
        whole = prefix + wanted + suffix
        first, limit = 0, len(self.signs)
        if within:
            first, limit = (bisect_left(self.places, edge) for edge in within)
        found = self.signs.find(whole, max(0, first - len(prefix)))
        while found >= 0:
            at = found + len(prefix)
            end = at + len(wanted)
            if end > limit:
                return
            if at >= first and self._begins(at) and self._ends(end - 1):
                yield Place(self.places[at], self.places[end - 1] + 1)
            found = self.signs.find(whole, found + 1)

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
    """The present place of moved words; from 0 to 1, how much of both is the same."""

    place: Place
    unchanged: float


class _Span(NamedTuple):
    """A stretch of a text, and what it became: the same, or other words in its place."""

    old: int
    old_end: int
    new: int
    new_length: int
    is_same: bool

    def of_start(self, at: int) -> int:
        return at - self.old if self.is_same else 0

    def of_end(self, at: int) -> int:
        return at - self.old if self.is_same else self.new_length


class _Stretch(NamedTuple):
    """The start of a piece of a difference in each text, and its length in both."""

    old: int
    new: int
    unchanged: int


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


@lru_cache(maxsize=64)
def signs_of(words: str) -> str:
    """Return the signs that words are compared by."""
    return "".join(map(_folded, words))


@lru_cache(maxsize=4096)
def _folded(char: str) -> str:
    """Return the signs that a character is compared by; none for one that nobody sees."""
    if char in UNSEEN or char.isspace():
        return ""
    plain = unicodedata.normalize("NFKD", char.translate(TYPOGRAPHY)).casefold()
    return "".join(plain.split())
