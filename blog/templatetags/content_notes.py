"""Texts that are folded: behind the content note of their writer, or because they are muted."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_block_tag
def behind_note(content: SafeString, *notes: str) -> SafeString:
    """Fold what is between the tags behind the first of these content notes that says something.

    Without one it is as it is. An earlier version is behind its own note or the post's present one.
    """
    note = next(filter(None, notes), "")
    if not note:
        return content
    return render_to_string("blog/_content_note.html", {"note": note, "content": content})


@register.simple_block_tag(takes_context=True)
def behind_mute(context, content: SafeString, comment) -> SafeString:
    """Fold what is between the tags if it is a comment by somebody whom the reader has muted."""
    if not comment.is_folded_for(context["user"]):
        return content
    return render_to_string("blog/_muted.html", {"content": content})
