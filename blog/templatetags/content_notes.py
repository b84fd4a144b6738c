"""Texts behind the content note of their writer."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_block_tag
def behind_note(content: SafeString, note: str) -> SafeString:
    """Fold what is between the tags behind a content note; without a note it is as it is."""
    if not note:
        return content
    return render_to_string("blog/_content_note.html", {"note": note, "content": content})
