"""Convert HTML from a word processor or a browser to Markdown."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from blog.paste.html.comments import plain_mark, with_plain_marks, without_large_blocks
from blog.paste.html.footnotes import take_notes
from blog.paste.html.markdown import Writer
from blog.paste.html.placed_pictures import place_pictures
from blog.paste.html.semantics import tidy
from blog.paste.html.shortcodes import replace_shortcodes
from blog.paste.html.source import complete, is_html, prepare_source
from blog.paste.html.tree import MAX_PASTE_CHARS, flatten, parse
from blog.paste.html.visibility import leave_out

__all__ = ["MAX_PASTE_CHARS", "ConvertedHtml", "is_code", "is_html", "read_html", "read_source"]

# A code editor copies its colours; the text in it is plain, or Markdown.
PRE = re.compile(r"white-space:pre\b")
RULE = "---"
# Returns the word that stands for a picture with these attributes, "" for none.
PlacePicture = Callable[[Mapping[str, str]], str]


@dataclass(frozen=True)
class ConvertedHtml:
    """A page as Markdown, with counts of the parts that it preserved and left out."""

    text: str
    preserved: dict[str, int] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)
    is_page: bool = False


def read_html(
    html: str,
    taken: Collection[str] = (),
    *,
    for_comment: bool = False,
    place_picture: PlacePicture | None = None,
) -> ConvertedHtml:
    """Return HTML as Markdown: headings, lists, links, emphasis, quotations, notes and tables.

    ``taken`` are the labels of footnotes in the text it goes into. A comment has no headings, notes
    and tables: their words are paragraphs in it. Every word that the page shows is in the text or
    in something counted as left out. ``place_picture`` says which word stands for a picture;
    without it pictures are left out. Never raises; reads no more than ``MAX_PASTE_CHARS``.
    """
    root = parse(complete(html[:MAX_PASTE_CHARS]))
    replace_shortcodes(root)
    if place_picture is not None:
        place_pictures(root, place_picture)
    left_out = leave_out(root)
    flatten(root)
    notes = take_notes(root, taken)
    trees = [root, *(holder for _label, holder in notes)]
    for tree in trees:
        tidy(tree)
    if for_comment:
        with_plain_marks(root)
        left_out["formats"] += len(notes) + sum(map(without_large_blocks, trees))
    writer = Writer(root)
    blocks = writer.blocks(root)
    while blocks and blocks[-1] == RULE:  # between the text and its notes
        blocks.pop()
    for label, holder in notes:
        note = "\n\n".join(Writer(holder).blocks(holder)).strip()
        blocks.append(f"{plain_mark(label)} {note}" if for_comment else _definition(label, note))
    preserved = dict(writer.preserved)
    if notes and not for_comment:
        preserved["notes"] = len(notes)
    return ConvertedHtml("\n\n".join(blocks), preserved, dict(+left_out), is_page=True)


def read_source(
    text: str,
    taken: Collection[str] = (),
    *,
    for_comment: bool = False,
    place_picture: PlacePicture | None = None,
) -> ConvertedHtml:
    """Return the source of a page that was pasted as text, as ``read_html`` does."""
    source = prepare_source(text[:MAX_PASTE_CHARS])
    return read_html(source, taken, for_comment=for_comment, place_picture=place_picture)


def is_code(html: str) -> bool:
    """Return whether HTML comes from a code editor."""
    start = html[:3000].replace(" ", "").lower()
    return bool(PRE.search(start)) and "monospace" in start and "<p" not in start


def _definition(label: str, note: str) -> str:
    return f"[^{label}]: " + note.replace("\n", "\n    ").replace("    \n", "\n")
