"""
Words of rendered HTML as their reader sees them, and how each of them is formatted.

Blank space is folded as browsers do, except in code. A picture is its alternative text, the sign of
a footnote is a word, and a row of a table is one line. The number of a footnote is left out where
it only counts: a note that is added changes the numbers of all that follow.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import NamedTuple

from django.utils.translation import gettext as _

BETWEEN_CELLS = "│"
RULE = "———"
BULLET = "•"
PICTURE_ADDRESS = re.compile(r"/pictures/([0-9a-z]{32})/")
KINDS = {
    **dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), "heading"),
    "blockquote": "quotation",
    "li": "item",
    "pre": "code",
    "tr": "row",
}
LISTS = {"ol", "ul"}
CELLS = {"td": "table", "th": "table heading"}
BLOCKS = {*KINDS, *LISTS, *CELLS, "div", "p", "table"}
INLINE = {
    **{
        "b": "bold",
        "strong": "bold",
        "i": "italic",
        "em": "italic",
        "s": "strike",
        "del": "strike",
    },
    **{name: name for name in ("cite", "code", "kbd", "mark", "q", "sub", "sup")},
}


class Format(NamedTuple):
    """A formatting of words; ``value`` tells two of one name apart, as the address of a link."""

    name: str
    value: str = ""


class Block(NamedTuple):
    """The kind of a line of the words, and the sign or number before it.

    Kinds are paragraph, heading, item, quotation, code, row, footnote and rule.
    """

    kind: str
    label: str = ""


PLAIN: frozenset[Format] = frozenset()
PARAGRAPH = Block("paragraph")


@dataclass(frozen=True)
class FormattedText:
    """The words of a text, the formats of each character, and where each block begins.

    The words of rendered HTML are on lines, each of which ends in a line feed, the last one too.
    """

    words: str
    formats: Sequence[frozenset[Format]]
    starts: Sequence[int]
    blocks: Sequence[Block]

    def block_at(self, place: int) -> Block:
        number = bisect_right(self.starts, place)
        return self.blocks[number - 1] if number else PARAGRAPH


def formatted_text(html: str) -> FormattedText:
    """Return the words of sanitised HTML with their formatting."""
    reader = FormattingReader()
    reader.feed(html)
    reader.close()
    reader.close_line()
    return FormattedText("".join(reader.words), reader.formats, reader.starts, reader.blocks)


def source_text(source: str) -> FormattedText:
    """Return the source of a text that cannot be rendered."""
    return FormattedText(source, [PLAIN] * len(source), [], [])


@dataclass
class OpenTag:
    """A tag that is not closed yet; ``label`` is for its first line, ``count`` of its children."""

    tag: str
    format: Format | None = None
    kind: str = ""
    label: str = ""
    count: int = 0


class FormattingReader(HTMLParser):
    """Collect the words of HTML line by line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.formats: list[frozenset[Format]] = []
        self.starts: list[int] = []
        self.blocks: list[Block] = []
        self.open: list[OpenTag] = []
        self.known: dict[frozenset[Format], frozenset[Format]] = {}
        self.notes: set[str] = set()
        self.is_in_line = self.is_after_space = self.is_after_break = self.is_skipping = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag in CELLS:
            self._open_cell(tag, attributes)
        elif tag in BLOCKS:
            self._open_block(tag, attributes)
        elif tag == "br":
            self._end_line(is_break=self.is_in_line)
        elif tag == "hr":
            self._add_rule()
        elif tag == "img":
            self._add_picture(attributes)
        elif tag == "a":
            self._open_link(attributes)
        elif tag in INLINE:
            is_plain = self._is_in("pre") or (attributes.get("id") or "").startswith("fnref-")
            self.open.append(OpenTag(tag, None if is_plain else Format(INLINE[tag])))

    def handle_endtag(self, tag: str) -> None:
        if tag not in BLOCKS and tag not in INLINE and tag != "a":
            return
        if tag in BLOCKS and tag not in CELLS:
            self._end_line()
        if tag == "a":
            self.is_skipping = False
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.is_skipping:
            return
        if self._is_in("pre"):
            self._add_code(data)
            return
        words = data.split()
        if words:
            self._add(" ".join(words), is_apart=data[0].isspace())
        self.is_after_space = data[-1].isspace() or self.is_after_space

    def close_line(self) -> None:
        """End the line before the one that begins, or the last one."""
        if self.starts:
            self.words.append("\n")
            self.formats.append(PLAIN)

    def _is_in(self, tag: str) -> bool:
        return any(opened.tag == tag for opened in self.open)

    def _open_block(self, tag: str, attributes: dict) -> None:
        self._end_line()
        opened = OpenTag(tag, kind=KINDS.get(tag, ""))
        nesting = LISTS if tag in LISTS else {tag}
        depth = str(1 + sum(other.tag in nesting for other in self.open))
        if opened.kind == "heading":
            opened.format = Format("heading", tag[1])
        elif tag == "blockquote":
            opened.format = Format("quotation", depth)
        elif tag == "pre":
            opened.format = Format("code block")
        elif tag == "ul":
            opened.format = Format("list", depth)
        elif tag == "ol" and self.open and _is_of_notes(self.open[-1]):
            opened.format = Format("footnote")
        elif tag == "ol":
            start = attributes.get("start", "1")
            opened.count = int(start) - 1
            opened.format = Format("numbered list", f"{depth}|{start}|{attributes.get('type', '')}")
        elif tag == "div":
            opened.kind = attributes.get("class", "")
        elif tag == "li":
            opened.kind, opened.label = _item_of(self.open[-1])
        self.open.append(opened)
        if tag == "tr":
            self._begin_line()

    def _open_cell(self, tag: str, attributes: dict) -> None:
        row = self.open[-1]
        if row.count:
            self._add(BETWEEN_CELLS, is_apart=True)
            self.is_after_space = True
        row.count += 1
        side = attributes.get("class", "").removeprefix("align-")
        self.open.append(OpenTag(tag, Format(CELLS[tag], side)))

    def _open_link(self, attributes: dict) -> None:
        kind, address = attributes.get("class"), attributes.get("href", "")
        link = None
        if kind == "footnote-ref":
            number = address.rpartition("-")[2]
            again = _("[footnote %(number)s]") % {"number": number}
            self._add(again if number in self.notes else _("[footnote]"))
            self.notes.add(number)
        elif kind == "cite":
            link = Format("citation", address.removeprefix("#ref-"))
        elif kind != "footnote-back":
            link = Format("link", address)
        self.is_skipping = link is None
        self.open.append(OpenTag("a", link))

    def _add_picture(self, attributes: dict) -> None:
        words = " ".join(attributes.get("alt", "").split())
        found = PICTURE_ADDRESS.match(attributes.get("src", ""))
        self.open.append(OpenTag("img", Format("picture", found[1] if found else "")))
        self._add(_("[Picture: %(words)s]") % {"words": words} if words else _("[Picture]"))
        self.open.pop()

    def _add_rule(self) -> None:
        self._end_line()
        if self.open and _is_of_notes(self.open[-1]):
            return  # the line above all footnotes
        self._begin_line(Block("rule"))
        self._write(RULE)
        self._end_line()

    def _add_code(self, data: str) -> None:
        lines = data.removesuffix("\n").split("\n")
        for number, line in enumerate(lines):
            if number:
                self._end_line()
            self._begin_line()
            self._write(line)

    def _add(self, words: str, *, is_apart: bool = False) -> None:
        """Add words to the line, after a space if they are apart from what is before them."""
        if not self.is_in_line:
            self._begin_line()
        elif (is_apart or self.is_after_space) and len(self.formats) > self.starts[-1]:
            self._write(" ")
        self._write(words)
        self.is_after_space = False

    def _begin_line(self, block: Block | None = None) -> None:
        if self.is_in_line:
            return
        self.close_line()
        self.starts.append(len(self.formats))
        self.blocks.append(block or self._block())
        self.is_in_line, self.is_after_space = True, False

    def _end_line(self, *, is_break: bool = False) -> None:
        self.is_in_line, self.is_after_break = False, is_break

    def _block(self) -> Block:
        kind = next((opened.kind for opened in reversed(self.open) if opened.kind), "paragraph")
        item = next((opened for opened in reversed(self.open) if opened.tag == "li"), None)
        if item is None:
            return Block(kind)
        label, item.label = item.label, ""
        return Block(kind, label)

    def _write(self, words: str) -> None:
        formats = frozenset(opened.format for opened in self.open if opened.format)
        if self.is_after_break:
            formats |= {Format("line break")}
        formats = self.known.setdefault(formats, formats)
        self.words.append(words)
        self.formats.extend([formats] * len(words))


def _is_of_notes(opened: OpenTag) -> bool:
    return opened.tag == "div" and opened.kind == "footnotes"


def _item_of(parent: OpenTag) -> tuple[str, str]:
    """Return the kind and the label of the next item of a list."""
    parent.count += 1
    if parent.tag == "ul" or parent.format is None:
        return "item", BULLET
    if parent.format.name == "footnote":
        return "footnote", str(parent.count)
    is_letter = parent.format.value.endswith("|a") and parent.count <= 26
    return "item", f"{chr(96 + parent.count) if is_letter else parent.count}."
