"""Feedback in notes: which of its blocks are about which paragraph of the post. Pure."""

import re
from dataclasses import dataclass
from itertools import pairwise

from blog.text.passages import read

# A paragraph's number in words. Others than ASCII digits are none.
NUMBER = r"¶ ?([0-9]{1,3})(?!\w)"
# How a block says what it is about: “¶3: …”, “On ¶3 …”, “¶ 3 …”.
ON_PARAGRAPH = re.compile(rf"\A\s*(?:<p[^<>]*>)?\s*(?:<(?:strong|em)>)*\s*(?:[Oo]n\s+)?{NUMBER}")
# Links, code and tags, or a number.
LINKABLE = re.compile(rf"<a\b.*?</a>|<code\b.*?</code>|<[^<>]*>|(?<!\w){NUMBER}", re.DOTALL)


@dataclass(frozen=True)
class FeedbackNote:
    """Some blocks of feedback, and the number of the paragraph they are about, if they name one."""

    html: str
    paragraph: int | None


def split_feedback(html: str, last_paragraph: int) -> list[FeedbackNote]:
    """Return the HTML of feedback in notes, in its order; joined they are the whole.

    A block that begins with the number of a paragraph begins a note on it, to which lists and
    quotations after it belong. A number beyond the last is a word.
    """
    ends = [0, *(section.html_end for section in read(html).sections)]
    if ends[-1] < len(html):
        ends[-1:] = [len(html)] if len(ends) > 1 else [0, len(html)]
    notes: list[FeedbackNote] = []
    for start, end in pairwise(ends):
        block = html[start:end]
        number = _paragraph_of(block, last_paragraph)
        begins = number is not None or (block.lstrip().startswith("<p") and notes)
        if notes and (not begins or (number is None and notes[-1].paragraph is None)):
            earlier = notes.pop()
            block, number = earlier.html + block, earlier.paragraph
        if block:
            notes.append(FeedbackNote(block, number))
    return notes


def link_paragraphs(html: str, last_paragraph: int, address: str = "") -> str:
    """Return HTML in which the numbers of paragraphs link to them, on the page at an address."""

    def link(found: re.Match) -> str:
        number = int(found[1] or 0)
        if not 1 <= number <= last_paragraph:
            return found[0]
        return f'<a href="{address}#p{number}">¶{number}</a>'

    return LINKABLE.sub(link, html)


def _paragraph_of(block: str, last_paragraph: int) -> int | None:
    found = ON_PARAGRAPH.match(block)
    number = int(found[1]) if found else 0
    return number if 1 <= number <= last_paragraph else None
