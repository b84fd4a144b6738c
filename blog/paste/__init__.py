"""
Prepare a pasted text for a post, as changes that can each be refused. Pure.

The steps, each on the result of the one before: ``html`` makes Markdown of a page, ``mojibake``
repairs the encoding, ``hyphens`` joins divided words, ``paragraphs`` finds paragraphs, title and
prompt, ``references`` parses the reference list, ``citations`` replaces typed citations by keys. A
refused change is left out, and the steps after it are run again without it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from blog.paste.changes import Change, apply_changes, bare
from blog.paste.citations import find_citations
from blog.paste.html import MAX_PASTE_CHARS, ConvertedHtml, is_code, is_html, read_html, read_source
from blog.paste.hyphens import find_divided_words
from blog.paste.mojibake import find_mojibake
from blog.paste.paragraphs import find_opening, separate_paragraphs
from blog.paste.references import find_references, list_start, without_empty_list
from blog.text.guard import LINE_END

__all__ = ["MAX_PASTE_CHARS", "Change", "Paste", "prepare", "prepare_comment"]

NOTE = re.compile(r"\[\^([^\[\]\s]{1,20})\]")
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufeff]")


@dataclass(frozen=True)
class Paste:
    """A pasted text as it would go into the draft.

    ``works`` are new references, CSL-JSON by the keys that the text cites. ``preserved`` and
    ``left_out`` count the parts of a page: {"headings": 2}, {"images": 1}.
    """

    text: str
    title: str = ""
    changes: tuple[Change, ...] = ()
    works: Mapping[str, dict] = field(default_factory=dict)
    preserved: Mapping[str, int] = field(default_factory=dict)
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
    """Return a pasted text as Markdown, with the changes that ``chosen`` does not refuse.

    ``draft`` and ``title`` are the text and title of the post it goes into, ``works`` its
    references as CSL-JSON by key; ``chosen`` maps names of changes to whether they are wanted.
    Never raises; a text over ``MAX_PASTE_CHARS`` is cut.
    """
    works, chosen = works or {}, chosen or {}
    read = _read(text[:MAX_PASTE_CHARS], html[:MAX_PASTE_CHARS], draft)
    text, repairs = apply_changes(read.text, find_mojibake(read.text), chosen)
    divided: list[Change] = []
    if not read.is_page:
        text, divided = apply_changes(text, find_divided_words(text), chosen)
    text, separated = _separate(text, chosen, is_plain=not read.is_page)
    text, openings = apply_changes(text, find_opening(text, title=title, prompt=prompt), chosen)
    text, sources = _take_references(text, works, chosen)
    new = {one.key: one.csl for one in sources if one.applied and one.csl and one.key not in works}
    text, citations = apply_changes(text, find_citations(text, {**works, **new}), chosen)
    found_title = next((bare(c.before) for c in openings if c.kind == "title" and c.applied), "")
    return Paste(
        text=text.strip("\n"),
        title=found_title,
        changes=(*repairs, *divided, *separated, *openings, *sources, *citations),
        works=new,
        preserved=read.preserved,
        left_out=read.left_out,
    )


def prepare_comment(text: str, html: str = "") -> Paste:
    """Return a pasted text as Markdown for a comment or for feedback.

    These have fewer blocks than a post, no references and no citations; so a page is converted, and
    a plain text stays as it is. Never raises; a text over ``MAX_PASTE_CHARS`` is cut.
    """
    read = _read(text[:MAX_PASTE_CHARS], html[:MAX_PASTE_CHARS], for_comment=True)
    return Paste(text=read.text, preserved=read.preserved, left_out=read.left_out)


def _read(text: str, html: str, draft: str = "", *, for_comment: bool = False) -> ConvertedHtml:
    taken = set(NOTE.findall(draft))
    read = None
    if html and not is_code(html):
        read = read_html(html, taken, for_comment=for_comment)
    elif not html and is_html(text):
        read = read_source(text, taken, for_comment=for_comment)
    if read is not None and read.text.strip():
        return read
    return ConvertedHtml(UNPRINTABLE.sub("", LINE_END.sub("\n", text)))


def _separate(
    text: str, chosen: Mapping[str, bool], *, is_plain: bool
) -> tuple[str, Iterable[Change]]:
    """Separate paragraphs by blank lines, as one change."""
    separated = separate_paragraphs(text) if is_plain else text
    if separated == text.strip("\n"):
        return text, ()
    one = Change("lines", 0, len(text), "", "", "lines-1", applied=chosen.get("lines-1", True))
    return separated if one.applied else text, (one,)


def _take_references(
    text: str, works: Mapping[str, dict], chosen: Mapping[str, bool]
) -> tuple[str, list[Change]]:
    start = list_start(text)
    text, found = apply_changes(text, find_references(text, works), chosen)
    if any(one.applied for one in found):
        text = f"{text[:start]}\n" + re.sub(r"\n{3,}", "\n\n", text[start:].lstrip("\n"))
        text = without_empty_list(text, start)
    return text, found
