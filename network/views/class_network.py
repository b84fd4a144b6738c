"""The page “Class network”, for the teaching team, and the acts of its lists."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from blog import access
from blog.actions.waiting_posts import put_back, put_first
from blog.web.decorators import in_course
from blog.web.forms import status_of
from blog.web.replica import from_replica
from network.forms.class_network import ClassForm, WindowsForm
from network.queries.class_figures import ClassRecord
from network.queries.class_page import WaitingPosts, load_class_page, waiting_posts, weeks_of


@in_course
@require_safe
@from_replica
def class_network(request, course):
    """Show the figure and the views of a class; whatever is chosen is in the address."""
    if not access.can_see_class_network(request.user, course):
        raise PermissionDenied
    form = ClassForm(request.GET)
    record = ClassRecord(course, without_required="without_required" in request.GET)
    criteria = form.criteria(record)
    windows_form = WindowsForm(request.GET, day=record.day)
    context = load_class_page(record, request.user, criteria, windows_form.windows())
    context |= {
        "criteria": criteria,
        "windows_form": windows_form,
        "course_weeks": weeks_of(record),
        "last_week": record.weeks,
        "is_now": criteria.week == record.weeks and not criteria.without_required,
        "carried": _carried(criteria, record),
        "has_sections": any(m.section_id for m in record.students.values()),
        "can_put_first": access.can_put_posts_first(request.user, course),
        "can_edit": access.can_edit_course(request.user, course),
    }
    status = status_of(windows_form)
    return render(request, "network/class_network.html", context, status=status)


def _carried(criteria, record) -> dict[str, str]:
    """Return the criteria for links and forms of the page, by the names of their fields."""
    values = {
        "week": str(criteria.week) if criteria.week != record.weeks else "",
        "without_required": "on" if criteria.without_required else "",
        "by": "sections" if criteria.by_section else "",
    }
    found = {name: value for name, value in values.items() if value}
    return {"fields": found, "query": urlencode(found)}


@in_course
@require_POST
def class_posts_first(request, course):
    """Move the posts of the list to the front of those that wait for a first comment."""
    count = put_first(course, by=request.user, posts=_listed(request, course).to_put_first)
    if count:
        words = ngettext(
            "%(n)d post now comes first in “Waiting for a first comment”, until it has one.",
            "%(n)d posts now come first in “Waiting for a first comment”, until each has one.",
            count,
        )
        messages.success(request, words % {"n": count})
    else:
        messages.success(request, _("These posts come first already."))
    return redirect("class_network", course.slug)


@in_course
@require_POST
def class_posts_back(request, course):
    """Let the posts of the list wait like all others again."""
    put_back(course, by=request.user, posts=_listed(request, course).put_first)
    messages.success(request, _("These posts wait like all others again."))
    return redirect("class_network", course.slug)


def _listed(request, course) -> WaitingPosts:
    """Return the posts that are in the list now."""
    if not access.can_put_posts_first(request.user, course):
        raise PermissionDenied
    return waiting_posts(request.user, course)
