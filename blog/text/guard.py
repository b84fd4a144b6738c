"""
What a text may cost.

Python-Markdown reads some short texts in quadratic time and some by deep recursion: ten kilobytes
of `[a` cost it eight seconds. Nothing about a text shows reliably beforehand whether it is one of
those, so the work is counted while it is done: every processor that reads the text reports to one
`Meter`, and a text that has used up its steps is refused. The bound holds for recipes that nobody
has thought of yet, and an ordinary post uses a few per cent of it.
"""

import re
from collections.abc import Callable

from django.utils.translation import gettext as _

from blog.exceptions import TextRefused

MAX_POST_CHARS = 60_000
MAX_COMMENT_CHARS = 10_000

MAX_STEPS = 4_000_000  # one step is about one turn of a Python loop, 50 ns
MAX_BLOCK_DEPTH = 30  # of the parser's state: a list in a list takes one or two
MAX_INLINE_DEPTH = 25
MAX_FOOTNOTES = 300
MAX_FENCES = 400

# Characters that have no place in text: controls, overrides of the reading direction (they let a
# text pose as another), and noncharacters, which the renderer keeps for its own marks.
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202d\u202e\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)
LINE_END = re.compile("\r\n?|\x85|\u2028")
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
                    "This text is too intricate to be shown. Use fewer brackets, stars and other "
                    "marks in one paragraph, or divide it into shorter paragraphs."
                )
            )


def clean(source: str, limit: int) -> str:
    """Return `source` with plain line ends and without unprintable characters, or refuse it."""
    if len(source) > limit:
        raise TextRefused(
            _("This text has %(length)d characters; at most %(limit)d can be kept.")
            % {"length": len(source), "limit": limit}
        )
    source = printable(LINE_END.sub("\n", source))
    fences = sum(1 for _fence in FENCE.finditer(source))
    _refuse_more(source.count("[^"), MAX_FOOTNOTES, _("This text has more than %d footnote marks."))
    _refuse_more(fences, MAX_FENCES, _("In this text more than %d lines begin or end code."))
    return source


def printable(text: str) -> str:
    """Return `text` without unprintable characters, which may pose as the renderer's marks."""
    return SURROGATE.sub("\ufffd", UNPRINTABLE.sub("", text))


def _refuse_more(count: int, most: int, sentence: str) -> None:
    if count > most:
        raise TextRefused(sentence % most)


def too_deep() -> TextRefused:
    """Say that lists, quotations or emphasis stand inside one another too often."""
    return TextRefused(
        _("Lists, quotations or emphasis are nested too deeply in this text to be shown.")
    )


def metered(handle: Callable, meter: Meter, inline) -> Callable:
    """
    Wrap a processor's `handleMatch` so that each call is paid for.

    A match copies the whole paragraph and starts the search again behind it, and its element is
    written and read three more times on the way out; a miss costs next to nothing.
    """

    def handle_match(match, data):
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
