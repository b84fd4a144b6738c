"""
Markdown extensions of this product.

Typed HTML is shown as it was typed, apart from a few plain inline tags such as `<sub>`: a sentence
about `<script>` stays readable, and Python-Markdown's reader of raw HTML, the slowest and most
attacked part of it, is not used at all.
"""

import re
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as etree

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.nl2br import Nl2BrExtension
from markdown.extensions.tables import TableExtension, TableProcessor
from markdown.inlinepatterns import (
    AutomailInlineProcessor,
    BacktickInlineProcessor,
    InlineProcessor,
)
from markdown.util import AtomicString, code_escape

from blog.text.blocks import BlockStructure, Kinds
from blog.text.brackets import DISSOLVED, register_links
from blog.text.directions import Directions
from blog.text.emphasis import Emphasis
from blog.text.guard import Meter, metered
from blog.text.pictures import Pictures
from blog.text.treeprocessors import Finish
from blog.text.typography import Typography

PAIR = r"<(b|i|em|strong|sub|sup|s|del|kbd|mark|q|cite)>([^<>]{1,2000})</\1>"
COMMENT_KINDS = Kinds(headings=False, rules=False, notes=False, indented_code=False)
BREAK = r"<br ?/?>|\\\n"  # or a backslash at the end of a line
ATTRIBUTE = r"""\s++[\w:-]++(?:\s*+=\s*+(?:"[^"<>]*+"|'[^'<>]*+'|[^\s"'<>=]++))?+"""
TAG = rf"</?[A-Za-z][A-Za-z0-9-]{{0,30}}(?:{ATTRIBUTE})*+\s*+/?>|<!--[^<>]*+(?<=--)>"
MAIL = r"<((?:mailto:)?[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})>"


class MeteredTable(TableProcessor):
    """Charge for cells before they are created: a long row makes every row as long."""

    meter: Meter

    def run(self, parent: etree.Element, blocks: list[str]) -> Any:
        rows = blocks[0].count("\n") + 1
        self.meter.charge(500 * rows * len(self.separator))
        super().run(parent, blocks)

    def _split(self, row: str) -> list[str]:
        self.meter.charge(row.count("|") * row.count("`"))
        return super()._split(row)


class MeteredBacktick(BacktickInlineProcessor):
    meter: Meter

    def find_code_spans(self, start: int, text: str) -> Any:
        begin, end = super().find_code_spans(start, text)
        self.meter.charge((len(text) if end is None else end) - start)
        return begin, end


class ShownTag(InlineProcessor):
    """Show a tag that is typed as it was typed: nothing in it is a star, an address or a quote."""

    def handleMatch(self, match: re.Match[str], data: str) -> tuple[Any, Any, Any]:
        shown = etree.Element(DISSOLVED)
        shown.text = AtomicString(code_escape(self.unescape(match[0])))
        return shown, match.start(), match.end()


class InlinePair(InlineProcessor):
    """Parse `H<sub>2</sub>O`: an opened and closed plain tag with no other tag inside."""

    def handleMatch(self, match: re.Match[str], data: str) -> tuple[Any, Any, Any]:
        element = etree.Element(match[1])
        element.text = match[2]
        return element, match.start(), match.end()


class InlineBreak(InlineProcessor):
    def handleMatch(self, match: re.Match[str], data: str) -> tuple[Any, Any, Any]:
        return etree.Element("br"), match.start(), match.end()


class Footnotes(FootnoteExtension):
    """Footnotes whose own text defines no further ones and is never empty: both crash it."""

    def extendMarkdown(self, md: Markdown) -> None:
        super().extendMarkdown(md)
        md.parser.set_footnote = self.setFootnote

    def makeFootnotesDiv(self, root: etree.Element) -> Any:
        self.parser.kinds = replace(self.parser.kinds, notes=False)
        div = super().makeFootnotesDiv(root)
        if div is None:
            return None
        notes = div.find("ol")
        for key, note in list(zip(self.footnotes, notes, strict=True)):
            if not len(note):
                notes.remove(note)
                del self.footnotes[key]
        return div if len(notes) else None


class Bounded(Extension):
    """Replace the processors that are slow or read HTML; goes after the extensions that add any."""

    def __init__(self, meter: Meter, pictures: Pictures | None = None):
        super().__init__()
        self.meter = meter
        self.pictures = pictures

    def extendMarkdown(self, md: Markdown) -> None:
        md.ESCAPED_CHARS.extend("<~")  # a tag and a strike that are meant as signs
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.inlinePatterns.deregister("entity")
        register_links(md, self.meter, self.pictures)
        md.inlinePatterns.register(AutomailInlineProcessor(MAIL, md), "automail", 110)
        md.inlinePatterns.register(InlinePair(PAIR, md), "pair", 116)
        md.inlinePatterns.register(InlineBreak(BREAK, md), "break", 115)
        md.inlinePatterns.register(ShownTag(TAG, md), "tag", 114)
        backtick = MeteredBacktick(md.inlinePatterns["backtick"].pattern)
        backtick.meter = self.meter
        md.inlinePatterns.register(backtick, "backtick", 190)
        md.inlinePatterns.register(Emphasis(self.meter), "em_strong", 60)
        if "table" in md.parser.blockprocessors:
            table = MeteredTable(md.parser, {"use_align_attribute": True})
            table.meter = self.meter
            md.parser.blockprocessors.register(table, "table", 75)
        self._meter_inline(md)

    def _meter_inline(self, md: Markdown) -> None:
        """Charge every inline match."""
        inline = md.treeprocessors["inline"]
        for processor in inline.inlinePatterns:
            processor.handleMatch = metered(processor.handleMatch, self.meter, inline)


def post_markdown(
    meter: Meter, citations: Extension, addresses: Extension, pictures: Pictures
) -> Markdown:
    """Return a Markdown parser for one post; it stores what it found in that text."""
    return Markdown(
        extensions=[
            BlockStructure(Kinds(), meter),
            TableExtension(),
            Footnotes(
                SEPARATOR="-", USE_DEFINITION_ORDER=False, BACKLINK_TITLE="", PLACE_MARKER="\ufdd4"
            ),
            Typography(meter),
            citations,
            addresses,
            Bounded(meter, pictures),
            Finish(),
            Directions(),
        ]
    )


def comment_markdown(meter: Meter, addresses: Extension) -> Markdown:
    """Return a Markdown parser for comments: no headings, rules, tables or notes; lines stay."""
    return Markdown(
        extensions=[
            BlockStructure(COMMENT_KINDS, meter),
            Nl2BrExtension(),
            Typography(meter),
            addresses,
            Bounded(meter),
            Directions(),
        ]
    )
