"""The masthead's navigation: the links of a course for a role, with the current one marked."""

from functools import cache
from typing import NamedTuple

from django import template
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from blog.models import Course, GuestComments, Membership
from blog.queries.memberships import current_memberships
from blog.queries.waiting_guests import has_waiting_guests

register = template.Library()

Role = Membership.Role
ALL_ROLES = frozenset(Role)
STUDENTS = frozenset({Role.STUDENT})
TEACHING_TEAM = frozenset(Membership.TEACHING)
INSTRUCTORS = frozenset({Role.INSTRUCTOR})
OTHERS = ALL_ROLES - TEACHING_TEAM

MAX_COURSES_IN_MASTHEAD = 2


class NavLink(NamedTuple):
    """One link of the masthead: the roles that have it, and the pages that belong to it."""

    label: str
    url_name: str
    roles: frozenset[Role]
    pages: tuple[str, ...]  # names of URLs, or their prefixes where they end in "_"


COURSE_PAGES = (
    "course_home",
    "prompt_",
    "announcement_",
    "charter",
    "charter_",
    "norm_",
    "proposal_",
    "moderation",
    "moderation_log",
    "case_page",
    "guest_comment_",
    "course_edit",
    "course_start",
    "course_archive",
    "course_delete",
    "setup_",
    "prompts_carry",
    "rubric_",
    "clock_edit",
)
POST_PAGES = ("post_", "revision_", "comment_", "discover")

NAV_LINKS = (
    NavLink(_("Course"), "course_home", OTHERS, COURSE_PAGES),
    # The team has many links, and finds all posts on the course home and by its prompts.
    NavLink(_("Course"), "course_home", TEACHING_TEAM, (*COURSE_PAGES, *POST_PAGES)),
    NavLink(_("Posts"), "post_list", OTHERS, POST_PAGES),
    NavLink(_("Grading"), "grading_overview", TEACHING_TEAM, ("grading_",)),
    NavLink(
        _("Gradebook"),
        "gradebook",
        TEACHING_TEAM,
        ("gradebook", "gradebook_", "participation_", "adoption_", "lms_", "grade_"),
    ),
    NavLink(
        _("Roster"),
        "roster",
        INSTRUCTORS,
        ("roster", "roster_", "member_", "invitation_edit", "pod_", "section_"),
    ),
    NavLink(_("People"), "person_list", ALL_ROLES, ("person_",)),
    NavLink(_("References"), "bibliography", ALL_ROLES, ("bibliography", "work_")),
    NavLink(
        _("My network"),
        "ego_network",
        STUDENTS,
        ("tie_", "intention_", "network_choices", "network_figure_", "network_export_list"),
    ),
    NavLink(
        _("Class network"),
        "class_network",
        TEACHING_TEAM,
        ("class_", "network_export", "network_export_"),
    ),
    NavLink(
        _("My work"),
        "course_work",
        STUDENTS,
        ("course_work", "write_choice", "post_new", "post_edit", "draft_", "reference_"),
    ),
)


@register.inclusion_tag("_nav.html", takes_context=True)
def course_nav(context) -> dict:
    """Return the course's links for this reader's role, with the current one marked.

    Someone who reads without a membership (site staff) gets the links of an observer.
    """
    request = context["request"]
    membership = getattr(request, "membership", None)
    role = membership.role if membership else Role.OBSERVER
    links = [link for link in NAV_LINKS if role in link.roles]
    current = _link_of_page(_url_name(request), links)
    return {
        "links": [
            {
                "label": link.label,
                "href": reverse(link.url_name, args=[request.course.slug]),
                "is_current": link is current,
                "note": _note_of(link, membership),
            }
            for link in links
        ]
    }


def page_of(request, membership: Membership) -> str:
    """Return the name of the address whose link the masthead marks on a page, or ""."""
    return _marked_for(membership.role, _url_name(request))


@cache
def _marked_for(role: str, url_name: str) -> str:
    """Return the same for a role; there are as many as roles and pages."""
    link = _link_of_page(url_name, [link for link in NAV_LINKS if role in link.roles])
    if link is None:
        return url_name if url_name == "search" else ""
    return link.url_name


@register.simple_tag(takes_context=True)
def courses_to_return_to(context) -> list[Course]:
    """Return the reader's courses, running ones if any, for the masthead of other pages.

    Whoever has too many for the masthead finds them in the list of their courses.
    """
    memberships = current_memberships(context["user"])
    courses = [m.course for m in memberships["running"] or memberships["over"]]
    return courses if len(courses) <= MAX_COURSES_IN_MASTHEAD else []


@register.simple_tag
def moderation_waits(membership: Membership) -> bool:
    """Return whether something waits for a decision of this one of the teaching team."""
    return membership.course_case_waits or _a_guest_waits(membership)


def _note_of(link: NavLink, membership: Membership | None) -> str:
    """Return a word beside a link: that something waits there, on the way to the moderation."""
    if link.url_name != "course_home" or membership is None or not membership.teaches:
        return ""
    return gettext("waiting") if moderation_waits(membership) else ""


def _a_guest_waits(membership: Membership) -> bool:
    """Return whether a comment by a guest waits, with a query only where guests can comment."""
    takes_guests = membership.course.guest_comments != GuestComments.OFF
    return takes_guests and has_waiting_guests(membership.course, membership.user)


def _url_name(request) -> str:
    return (request.resolver_match and request.resolver_match.url_name) or ""


def _link_of_page(url_name: str, links: list[NavLink]) -> NavLink | None:
    """Return a page's link, by its exact name first: ``post_new`` belongs to My work, not Posts."""
    for link in links:
        if url_name == link.url_name or url_name in link.pages:
            return link
    for link in links:
        if any(page.endswith("_") and url_name.startswith(page) for page in link.pages):
            return link
    return None
