"""
Plain text of rendered HTML: its blocks, excerpt and number of words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from blog.citations.consistency.lines import REFERENCES_HEADING

EXCERPT_CHARS = 240
BLOCKS = {"p", "li", "td", "th", "pre", "blockquote", "h2", "h3", "h4", "h5", "h6"}
# Writing that puts no spaces between words; each sign counts, as in word processors.
SIGN = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
WORD = re.compile(r"\w")
TYPOGRAPHY = str.maketrans("‘’‚‛–—\u00a0", "''''-- ", '"“”„‟«»‹›')
MARKUP = re.compile(r"[*_`#>\\]+|^\s*(?:[-+•·]|\d+[.)])\s+", re.MULTILINE)
HEADING_LINE = re.compile(r" {0,3}#{1,6}[ \t]+(.*)")
SENTENCE_END = re.compile(r"(?<=[.?!…])[\"')\]]*\s+|\n+")


@dataclass
class Block:
    """A paragraph, list item, cell, heading or other block of text."""

    tag: str
    numbered: bool = False
    footnote: bool = False
    quoted: bool = False
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.parts).strip()

    @property
    def is_heading(self) -> bool:
        return self.tag[0] == "h"


class BlockReader(HTMLParser):
    """Collect the blocks of sanitised HTML, leaving out the footnotes' own links."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.open: list[Block] = []
        self.in_footnotes = False
        self.skipping = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag == "div":
            self.in_footnotes = attributes.get("class") == "footnotes"
        elif tag == "br" and self.open:
            self.open[-1].parts.append("\n")
        elif tag == "a" and attributes.get("class") in ("footnote-ref", "footnote-back"):
            self.skipping = True
        elif tag in BLOCKS:
            numbered = tag == "p" and "id" in attributes
            quoted = any(block.tag == "blockquote" for block in self.open)
            block = Block(tag, numbered, self.in_footnotes, quoted)
            self.blocks.append(block)
            self.open.append(block)

    def handle_endtag(self, tag: str) -> None:
        if tag == "div":
            self.in_footnotes = False
        elif tag == "a":
            self.skipping = False
        elif tag in BLOCKS and self.open:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.open and not self.skipping:
            self.open[-1].parts.append(data)


def blocks_of(html: str) -> list[Block]:
    """Return the blocks of sanitised HTML that have any text, in its order.

    A numbered paragraph is there without words too: whoever counts them comes to its number.
    """
    reader = BlockReader()
    reader.feed(html)
    reader.close()
    return [block for block in reader.blocks if block.text or block.numbered]


def one_line(text: str) -> str:
    """Return a text on one line, with single spaces."""
    return " ".join(text.split())


def excerpt(blocks: list[Block], prompt: str = "") -> str:
    """
    Return the first `EXCERPT_CHARS` characters of a post or a little less, cut between words.

    Blocks that only repeat the prompt are left out, and so is a bracket that the cut would leave
    open.
    """
    sentences = prompt_sentences(prompt)
    text = ""
    worded = [block for block in blocks if block.text]
    for block in [b for b in worded if b.numbered] or [b for b in worded if not b.is_heading]:
        if count_words(block.text, sentences):
            text = f"{text} {one_line(block.text)}".strip()
        if len(text) > EXCERPT_CHARS:
            return _cut(text)
    return text


def _cut(text: str) -> str:
    cut = text[: EXCERPT_CHARS + 1]
    cut = cut.rpartition(" ")[0] or cut[:EXCERPT_CHARS]
    if cut.rfind("(") > cut.rfind(")"):
        cut = cut[: cut.rfind("(")] or cut
    return cut.rstrip(" ,;:–—-.") + "…"


def count_post_words(blocks: list[Block], prompt: str = "") -> int:
    """Count the words of a post without its headings, its typed references and the prompt."""
    sentences = prompt_sentences(prompt)
    return sum(count_words(text, sentences) for text in _own_text(blocks))


def _own_text(blocks: list[Block]) -> Iterator[str]:
    """Yield each block's text, leaving out what follows a line that says only "References"."""
    in_references = False
    for block in blocks:
        if block.is_heading:
            in_references = bool(REFERENCES_HEADING.fullmatch(block.text))
        elif block.footnote:
            yield block.text
        elif not in_references:
            own = []
            for line in block.text.split("\n"):
                in_references = in_references or bool(REFERENCES_HEADING.fullmatch(line))
                if not in_references:
                    own.append(line)
            yield "\n".join(own)


def prompt_sentences(prompt: str) -> list[str]:
    """Return the prompt's sentences of three words and more, the longest first."""
    lines = MARKUP.sub("", prompt)
    sentences = {_compared(sentence) for sentence in SENTENCE_END.split(lines) if sentence}
    return sorted((s for s in sentences if len(s.split()) > 2), key=lambda s: (-len(s), s))


def count_words(text: str, without: list[str]) -> int:
    """Count the words of `text` except where it repeats the sentences in `without`."""
    text = _compared(text)
    for sentence in without:
        text = re.sub(rf"(?<!\w){re.escape(sentence)}(?!\w)", " ", text)
    signs = len(SIGN.findall(text))
    return signs + sum(1 for word in SIGN.sub(" ", text).split() if WORD.search(word))


def count_source_words(source: str) -> int:
    """Count the words of a post's Markdown without rendering it: nearly as they are counted there.

    A citation and the address of a link count as they are typed.
    """
    return count_post_words([_source_block(line) for line in source.split("\n")])


def _source_block(line: str) -> Block:
    heading = HEADING_LINE.match(line)
    return Block("h2", parts=[heading[1]]) if heading else Block("p", parts=[line])


def _compared(text: str) -> str:
    """Return `text` as it is compared: without case, quotation marks, typography and spacing."""
    text = text.translate(TYPOGRAPHY).replace("…", "...")
    return " ".join(re.sub("-{2,3}", "-", text).casefold().split())
