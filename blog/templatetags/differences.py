"""Tags that mark up changes of a text: by an element and a word, never by colour alone.

The markup is made here and not in templates because a space more would be a change too many.
"""

import re
from collections.abc import Iterable, Mapping

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog.citations.clusters import cited_keys
from blog.paste import Change
from blog.paste.changes import unmarked
from blog.text.diff import ADDED, REMOVED, Piece
from blog.text.format_names import format_name
from blog.text.formatted_diff import FormattedLine
from blog.text.formatting import Block, Format
from blog.text.invisible import is_blank
from blog.text.lists import semicolon_list

register = template.Library()

EMPHASIS = re.compile(r"(?<![\\*])\*([^*\n]{1,500})\*(?!\*)")
MARKED = '<{0}><span class="visually-hidden">{1} </span>{2}</{0}>'
# What is before a line of a text for screen readers alone.
HIDDEN_LABELS = {
    "heading": gettext_lazy("Heading:"),
    "quotation": gettext_lazy("Quote:"),
    "code": gettext_lazy("Code:"),
    "row": gettext_lazy("Table row:"),
}
SIGNS = {" ": "␣", "\t": "⇥", "\n": "¶"}


@register.filter
def marked_changes(pieces: Iterable[Piece]) -> SafeString:
    """Mark up added and removed words."""
    return format_html_join("", "{}", ((_marked(piece),) for piece in pieces))


@register.filter
def one_version(pieces: Iterable[Piece], side: str) -> SafeString:
    """Mark up one of two versions; ``side`` is the kind of pieces that only this one has."""
    parts = (_of_version(piece) for piece in pieces if piece.is_unchanged or piece.kind == side)
    return format_html_join("", "{}", ((part,) for part in parts))


@register.filter
def changed_paragraphs(lines: Iterable[FormattedLine]) -> SafeString:
    """Mark up lines with added, removed and reformatted words."""
    return _joined(
        _paragraph(line.block, marked_changes(line.pieces)) + _note_of_change(line)
        for line in lines
    )


@register.filter
def version_paragraphs(lines: Iterable[FormattedLine], side: str) -> SafeString:
    """Mark up the lines of one of two versions; ``side`` is as in ``one_version``."""
    return _joined(_of_side(line, side) for line in lines)


@register.filter
def marked_replacement(change: Change) -> SafeString:
    """Mark up a change to a pasted text, with the words around it, as its reader will see them."""
    return format_html(
        '<span class="meta">…{}</span>{}{}<span class="meta">{}…</span>',
        unmarked(change.lead),
        _removed(unmarked(change.before)),
        _added(change.after) if change.after else "",
        unmarked(change.tail),
    )


@register.filter
def in_context(change: Change) -> SafeString:
    """Mark up what a change is about, with the words around it, as its reader sees them."""
    return format_html(
        '<span class="meta">…{}</span><mark>{}</mark><span class="meta">{}…</span>',
        unmarked(change.lead),
        unmarked(change.before),
        unmarked(change.tail),
    )


@register.filter
def works_cited(change: Change, labels: Mapping[str, str]) -> str:
    """Return the works that a change cites, by label and title; ``labels`` has those by key."""
    return semicolon_list(labels[key] for key in cited_keys(change.after) if key in labels)


@register.filter
def with_emphasis(markdown: str) -> SafeString:
    """Mark up a line of Markdown with its emphasis alone, as reference lists have it."""
    parts = EMPHASIS.split(markdown)
    pairs = zip(parts[::2], [*parts[1::2], ""], strict=True)
    return format_html_join(
        "",
        "{}{}",
        (
            (unmarked(words), format_html("<i>{}</i>", unmarked(inside)) if inside else "")
            for words, inside in pairs
        ),
    )


def _joined(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def _of_side(line: FormattedLine, side: str) -> SafeString:
    is_old = side == REMOVED
    block, formats = (line.old_block, line.lost) if is_old else (line.new_block, line.gained)
    if block is None:
        return SafeString()
    paragraph = _paragraph(block, one_version(line.pieces, side))
    if not formats:
        return paragraph
    return paragraph + _note(_("Formatting only here: %(formats)s.") % {"formats": _names(formats)})


def _paragraph(block: Block, words: SafeString) -> SafeString:
    return format_html('<p class="is-{}">{}{}</p>', block.kind, _label(block), words)


def _label(block: Block) -> str:
    """Return what is before a line: seen for items and footnotes, else for screen readers alone."""
    if block.kind == "footnote" and block.label:
        label = _("Footnote %(number)s:") % {"number": block.label}
        return format_html('<span class="meta">{} </span>', label)
    if block.label:
        return format_html('<span class="meta">{} </span>', block.label)
    if block.kind not in HIDDEN_LABELS:
        return ""
    return format_html('<span class="visually-hidden">{} </span>', HIDDEN_LABELS[block.kind])


def _note_of_change(line: FormattedLine) -> SafeString:
    if not line.lost and not line.gained:
        return SafeString()
    is_all = line.has_same_words
    parts = [_("Only the formatting changed.") if is_all else _("The formatting changed too.")]
    if line.lost:
        parts.append(_("Before: %(formats)s.") % {"formats": _names(line.lost)})
    if line.gained:
        parts.append(_("Now: %(formats)s.") % {"formats": _names(line.gained)})
    return _note(" ".join(parts))


def _note(words: str) -> SafeString:
    return format_html('<p class="is-note">{}</p>', words)


def _names(formats: Iterable[Format]) -> str:
    return semicolon_list(format_name(each) for each in formats)


def _visible(text: str) -> str:
    """Return a change with signs before its blanks, if it has nothing that anybody sees."""
    if not is_blank(text):
        return text
    return format_html_join(
        "", '<span class="sign">{}</span>{}', ((_sign_of(blank), blank) for blank in text)
    )


def _sign_of(blank: str) -> str:
    return SIGNS.get(blank, f"U+{ord(blank):04X}")


def _of_version(piece: Piece) -> str:
    if piece.is_unchanged:
        return piece.text
    return format_html(MARKED, "mark", _("only here:"), _visible(piece.text))


def _marked(piece: Piece) -> str:
    if piece.is_unchanged:
        return piece.text
    text = _visible(piece.text)
    return _added(text) if piece.kind == ADDED else _removed(text)


def _added(text: str) -> SafeString:
    return format_html(MARKED, "ins", _("added:"), text)


def _removed(text: str) -> SafeString:
    return format_html(MARKED, "del", _("removed:"), text)
