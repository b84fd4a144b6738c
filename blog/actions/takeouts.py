"""Ask for everything of oneself as a file, and delete such files."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from blog import access
from blog.exceptions import Refused
from blog.models import AuditEvent, Course, Takeout, User


def ask_for_takeout(person: User, *, course: Course | None, by: User) -> Takeout:
    """Ask for a file of everything that a person has in a course, or in all; ``tick`` makes it.

    Asked for again while it is being made, it is the same one. Raises Refused for a course that
    the person has never been in.
    """
    access.require(access.can_take_everything(by, person))
    if course is not None and not person.memberships.filter(course=course).exists():
        raise Refused(_("You were never in this course."))
    under_way = Takeout.objects.of(person).waiting().filter(course=course)
    try:
        with transaction.atomic():
            earlier = under_way.first()
            if earlier is not None:
                return earlier
            takeout = Takeout.objects.create(person=person, course=course)
            AuditEvent.record("takeout_asked_for", takeout, by=by, course=course)
            return takeout
    except IntegrityError:  # two clicks at the same moment
        return under_way.get()


def delete_takeout(takeout: Takeout, *, by: User) -> Takeout:
    """Delete a file of one's own before its time; one that is being made is not made.

    Returns it as it was at its end: ``tick`` may have made its file since the page was shown.
    """
    access.require(access.can_take_everything(by, takeout.person))
    with transaction.atomic():
        stored = Takeout.objects.select_for_update().filter(pk=takeout.pk).first()
        if stored is None:  # a second click
            return takeout
        AuditEvent.record("takeout_deleted", stored, by=by, course=stored.course)
        stored.delete()
        transaction.on_commit(stored.delete_file, robust=True)
    return stored
