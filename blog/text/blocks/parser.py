"""Blocks to the tree that Python-Markdown works on."""

import re
from collections.abc import Callable
from functools import partial
from html import escape
from typing import cast
from xml.etree import ElementTree as etree

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.extensions import Extension
from markdown.extensions.tables import TableProcessor

from blog.text.addresses import resolve
from blog.text.blocks.block import Block
from blog.text.blocks.reader import BlockReader, Kinds
from blog.text.guard import Meter
from blog.text.invisible import is_blank
from blog.text.pictures import SOURCE

LANGUAGE = re.compile(r"[{. ]*([\w#+.-]{1,30})")
# A link defined elsewhere: its label, its address and a title, on one line or the next.
DEFINITION = re.compile(
    r"^ {0,3}\[(?!\s*\])(?P<label>(?:[^\[\]\\]|\\.){1,999}+)\]: *+\n? *+"
    r"(?P<address><[^<>\n]*+>|[^\s<][^\s]*+)"
    r"(?:(?: ++\n? *+| *+\n *+)(?P<title>\"[^\n]*\"|'[^\n]*'|\([^()\n]*\)))? *+$",
    re.MULTILINE,
)


class BlockStructure(Extension):
    """Read the blocks of a text by `BlockReader`; goes before the extensions that add any."""

    def __init__(self, kinds: Kinds, meter: Meter):
        super().__init__()
        self.kinds = kinds
        self.meter = meter

    def extendMarkdown(self, md: Markdown) -> None:
        md.parser = StructureParser(md, self.kinds, self.meter)


class StructureParser(BlockParser):
    """A parser of blocks with none of Python-Markdown's own, but for its table."""

    def __init__(self, md: Markdown, kinds: Kinds, meter: Meter):
        super().__init__(md)
        self.kinds = kinds
        self.meter = meter
        self.set_footnote: Callable[[str, str], None]  # where footnotes are kept

    @property
    def table(self) -> TableProcessor | None:
        return next((one for one in self.blockprocessors if isinstance(one, TableProcessor)), None)

    def parseChunk(self, parent: etree.Element, text: str) -> None:
        """Read `text` and add its blocks to `parent`."""
        document = self.read(text.split("\n"))
        self._define(document)
        self._add(parent, document.children)

    def read(self, lines: list[str]) -> Block:
        """Return the document of `lines`, with nothing taken out of it."""
        table = self.table
        is_table = None if table is None else partial(table.test, None)
        return BlockReader(self.kinds, self.meter, is_table).read(lines)

    def _define(self, block: Block) -> None:
        """Take the definitions of links out of the paragraphs, and those of notes."""
        for child in block.children:
            if child.kind == "paragraph":
                self._take_definitions(child)
            elif child.kind == "note":
                self.set_footnote(child.label, "\n".join(child.lines).rstrip())
            self._define(child)

    def _take_definitions(self, paragraph: Block) -> None:
        text = "\n".join(paragraph.lines)
        if "]:" not in text:
            return
        self.meter.charge(len(text) // 4)
        lines = DEFINITION.sub(self._take_definition, text).split("\n")
        paragraph.lines = [line for line in lines if not is_blank(line)]

    def _take_definition(self, found: re.Match) -> str:
        """Keep where a label leads; return what is left to show, for an address of no use."""
        address = found["address"].removeprefix("<").removesuffix(">")
        if resolve(address) is None and not SOURCE.fullmatch(address):
            return found[0]
        title = (found["title"] or "")[1:-1]
        self.md.references.setdefault(label_of(found["label"]), (address, title))
        return ""

    def _add(self, parent: etree.Element, blocks: list[Block], is_tight: bool = False) -> None:
        for block in blocks:
            if block.kind == "paragraph":
                self._add_paragraph(parent, block, is_tight)
            elif block.kind == "quote":
                self._add(etree.SubElement(parent, "blockquote"), block.children)
            elif block.kind == "list":
                self._add_list(parent, block)
            elif block.kind == "heading":
                etree.SubElement(parent, f"h{block.level}").text = block.lines[0].strip()
            elif block.kind == "rule":
                etree.SubElement(parent, "hr")
            elif block.kind in ("code", "fence"):
                self._add_code(parent, block)
            elif block.kind == "table":
                self._add_table(parent, block)

    def _add_paragraph(self, parent: etree.Element, block: Block, is_tight: bool) -> None:
        text = "\n".join(block.lines).strip()
        if not text:
            return
        if not is_tight:
            etree.SubElement(parent, "p").text = text
        elif len(parent):
            parent[-1].tail = f"\n{text}"
        else:
            parent.text = text

    def _add_list(self, parent: etree.Element, block: Block) -> None:
        mark = block.list_mark
        element = etree.SubElement(parent, "ul" if mark.number is None else "ol")
        if mark.number not in (None, 1):
            element.set("start", str(mark.number))
        if mark.type:
            element.set("type", mark.type)
        is_tight = not block.is_loose
        for item in block.children:
            self._add(etree.SubElement(element, "li"), item.children, is_tight)

    def _add_table(self, parent: etree.Element, block: Block) -> None:
        table = cast(TableProcessor, self.table)
        table.test(parent, "\n".join(block.lines[:2]))  # which keeps the columns for the next call
        table.run(parent, ["\n".join(block.lines)])

    def _add_code(self, parent: etree.Element, block: Block) -> None:
        """Stash finished HTML, since the tree's code loses its last spaces and empty lines."""
        language = LANGUAGE.match(block.label)
        kind = f' class="language-{language[1]}"' if language else ""
        lines = block.lines if block.kind == "fence" else _without_last_empty(block.lines)
        code = escape("\n".join([*lines, ""]), quote=False)
        html = f'<pre dir="auto"><code{kind}>{code}</code></pre>'
        etree.SubElement(parent, "p").text = self.md.htmlStash.store(html)


def _without_last_empty(lines: list[str]) -> list[str]:
    return "\n".join(lines).rstrip().split("\n")


def label_of(text: str) -> str:
    """Return a link's label as it is compared: without case and with single spaces."""
    return " ".join(text.split()).casefold()
