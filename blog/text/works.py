"""A work as lists show it: its label and its entry."""

from html import escape
from typing import NamedTuple

from blog.citations import CiteItem, Cluster, format_citations
from blog.citations.runs import plain
from blog.text.sanitise import INLINE, linkify, sanitise


class RenderedWork(NamedTuple):
    """``label`` is what a text calls the work, “Rajagopal et al., 2012”; ``html`` its entry."""

    label: str
    html: str


def render_work(csl: dict) -> RenderedWork:
    """Return a work's label, and its entry in a reference list as HTML that may be shown.

    What has no entry in a list, such as a letter, shows its label instead.
    """
    formatted = format_citations({"work": csl}, [Cluster((CiteItem("work"),))])
    label = " ".join(plain(formatted.in_text[0]).split()).removeprefix("(").removesuffix(")")
    entry = sanitise(linkify(formatted.entries[0].html), INLINE)
    return RenderedWork(label, entry or escape(label))
