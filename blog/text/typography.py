"""
Typographer: real quotation marks, apostrophes, dashes and ellipses.

A mark is set by the signs on both sides of it, across the edges of emphasis and links. That is why
this does not build on Python-Markdown's `smarty`, which sees each piece of text alone: it opens
both marks of `'**Quoted**'`.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as etree

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from blog.text.guard import Meter

SET_SIGN = re.compile(r"-+|\.+|[\"']")
REPLACED = {"--": "–", "---": "—", "...": "…"}
QUOTES = {'"': ("“", "”"), "'": ("‘", "’")}
BEFORE_OPENING = set("([{<-–—/“‘«‹„‚¿¡*_~|")
BEFORE_SPEECH = set(":=")
# What an apostrophe begins: a year, a word that has lost its first letters, and some that may
# as well begin a quotation, if it ends further on.
APOSTROPHE = re.compile(r"\d\ds?(?![\w'])|(?:tis|twas|twere|twill|em|n)(?!\w)", re.IGNORECASE)
DOUBTFUL_APOSTROPHE = re.compile(
    r"(?:til|till|cause|cuz|cos|coz|bout|round|nuff|neath|tween|gainst|un|sup|kay)(?!\w)",
    re.IGNORECASE,
)
END_OF_QUOTATION = re.compile(r"(?<=[\w.,!?…])'(?!\w)")
INLINE = {
    *("a", "b", "cite", "code", "del", "em", "i", "img", "kbd", "mark", "q", "s", "span"),
    *("strong", "sub", "sup", "data"),
}
ESCAPED = re.compile("\x02(\\d+)\x03")
EDGE = " "
WORD = "x"  # what code or a picture is to the quotation marks around it


class Typography(Extension):
    def __init__(self, meter: Meter):
        super().__init__()
        self.meter = meter

    def extendMarkdown(self, md: Markdown) -> None:
        # A sign that is escaped stays as it is.
        md.ESCAPED_CHARS.extend(['"', "'"])
        md.treeprocessors.register(Typographer(self.meter), "typography", 6)


@dataclass
class Piece:
    """A text or tail of an element; `is_fixed` if it may not be changed."""

    element: etree.Element
    name: str
    is_fixed: bool = False

    @property
    def text(self) -> str:
        return getattr(self.element, self.name)

    @property
    def seen(self) -> str:
        """Return the text as the marks beside it see it."""
        return WORD if self.is_fixed else ESCAPED.sub(lambda code: chr(int(code[1])), self.text)


class Typographer(Treeprocessor):
    def __init__(self, meter: Meter):
        super().__init__()
        self.meter = meter

    def run(self, root: etree.Element) -> None:
        pieces: list[Piece] = []
        for piece in [*_pieces(root, False), None]:
            if piece is not None:
                pieces.append(piece)
                continue
            self._set(pieces)
            pieces = []

    def _set(self, pieces: list[Piece]) -> None:
        """Set the marks in the text of one block."""
        before = EDGE
        for place, piece in enumerate(pieces):
            following = pieces[place + 1].seen[:1] if place + 1 < len(pieces) else EDGE
            if not piece.is_fixed and SET_SIGN.search(piece.text):
                self.meter.charge(len(piece.text) // 8)
                setattr(piece.element, piece.name, _with_marks(piece.text, before, following))
            before = piece.seen[-1:] or before


def _pieces(element: etree.Element, is_code: bool) -> Iterator[Piece | None]:
    """Yield the texts in `element` in their order, and None at every edge of a block."""
    is_code = is_code or element.tag in ("code", "pre")
    if element.text:
        yield Piece(element, "text", is_code or isinstance(element.text, AtomicString))
    elif element.tag == "img":
        yield Piece(etree.Element("img"), "tag", True)
    for child in element:
        is_inline = child.tag in INLINE
        if not is_inline:
            yield None
        yield from _pieces(child, is_code)
        if not is_inline:
            yield None
        if child.tail:
            yield Piece(child, "tail", is_code)


def _with_marks(text: str, before: str, after: str) -> str:
    """Return a text with its marks set, between the signs `before` and `after` it."""
    parts: list[str] = []
    end = 0
    for found in SET_SIGN.finditer(text):
        mark = found[0]
        parts.append(text[end : found.start()])
        end = found.end()
        if mark in QUOTES:
            last = next((part for part in reversed(parts) if part), before)[-1]
            rest = text[end:] or after
            parts.append(_quote(mark, _shown(last, text[: found.start()]), rest))
        else:
            last = next((part for part in reversed(parts) if part), before)[-1]
            # “\---” is three signs as they are.
            is_escaped = last == "\x03" and _shown(last, text[: found.start()]) == mark[0]
            parts.append(mark if is_escaped else REPLACED.get(mark, mark))
    return "".join([*parts, text[end:]])


def _shown(last: str, text: str) -> str:
    """Return the sign before a mark, also where it is escaped."""
    escaped = re.search("\x02(\\d+)\x03$", text[-12:]) if last == "\x03" else None
    return chr(int(escaped[1])) if escaped else last


def _quote(sign: str, before: str, rest: str) -> str:
    opening, closing = QUOTES[sign]
    after = rest[0]
    if before.isalnum():
        is_abbreviation = sign == '"' and _is_from_right(before) and _is_from_right(after)
        return sign if is_abbreviation else closing
    if sign == "'" and _is_apostrophe(rest):
        return closing
    opens = before.isspace() or before in BEFORE_OPENING
    opens = opens or before in BEFORE_SPEECH
    return opening if opens and not after.isspace() else closing


def _is_apostrophe(rest: str) -> bool:
    if APOSTROPHE.match(rest):
        return True
    return bool(DOUBTFUL_APOSTROPHE.match(rest)) and not END_OF_QUOTATION.search(rest[:400])


def _is_from_right(sign: str) -> bool:
    return unicodedata.bidirectional(sign) in ("R", "AL")
