"""Hits of a search, marked in the text that was found."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from blog.text.search import Piece

register = template.Library()


@register.filter
def with_marks(pieces: Iterable[Piece]) -> SafeString:
    """Return pieces of a text as HTML, with what was searched for marked."""
    printed = (
        format_html('<mark class="hit">{}</mark>', text) if is_hit else text
        for text, is_hit in pieces
    )
    return format_html_join("", "{}", ((piece,) for piece in printed))
