"""What a word processor or a browser puts on the clipboard, as Markdown."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from blog.paste.html.footnotes import take_notes
from blog.paste.html.markdown import Writer
from blog.paste.html.semantics import tidy
from blog.paste.html.tree import MAX_PASTE_CHARS, Node, parse

# An editor of code copies its colours; what it holds is plain text, Markdown perhaps.
PRE = re.compile(r"white-space:pre\b")
LOOKS_LIKE = re.compile(
    r"<(?:!doctype|html|body|p|div|h[1-6]|ul|ol|table|span|b|meta)\b[^<>]*>", re.I
)


@dataclass(frozen=True)
class Read:
    """A page as Markdown; how often each thing was kept, and what was left out."""

    text: str
    kept: dict[str, int] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)
    is_page: bool = False


def read_html(html: str, taken: Collection[str] = ()) -> Read:
    """Keep headings, lists, links, emphasis, quotations, notes and tables; leave out the rest.

    ``taken`` are the labels of footnotes in the text it goes into. Never raises; what is longer
    than ``MAX_PASTE_CHARS`` is read so far.
    """
    root = parse(html)
    _drop_comments_of_word(root)
    notes = take_notes(root, taken)
    tidy(root)
    writer = Writer(root)
    blocks = writer.blocks(root)
    for label, holder in notes:
        tidy(holder)
        note_writer = Writer(holder)
        said = "\n\n".join(note_writer.blocks(holder)).strip()
        blocks.append(f"[^{label}]: " + said.replace("\n", "\n    ").replace("    \n", "\n"))
    kept = dict(writer.seen) | ({"notes": len(notes)} if notes else {})
    return Read("\n\n".join(blocks), kept, dict(writer.left_out), is_page=True)


def is_html(text: str) -> bool:
    """Say whether somebody pasted the source of a page where text goes."""
    start = text.lstrip()[:2000]
    return (
        start.startswith("<")
        and len(LOOKS_LIKE.findall(start)) > 0
        and "</" in text[:MAX_PASTE_CHARS]
    )


def is_code(html: str) -> bool:
    """Say whether an editor of code painted this."""
    start = html[:3000].replace(" ", "").lower()
    return bool(PRE.search(start)) and "monospace" in start and "<p" not in start


def _drop_comments_of_word(root: Node) -> None:
    """Remarks in the margin are talk about a text, not part of it."""
    for node in list(root.walk()):
        remark = node.style.get("mso-element", "").startswith("comment")
        if (remark or "MsoCommentReference" in node.classes) and node.parent is not None:
            node.replace_with()
