"""
Names of people in templates; all of them come from ``blog.models.name_for``.

A name that is written from the right is put between two marks of Unicode, as `<bdi>` would do it,
so that it turns nothing beside it around: they work in sentences and in attributes too.
"""

import unicodedata

from django import template

from blog import models

register = template.Library()
ISOLATED = "\u2068{}\u2069"


@register.simple_tag(takes_context=True)
def name_for(context, person, *, public=False) -> str:
    """Return the name under which this page's reader knows ``person``."""
    return isolated(models.name_for(person, context.get("user"), public=public))


@register.filter
def known_to(person, reader) -> str:
    """Return the name under which ``reader`` knows ``person``, as a filter for sentences."""
    return isolated(models.name_for(person, reader))


@register.filter
def first_name_for(person, reader) -> str:
    """Return the first word of that name, as classmates call each other."""
    return isolated(models.name_for(person, reader).split(" ")[0])


@register.simple_tag(takes_context=True)
def comment_author(context, comment, *, public=False) -> str:
    """Return the name of a comment's author; a guest has only the name they typed."""
    if comment.author_id is None:
        return isolated(comment.guest_name)
    return isolated(models.name_for(comment.author, context.get("user"), public=public))


def isolated(name: str) -> str:
    """Return a name between marks of isolation, if any letter of it runs from the right."""
    from_right = any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in name)
    return ISOLATED.format(name) if from_right else name
