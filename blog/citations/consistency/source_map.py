"""A piece of Markdown as it reads, with the place of each sign in its source."""

import re
from dataclasses import dataclass
from functools import cached_property

_EMPHASIS = r"\*+|(?<![^\W_])_+|_+(?![^\W_])"  # a_b has no emphasis
ESCAPE_OR_EMPHASIS = re.compile(rf"(?P<escape>\\)(?:[^\w\s]|_)|{_EMPHASIS}")
# An escape, a star that stands alone, or the mark of an emphasis.
SIGNS = re.compile(rf"\\.|(?<=\s)[*_]+(?=\s)|(?P<mark>{_EMPHASIS})", re.DOTALL)


@dataclass(frozen=True)
class Seen:
    """A ``source`` as it reads, ``text``, on one line; ``places`` are those of its signs.

    Readers do not see emphasis and escapes: Luna *et al.* (2012).
    """

    source: str
    places: tuple[int, ...]

    @classmethod
    def of(cls, source: str) -> "Seen":
        unseen = {
            place
            for found in ESCAPE_OR_EMPHASIS.finditer(source)
            for place in range(*found.span("escape" if found["escape"] else 0))
        }
        return cls(source, tuple(place for place in range(len(source)) if place not in unseen))

    @cached_property
    def text(self) -> str:
        return "".join(
            " " if self.source[place].isspace() else self.source[place] for place in self.places
        )

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the places in the source of a span of the text."""
        return self.places[start], self.places[end - 1] + 1 if end > start else self.places[start]

    def whole_span(self, start: int, end: int) -> tuple[int, int]:
        """Return a span with the opening marks of an emphasis that closes in it: **Luna** (2)."""
        start, end = self.span(start, end)
        marks = (found for found in SIGNS.finditer(self.source, start, end) if found["mark"])
        first = next(marks, None)
        if first and first.start() > start and not self.source[first.start() - 1].isspace():
            while start and self.source[start - 1] == first[0][0]:
                start -= 1
        return start, end


def is_whole(source: str) -> bool:
    """Return whether each emphasis that opens in a piece of Markdown closes in it."""
    opened: list[str] = []
    for found in SIGNS.finditer(source):
        if found["mark"] and opened and opened[-1] == found["mark"]:
            opened.pop()
        elif found["mark"]:
            opened.append(found["mark"])
    return not opened
