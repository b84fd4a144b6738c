"""
The blocks that are open while a text is read: which of them go on in a line, and which are closed.
"""

import re
from abc import ABC, abstractmethod

from blog.text.blocks.block import Block
from blog.text.blocks.indented import reads_as_code
from blog.text.blocks.marks import read_mark
from blog.text.guard import MAX_BLOCK_DEPTH, Meter, too_deep
from blog.text.invisible import is_blank

LEAVES = {"fence", "code", "table", "note"}  # and the paragraph, which a line may go on with lazily
CODE_INDENT = 4
MAX_MARK_INDENT = 3  # of headings, rules and notes
NUMBERED_INDENT = 2  # enough for what belongs to a numbered item
CLOSING = re.compile(r"[ >]*+(?P<fence>`{3,}+|~{3,}+) *+")
NOTE = re.compile(r"\[\^(?P<label>[^\]]*)\]: *(?P<text>.*)")


class OpenBlocks(ABC):
    """The open blocks from the document to the last one, `number` being that of the line."""

    def __init__(self, meter: Meter):
        self.meter = meter
        self.open: list[Block] = []
        self.number = 0

    def _match(self, line: str) -> tuple[int, int]:
        """Return the number of open containers that go on in `line`, and the end of their marks."""
        start = 0
        for depth, block in enumerate(self.open):
            if not block.is_container:
                return depth, start
            first = first_sign(line, start)
            if block.kind == "quote":
                is_far = first - start > block.indent + MAX_MARK_INDENT
                if is_far or line[first : first + 1] != ">":
                    return depth, start
                start = first + 2 if line[first + 1 : first + 2] == " " else first + 1
                block.end = self.number
            elif block.kind == "item":
                if first == len(line):
                    if not block.children:
                        return depth, start
                    continue
                if not self._belongs(depth, line, first - start):
                    return depth, start
                start += min(block.offset, first - start)
        return len(self.open), start

    def _belongs(self, depth: int, line: str, indent: int) -> bool:
        """
        Return whether a line that is indented so far belongs to the open item at `depth`.

        CommonMark asks for the column of the item's text. Four columns were always enough here, and
        two are for a numbered item, whatever the width of its number, unless the line is the
        next item.
        """
        item, of_list = self.open[depth], self.open[depth - 1]
        if indent >= min(item.offset, item.indent + CODE_INDENT):
            return True
        if of_list.next_number is None or indent < item.indent + NUMBERED_INDENT:
            return False
        if len(self.open) > depth + 1 and self.open[depth + 1].kind == "list":
            return True
        mark = read_mark(line, first_sign(line, 0))
        return not (
            mark and (mark.kind, mark.number) == (of_list.list_mark.kind, of_list.next_number)
        )

    def _continue(self, leaf: Block, line: str, start: int, first: int) -> bool:
        """Add `line` to code, a table or a note; return whether it is a line of it."""
        is_empty = first == len(line)
        indent = first - start
        if leaf.kind == "fence":
            return self._continue_fence(leaf, line, start, first)
        if leaf.kind == "code":
            goes_on = is_empty or indent >= CODE_INDENT
            text = line[start + CODE_INDENT :]
        elif leaf.kind == "table":
            goes_on = "|" in line[first:] and self._is_row(line, first)
            text = line[first:]
        else:
            begins = indent <= MAX_MARK_INDENT and NOTE.match(line, first)
            is_apart = is_blank(leaf.lines[-1])
            goes_on = is_empty or (indent >= CODE_INDENT if is_apart else not begins)
            text = line[start + min(indent, CODE_INDENT) :]
        if goes_on:
            leaf.lines.append("" if is_empty else text)
            leaf.end = leaf.end if is_empty else self.number
        return goes_on

    def _continue_fence(self, leaf: Block, line: str, start: int, first: int) -> bool:
        leaf.end = self.number
        closing = CLOSING.fullmatch(line, first)
        is_near = first - start <= leaf.indent + MAX_MARK_INDENT
        if closing and is_near and closing["fence"].startswith(leaf.fence):
            self._close(len(self.open) - 1)
        else:
            leaf.lines.append(line[start + min(leaf.indent, first - start) :])
        return True

    @staticmethod
    def _is_row(line: str, first: int) -> bool:
        return line[first] not in ">#" and read_mark(line, first) is None

    def _open(self, depth: int, block: Block) -> None:
        """Open `block` in the container at `depth`, and close open blocks beyond it."""
        self._close(depth)
        if self.open[-1].kind == "list" and block.kind != "item":
            self._close(depth - 1)
        if len(self.open) > MAX_BLOCK_DEPTH:
            raise too_deep()
        self.meter.charge(600)
        self.open[-1].children.append(block)
        self.open.append(block)

    def _add_leaf(self, depth: int, kind: str, lines: list[str], level: int = 0) -> None:
        self._open(depth, Block(kind, self.number, self.number, lines=lines, level=level))
        self._close(len(self.open) - 1)

    def _add_text(self, depth: int, text: str) -> None:
        """Add a line to the open paragraph, or begin one."""
        if self.open[-1].kind == "paragraph":
            self.open[-1].lines.append(text)
            self.open[-1].end = self.number
        else:
            self._open(depth, Block("paragraph", self.number, self.number, lines=[text]))

    def _close(self, depth: int) -> None:
        """Close the open blocks from `depth` on."""
        while len(self.open) > depth:
            block = self.open.pop()
            self.open[-1].end = max(self.open[-1].end, block.end)
            if block.kind == "code" and not reads_as_code(block.lines):
                self.open[-1].children[-1:] = self._prose(block)

    @abstractmethod
    def _prose(self, block: Block) -> list[Block]:
        """Return the blocks of lines that were indented for the eye."""


def first_sign(line: str, start: int) -> int:
    """Return the place of the first character from `start` that is no space; the end, if blank."""
    if is_blank(line, start):
        return len(line)
    return len(line) - len(line[start:].lstrip(" "))
