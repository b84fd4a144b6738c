"""The stored HTML of a text as a feed has it: read far from the page it was written for."""

import re
from html import escape, unescape
from urllib.parse import urljoin

from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from blog.queries.passages import ShownPassage

# Exactly what nh3 writes: the values of attributes are quoted, and no text has a bare “<”.
ATTRIBUTES = r'(?: [a-z-]+="[^"]*")*'
LINK = re.compile(rf"<a({ATTRIBUTES})>")
PICTURE = re.compile(rf"<img({ATTRIBUTES})>")
HREF = re.compile(r' href="([^"]*)"')
MAX_PASSAGE_CHARS = 280  # as under the post
ALTERNATIVE = re.compile(r' alt="([^"]*)"')


def for_feed(html: str, page_url: str) -> str:
    """Return safe HTML with whole addresses and without pictures.

    A picture is for those who may see its post, and is asked for with a session, which a feed
    reader does not have: its description stands in its place.
    """
    return LINK.sub(lambda tag: _with_whole_address(tag, page_url), PICTURE.sub(_described, html))


def with_references(html: str, references: list[dict]) -> str:
    """Return the HTML of a post with its list of references below, as on its page."""
    if not references:
        return html
    entries = "".join(f"<li>{entry['html']}</li>" for entry in references)
    heading = _("References")
    return f"{html}<h2>{heading}</h2><ul>{entries}</ul>"


def with_passage(html: str, passage: ShownPassage | None) -> str:
    """Return the HTML of a comment below the words that it is on, where its reader sees them."""
    if passage is None or not passage.words:
        return html
    words = Truncator(passage.words).chars(MAX_PASSAGE_CHARS)
    return f'<blockquote dir="auto">{escape(words, quote=False)}</blockquote>{html}'


def in_place_of(html: str, said: str, url: str) -> str:
    """Return the words in place of a text and the way to it; the text if there are none."""
    if not said:
        return html
    link = format_html('<a href="{}">{}</a>', url, _("Read the text on its page"))
    return format_html("<p>{}</p><p>{}</p>", said, link)


def _with_whole_address(tag: re.Match, page_url: str) -> str:
    attributes = HREF.sub(
        lambda href: f' href="{escape(urljoin(page_url, unescape(href[1])))}"', tag[1]
    )
    return f"<a{attributes}>"


def _described(tag: re.Match) -> str:
    found = ALTERNATIVE.search(tag[1])
    if not found or not found[1].strip():
        return ""  # a decoration
    words = _("Picture: %(description)s") % {"description": unescape(found[1])}
    return f"<em>{escape(words, quote=False)}</em>"
