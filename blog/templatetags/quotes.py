"""Words of somebody between the quotation marks of the reader’s language."""

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from blog.text.lists import isolated

register = template.Library()


@register.filter(needs_autoescape=True)
def quoted(words: object, autoescape: bool = True) -> str:
    """Return words in quotation marks; they are escaped where a page escapes."""
    shown = conditional_escape(words) if autoescape else str(words)
    return mark_safe(_("“%(title)s”") % {"title": isolated(shown)})
