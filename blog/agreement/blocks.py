"""The lines of a rendered text, with where they stand and where its own citations are."""

import re
from dataclasses import dataclass

from blog.text.plain import REFERENCES, Block, blocks_of

# The renderer has taken these two out of everything typed, so here they can mark citations.
OPEN, CLOSE = "\ufdd0", "\ufdd1"
CITATION = re.compile(r'<a class="cite"[^<>]*>(.*?)</a>', re.DOTALL)
MARKED = re.compile(f"{OPEN}([^{OPEN}{CLOSE}]*){CLOSE}")
MARKS = re.compile(f"[{OPEN}{CLOSE}]")


@dataclass(frozen=True)
class Line:
    """One line of a text; ``text`` marks the citations that were written as keys."""

    text: str
    paragraph: int | None = None
    is_quoted: bool = False
    is_heading: bool = False

    @property
    def plain(self) -> str:
        return MARKS.sub("", self.text)

    @property
    def says_references(self) -> bool:
        return bool(REFERENCES.fullmatch(self.plain))


def read(html: str) -> list[Line]:
    """Return the lines of a post's HTML; code is left out."""
    html = CITATION.sub(rf"{OPEN}\1{CLOSE}", html)
    lines, paragraph = [], 0
    for block in blocks_of(html):
        paragraph += block.numbered
        lines += _lines(block, paragraph if block.numbered else None)
    return lines


def _lines(block: Block, paragraph: int | None) -> list[Line]:
    if block.tag == "pre":
        return []
    texts = [" ".join(line.split()) for line in block.text.split("\n")]
    return [Line(text, paragraph, block.quoted, block.is_heading) for text in texts if text]
