"""Names of people in templates; all of them come from ``blog.models.name_for``."""

from django import template

from blog import models

register = template.Library()


@register.simple_tag(takes_context=True)
def name_for(context, person, *, public=False) -> str:
    """Return the name under which this page's reader knows ``person``."""
    return models.name_for(person, context.get("user"), public=public)


@register.filter
def known_to(person, reader) -> str:
    """Return the name under which ``reader`` knows ``person``, as a filter for sentences."""
    return models.name_for(person, reader)


@register.filter
def first_name_for(person, reader) -> str:
    """Return the first word of that name, as classmates call each other."""
    return models.name_for(person, reader).split(" ")[0]


@register.simple_tag(takes_context=True)
def comment_author(context, comment, *, public=False) -> str:
    """Return the name of a comment's author; a guest has only the name they typed."""
    if comment.author_id is None:
        return comment.guest_name
    return models.name_for(comment.author, context.get("user"), public=public)
