"""Lines of a rendered text for ``citations.consistency``."""

import re

from blog.citations.consistency.lines import CLOSE, OPEN, Line
from blog.text.plain import Block, blocks_of

CITATION = re.compile(r'<a class="cite"[^<>]*>(.*?)</a>', re.DOTALL)
CODE = re.compile(r"<code[^<>]*>.*?</code>", re.DOTALL)


def lines_of(html: str) -> list[Line]:
    """Return the lines of a post's HTML; code is left out."""
    html = CODE.sub("", CITATION.sub(rf"{OPEN}\1{CLOSE}", html))
    lines, paragraph = [], 0
    for number, block in enumerate(blocks_of(html)):
        paragraph += block.numbered
        lines += _lines(block, paragraph if block.numbered else None, number)
    return lines


def _lines(block: Block, paragraph: int | None, number: int) -> list[Line]:
    if block.tag == "pre":
        return []
    texts = [" ".join(line.split()) for line in block.text.split("\n")]
    return [Line(text, paragraph, block.quoted, block.is_heading, number) for text in texts if text]
