"""Tags that mark up changes of a text: by an element and a word, never by colour alone.

The markup is made here and not in templates because a space more would be a change too many.
"""

import re
from collections.abc import Iterable, Mapping

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from blog.citations.clusters import cited_keys
from blog.paste import Change
from blog.paste.changes import unmarked
from blog.text.diff import ADDED, Piece

register = template.Library()

EMPHASIS = re.compile(r"(?<![\\*])\*([^*\n]{1,500})\*(?!\*)")
MARKED = '<{0}><span class="visually-hidden">{1} </span>{2}</{0}>'


@register.filter
def marked_changes(pieces: Iterable[Piece]) -> SafeString:
    """Mark up what was added and what was removed."""
    return format_html_join("", "{}", ((_marked(piece),) for piece in pieces))


@register.filter
def one_version(pieces: Iterable[Piece], side: str) -> SafeString:
    """Mark up one of two versions; ``side`` is the kind of pieces that only this one has."""
    parts = (_of_version(piece) for piece in pieces if piece.is_unchanged or piece.kind == side)
    return format_html_join("", "{}", ((part,) for part in parts))


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
    return "; ".join(labels[key] for key in cited_keys(change.after) if key in labels)


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


def _of_version(piece: Piece) -> str:
    if piece.is_unchanged:
        return piece.text
    return format_html(MARKED, "mark", _("only here:"), piece.text)


def _marked(piece: Piece) -> str:
    if piece.is_unchanged:
        return piece.text
    return _added(piece.text) if piece.kind == ADDED else _removed(piece.text)


def _added(text: str) -> SafeString:
    return format_html(MARKED, "ins", _("added:"), text)


def _removed(text: str) -> SafeString:
    return format_html(MARKED, "del", _("removed:"), text)
