"""The courses of LMSs that a course is connected with: their people, and grades for them."""

import logging

from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from blog.actions.platform_courses import (
    disconnect_course,
    retry_scores,
    start_lms_roster,
    start_sending_grades,
    stop_sending_grades,
)
from blog.exceptions import Refused
from blog.lookup import Unavailable
from blog.lookup.http_client import OffLimits
from blog.lti.services import ListIsCut, NotLetIn, ServiceRefused, Services
from blog.models import Course, PlatformCourse, current_key
from blog.queries.platform_scores import connected_courses, not_from_lms
from blog.spreadsheets import TableRefused
from blog.views.lti.words import OFF_LIMITS
from blog.web.decorators import in_course, instructors_only
from blog.web.logs import told
from blog.web.rate_limits import HOUR, enforce_rate_limit

logger = logging.getLogger(__name__)

ROSTERS = 30  # an hour; an LMS may have a thousand people to list


@in_course
@instructors_only
def connected_course_list(request, course):
    """Show which courses of LMSs lead here, and what they were told of grades."""
    connected = connected_courses(course)
    context = {"connected": connected, "not_from_lms": not_from_lms(course, connected)}
    return render(request, "blog/lti/connected_course_list.html", context)


@in_course
@require_POST
@instructors_only
def connected_course_roster(request, course, pk):
    """Ask the LMS who is in its course, and lead to the preview of that list."""
    enforce_rate_limit(request, "lms roster", ROSTERS, per=HOUR)
    connected = _find(course, pk)
    if not connected.memberships_url:
        messages.error(request, _("The LMS does not tell us who is in this course."))
        return redirect("connected_course_list", course.slug)
    platform = connected.platform
    services = Services(platform.registration, current_key(), site=settings.SITE_URL)
    try:
        connected.require_on()
        members = services.members(connected.memberships_url)
        started = start_lms_roster(connected, members, by=request.user)
    except ListIsCut as error:
        logger.warning("The list of the LMS %s is not whole: %s", platform.pk, told(error))
        messages.error(
            request,
            _(
                "The list from the LMS is incomplete, so it was not compared. Upload the "
                "list as a file instead."
            ),
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    except NotLetIn as refusal:
        logger.warning("The LMS %s gives no token for its list: %s", platform.pk, told(refusal))
        messages.error(request, _no_token(refusal))
    except ServiceRefused as refusal:
        logger.warning("The LMS %s refused its list: status %s", platform.pk, refusal.status)
        messages.error(
            request,
            _(
                "The LMS does not let us see who is in this course. Ask its administrator to "
                "allow “Names and Role Provisioning”."
            ),
        )
    except OffLimits as error:
        logger.warning("The LMS %s cannot be asked: %s", platform.pk, told(error))
        messages.error(request, OFF_LIMITS)
    except Unavailable as error:
        logger.warning("The LMS %s does not list people: %s", platform.pk, told(error))
        messages.error(request, _("The LMS is not responding right now. Try again later."))
    except TableRefused:
        messages.error(request, _("The LMS lists nobody in this course."))
    else:
        return redirect("roster_import", course.slug, started.pk)
    return redirect("connected_course_list", course.slug)


@in_course
@require_POST
@instructors_only
def connected_course_grades_start(request, course, pk):
    try:
        start_sending_grades(_find(course, pk), by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Released grades go to the LMS from now on."))
    return redirect("connected_course_list", course.slug)


@in_course
@require_POST
@instructors_only
def connected_course_grades_stop(request, course, pk):
    stop_sending_grades(_find(course, pk), by=request.user)
    messages.success(request, _("No more grades go to the LMS. It keeps those that it has."))
    return redirect("connected_course_list", course.slug)


@in_course
@require_POST
@instructors_only
def connected_course_retry(request, course, pk):
    """Send again what the LMS has not taken."""
    try:
        count = retry_scores(_find(course, pk), by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        message = ngettext(
            "%(count)d grade will be sent again within a minute.",
            "%(count)d grades will be sent again within a minute.",
            count,
        )
        messages.success(request, message % {"count": count})
    return redirect("connected_course_list", course.slug)


@in_course
@instructors_only
@require_http_methods(["GET", "HEAD", "POST"])
def connected_course_disconnect(request, course, pk):
    """Ask first, then disconnect a course of an LMS."""
    connected = _find(course, pk)
    if request.method != "POST":
        context = {"connected": connected}
        return render(request, "blog/lti/connected_course_disconnect.html", context)
    disconnect_course(connected, by=request.user)
    messages.success(request, _("Disconnected. Nobody can sign in from there any more."))
    return redirect("connected_course_list", course.slug)


def _no_token(refusal: NotLetIn) -> str:
    """Return the possible cause if an LMS gives no token: 401 is about this site alone."""
    if refusal.status == 401:
        return _(
            "The LMS does not let this site in. Ask its administrator to check how this "
            "site is registered there."
        )
    return _(
        "The LMS does not let this site see who is in this course. Ask its "
        "administrator to check how this site is registered there, and to allow "
        "“Names and Role Provisioning”."
    )


def _find(course: Course, pk: int) -> PlatformCourse:
    rows = PlatformCourse.objects.in_course(course).connected()
    return get_object_or_404(rows.select_related("deployment__platform", "course"), pk=pk)
