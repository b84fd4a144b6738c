"""The languages that people choose from."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def offered_languages() -> list[tuple[str, str]]:
    """Return each language with its name in itself; Django's own tag translates the names."""
    return list(settings.LANGUAGES)
