"""Follow, mute, choose what is suggested, and change how fast the ties of a course fade."""

from django.db import transaction
from django.utils.translation import gettext as _

from blog import access
from blog.exceptions import Refused
from blog.models import AuditEvent, Course, User
from network import ties
from network.models import Follow, Mute, NetworkChoices, TieClock


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


def save_choices(
    course: Course, *, by: User, wants_suggestions: bool, may_be_suggested: bool
) -> NetworkChoices:
    """Save what a person wants of suggestions in a course: for themselves, and of themselves."""
    access.require(
        access.can_keep_network(by, course),
        _("Only members of the course have a network in it."),
    )
    fields = {"wants_suggestions": wants_suggestions, "may_be_suggested": may_be_suggested}
    return NetworkChoices.objects.update_or_create(course=course, person=by, defaults=fields)[0]


def mute(course: Course, *, by: User, person: User) -> Mute:
    """Mute a person in a course, without telling them. Ties stay: they come from comments."""
    access.require(
        access.can_follow(by, person, course),
        _("You can only mute other people in your own courses."),
    )
    return Mute.objects.get_or_create(course=course, by=by, muted=person)[0]


def unmute(course: Course, *, by: User, person: User) -> None:
    """Take a mute back, also of a person who has left the course."""
    access.require(
        access.can_keep_network(by, course),
        _("Only members of the course have a network in it."),
    )
    Mute.objects.filter(course=course, by=by, muted=person).delete()


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
