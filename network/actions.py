"""What people do to their networks, and instructors to the clock."""

from django.db import transaction
from django.utils.translation import gettext as _

from blog import access
from blog.exceptions import Refused
from blog.models import AuditEvent, Course, User
from network import ties
from network.models import Follow, TieClock


def follow(course: Course, *, by: User, person: User) -> Follow:
    """Keep somebody in view, silently. Twice is once, also at the same moment."""
    access.require(
        access.can_follow(by, person, course),
        _("You can follow other people of your own courses only."),
    )
    return Follow.objects.get_or_create(course=course, follower=by, followed=person)[0]


def unfollow(course: Course, *, by: User, person: User) -> None:
    """Undo a follow without a trace. Whoever left a course may be unfollowed all the same."""
    access.require(access.can_unfollow(by, course))
    Follow.objects.filter(course=course, follower=by, followed=person).delete()


def change_clock(course: Course, *, by: User, half_life: int) -> TieClock:
    """Let the course's ties fade at another pace; every tie is derived again."""
    access.require(
        access.can_edit_course(by, course),
        _("Only an instructor of the course can change how its ties fade."),
    )
    if half_life not in TieClock.HalfLife.values:
        raise Refused(_("Ties fade by half in one, two or four weeks."))
    with transaction.atomic():
        ties.set_half_life(course, half_life)
        AuditEvent.record("clock_changed", course, by=by, course=course, half_life=half_life)
    return ties.clock_of(course)
