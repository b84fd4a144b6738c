"""Follow people, choose what to be offered, and change how fast the ties of a course fade."""

from django.db import transaction
from django.utils.translation import gettext as _

from blog import access
from blog.exceptions import Refused
from blog.models import AuditEvent, Course, Post, User, Work
from network import ties
from network.models import DiscoverSettings, Follow, TieClock, WeeklyChoice
from network.queries.week_choice import choose_week, week_of


def follow(course: Course, *, by: User, person: User) -> Follow:
    """Follow a person in a course, without telling them.

    Following twice, also at the same moment, makes one follow.
    """
    access.require(
        access.can_follow(by, person, course),
        _("You can only follow other people in your own courses."),
    )
    return Follow.objects.get_or_create(course=course, follower=by, followed=person)[0]


def unfollow(course: Course, *, by: User, person: User) -> None:
    """Delete a follow, without a trace. A person who has left the course can be unfollowed too."""
    access.require(
        access.can_unfollow(by, course),
        _("You can only unfollow people in your own courses."),
    )
    Follow.objects.filter(course=course, follower=by, followed=person).delete()


def change_clock(course: Course, *, by: User, half_life: int) -> TieClock:
    """Change the half-life of the course's ties; every tie is derived again."""
    access.require(
        access.can_edit_course(by, course),
        _("Only instructors of the course can change how fast its ties fade."),
    )
    if half_life not in TieClock.HalfLife.values:
        raise Refused(_("Choose one, two or four weeks."))
    with transaction.atomic():
        ties.set_half_life(course, half_life)
        AuditEvent.record("clock_changed", course, by=by, course=course, half_life=half_life)
    return ties.clock_of(course)


def switch_suggestions(course: Course, *, by: User, is_off: bool) -> None:
    """Switch one's own suggestions of posts off, or on again."""
    access.require(access.can_choose_suggestions(by, course), _("Only students get suggestions."))
    settings, _is_new = DiscoverSettings.objects.get_or_create(course=course, student=by)
    settings.is_off = is_off
    settings.save(update_fields=["is_off"])


def leave_post(post: Post, *, by: User) -> None:
    """Never offer a post to oneself again."""
    access.require(
        access.can_choose_suggestions(by, post.course), _("Only students get suggestions.")
    )
    with transaction.atomic():
        settings = _own_settings(post.course, by)
        settings.left_posts.add(post)


def leave_work(work: Work, *, by: User) -> None:
    """Offer oneself nothing more because of a work; “topic” on pages."""
    access.require(
        access.can_choose_suggestions(by, work.course), _("Only students get suggestions.")
    )
    with transaction.atomic():
        settings = _own_settings(work.course, by)
        settings.left_works.add(work)


def readmit_work(work: Work, *, by: User) -> None:
    """Let a work be a reason for suggestions again."""
    access.require(
        access.can_choose_suggestions(by, work.course), _("Only students get suggestions.")
    )
    for settings in DiscoverSettings.objects.filter(course=work.course, student=by):
        settings.left_works.remove(work)


def _own_settings(course: Course, student: User) -> DiscoverSettings:
    """Return a student's choices; what is offered this week is stored before any changes it."""
    week = week_of(course)
    if not WeeklyChoice.objects.filter(course=course, student=student, week=week).exists():
        WeeklyChoice.store(course, student, week, choose_week(student, course, week))
    return DiscoverSettings.objects.get_or_create(course=course, student=student)[0]
