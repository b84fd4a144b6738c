"""
Markdown to safe HTML, with citations, numbered paragraphs, an excerpt and a count of words.

Pure: no ORM, no request. The way of a text: `guard` refuses what is too long and counts what the
rest costs, `markup` reads it (with `brackets`, `marks` and `finish`), `marks` puts the citations
in, `sanitise` lets out only what may be shown, and `plain` says what it says.
"""

from blog.text.guard import MAX_COMMENT_CHARS, MAX_POST_CHARS
from blog.text.inline_citations import anchor
from blog.text.pictures import Shown
from blog.text.render import (
    RENDERER_VERSION,
    Rendered,
    RenderedReference,
    render_comment,
    render_post,
)

__all__ = [
    "MAX_COMMENT_CHARS",
    "MAX_POST_CHARS",
    "RENDERER_VERSION",
    "Rendered",
    "RenderedReference",
    "Shown",
    "anchor",
    "render_comment",
    "render_post",
]
