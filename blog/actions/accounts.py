"""Accounts, as site staff change them: closed, given rights, allowed to open courses."""

from django.contrib.auth.models import Permission
from django.db import transaction
from django.utils.translation import gettext as _

from blog import access
from blog.exceptions import NotAllowed
from blog.models import AuditEvent, User

FLAGS = {"is_active", "is_staff", "is_superuser"}
RIGHTS = {"groups", "user_permissions"}


def change_account(person: User, *, by: User, **changes) -> None:
    """Close or reopen an account; superusers give and take rights as well.

    Nothing else of a person is anybody's to change: name, address and password are theirs. Staff
    who could hand out rights could hand themselves all of them, hence the second guard.
    """
    access.require(access.can_change_account(by, person), _("You cannot change this account."))
    if changes.keys() - (FLAGS | RIGHTS if by.is_superuser else {"is_active"}):
        raise NotAllowed(_("Only superusers can change rights."))
    with transaction.atomic():
        stored = User.objects.select_for_update().get(pk=person.pk)
        for name in FLAGS & changes.keys():
            setattr(stored, name, changes[name])
        stored.save(update_fields=FLAGS)
        for name in RIGHTS & changes.keys():
            getattr(stored, name).set(changes[name])
        AuditEvent.record("account_changed", person, by=by, fields=sorted(changes))


def allow_opening_courses(person: User, *, by: User, allowed: bool) -> None:
    """Let somebody open courses, or no further ones; the courses they have stay."""
    access.require(
        access.can_appoint_teachers(by), _("Only site staff can decide who opens courses.")
    )
    right = Permission.objects.get(content_type__app_label="blog", codename="open_course")
    with transaction.atomic():
        if allowed:
            person.user_permissions.add(right)
        else:
            person.user_permissions.remove(right)
        AuditEvent.record("may_open_courses", person, by=by, allowed=allowed)
