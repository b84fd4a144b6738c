"""Rows of lists of people, of which a course has hundreds, so they are a stencil."""

from collections.abc import Sequence
from typing import NamedTuple

from django import template
from django.template.defaultfilters import truncatewords
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from blog.models import User
from blog.queries.people import ListedPerson
from blog.templatetags.faces import face_by_name
from blog.templatetags.names import isolated
from blog.templatetags.stencils import Stencil

register = template.Library()

WORDS_ABOUT = 24


class PersonShape(NamedTuple):
    """The words of a row: ``role`` is "" of a student, ``last`` is "post", "none" or ""."""

    is_you: bool
    role: str
    has_about: bool
    last: str


PERSON = Stencil(
    "blog/people/_person.html", "course_slug username face name about post_slug title button"
)


@register.simple_tag(takes_context=True)
def person_rows(context, people: Sequence[ListedPerson], buttons=None, wide=False) -> SafeString:
    """Return the rows of people, with the ``buttons`` that there are for their keys.

    ``wide`` prints what they say about themselves.
    """
    rows = _Rows(context["user"], context["course"].slug, bool(wide))
    return mark_safe(
        "".join([rows.of(one, (buttons or {}).get(one.user.id, "")) for one in people])
    )


class _Rows:
    """The rows of a list for its reader."""

    def __init__(self, reader: User, course_slug: str, wide: bool):
        self.reader, self.course_slug, self.wide = reader, course_slug, wide
        self.language = get_language()

    def of(self, person: ListedPerson, button: SafeString | str) -> SafeString:
        user, post = person.user, person.last_post
        is_student = person.member.is_student
        about = user.about if self.wide else ""
        shape = PersonShape(
            is_you=user.id == self.reader.id,
            role="" if is_student else str(person.member.get_role_display()),
            has_about=bool(about),
            last="post" if post else "none" if is_student else "",
        )
        values = {
            "course_slug": self.course_slug,
            "username": user.username,
            "face": face_by_name(user, person.name, self.reader),
            "name": isolated(person.name),
            "about": truncatewords(about, WORDS_ABOUT) if about else "",
            "post_slug": post.slug if post else "",
            "title": post.title if post else "",
            "button": button,
        }
        return PERSON.fill(shape, values, self.language)
