"""The masthead: where a member can go in a course, and where they are now."""

from typing import NamedTuple

from django import template
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from blog.models import Membership

register = template.Library()

Role = Membership.Role
EVERYBODY = frozenset(Role)
STUDENT = frozenset({Role.STUDENT})
TEACHING = frozenset(Membership.TEACHING)
INSTRUCTOR = frozenset({Role.INSTRUCTOR})


class Place(NamedTuple):
    """One link of the masthead: who has it, and which pages count as being there."""

    label: str
    url_name: str
    roles: frozenset[Role]
    pages: tuple[str, ...]  # names of URLs, or their prefixes where they end in "_"


PLACES = (
    Place(_("Course"), "course_home", EVERYBODY, ("course_home", "prompt_")),
    Place(_("Posts"), "post_list", EVERYBODY, ("post_", "revision_", "comment_")),
    Place(_("References"), "bibliography", EVERYBODY, ("bibliography", "work_")),
    Place(_("People"), "person_list", EVERYBODY, ("person_",)),
    Place(_("Write"), "post_new", STUDENT, ("post_new", "post_edit", "draft_", "reference_")),
    Place(_("My network"), "ego_network", STUDENT, ("ego_network", "tie_")),
    Place(_("Grading desk"), "grading_overview", TEACHING, ("grading_",)),
    Place(
        _("Settings"),
        "course_edit",
        INSTRUCTOR,
        ("course_edit", "roster", "member_", "rubric_", "pod_"),
    ),
)


@register.inclusion_tag("_nav.html", takes_context=True)
def course_nav(context) -> dict:
    """List the course's places for this reader's role; the one they are in is marked.

    Someone who reads without a membership (site staff) gets what an observer gets.
    """
    request = context["request"]
    membership = getattr(request, "membership", None)
    role = membership.role if membership else Role.OBSERVER
    mine = [place for place in PLACES if role in place.roles]
    here = _place_of(_url_name(request), mine)
    return {
        "places": [
            {
                "label": place.label,
                "href": reverse(place.url_name, args=[request.course.slug]),
                "is_current": place is here,
            }
            for place in mine
        ]
    }


def _url_name(request) -> str:
    return (request.resolver_match and request.resolver_match.url_name) or ""


def _place_of(url_name: str, places: list[Place]) -> Place | None:
    """Find the place by the page's exact name first: writing a post is not reading posts."""
    for place in places:
        if url_name == place.url_name or url_name in place.pages:
            return place
    for place in places:
        if any(page.endswith("_") and url_name.startswith(page) for page in place.pages):
            return place
    return None
