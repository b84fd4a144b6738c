"""
Emphasis: `*`, `_` and `~~`, paired as CommonMark pairs them.

Python-Markdown's own processor loses text: of `*a**b*c` it drops the `c`. Here all marks of a
paragraph are paired once, with a stack, and what pairs with nothing stays as it was typed.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree as etree

from markdown.inlinepatterns import InlineProcessor

from blog.text.guard import MAX_INLINE_DEPTH, Meter, too_deep

RUN = re.compile(r"\*+|_+|~+")
TAGS = {"*": ("em", "strong"), "_": ("em", "strong"), "~": ("", "del")}
# Writing without spaces: a mark between two of its words is as much at an edge as beside a space.
NO_SPACES = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]")
# CommonMark does not close `**So:**they`, a word pasted without its space; readers do.
ENDS_SENTENCE = set(".,:;!?…)]}%”’»")


@dataclass(eq=False)
class Run:
    """A run of one mark, from `start` to `end`; both move inwards as its marks are paired."""

    sign: str
    start: int
    end: int
    length: int
    opens: bool
    closes: bool


@dataclass(eq=False)
class Pair:
    """An element: its outer and inner edges, and the elements inside."""

    tag: str
    start: int
    text: int
    text_end: int
    end: int
    inner: list["Pair"] = field(default_factory=list)


class Emphasis(InlineProcessor):
    """A processor for the outermost emphasis at a mark, with everything emphasised inside it."""

    def __init__(self, meter: Meter):
        super().__init__(r"[*_~]")
        self.meter = meter
        self.data = ""
        self.pairs: dict[int, Pair] = {}

    def handleMatch(self, match: re.Match[str], data: str) -> tuple[Any, Any, Any]:
        """Look the mark up by its distance from the end, which replacements before it leave."""
        start = match.start()
        left = len(data) - start
        if not self.data.endswith(data[start:]):
            self.data = data
            pairs = _nested(pair_signs(data, self.meter))
            self.pairs = {len(data) - pair.start: pair for pair in pairs}
        self.meter.charge(left // 64)
        pair = self.pairs.get(left)
        if pair is None:
            return None, None, None
        element = _element(pair, self.data, 0)
        return element, start, start + pair.end - pair.start


def pair_signs(data: str, meter: Meter) -> list[Pair]:
    """Return the pairs of all signs in a paragraph, inner ones before those around them."""
    runs = [_run(found, data) for found in RUN.finditer(data)]
    meter.charge(len(data) // 32 + 20 * len(runs))
    pairs: list[Pair] = []
    openers: list[Run] = []
    # How far down it is known that no opener fits, for each kind of closing run.
    bottoms: dict[tuple, int] = {}
    for run in runs:
        if run.closes:
            _close(run, openers, bottoms, pairs, meter)
        if run.opens and run.start < run.end:
            openers.append(run)
    return pairs


def _close(run: Run, openers: list[Run], bottoms: dict, pairs: list[Pair], meter: Meter) -> None:
    """Pair `run` with the openers that fit, the nearest first."""
    kind = (run.sign, run.opens, run.length % 3)
    while run.start < run.end:
        place = len(openers) - 1
        bottom = min(bottoms.get(kind, 0), len(openers))
        while place >= bottom and not _fits(openers[place], run):
            place -= 1
            meter.charge(2)
        if place < bottom:
            bottoms[kind] = len(openers)
            return
        opener = openers[place]
        del openers[place + 1 :]
        size = 2 if min(opener.end - opener.start, run.end - run.start) >= 2 else 1
        tag = TAGS[run.sign][size - 1]
        pairs.append(Pair(tag, opener.end - size, opener.end, run.start, run.start + size))
        opener.end -= size
        run.start += size
        if opener.start == opener.end:
            openers.pop()
        for other, height in bottoms.items():  # what opens from here on is still to be tried
            bottoms[other] = min(height, len(openers))
        meter.charge(20)


def _run(found: re.Match, data: str) -> Run:
    start, end = found.span()
    sign = found[0][0]
    before = data[start - 1] if start else " "
    after = data[end] if end < len(data) else " "
    is_left = not after.isspace() and (not _is_punctuation(after) or _is_edge(before))
    is_right = not before.isspace() and (not _is_punctuation(before) or _is_edge(after))
    if sign == "_":
        opens = is_left and (not is_right or _is_punctuation(before))
        closes = is_right and (not is_left or _is_punctuation(after))
    else:
        opens, closes = is_left, is_right or before in ENDS_SENTENCE
    if sign == "~" and end - start != 2:
        opens = closes = False
    return Run(sign, start, end, end - start, opens, closes)


def _is_punctuation(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "PS"


def _is_edge(sign: str) -> bool:
    return sign.isspace() or _is_punctuation(sign) or bool(NO_SPACES.match(sign))


def _fits(opener: Run, closer: Run) -> bool:
    """Return whether two runs pair: of the same sign, and by CommonMark's rule of three."""
    if opener.sign != closer.sign:
        return False
    is_doubtful = opener.closes or closer.opens
    is_multiple = (opener.length + closer.length) % 3 == 0
    return not (is_doubtful and is_multiple and (opener.length % 3 or closer.length % 3))


def _nested(pairs: list[Pair]) -> list[Pair]:
    """Return the outermost of `pairs`, with the others inside them."""
    outermost: list[Pair] = []
    around: list[Pair] = []
    for pair in sorted(pairs, key=lambda pair: pair.start):
        while around and around[-1].end <= pair.start:
            around.pop()
        (around[-1].inner if around else outermost).append(pair)
        around.append(pair)
    return outermost


def _element(pair: Pair, data: str, depth: int) -> etree.Element:
    if depth > MAX_INLINE_DEPTH:
        raise too_deep()
    element = etree.Element(pair.tag)
    ends = [*(inner.start for inner in pair.inner), pair.text_end]
    element.text = data[pair.text : ends[0]]
    for inner, end in zip(pair.inner, ends[1:], strict=True):
        child = _element(inner, data, depth + 1)
        child.tail = data[inner.end : end]
        element.append(child)
    return element
