"""
Limits of length, depth and cost for a text.

Python-Markdown reads some short texts in quadratic time and some by deep recursion: ten kilobytes
of `[a` cost it eight seconds. Nothing about a text shows reliably beforehand whether it is one of
those, so the work is counted while it is done: every processor that reads the text reports to one
`Meter`, and a text that has used up its steps is refused. The bound holds for recipes that nobody
has thought of yet, and an ordinary post uses a few per cent of it.
"""

import re
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blog.exceptions import TextRefused

MAX_POST_CHARS = 60_000
MAX_COMMENT_CHARS = 10_000

MAX_STEPS = 4_000_000  # one step is about one turn of a Python loop, 50 ns
MAX_BLOCK_DEPTH = 45  # of open blocks: a list in a list takes two
MAX_INLINE_DEPTH = 25
MAX_FOOTNOTES = 300
MAX_FENCES = 400

# Characters that have no place in text: controls, overrides of the reading direction (they let a
# text pose as another), and noncharacters, which the renderer uses as placeholders.
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202d\u202e\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)
# As `str.splitlines` has it: no reader takes a line for two that another shows as one.
LINE_END = re.compile("\r\n?|[\n\v\f\x1c-\x1e\x85\u2028\u2029]")
SURROGATE = re.compile("[\ud800-\udfff]")
FENCE = re.compile(r"^(?:`{3}|~{3})", re.MULTILINE)


class Meter:
    """Count the steps spent on one text and refuse it when they are used up."""

    def __init__(self, steps: int = MAX_STEPS):
        self.left = steps

    def charge(self, steps: int) -> None:
        self.left -= steps
        if self.left < 0:
            raise TextRefused(
                _(
                    "This text is too complex to show. Use fewer brackets, stars and other marks, "
                    "or split long paragraphs."
                )
            )


def clean(source: str, limit: int) -> str:
    """
    Return `source` with plain line ends and without unprintable characters.

    Raises `TextRefused` for more than `limit` characters, and for too many footnotes or fences.
    """
    if len(source) > limit:
        raise TextRefused(
            ngettext(
                "This text has %(length)d character. The limit is %(limit)d. Shorten the text.",
                "This text has %(length)d characters. The limit is %(limit)d. Shorten the text.",
                len(source),
            )
            % {"length": len(source), "limit": limit}
        )
    source = printable(LINE_END.sub("\n", source))
    if source.count("[^") > MAX_FOOTNOTES:
        sentence = ngettext(
            "This text has more than %d footnote mark. Use fewer footnotes.",
            "This text has more than %d footnote marks. Use fewer footnotes.",
            MAX_FOOTNOTES,
        )
        raise TextRefused(sentence % MAX_FOOTNOTES)
    if sum(1 for _fence in FENCE.finditer(source)) > MAX_FENCES:
        sentence = ngettext(
            "This text has more than %d line with ``` or ~~~. Use fewer blocks of code.",
            "This text has more than %d lines with ``` or ~~~. Use fewer blocks of code.",
            MAX_FENCES,
        )
        raise TextRefused(sentence % MAX_FENCES)
    return source


def printable(text: str) -> str:
    """Return `text` without unprintable characters, which may pose as our placeholders."""
    return SURROGATE.sub("\ufffd", UNPRINTABLE.sub("", text))


def too_deep() -> TextRefused:
    """Return the refusal of a text with too many levels of lists, quotations or emphasis."""
    return TextRefused(
        _(
            "This text has too many lists, quotations or emphasised words inside one another. "
            "Use fewer levels."
        )
    )


def metered(handle: Callable, meter: Meter, inline: Any) -> Callable:
    """
    Return a processor's `handleMatch`, wrapped so that each call is charged.

    A match copies the whole paragraph and starts the search again behind it, and its element is
    written and read three more times on the way out; a miss costs next to nothing.
    """

    def handle_match(match: re.Match[str], data: str) -> tuple[Any, Any, Any]:
        if len(inline.ancestors) > MAX_INLINE_DEPTH:
            raise too_deep()
        node, start, end = handle(match, data)
        attributes = getattr(node, "attrib", {})
        meter.charge(
            20
            if node is None
            else 250 + len(data) // 32 + sum(len(value) for value in attributes.values()) // 4
        )
        return node, start, end

    return handle_match
