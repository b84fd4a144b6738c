"""Render works for lists: their label and their entry."""

from html import escape
from typing import NamedTuple

from blog.citations import CiteItem, Cluster, format_citations
from blog.citations.runs import plain
from blog.text.sanitise import INLINE, linkify, sanitise

MAX_LABEL_CHARS = 300


class RenderedWork(NamedTuple):
    """The label of a work in a text, “Rajagopal et al., 2012”, and its entry as ``html``.

    The label has at most MAX_LABEL_CHARS, as the row that stores it.
    """

    label: str
    html: str


def render_work(csl: dict) -> RenderedWork:
    """Return a work's label, and its entry in a reference list as safe HTML.

    A work without an entry, such as a letter, has its label there.
    """
    formatted = format_citations({"work": csl}, [Cluster((CiteItem("work"),))])
    label = " ".join(plain(formatted.in_text[0]).split()).removeprefix("(").removesuffix(")")
    entry = sanitise(linkify(formatted.entries[0].html), INLINE)
    return RenderedWork(label[:MAX_LABEL_CHARS], entry or escape(label))
