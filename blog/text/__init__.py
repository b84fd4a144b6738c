"""
Markdown to safe HTML, with citations, numbered paragraphs, an excerpt and a count of words.

Pure: no ORM, no request. The way of a text: `guard` refuses one that is too long and meters the
rest, `extensions` is our Markdown (with `brackets`, `fences`, `pictures` and `treeprocessors`),
`inline_citations` inserts the citations, `sanitise` lets out safe HTML only, and `plain` counts and
cuts its words.
"""

from blog.text.guard import MAX_COMMENT_CHARS, MAX_POST_CHARS
from blog.text.inline_citations import anchor
from blog.text.pictures import PictureFiles
from blog.text.plain import count_source_words
from blog.text.render import (
    RENDERER_VERSION,
    Rendered,
    RenderedReference,
    render_comment,
    render_post,
    render_question,
)

__all__ = [
    "MAX_COMMENT_CHARS",
    "MAX_POST_CHARS",
    "RENDERER_VERSION",
    "Rendered",
    "RenderedReference",
    "PictureFiles",
    "anchor",
    "count_source_words",
    "render_comment",
    "render_post",
    "render_question",
]
