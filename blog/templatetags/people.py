"""Rows of lists of people, of which a course has hundreds, so they are a stencil."""

from typing import NamedTuple

from django import template
from django.template.defaultfilters import truncatewords
from django.utils.safestring import SafeString

from blog.models import name_for
from blog.queries.people import ListedPerson
from blog.templatetags.faces import face
from blog.templatetags.names import isolated
from blog.templatetags.stencils import Stencil

register = template.Library()

WORDS_ABOUT = 24


class PersonShape(NamedTuple):
    """Which words a row has: ``role`` is "" of a student, ``last`` is "post", "none" or ""."""

    is_you: bool
    role: str
    has_about: bool
    last: str


PERSON = Stencil(
    "blog/people/_person.html", "course_slug username face name about post_slug title button"
)


@register.simple_tag(takes_context=True)
def person_row(context, person: ListedPerson, button: SafeString | str = "", wide=False):
    """Return the row of a person; ``wide`` prints what they say about themselves."""
    reader, user, post = context["user"], person.user, person.last_post
    is_student = person.member.is_student
    about = user.about if wide else ""
    shape = PersonShape(
        is_you=user == reader,
        role="" if is_student else str(person.member.get_role_display()),
        has_about=bool(about),
        last="post" if post else "none" if is_student else "",
    )
    values = {
        "course_slug": context["course"].slug,
        "username": user.username,
        "face": face(context, user),
        "name": isolated(name_for(user, reader)),
        "about": truncatewords(about, WORDS_ABOUT),
        "post_slug": post.slug if post else "",
        "title": post.title if post else "",
        "button": button,
    }
    return PERSON.fill(shape, values)
