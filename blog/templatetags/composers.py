"""The form of a new comment as most readers get it: nothing typed yet, no draft to go on with."""

from collections.abc import Mapping
from typing import Any, NamedTuple
from uuid import uuid4

from django import template
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from blog.forms.comments.comment import NewCommentForm
from blog.models import Audience, Course, Post, User
from blog.templatetags.stencils import Stencil

register = template.Library()


class ComposerShape(NamedTuple):
    """The facts that decide about fields, choices and words of the form."""

    is_beyond_course: bool
    writes_markdown: bool


def _objects(shape: ComposerShape, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return a form, its reader and its post that have nothing but what the template prints."""
    audience = Audience.SIGNED_IN if shape.is_beyond_course else Audience.COURSE
    post = Post(slug=values["post_slug"], audience=audience)
    editor = User.Editor.MARKDOWN if shape.writes_markdown else ""
    address = [values["course_slug"], values["post_slug"]]
    initial = {"key": values["key"], "quotation": "", "passage": ""}
    return {
        "post": post,
        "course": Course(slug=values["course_slug"], time_zone=values["time_zone"]),
        "user": User(pk=values["writer"], editor=editor),
        "form": NewCommentForm(post=post, initial=initial),
        "action": reverse("comment_new", args=address),
        "people": reverse("comment_people", args=address),
        "label": _("Comment"),
    }


COMPOSER = Stencil(
    "blog/comments/_comment_form.html",
    "post_slug course_slug time_zone writer key csrf_token version place tab seq",
    _objects,
)


@register.simple_tag(takes_context=True)
def fresh_composer(context) -> SafeString:
    """Return the form of a new comment on the post of a page, where ``composer`` is fresh."""
    post, course, user = context["post"], context["course"], context["user"]
    values = {
        "post_slug": post.slug,
        "course_slug": course.slug,
        "time_zone": course.time_zone,
        "writer": user.pk,
        "key": uuid4(),
        "csrf_token": escape(str(context.get("csrf_token", ""))),  # kept by nothing
        **{name: context[name] for name in ("version", "place", "tab", "seq")},
    }
    return COMPOSER.fill(ComposerShape(post.is_beyond_course, user.writes_markdown), values)
