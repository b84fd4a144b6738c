"""
Bound what it costs to read a page that leaves its formatting open.

HTML5 opens ``<b>``, ``<font>`` and the like again in each block after the one they began in. A page
of few characters can so ask for millions of elements; no program that people copy from writes one.
"""

import re
from collections import Counter
from collections.abc import Iterator

from justhtml import stream

# A second <a> closes the first, so that links are not opened again by the dozen.
NAMES = "b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u"
FORMATTING = frozenset(NAMES.split("|"))
TAG = re.compile(rf"<(/?)(?:{NAMES})(?=[\s/>])", re.IGNORECASE)
NOT_BLOCKS = {"br", "img", "span"}
MAX_OPENED_AGAIN = 50_000  # elements, of which a page of that many tags has no more


def with_bounded_formatting(html: str) -> str:
    """Return HTML that is cheap to parse: in a page that is not, no formatting is read."""
    return TAG.sub(r"<\1span", html) if _opens_too_many(html) else html


def _opens_too_many(html: str) -> bool:
    """Return whether more elements than the bound may be opened again, after any of the tags."""
    is_open: Counter[str] = Counter()
    opened_again = 0
    for kind, name in _tags(html):
        if name in FORMATTING and kind == "start":
            is_open[name] += 1
            continue
        if name in FORMATTING:
            is_open[name] -= is_open[name] > 0
        if name not in NOT_BLOCKS:
            opened_again += is_open.total()
        if opened_again > MAX_OPENED_AGAIN:
            return True
    return False


def _tags(html: str) -> Iterator[tuple[str, str]]:
    for event in stream(html):
        if event[0] == "start":
            yield "start", event[1][0]
        elif event[0] == "end":
            yield "end", event[1]
