"""The masthead of a course: the same links on all pages of one role, so it is a stencil."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any, NamedTuple

from django import template
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString

from blog.models import Course, Membership, User
from blog.templatetags.dates import course_week
from blog.templatetags.faces import face
from blog.templatetags.navigation import moderation_waits, page_of
from blog.templatetags.stencils import Stencil

register = template.Library()


class MastheadShape(NamedTuple):
    """The facts that decide about the links, and the words beside them.

    ``page`` is the name of the address whose link is marked, ``waits`` whether there is something
    to moderate, ``has_news`` a notification to see.
    """

    role: str
    page: str
    is_archived: bool
    is_staff: bool
    has_news: bool
    waits: bool


def _objects(shape: MastheadShape, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return a request, its course and its reader that have nothing but what the template asks."""
    course = Course(
        pk=1,
        slug=values["course_slug"],
        title=values["title"],
        archived_at=timezone.now() if shape.is_archived else None,
    )
    user = User(
        pk=values["writer"],
        username=values["username"],
        display_name=values["name"],
        is_staff=shape.is_staff,
    )
    membership = Membership(course=course, user=user, role=shape.role)
    membership.course_case_waits = shape.waits  # type: ignore[attr-defined]
    membership.has_news = shape.has_news  # type: ignore[attr-defined]
    user.__dict__["memberships_now"] = [membership]
    match = SimpleNamespace(url_name=shape.page)
    request = SimpleNamespace(course=course, membership=membership, resolver_match=match)
    return {"request": request, "user": user}


MASTHEAD = Stencil(
    "_masthead.html", "course_slug title week writer username name own_face csrf_token", _objects
)


@register.simple_tag(takes_context=True)
def course_masthead(context) -> SafeString:
    """Return the masthead of a page of a course, for one of its members."""
    request = context["request"]
    user, course, membership = request.user, request.course, request.membership
    shape = MastheadShape(
        role=str(membership.role),
        page=page_of(request, membership),
        is_archived=course.is_archived,
        is_staff=user.is_staff,
        has_news=user.has_news,
        waits=membership.teaches and moderation_waits(membership),
    )
    values = {
        "course_slug": course.slug,
        "title": course.title,
        "week": course_week(course),
        "writer": user.pk,
        "username": user.username,
        "name": user.display_name,
        "own_face": face({"user": user}, user, "s"),
        "csrf_token": escape(str(context.get("csrf_token", ""))),  # kept by nothing
    }
    return MASTHEAD.fill(shape, values)
