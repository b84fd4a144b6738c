"""Convert HTML from a word processor or a browser to Markdown."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from blog.paste.html.footnotes import take_notes
from blog.paste.html.markdown import Writer
from blog.paste.html.semantics import tidy
from blog.paste.html.tree import MAX_PASTE_CHARS, Node, parse

# A code editor copies its colours; the text in it is plain, or Markdown.
PRE = re.compile(r"white-space:pre\b")
LOOKS_LIKE = re.compile(
    r"<(?:!doctype|html|body|p|div|h[1-6]|ul|ol|table|span|b|meta)\b[^<>]*>", re.I
)


@dataclass(frozen=True)
class ConvertedHtml:
    """A page as Markdown, with counts of the parts that it preserved and left out."""

    text: str
    preserved: dict[str, int] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)
    is_page: bool = False


def read_html(html: str, taken: Collection[str] = ()) -> ConvertedHtml:
    """Return HTML as Markdown: headings, lists, links, emphasis, quotations, notes and tables.

    ``taken`` are the labels of footnotes in the text it goes into. Never raises; reads no more than
    ``MAX_PASTE_CHARS``.
    """
    root = parse(html)
    _drop_comments_of_word(root)
    notes = take_notes(root, taken)
    tidy(root)
    writer = Writer(root)
    blocks = writer.blocks(root)
    for label, holder in notes:
        tidy(holder)
        note = "\n\n".join(Writer(holder).blocks(holder)).strip()
        blocks.append(f"[^{label}]: " + note.replace("\n", "\n    ").replace("    \n", "\n"))
    preserved = dict(writer.preserved) | ({"notes": len(notes)} if notes else {})
    return ConvertedHtml("\n\n".join(blocks), preserved, dict(writer.left_out), is_page=True)


def is_html(text: str) -> bool:
    """Return whether a pasted text is the HTML source of a page."""
    start = text.lstrip()[:2000]
    return (
        start.startswith("<")
        and len(LOOKS_LIKE.findall(start)) > 0
        and "</" in text[:MAX_PASTE_CHARS]
    )


def is_code(html: str) -> bool:
    """Return whether HTML comes from a code editor."""
    start = html[:3000].replace(" ", "").lower()
    return bool(PRE.search(start)) and "monospace" in start and "<p" not in start


def _drop_comments_of_word(root: Node) -> None:
    """Remove Word's comments in the margin, which are not part of the text."""
    for node in list(root.walk()):
        remark = node.style.get("mso-element", "").startswith("comment")
        if (remark or "MsoCommentReference" in node.classes) and node.parent is not None:
            node.replace_with()
