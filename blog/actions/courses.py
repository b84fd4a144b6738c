"""Courses and their members: opened, changed, joined, removed."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from blog import access
from blog.exceptions import NotAllowed, Refused
from blog.models import AuditEvent, Course, Membership, Pod, Post, User
from blog.models.courses import new_join_code
from blog.signals import course_saved


def create_course(*, by: User, **fields) -> Course:
    """Open a course; whoever opens it teaches it."""
    access.require(
        access.can_open_course(by), _("You cannot open a course yet. Ask your site’s staff.")
    )
    with transaction.atomic():
        course = Course.objects.create(**fields)
        Membership.objects.create(course=course, user=by, role=Membership.Role.INSTRUCTOR)
        AuditEvent.record("course_opened", course, by=by, course=course)
        course_saved.send(sender=Course, course=course)
    by.__dict__.pop("memberships_now", None)
    return course


def change_course(course: Course, *, by: User) -> int:
    """Save a changed course; return how many posts were narrowed with it.

    A course that closes must close what stands open already, so posts wider than the new widest
    audience come back to it in the same transaction.
    """
    access.require(access.can_edit_course(by, course))
    with transaction.atomic():
        course.save()
        narrowed = (
            Post.objects.in_course(course)
            .filter(audience__gt=course.widest_audience)
            .update(audience=course.widest_audience)
        )
        AuditEvent.record("course_changed", course, by=by, course=course, narrowed=narrowed)
        course_saved.send(sender=Course, course=course)
    return narrowed


def join_course(course: Course, *, by: User) -> Membership:
    """Make a person a student of the course; doing it twice is doing it once.

    Someone who was removed stays out: the code alone must not undo an instructor's decision.
    """
    access.require(access.can_join_course(by))
    with transaction.atomic():
        membership, is_new = Membership.objects.get_or_create(course=course, user=by)
        if membership.ended_at is not None:
            raise NotAllowed(
                _("You were removed from this course. Its instructors can let you back in.")
            )
        if is_new:
            AuditEvent.record("joined", membership, by=by, course=course)
    by.__dict__.pop("memberships_now", None)
    return membership


def rotate_join_code(course: Course, *, by: User) -> str:
    """Give the course a new code; the old one and its link stop working at once."""
    access.require(access.can_edit_course(by, course))
    with transaction.atomic():
        course.join_code = new_join_code()
        course.save(update_fields=["join_code"])
        AuditEvent.record("join_code_rotated", course, by=by, course=course)
    return course.join_code


def change_member(membership: Membership, *, by: User, role: str, pod: Pod | None) -> None:
    """Give a member another role or pod. A course keeps at least one instructor."""
    access.require(access.can_edit_course(by, membership.course))
    with transaction.atomic():
        if role != Membership.Role.INSTRUCTOR:
            _keep_an_instructor(membership)
        before = membership.role
        membership.role = role
        membership.pod = pod
        membership.save(update_fields=["role", "pod"])
        AuditEvent.record(
            "member_changed", membership, by=by, course=membership.course, before=before, role=role
        )


def remove_member(membership: Membership, *, by: User) -> None:
    """End a membership. What the person wrote stays; their access ends at the next request."""
    access.require(access.can_edit_course(by, membership.course))
    with transaction.atomic():
        _keep_an_instructor(membership)
        membership.ended_at = timezone.now()
        membership.save(update_fields=["ended_at"])
        AuditEvent.record("member_removed", membership, by=by, course=membership.course)


def restore_member(membership: Membership, *, by: User) -> None:
    """Let a removed member back in, in their old role and pod."""
    access.require(access.can_edit_course(by, membership.course))
    with transaction.atomic():
        membership.ended_at = None
        membership.save(update_fields=["ended_at"])
        AuditEvent.record("member_restored", membership, by=by, course=membership.course)


def _keep_an_instructor(membership: Membership) -> None:
    """Refuse to take the last instructor away, with the instructors' rows locked.

    Two instructors who remove each other at the same moment must not both succeed.
    """
    instructors = (
        Membership.objects.in_course(membership.course)
        .active()
        .filter(role=Membership.Role.INSTRUCTOR)
        .select_for_update()
    )
    if {m.pk for m in instructors} == {membership.pk}:
        raise Refused(_("A course needs an instructor. Make someone else an instructor first."))
