"""
Accessibility hints for the author of a rendered text.

Whoever listens to a page jumps from heading to heading and from link to link, out of the sentence;
whoever cannot see a picture has its description. What is doubtful is left out, and nothing here
keeps a text from being published. Pure; the page finds the words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from html.parser import HTMLParser

from blog.citations.consistency.lines import REFERENCES_HEADING
from blog.text import Rendered
from blog.text.plain import one_line

MAX_HINTS = 12  # more hints than these help nobody
MAX_SNIPPET_CHARS = 48
MIN_ALL_CAPS_LETTERS = 24  # a short cry or a row of abbreviations is no paragraph in capitals

SMALL_LETTERS = re.compile("[a-z]+")
HEADING = re.compile(r"h[2-6]")
ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
PICTURE = re.compile(r"\.(?:png|jpe?g|gif|webp|avif|svg)(?:[?#].*)?", re.IGNORECASE)
PICTURE_AT_END = re.compile(rf"\S+{PICTURE.pattern}$", re.IGNORECASE)
EMPTY_WORDS = {
    *("here", "click", "click here", "click this", "click on this", "this", "that", "it", "link"),
    *("this link", "the link", "this page", "this site", "this website", "see here", "go here"),
    *("more", "read more", "learn more", "see more", "more info", "find out more", "source"),
    *("website", "site", "page", "url", "web link", "hyperlink", "follow this link"),
}
LEFT_OUT = {"footnote-ref", "footnote-back", "cite"}


class Kind(StrEnum):
    """An obstacle to reading a post."""

    SKIPPED_LEVEL = "skipped_level"  # the heading `snippet` is more than one level under the last
    EMPTY_LINK = "empty_link"  # the link `snippet` means nothing out of its sentence
    BARE_ADDRESS = "bare_address"  # the text of a link is its address, `snippet`
    SIGN_LINK = "sign_link"  # the link `snippet` has no word in it
    NO_DESCRIPTION = "no_description"  # the picture `snippet` has no alternative text
    NO_HEADER = "no_header"  # the columns of a table have no names
    ALL_CAPS = "all_caps"  # the paragraph that begins `snippet` is in capitals


@dataclass(frozen=True)
class Hint:
    """One thing to look at; ``paragraph`` is None for text outside the numbered paragraphs."""

    kind: Kind
    snippet: str = ""
    paragraph: int | None = None


@dataclass
class Piece:
    """A heading, paragraph, link, picture or column header, with its words."""

    tag: str
    attributes: dict[str, str]
    paragraph: int | None
    in_references: bool
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return one_line("".join(self.parts))


class PieceReader(HTMLParser):
    """Collect the pieces of sanitised HTML in their order."""

    PIECES = {"a", "p", "li", "th", "table", "h2", "h3", "h4", "h5", "h6"}

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[Piece] = []
        self.open: list[Piece] = []
        self.paragraph: int | None = None
        self.in_references = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "p" and (number := attributes.get("id", "")[1:]).isdecimal():
            self.paragraph = int(number)
        if tag not in self.PIECES and tag != "img":
            return
        piece = Piece(tag, attributes, self.paragraph, self.in_references)
        self.pieces.append(piece)
        if tag != "img":
            self.open.append(piece)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.PIECES or not self.open:
            return
        piece = self.open.pop()
        if tag == "p":
            self.paragraph = None
        if HEADING.fullmatch(tag):
            self.in_references = bool(REFERENCES_HEADING.fullmatch(piece.text))
        elif tag == "p" and REFERENCES_HEADING.fullmatch(piece.text.split("\n")[0]):
            self.in_references = True

    def handle_data(self, data: str) -> None:
        for piece in self.open:
            piece.parts.append(data)


def hints(rendered: Rendered) -> tuple[Hint, ...]:
    """Return the hints on a rendered post in the order of its text, at most ``MAX_HINTS``."""
    reader = PieceReader()
    reader.feed(rendered.html)
    reader.close()
    pieces = reader.pieces
    found = [*_headings(pieces), *_tables(pieces)]
    for piece in pieces:
        found += _of_piece(piece)
    place = {id(piece): number for number, piece in enumerate(pieces)}
    found.sort(key=lambda pair: place[id(pair[0])])
    return tuple(hint for _piece, hint in found[:MAX_HINTS])


def _hint(kind: Kind, piece: Piece) -> tuple[Piece, Hint]:
    text = piece.text or piece.attributes.get("src", "")
    cut = text if len(text) <= MAX_SNIPPET_CHARS else text[:MAX_SNIPPET_CHARS].rstrip() + "…"
    return piece, Hint(kind, cut, piece.paragraph)


def _headings(pieces: list[Piece]) -> Iterator[tuple[Piece, Hint]]:
    """Find headings more than one level below the one before."""
    above = 1  # the title of the post
    for piece in pieces:
        if HEADING.fullmatch(piece.tag):
            level = int(piece.tag[1])
            if level > above + 1:
                yield _hint(Kind.SKIPPED_LEVEL, piece)
            above = level


def _tables(pieces: list[Piece]) -> Iterator[tuple[Piece, Hint]]:
    """Find tables without column headers."""
    tables: list[tuple[Piece, list[str]]] = []
    for piece in pieces:
        if piece.tag == "table":
            tables.append((piece, []))
        elif piece.tag == "th" and tables:
            tables[-1][1].append(piece.text)
    for table, names in tables:
        if not any(names):
            yield _hint(Kind.NO_HEADER, table)


def _of_piece(piece: Piece) -> Iterator[tuple[Piece, Hint]]:
    kind = None
    if piece.tag == "a" and not LEFT_OUT & set(piece.attributes.get("class", "").split()):
        kind = _of_link(piece)
    elif piece.tag == "img":
        is_decorative = piece.attributes.get("class") == "decorative"
        is_described = piece.attributes.get("alt", "").strip()
        kind = None if is_decorative or is_described else Kind.NO_DESCRIPTION
    elif piece.tag in ("p", "li") and not piece.in_references and _is_all_caps(piece.text):
        kind = Kind.ALL_CAPS
    if kind is not None:
        yield _hint(kind, piece)


def _of_link(link: Piece) -> Kind | None:
    """Return the kind of a link's fault, if any; in a list of references addresses are fine."""
    text = link.text
    if not re.search(r"\w", text):
        return Kind.SIGN_LINK
    if _words(text) in EMPTY_WORDS:
        return Kind.EMPTY_LINK
    is_address = bool(ADDRESS.fullmatch(text)) or text == link.attributes.get("href")
    if not is_address or link.in_references:
        return None
    return Kind.NO_DESCRIPTION if PICTURE_AT_END.fullmatch(text) else Kind.BARE_ADDRESS


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _is_all_caps(text: str) -> bool:
    """Return whether nearly all of many letters are capitals; scripts without case have none."""
    text = ADDRESS.sub("", text)
    if len(SMALL_LETTERS.sub("", text)) < 0.9 * len(text):  # as nearly every text
        return False
    letters = [sign for sign in text if sign.isupper() or sign.islower()]
    capitals = sum(1 for sign in letters if sign.isupper())
    return len(letters) >= MIN_ALL_CAPS_LETTERS and capitals >= 0.9 * len(letters)
