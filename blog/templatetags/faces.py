"""Faces: a person's portrait, or their initials in a circle; ink-filled means the reader.

A face is decoration beside a name, so it is hidden from screen readers. It shows what the name
shows: where a reader does not see somebody's name, the initials are those of the printed one.
"""

from functools import lru_cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from blog import models
from blog.templatetags.addresses import address_of
from blog.text.names import initials

register = template.Library()

SIZES = {"": 36, "s": 28, "xl": 72}  # pixels, as in the stylesheet


@register.simple_tag(takes_context=True)
def face(context, person, size="") -> SafeString:
    """Return the face of a person: ``{% face post.author %}``, ``{% face user "s" %}``."""
    reader = context.get("user")
    return face_by_name(person, models.name_for(person, reader), reader, size)


def face_by_name(person, name, reader, size="") -> SafeString:
    """Return the face of a person whose name is known as the reader knows it."""
    is_reader = reader is not None and person is not None and person.pk == reader.pk
    return _face(name, size, models.portrait_for(person, reader), is_reader=is_reader)


@register.simple_tag(takes_context=True)
def comment_face(context, comment) -> SafeString:
    """Return the small face of a comment's author; a guest has the initials they typed."""
    if comment.author_id is None:
        return _face(comment.guest_name, "s")
    return face(context, comment.author, "s")


@register.simple_tag
def sample_face(name, size="") -> SafeString:
    """Return the face of somebody who is made up, for the sample on the front page."""
    return _face(str(name), size)


def _face(name: str, size: str, token: str = "", *, is_reader: bool = False) -> SafeString:
    classes = " ".join(
        ["face", *([f"face-{size}"] if size else []), *(["face-you"] if is_reader else [])]
    )
    if not token:
        return _initials(name, classes)
    return format_html(
        '<span class="{}" aria-hidden="true">'
        '<img src="{}" alt="{}" width="{}" height="{}" loading="lazy" decoding="async"></span>',
        classes,
        address_of("portrait_file", token),
        name,
        SIZES[size],
        SIZES[size],
    )


@lru_cache(5000)
def _initials(name: str, classes: str) -> SafeString:
    letters = initials(name)
    return format_html('<span class="{}" aria-hidden="true">{}</span>', classes, letters)
