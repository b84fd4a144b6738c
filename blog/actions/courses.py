"""Open, change and join courses; change, remove and restore their members."""

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from blog import access
from blog.exceptions import NoClockTime, NotAllowed, Refused
from blog.models import (
    AuditEvent,
    Course,
    Extension,
    Membership,
    Pod,
    Post,
    Prompt,
    Section,
    User,
    claim_version,
    queue_all,
)
from blog.models.courses import GRADES_NAMED_FOR, OPENNESS, new_join_code
from blog.models.prompt_dates import DATES, same_clock_time
from blog.models.revocations import change_role, end_membership, narrow_posts
from blog.models.uniqueness import unless_taken
from blog.queries.memberships import LOOKS_LIKE_TEACHER, looks_like_teacher
from blog.signals import course_saved
from blog.text.lists import isolated

SETTINGS = (
    "title",
    "term",
    "about",
    "starts_on",
    "ends_on",
    "time_zone",
    "language",
    "default_audience",
    "widest_audience",
    "guest_comments",
)


def create_course(*, by: User, **fields) -> Course:
    """Open a course; whoever opens it is its instructor.

    Raises Taken if another course has its address.
    """
    access.require(
        access.can_open_course(by),
        _("You do not have the right to open courses. Ask the people who run this site."),
    )
    course = Course(**fields)
    with unless_taken(course, "slug"):
        course.save()
        Membership.objects.create(course=course, user=by, role=Membership.Role.INSTRUCTOR)
        AuditEvent.record("course_opened", course, by=by, course=course)
        course_saved.send(sender=Course, course=course)
    by.forget_memberships()
    return course


def change_course(course: Course, *, by: User, keep_clock_times: bool = False) -> int:
    """Save a course's changed settings; return how many posts became narrower.

    Raises StaleVersion if somebody else saved them since the course was loaded. In a new time zone
    the dates of prompts keep their moments, or with ``keep_clock_times`` what a clock shows.
    Posts wider than a new, narrower widest audience are narrowed to it in the same transaction;
    those that have left the public web on a day keep the audience they had.
    """
    access.require(access.can_edit_course(by, course))
    with transaction.atomic():
        _lock_posts_and_prompts(course)
        claim_version(course)
        before = Course.objects.get(pk=course.pk)
        _keep_day_to_erase(before, course)
        course.changed_at = timezone.now()
        course.save(update_fields=[*SETTINGS, "changed_at"])
        if course.time_zone != before.time_zone:
            _change_zone(before, course, by=by, keep_clock_times=keep_clock_times)
        narrowed = 0
        if course.widest_audience < before.widest_audience:
            narrowed = narrow_posts(course, by=by)
        changes = _changes(before, course)
        told = {"narrowed": narrowed, "changes": changes}
        if not changes.keys().isdisjoint(OPENNESS):
            told["openness"] = course.openness
        AuditEvent.record("course_changed", course, by=by, course=course, **told)
        course_saved.send(sender=Course, course=course)
    return narrowed


def _keep_day_to_erase(before: Course, course: Course) -> None:
    """Refuse a last day after which grades could not be kept for as long as they have to be."""
    day, last = before.erased_on, course.ends_on
    if day is not None and last > before.ends_on and last + GRADES_NAMED_FOR > day:
        message = _(
            "The course is erased on %(day)s, and grades have to stay for %(stay)d days after its "
            "last day. Choose an earlier last day, or change the day on which it is erased first."
        )
        told = {"day": date_format(day, "j F Y"), "stay": GRADES_NAMED_FOR.days}
        raise Refused(message % told, field="ends_on")


def _changes(before: Course, course: Course) -> dict[str, list]:
    """Return the old and the new value of each setting that is another one, as the log has them.

    Of a text only that it changed; a new time zone has an event of its own.
    """
    changes = {}
    for field in SETTINGS:
        old, new = getattr(before, field), getattr(course, field)
        if old != new and field != "time_zone":
            changes[field] = [] if field == "about" else [_plain(old), _plain(new)]
    return changes


def _plain(value) -> str | int:
    """Return a value as JSON has it, so that the log can print it."""
    return value if isinstance(value, int) else str(value)


def _lock_posts_and_prompts(course: Course) -> None:
    """Lock what new settings may change, before the course's own row: the order of all actions."""
    for rows in (Post.objects.in_course(course), Prompt.objects.in_course(course)):
        list(rows.select_for_update(no_key=True).order_by("pk").values("pk"))


def _change_zone(before: Course, course: Course, *, by: User, keep_clock_times: bool) -> None:
    """Move what a new time zone moves, and make forms that are open in the old zone stale.

    The day from which a post is for the course alone was chosen as a day, so it stays that day.
    """
    for prompt in Prompt.objects.in_course(course):
        if keep_clock_times:
            prompt.move_to(course.zone, from_zone=before.zone)
        if not prompt.has_dates_in_order:
            raise NoClockTime(
                _("“%(prompt)s” cannot keep its clock times in this time zone. Keep the moments.")
                % {"prompt": isolated(prompt.title)}
            )
        prompt.version += 1
        prompt.save(update_fields=[*DATES, "version"])
    if keep_clock_times:
        for extension in Extension.objects.filter(prompt__course=course).order_by("pk"):
            extension.until = same_clock_time(extension.until, before.zone, course.zone)
            extension.version += 1
            extension.changed_at = timezone.now()
            extension.save(update_fields=["until", "version", "changed_at"])
    limited = Post.objects.in_course(course).filter(public_until__gt=timezone.now())
    for post in limited.select_for_update(no_key=True).order_by("pk"):
        post.public_until = same_clock_time(post.public_until, before.zone, course.zone)
        post.save(update_fields=["public_until"])
    AuditEvent.record(
        "time_zone_changed",
        course,
        by=by,
        course=course,
        before=before.time_zone,
        after=course.time_zone,
        keep_clock_times=keep_clock_times,
    )


def join_course(course: Course, *, by: User) -> Membership:
    """Join a course as a student; joining twice changes nothing.

    A removed member cannot join again: the code alone must not undo an instructor's decision.
    """
    access.require(access.can_join_course(by))
    access.require_open(course)
    if not (course.can_be_joined or by.membership_in(course)):
        raise Refused(_("Joining with this code is turned off. Ask your instructor to invite you."))
    if not by.membership_in(course) and looks_like_teacher(by, by.display_name, [course]):
        raise Refused(LOOKS_LIKE_TEACHER)
    with transaction.atomic():
        membership, is_new = Membership.objects.get_or_create(course=course, user=by)
        if membership.ended_at is not None:
            raise NotAllowed(
                _("You are not in this course any more. Its instructors can let you back in.")
            )
        if is_new:
            AuditEvent.record("joined", membership, by=by, course=course)
    by.forget_memberships()
    return membership


def appoint_instructor(course: Course, person: User, *, by: User) -> Membership:
    """Make somebody an instructor of a course, as site staff: its own may have left or fallen ill.

    A student or a former member keeps what they wrote. Raises Refused for a person who cannot sign
    in: a closed account, or an email that is not confirmed and may be somebody else's.
    """
    access.require(
        access.can_appoint_instructor(by, person),
        _("Only site staff can appoint instructors, and nobody can appoint themselves."),
    )
    access.require_sign_in(person)
    with transaction.atomic():
        membership, is_new = Membership.objects.get_or_create(
            course=course, user=person, defaults={"role": Membership.Role.INSTRUCTOR}
        )
        before = "" if is_new else membership.role
        is_back = membership.ended_at is not None
        membership.role = Membership.Role.INSTRUCTOR
        membership.ended_at = None
        membership.save(update_fields=["role", "ended_at"])
        if is_back:
            AuditEvent.record("member_restored", membership, by=by, course=course)
        roles = {"before": before, "role": membership.role}
        AuditEvent.record("instructor_appointed", membership, by=by, course=course, **roles)
    person.forget_memberships()
    return membership


def rotate_join_code(course: Course, *, by: User) -> str:
    """Replace the course code; the old code and its link stop working at once."""
    access.require(access.can_edit_course(by, course))
    with transaction.atomic():
        course.join_code = new_join_code()
        course.save(update_fields=["join_code"])
        AuditEvent.record("join_code_rotated", course, by=by, course=course)
    return course.join_code


def open_joining(course: Course, *, by: User, is_open: bool) -> None:
    """Let people join with the course code, or stop that; invitations work all the same."""
    access.require(access.can_edit_course(by, course))
    with transaction.atomic():
        course.can_be_joined = is_open
        course.save(update_fields=["can_be_joined"])
        action = "joining_started" if is_open else "joining_stopped"
        AuditEvent.record(action, course, by=by, course=course)


def change_member(
    membership: Membership,
    *,
    by: User,
    role: str,
    pod: Pod | None,
    section: Section | None = None,
) -> None:
    """Change a member's role, pod or section. A course keeps an instructor who can sign in.

    Raises Refused for a new member of the teaching team who cannot sign in.
    """
    access.require(access.can_edit_course(by, membership.course))
    if pod is not None and pod.course_id != membership.course_id:
        raise Refused(_("This pod belongs to another course."))
    if section is not None and section.course_id != membership.course_id:
        raise Refused(_("This section belongs to another course."))
    if role in Membership.TEACHING and role != membership.role:
        access.require_sign_in(membership.user)
    with transaction.atomic():
        membership.pod, membership.section = pod, section
        change_role(membership, role, by=by)


def remove_member(membership: Membership, *, by: User) -> None:
    """Remove a member. What they wrote stays; their access ends at the next request."""
    access.require(access.can_edit_course(by, membership.course))
    with transaction.atomic():
        end_membership(membership, by=by)


def restore_member(membership: Membership, *, by: User) -> None:
    """Restore a removed member, in their old role and pod; one who teaches must be able to."""
    access.require(access.can_edit_course(by, membership.course))
    if membership.user.erased_at is not None:
        raise Refused(_("This person has erased their account. Nobody can let them back in."))
    if membership.teaches:
        access.require_sign_in(membership.user)
    with transaction.atomic():
        gone = Membership.objects.exclude(ended_at=None).filter(pk=membership.pk)
        membership.ended_at = None
        if gone.update(ended_at=None):  # not for a second click
            AuditEvent.record("member_restored", membership, by=by, course=membership.course)
            queue_all(membership.course, students=[membership.user_id])
