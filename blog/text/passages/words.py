"""
The words of a post's HTML, each with its place in the HTML.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from typing import NamedTuple

# What `nh3` writes: attributes stand in double quotes, and text has no bare < or &.
TOKEN = re.compile(
    r'<(?P<close>/?)(?P<tag>[a-z][a-z0-9]*)(?P<attributes>(?:"[^"]*"|[^<>"])*)>'
    r"|(?P<words>[^\s<&]+)|(?P<entity>&#?\w+;)|(?P<sign>[<&])|\s+"
)
# Between two of these there is an end of line, between two words that none of them parts a space.
BLOCKS = {
    *("blockquote", "div", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "table"),
    *("tbody", "td", "th", "thead", "tr", "ul"),
}
VOID = {"br", "hr", "img", "wbr"}
NUMBERED = re.compile(r' id="p(\d+)"')
# The signs of footnotes are no words of the text, and change when a footnote is added before them.
SIGNS = re.compile(r' class="footnote-(?:ref|back)"')


class Piece(NamedTuple):
    """A word of the text from `start` on, and where its HTML is.

    `node` counts the tags before it: no tag is between two pieces with the same number.
    """

    start: int
    text: str
    html_start: int
    html_end: int
    node: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def is_entity(self) -> bool:
        return self.html_end - self.html_start != len(self.text)


class Section(NamedTuple):
    """One block of the post, of those that are in no other: its words, and the end of its HTML."""

    start: int
    html_end: int


@dataclass(frozen=True)
class PassageText:
    """
    The text of a post: its words with single spaces, each block on a line of its own.

    Words of headings, lists, tables, code and footnotes are in it as those of paragraphs are, in
    their order; `paragraphs` has the start and end of each numbered paragraph that has words.
    """

    html: str
    text: str
    pieces: tuple[Piece, ...]
    sections: tuple[Section, ...]
    paragraphs: dict[int, tuple[int, int]] = field(default_factory=dict)

    @cached_property
    def _section_starts(self) -> list[int]:
        return [section.start for section in self.sections]

    def paragraph_at(self, place: int) -> int | None:
        """Return the number of the paragraph that a place is in, None for a list or a heading."""
        for number, (start, end) in self.paragraphs.items():
            if start <= place < end:
                return number
        return None

    def section_at(self, place: int) -> int:
        """Return which section a place is in, counted from 0."""
        return max(0, bisect_right(self._section_starts, place) - 1)


def read(html: str) -> PassageText:
    """Return the text of sanitised HTML. Linear in its length."""
    reader = _Reader(html)
    for token in TOKEN.finditer(html):
        reader.take(token)
    return PassageText(
        html,
        "".join(reader.parts),
        tuple(reader.pieces),
        tuple(reader.sections),
        reader.paragraphs,
    )


class _Reader:
    def __init__(self, html: str):
        self.html = html
        self.parts: list[str] = []
        self.pieces: list[Piece] = []
        self.sections: list[Section] = []
        self.paragraphs: dict[int, tuple[int, int]] = {}
        self.length = self.node = self.depth = 0
        self.space = ""
        self.is_in_sign = False
        self.section_start = 0  # the first piece of the section that is open
        self.numbered: tuple[int, int] | None = None  # the open paragraph and its first piece

    def take(self, token: re.Match) -> None:
        if token["tag"]:
            self.node += 1
            self._take_tag(token)
        elif token["words"] or token["entity"] or token["sign"]:
            if not self.is_in_sign:
                self._take_words(token)
        else:
            self.space = self.space or " "

    def _take_tag(self, token: re.Match) -> None:
        tag, is_end = token["tag"], bool(token["close"])
        if tag in BLOCKS:
            self.space = "\n"
        elif tag == "br":
            self.space = self.space or " "
        elif tag == "a":
            self.is_in_sign = not is_end and bool(SIGNS.search(token["attributes"]))
        if tag == "p":
            self._take_paragraph(token, is_end)
        if tag not in VOID:
            self.depth += -1 if is_end else 1
        if self.depth == 0:
            self._end_section(token.end())

    def _take_paragraph(self, token: re.Match, is_end: bool) -> None:
        named = None if is_end else NUMBERED.search(token["attributes"])
        if named:
            self.numbered = int(named[1]), len(self.pieces)
        elif is_end and self.numbered:
            number, first = self.numbered
            if first < len(self.pieces):
                self.paragraphs[number] = self.pieces[first].start, self.pieces[-1].end
            self.numbered = None

    def _take_words(self, token: re.Match) -> None:
        words = unescape(token[0])
        if not words.strip():  # a space that does not break is a space
            self.space = self.space or " "
            return
        if self.parts and self.space:
            self.parts.append(self.space)
            self.length += 1
        self.space = ""
        self.parts.append(words)
        self.pieces.append(Piece(self.length, words, token.start(), token.end(), self.node))
        self.length += len(words)

    def _end_section(self, html_end: int) -> None:
        has_words = self.section_start < len(self.pieces)
        start = self.pieces[self.section_start].start if has_words else self.length
        self.sections.append(Section(start, html_end))
        self.section_start = len(self.pieces)
