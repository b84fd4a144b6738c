"""
Passages of a post that comments are on: the words of its HTML, where a quotation is in them, and
the HTML with its passages marked. Pure.

A place is counted in Unicode code points of the text that `read` returns, as the W3C's Web
Annotation model has it ("unicode code points and not code units") and as Python counts: an emoji
beyond the first plane is one. Browsers count it as two, so no script sends a place.
"""

from blog.text.passages.finding import (
    CONTEXT_CHARS,
    Change,
    Folded,
    Place,
    Quotation,
    Rewriting,
    find_again,
    find_quotation,
    quote,
)
from blog.text.passages.marking import Block, Marked, link_numbers, mark_passages
from blog.text.passages.selecting import Selection, find_selection
from blog.text.passages.words import PassageText, read

__all__ = [
    "CONTEXT_CHARS",
    "Block",
    "Change",
    "Folded",
    "Marked",
    "PassageText",
    "Place",
    "Quotation",
    "Rewriting",
    "Selection",
    "find_again",
    "find_quotation",
    "find_selection",
    "link_numbers",
    "mark_passages",
    "quote",
    "read",
]
