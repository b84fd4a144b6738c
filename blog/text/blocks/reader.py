"""
Lines to blocks, in the way of CommonMark's reference parsers.

Each line is led through the blocks that are open: which of them go on, which blocks does it begin,
and what is left is text. A line is looked at once, so the work grows with the lines times their
depth.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from blog.text.blocks.block import Block
from blog.text.blocks.marks import ListMark, is_followed, read_mark
from blog.text.blocks.open_blocks import (
    CLOSING,
    CODE_INDENT,
    LEAVES,
    MAX_MARK_INDENT,
    NOTE,
    OpenBlocks,
    first_sign,
)
from blog.text.guard import Meter
from blog.text.invisible import is_blank

# A line that begins otherwise is text.
STARTER = re.compile(r"[^\w\s]|_|\d{1,9}[.)]|[a-z][.)]")
HEADING = re.compile(r"#{1,6}(?= |$)")
UNDERLINE = re.compile(r"(?:=+|-+) *")
RULE = re.compile(r"(?:\* *){3,}|(?:- *){3,}|(?:_ *){3,}")
FENCE = re.compile(r"(?P<fence>`{3,}+(?=[^`]*$)|~{3,}+) *+(?P<info>.*)")
SEPARATOR = re.compile(r"<!-- *-->")  # two lists, one after the other
DELIMITERS = re.compile(r"\|? *:?-+:? *(?:\| *:?-+:? *)*\|? *")


@dataclass(frozen=True)
class Kinds:
    """The kinds of blocks a text may have beside paragraphs, lists, quotations and fenced code."""

    headings: bool = True
    rules: bool = True
    notes: bool = True
    indented_code: bool = True


class BlockReader(OpenBlocks):
    """
    Read the blocks of one text.

    `is_table` says of two lines whether they are the head of a table; None where no text has one.
    """

    def __init__(self, kinds: Kinds, meter: Meter, is_table: Callable[[str], bool] | None = None):
        super().__init__(meter)
        self.kinds = kinds
        self.is_table = is_table
        self.lines: list[str] = []

    def read(self, lines: list[str]) -> Block:
        """Return the document of `lines`. Raises `TextRefused` for one that is too deep."""
        self.lines = lines
        self.open = [Block("document", 0, 0)]
        self.longest_closing = _longest_closings(lines)
        for number, line in enumerate(lines):
            self.number = number
            self.meter.charge(20 + len(line) // 8 + 8 * len(self.open))
            self._read_line(line)
        self._close(1)
        return self.open[0]

    def _read_line(self, line: str) -> None:
        depth, start = self._match(line)
        first = first_sign(line, start)
        if depth < len(self.open) and self.open[depth].kind in LEAVES:
            if self._continue(self.open[depth], line, start, first):
                return
            self._close(depth)
        if first == len(line):
            self._close(depth)
            return
        while first < len(line):
            rest = self._begin(depth, line, start, first)
            if rest is None:
                self._add_text(depth, line[first:])
                return
            depth, start, first = len(self.open), rest, first_sign(line, rest)

    def _begin(self, depth: int, line: str, start: int, first: int) -> int | None:
        """Begin the block that `line` has at `first`; return where its text is, or None."""
        indent = first - start
        paragraph = self._paragraph_at(depth)
        is_far = indent >= self.open[depth - 1].indent + CODE_INDENT
        if is_far and self.open[-1].kind == "paragraph":
            return None
        if STARTER.match(line, first) is None:
            return self._begin_code(depth, line, start, indent)
        sign = line[first]
        if sign == ">":
            self._open(depth, Block("quote", self.number, self.number, indent=indent))
            return first + 2 if line[first + 1 : first + 2] == " " else first + 1
        if sign in "`~" and self._begin_fence(depth, line, first, indent):
            return len(line)
        if indent <= MAX_MARK_INDENT and self._begin_heading(depth, line, first, paragraph):
            return len(line)
        if sign == "<" and SEPARATOR.fullmatch(line, first):
            self._add_leaf(depth, "separator", [])
            return len(line)
        if self.kinds.rules and sign in "*-_" and RULE.fullmatch(line, first):
            self._add_leaf(depth, "rule", [])
            return len(line)
        if paragraph and self._begin_table(depth, line[first:], paragraph):
            return len(line)
        mark = read_mark(line, first)
        if mark and self._may_begin(mark, depth, line, first, paragraph):
            return self._begin_item(depth, mark, line, first, indent)
        return self._begin_code(depth, line, start, indent)

    def _paragraph_at(self, depth: int) -> Block | None:
        """Return the open paragraph that the line would go on with, not one it is lazy about."""
        is_paragraph = len(self.open) == depth + 1 and self.open[depth].kind == "paragraph"
        return self.open[depth] if is_paragraph else None

    def _begin_code(self, depth: int, line: str, start: int, indent: int) -> int | None:
        is_lazy = self.open[-1].kind == "paragraph"
        if indent < CODE_INDENT or is_lazy or not self.kinds.indented_code:
            return None
        code = Block("code", self.number, self.number, lines=[line[start + CODE_INDENT :]])
        self._open(depth, code)
        return len(line)

    def _begin_fence(self, depth: int, line: str, first: int, indent: int) -> bool:
        """Begin fenced code, if a line further down can close it."""
        found = FENCE.fullmatch(line, first)
        if found is None or self.longest_closing[line[first]][self.number + 1] < len(
            found["fence"]
        ):
            return False
        fence = Block("fence", self.number, self.number, indent=indent, label=found["info"])
        fence.fence = found["fence"]
        self._open(depth, fence)
        return True

    def _begin_heading(self, depth: int, line: str, first: int, paragraph: Block | None) -> bool:
        """Begin a heading, or a note."""
        text = line[first:]
        if self.kinds.headings and (hashes := HEADING.match(text)):
            words = _without_hashes(text[hashes.end() :].strip())
            self._add_leaf(depth, "heading", [words], level=hashes.end())
        elif self.kinds.headings and paragraph and self._is_underlined(paragraph, text):
            paragraph.kind, paragraph.level = "heading", 1 if text[0] == "=" else 2
            paragraph.end = self.number
            self._close(depth)
        elif self.kinds.notes and (note := NOTE.fullmatch(text)):
            self._open(
                depth,
                Block("note", self.number, self.number, lines=[note["text"]], label=note["label"]),
            )
        else:
            return False
        return True

    @staticmethod
    def _is_underlined(paragraph: Block, text: str) -> bool:
        """Return whether `text` makes a heading: of one line, since a paragraph is none."""
        return len(paragraph.lines) == 1 and bool(UNDERLINE.fullmatch(text))

    def _begin_table(self, depth: int, text: str, paragraph: Block) -> bool:
        """Begin a table whose column heads are the last line of the paragraph."""
        if self.is_table is None or "|" not in text or not DELIMITERS.fullmatch(text):
            return False
        heads = paragraph.lines[-1]
        if not self.is_table(f"{heads}\n{text}"):
            return False
        paragraph.lines.pop()
        paragraph.end -= 1
        self._close(depth)
        if not paragraph.lines:
            self.open[-1].children.pop()
        self._open(depth, Block("table", self.number - 1, self.number, lines=[heads, text]))
        return True

    def _may_begin(
        self, list_mark: ListMark, depth: int, line: str, first: int, paragraph: Block | None
    ) -> bool:
        """Return whether a mark begins an item and not a line of the paragraph or a sentence."""
        around = self.open[depth - 1]
        if around.kind == "list" and around.list_mark.kind == list_mark.kind:
            return True
        is_sure = not list_mark.is_doubtful and list_mark.number in (None, 1)
        if paragraph and is_blank(line, first + list_mark.width):
            return False
        if is_sure or (paragraph is None and not list_mark.is_doubtful):
            return True
        self.meter.charge(100)
        return is_followed(list_mark, self.lines, self.number)

    def _begin_item(
        self, depth: int, list_mark: ListMark, line: str, first: int, indent: int
    ) -> int:
        end = first + list_mark.width
        spaces = first_sign(line, end) - end
        is_empty = end + spaces == len(line)
        gap = 1 if is_empty or spaces > CODE_INDENT else spaces
        around = self.open[depth - 1]
        if around.kind == "list" and around.list_mark.kind != list_mark.kind:
            depth -= 1
            around = self.open[depth - 1]
        if around.kind != "list":
            self._open(
                depth, Block("list", self.number, self.number, list_mark=list_mark, indent=indent)
            )
            depth += 1
        item = Block("item", self.number, self.number, indent=indent)
        item.offset = indent + list_mark.width + gap
        self._open(depth, item)
        return min(end + gap, len(line))

    def _prose(self, block: Block) -> list[Block]:
        """Return the blocks of lines that were indented for the eye."""
        kinds = replace(self.kinds, headings=False, indented_code=False)
        reader = BlockReader(kinds, self.meter, self.is_table)
        blocks = reader.read(_dedented(block.lines)).children
        _shift(blocks, block.start)
        return blocks


def _without_hashes(text: str) -> str:
    """Return the words of a heading without the hashes that close it."""
    bare = text.rstrip("#")
    return bare.rstrip() if bare == "" or bare.endswith(" ") else text


def _dedented(lines: list[str]) -> list[str]:
    shift = min((first_sign(line, 0) for line in lines if not is_blank(line)), default=0)
    return [line[shift:] for line in lines]


def _shift(blocks: list[Block], by: int) -> None:
    for block in blocks:
        block.start += by
        block.end += by
        _shift(block.children, by)


def _longest_closings(lines: list[str]) -> dict[str, list[int]]:
    """Return for each sign of a fence, by line, the longest closing from that line on."""
    longest = {"`": [0] * (len(lines) + 1), "~": [0] * (len(lines) + 1)}
    for number in range(len(lines) - 1, -1, -1):
        found = CLOSING.fullmatch(lines[number])
        for sign, lengths in longest.items():
            length = len(found["fence"]) if found and found["fence"][0] == sign else 0
            lengths[number] = max(length, lengths[number + 1])
    return longest
