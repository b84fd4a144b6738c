"""Names in templates: all of them come from ``name_for``."""

from django import template

from blog.models import name_for as known_as

register = template.Library()


@register.simple_tag(takes_context=True)
def name_for(context, person, *, public=False) -> str:
    """Print the name under which this page's reader knows ``person``."""
    return known_as(person, context.get("user"), public=public)


@register.filter
def known_to(person, reader) -> str:
    """Give the name under which ``reader`` knows ``person``, for use inside a sentence."""
    return known_as(person, reader)


@register.filter
def called_by(person, reader) -> str:
    """Give the first word of that name: how one speaks to somebody one reads every week."""
    return known_as(person, reader).split(" ")[0]


@register.simple_tag(takes_context=True)
def writer_of(context, comment, *, public=False) -> str:
    """Print who wrote ``comment``; a guest has only the name they typed."""
    if comment.author_id is None:
        return comment.guest_name
    return known_as(comment.author, context.get("user"), public=public)
