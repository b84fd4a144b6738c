"""Stencils: parts of pages that are rendered once, and then filled in with what differs.

A comment of a classmate has the same elements and words as the next one; name, time and text
differ. So its template is rendered once for each *shape* and language, with a placeholder for each
value, and every such comment after that is that text with its values in the places. Templates stay
what says how a page looks, and what is filled in is escaped as everywhere (ADR 0044).

What is rendered once is for everybody, so it is made of the shape alone. A template of a stencil
gets no request and no reader, and asks nothing: whoever fills it in has decided. They also set
apart a name that runs from the right (``blog.text.lists.isolated``): sentences elsewhere do so.
"""

import html
from collections.abc import Callable, Mapping
from functools import lru_cache
from secrets import randbelow
from typing import Any

from django.conf import settings
from django.template.loader import get_template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from blog.templatetags.compact import compacted

# A placeholder is a number that no template has: such a number can be in addresses and sentences,
# and there is nothing in it to escape. Each process draws its own, of 18 digits.
FIRST_PLACEHOLDER = 10**17 + randbelow(8 * 10**17)
MAX_CUTS = 2_000
MAX_TEXTS = 5_000
# Longer ones are rarely said twice; such as what somebody typed behind an address.
MAX_KEPT_SIGNS = 200


class Stencil:
    """A template with places for values, cut once in a process for each shape and language.

    A shape is a NamedTuple of what decides which elements and words there are. Its fields are in
    the context of the template, and so are the values, by their names. ``objects`` makes more of
    them, such as a comment that has nothing but its key.
    """

    def __init__(
        self,
        template: str,
        places: str,
        objects: Callable[[Any, Mapping[str, Any]], dict[str, Any]] | None = None,
    ):
        self.template = template
        self.places = tuple(places.split())
        self.objects = objects

    def fill(self, shape, values: Mapping[str, Any], language: str | None = None) -> SafeString:
        """Return the template as it is with these values, each escaped unless it is safe.

        Whoever fills many says once in which ``language``: the active one.
        """
        escaped = {name: _escaped(value) for name, value in values.items()}
        return mark_safe(self._cut(shape, language or get_language()) % escaped)

    def render(self, shape, values: Mapping[str, Any]) -> str:
        """Return the same without a stencil, by rendering the template."""
        more = self.objects(shape, values) if self.objects else {}
        return compacted(get_template(self.template).render({**shape._asdict(), **values, **more}))

    def _cut(self, shape, language: str | None) -> str:
        if settings.DEBUG:  # whoever changes a template wants to see it
            return _cut.__wrapped__(self, shape, language)
        return _cut(self, shape, language)


def _escaped(value: Any) -> Any:
    """Return the result of ``conditional_escape``; most values are safe, numbers or plain text."""
    kind = type(value)
    if kind is SafeString or kind is int or kind is float:
        return value
    if kind is str and len(value) <= MAX_KEPT_SIGNS:
        return _escaped_text(value)
    return conditional_escape(value)


# A list says the same names, titles and addresses again and again.
@lru_cache(maxsize=MAX_TEXTS)
def _escaped_text(text: str) -> str:
    return html.escape(text)


@lru_cache(maxsize=MAX_CUTS)
def _cut(stencil: Stencil, shape, language: str | None) -> str:
    """Return a stencil as a format string. The language is the one that is active."""
    placeholders = {
        name: str(FIRST_PLACEHOLDER + number) for number, name in enumerate(stencil.places)
    }
    text = stencil.render(shape, placeholders).replace("%", "%%")
    for name, placeholder in placeholders.items():
        text = text.replace(placeholder, f"%({name})s")
    return text
