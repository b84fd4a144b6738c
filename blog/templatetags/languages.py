"""The languages that people choose from, and how each joins the parts of a list."""

from django import template
from django.conf import settings

from blog.text import lists

register = template.Library()
register.filter("comma_list", lists.comma_list)


@register.simple_tag
def offered_languages() -> list[tuple[str, str]]:
    """Return each language with its name in itself; Django's own tag translates the names."""
    return list(settings.LANGUAGES)
