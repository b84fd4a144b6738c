"""Prepare what somebody pastes for a post, each change apart, so that it can be left out. Pure.

The steps, each on what the one before left: ``html`` makes Markdown of a page, ``mojibake``
repairs broken letters, ``paragraphs`` finds paragraphs, title and prompt, ``references`` reads the
reference list, ``citations`` joins citations to works. A change that is not wanted is left out,
and what follows is worked out again without it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from blog.paste.changes import Change, apply_changes
from blog.paste.citations import cited
from blog.paste.html import MAX_PASTE_CHARS, Read, is_code, is_html, read_html
from blog.paste.mojibake import broken
from blog.paste.paragraphs import bare, doubled, opening
from blog.paste.references import list_start, listed, without_empty_list

__all__ = ["MAX_PASTE_CHARS", "Change", "Paste", "prepare"]

NOTE = re.compile(r"\[\^([^\[\]\s]{1,20})\]")
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufeff]")


@dataclass(frozen=True)
class Paste:
    """A pasted text as it would go into the draft.

    ``works`` are new for the shelf, by the keys that the text cites them by. ``kept`` and
    ``left_out`` count the parts of a page: {"headings": 2}, {"images": 1}.
    """

    text: str
    title: str = ""
    changes: tuple[Change, ...] = ()
    works: Mapping[str, dict] = field(default_factory=dict)
    kept: Mapping[str, int] = field(default_factory=dict)
    left_out: Mapping[str, int] = field(default_factory=dict)


def prepare(
    text: str,
    html: str = "",
    *,
    draft: str = "",
    title: str = "",
    prompt: str = "",
    works: Mapping[str, dict] | None = None,
    chosen: Mapping[str, bool] | None = None,
) -> Paste:
    """Return what was pasted as Markdown, with the changes that ``chosen`` does not refuse.

    ``draft`` and ``title`` are what stands in the post it goes into, ``works`` its shelf by key.
    Never raises; what is longer than ``MAX_PASTE_CHARS`` is cut.
    """
    works, chosen = works or {}, chosen or {}
    read = _read(text[:MAX_PASTE_CHARS], html[:MAX_PASTE_CHARS], draft)
    text, mended = apply_changes(read.text, broken(read.text), chosen)
    text, parted = _part(text, chosen, is_plain=not read.is_page)
    text, opened = apply_changes(text, opening(text, title=title, prompt=prompt), chosen)
    text, sources = _take_references(text, works, chosen)
    new = {one.key: one.csl for one in sources if one.applied and one.csl and one.key not in works}
    text, citations = apply_changes(text, cited(text, {**works, **new}), chosen)
    found_title = next((bare(c.before) for c in opened if c.kind == "title" and c.applied), "")
    return Paste(
        text=text.strip("\n"),
        title=found_title,
        changes=(*mended, *parted, *opened, *sources, *citations),
        works=new,
        kept=read.kept,
        left_out=read.left_out,
    )


def _read(text: str, html: str, draft: str) -> Read:
    taken = set(NOTE.findall(draft))
    if not html and is_html(text):
        html = text
    if html and not is_code(html):
        read = read_html(html, taken)
        if read.text.strip():
            return read
    return Read(UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))


def _part(text: str, chosen: Mapping[str, bool], *, is_plain: bool) -> tuple[str, Iterable[Change]]:
    """Make paragraphs of lines, as one change."""
    parted = doubled(text) if is_plain else text
    if parted == text.strip("\n"):
        return text, ()
    one = Change("lines", 0, len(text), "", "", "lines-1", applied=chosen.get("lines-1", True))
    return parted if one.applied else text, (one,)


def _take_references(
    text: str, works: Mapping[str, dict], chosen: Mapping[str, bool]
) -> tuple[str, list[Change]]:
    start = list_start(text)
    text, found = apply_changes(text, listed(text, works), chosen)
    if any(one.applied for one in found):
        text = text[:start] + re.sub(r"\n{3,}", "\n\n", text[start:])
        text = without_empty_list(text, start)
    return text, found
