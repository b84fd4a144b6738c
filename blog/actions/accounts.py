"""Deeds of the people who run the site: accounts closed, staff and teachers appointed."""

from django.contrib.auth.models import Permission
from django.db import transaction
from django.utils.translation import gettext as _

from blog import access
from blog.exceptions import Refused
from blog.models import LogEntry, User

FLAGS = {"is_active", "is_staff", "is_superuser"}
RIGHTS = {"groups", "user_permissions"}


def change_account(person: User, *, by: User, **changes) -> None:
    """Close or reopen an account; superusers give and take rights as well.

    Nothing else of a person is anybody's to change: name, address and password are theirs. Staff
    who could hand out rights could hand themselves all of them, hence the second guard.
    """
    if not access.can_change_account(by, person):
        raise Refused(_("This account is not yours to change."))
    if changes.keys() - (FLAGS | RIGHTS if by.is_superuser else {"is_active"}):
        raise Refused(_("Only superusers give and take rights."))
    with transaction.atomic():
        stored = User.objects.select_for_update().get(pk=person.pk)
        for name in FLAGS & changes.keys():
            setattr(stored, name, changes[name])
        stored.save(update_fields=FLAGS)
        for name in RIGHTS & changes.keys():
            getattr(stored, name).set(changes[name])
        LogEntry.record("account_changed", person, by=by, fields=sorted(changes))


def let_open_courses(person: User, *, by: User, allowed: bool) -> None:
    """Make a teacher of somebody, or let them open no further course; their courses stay."""
    if not access.can_appoint_teachers(by):
        raise Refused(_("Only the people who run this site say who opens courses."))
    right = Permission.objects.get(content_type__app_label="blog", codename="open_course")
    with transaction.atomic():
        if allowed:
            person.user_permissions.add(right)
        else:
            person.user_permissions.remove(right)
        LogEntry.record("may_open_courses", person, by=by, allowed=allowed)
