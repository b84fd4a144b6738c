"""Connect courses of LMSs with courses here, and choose whether grades go there."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from blog import access, lms_access
from blog.actions.roster_imports import start_roster_import
from blog.exceptions import Refused
from blog.lti.rosters import count_without_role, roster_list
from blog.models import (
    AuditEvent,
    Course,
    Launch,
    Membership,
    Platform,
    PlatformAccount,
    PlatformCourse,
    PlatformMember,
    PlatformScore,
    RosterImport,
    User,
    queue_all,
    revocations,
)
from blog.models.launches import take_time_zone


def connect_course(launch: Launch, course: Course, *, by: User) -> PlatformCourse:
    """Connect the course from which an LMS has sent an instructor with one of their own here.

    A second time changes nothing. Where the two were connected before, what the LMS has since then
    is known, and can be changed there. Raises Refused if it leads to another course already.
    """
    access.require(
        lms_access.can_connect_course(by, launch, course),
        _("Only someone who teaches the course both in the LMS and here can connect the two."),
    )
    if not launch.context_id:
        raise Refused(_("The LMS did not say which course you come from."))
    with transaction.atomic():
        connected, is_new = PlatformCourse.objects.get_or_create(
            disconnected_at=None,
            deployment=launch.deployment,
            context_id=launch.context_id,
            defaults={
                "course": course,
                "title": launch.context_title,
                "memberships_url": launch.services.get("memberships", ""),
                "lineitems_url": launch.services.get("lineitems", ""),
                "connected_by": by,
            },
        )
        if connected.course_id != course.pk:
            raise Refused(_("This course in the LMS is already connected to another course."))
        if is_new:
            _take_columns(connected)
            take_time_zone(by, course)
            AuditEvent.record("lms_course_connected", connected, by=by, course=course)
    return connected


def _take_columns(connected: PlatformCourse) -> None:
    """Take the columns and keys of the same two courses, where they were connected before."""
    before = PlatformCourse.objects.disconnected().filter(
        deployment=connected.deployment, context_id=connected.context_id, course=connected.course
    )
    for one in before:
        one.line_items.update(platform_course=connected)
        one.members.update(platform_course=connected)
        one.delete()


def disconnect_course(connected: PlatformCourse, *, by: User) -> None:
    """Disconnect a course of an LMS: nobody comes from there any more, and no grade goes there.

    Members stay, and so do the grades that the LMS has: the page of the course names those that
    are wrong there.
    """
    access.require(access.can_edit_course(by, connected.course))
    with transaction.atomic():
        revocations.disconnect_course(connected, by=by)


def start_lms_roster(
    connected: PlatformCourse, members: Sequence[Mapping[str, Any]], *, by: User
) -> RosterImport:
    """Keep the people whom an LMS lists, for the preview of a list; nobody is added.

    That they are listed shows that it lets this site in.

    Who is known already by their account in the LMS is noted as being in that course. Raises
    TableRefused if nobody is in the list, and Refused if the LMS is off: its keys name nobody then.
    """
    access.require(access.can_edit_course(by, connected.course))
    connected.require_on()
    with transaction.atomic():
        Platform.objects.filter(pk=connected.platform.pk).update(denied_at=None)
        _note_members(connected, members)
        return start_roster_import(
            connected.course,
            by=by,
            data=roster_list(members),
            name=f"{connected}.csv",
            answers={
                "lms": connected.platform.name,
                "lms_course": str(connected),
                "lms_connected": str(connected.pk),
                "lms_left_out": str(count_without_role(members)),
            },
        )


def _note_members(connected: PlatformCourse, members: Sequence[Mapping[str, Any]]) -> None:
    """Keep the keys of those who are known; who has several in the list keeps the one they have."""
    subjects = {str(one["user_id"]) for one in members if one.get("user_id")}
    accounts = PlatformAccount.objects.proven().filter(issuer=connected.platform.issuer)
    here = Membership.objects.in_course(connected.course)
    found = accounts.filter(user__in=here.values("user")).order_by("pk")
    known = {one.user_id: one.subject for one in found if one.subject in subjects}
    kept = set(connected.members.filter(subject__in=subjects).values_list("user", flat=True))
    new = PlatformMember.objects.keep(
        connected, {user: key for user, key in known.items() if user not in kept}
    )
    if new:
        queue_all(connected.course, students=new)


def start_sending_grades(connected: PlatformCourse, *, by: User) -> None:
    """Begin to send an LMS released grades and posts, those that there are already as well."""
    access.require(access.can_release(by, connected.course))
    if not connected.lineitems_url:
        raise Refused(
            _("The LMS does not accept grades from this course. Ask its administrator to allow it.")
        )
    with transaction.atomic():
        PlatformCourse.objects.filter(pk=connected.pk).update(sends_grades=True)
        queue_all(connected.course)
        AuditEvent.record("lms_grades_started", connected, by=by, course=connected.course)


def stop_sending_grades(connected: PlatformCourse, *, by: User) -> None:
    """Stop sending grades to an LMS; what it has stays there."""
    access.require(access.can_release(by, connected.course))
    with transaction.atomic():
        PlatformCourse.objects.filter(pk=connected.pk).update(sends_grades=False)
        AuditEvent.record("lms_grades_stopped", connected, by=by, course=connected.course)


def retry_scores(connected: PlatformCourse, *, by: User) -> int:
    """Send again what an LMS refused, did not take, or has lost with a column; return how many.

    Raises Refused where no grades go there.
    """
    access.require(access.can_release(by, connected.course))
    if not (connected.is_told_grades and connected.platform.is_on):
        raise Refused(_("No grades go to this LMS now, so nothing was sent."))
    now = timezone.now()
    with transaction.atomic():
        scores = PlatformScore.objects.filter(line_item__platform_course=connected)
        lost = Q(line_item__url="", sent_at__isnull=False)
        denied = Q(due_at__lte=now) if connected.platform.denied_at else Q()
        failed = scores.filter(Q(refused_status__isnull=False) | Q(attempts__gt=0) | lost | denied)
        keys = list(failed.values_list("pk", flat=True))
        PlatformScore.objects.filter(pk__in=keys).update(
            due_at=now, attempts=0, refused_status=None
        )
        Platform.objects.filter(pk=connected.platform.pk).update(denied_at=None)
        AuditEvent.record("lms_grades_retried", connected, by=by, course=connected.course)
    return len(keys)
