"""
The tree of a text for the visual editor.

It is the tree that is published, with what the editor needs to write a block again: the mark of a
list, what is behind a fence, and notes where they are defined. At the end of each piece is a sign.
"""

from collections.abc import Iterator
from dataclasses import replace
from html import escape
from typing import Any
from xml.etree import ElementTree as etree

from markdown import Markdown
from markdown.extensions import Extension

from blog.text.blocks import Kinds
from blog.text.blocks.block import Block
from blog.text.blocks.parser import StructureParser
from blog.text.guard import Meter
from blog.text.visual.cutting import Group, cut

END_OF_PIECE = "\ufdd8"
NOTE_TAG = "aside"


class VisualStructure(Extension):
    """Read the blocks of a text by `VisualParser`; goes before the extensions that add any."""

    def __init__(self, meter: Meter, kinds: Kinds | None = None):
        super().__init__()
        self.meter = meter
        self.kinds = kinds or Kinds()

    def extendMarkdown(self, md: Markdown) -> None:
        md.parser = VisualParser(md, self.kinds, self.meter)


class VisualParser(StructureParser):
    """
    Parse one text.

    `starts` has the first line of each piece; `incomplete` the numbers of those whose HTML does not
    say all that their source does.
    """

    def parseDocument(self, lines: list[str]) -> Any:
        self.starts: list[int] = []
        self.incomplete: set[int] = set()
        self.notes: set[str] = set()
        self.set_footnote = lambda label, text: self.notes.add(label)
        self.root = etree.Element(self.md.doc_tag)
        groups = cut(self.read(lines).children, lines, lambda part: self.read(part).children)
        for number, group in enumerate(groups):
            self.starts.append(group[0].start)
            if self._defines(group):
                self.incomplete.add(number)
        for group in groups:
            self._add(self.root, group)
            end_piece(self.root)
        return etree.ElementTree(self.root)

    def _defines(self, group: Group) -> bool:
        """Take the definitions out of a group; return whether its HTML leaves anything out."""
        before = [list(paragraph.lines) for paragraph in _paragraphs(group)]
        for block in group:
            self._define(Block("document", block.start, block.end, children=[block]))
        after = [paragraph.lines for paragraph in _paragraphs(group)]
        return before != after or any(block.kind == "separator" for block in group)

    def _add(self, parent: etree.Element, blocks: list[Block], is_tight: bool = False) -> None:
        for block in blocks:
            if block.kind == "note":
                self._add_note(parent, block)
            else:
                super()._add(parent, [block], is_tight)

    def _add_note(self, parent: etree.Element, block: Block) -> None:
        note = etree.SubElement(parent, NOTE_TAG, {"data-note": block.label})
        kinds, self.kinds = self.kinds, replace(self.kinds, notes=False)
        self.parseChunk(note, "\n".join(block.lines).rstrip())
        self.kinds = kinds

    def _add_list(self, parent: etree.Element, block: Block) -> None:
        super()._add_list(parent, block)
        parent[-1].set("data-mark", block.list_mark.kind)
        parent[-1].set("data-loose", "1" if block.is_loose else "0")

    def _add_code(self, parent: etree.Element, block: Block) -> None:
        code = "\n".join(block.lines)
        if block.kind == "code":
            code = code.rstrip()
        info, code = escape(block.label), escape(code, quote=False)
        html = f'<pre data-info="{info}"><code>{code}</code></pre>'
        etree.SubElement(parent, "p").text = self.md.htmlStash.store(html)


def end_piece(root: etree.Element) -> None:
    """Set the sign that ends a piece behind the last element, or before all of them."""
    if len(root):
        root[-1].tail = (root[-1].tail or "") + END_OF_PIECE
    else:
        root.text = (root.text or "") + END_OF_PIECE


def _paragraphs(blocks: list[Block]) -> Iterator[Block]:
    for block in blocks:
        if block.kind == "paragraph":
            yield block
        yield from _paragraphs(block.children)
