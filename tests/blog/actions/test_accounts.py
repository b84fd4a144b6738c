import pytest

from blog.actions.accounts import allow_opening_courses, change_account
from blog.actions.mail import retry_mail
from blog.exceptions import Refused
from blog.models import AuditEvent, OutboxMessage, User


def test_members_change_no_account(ada, bob, instructor):
    for by in (bob, instructor, ada):
        with pytest.raises(Refused, match="cannot change this account"):
            change_account(ada, by=by, is_active=False)

    assert User.objects.get(pk=ada.pk).is_active
    assert not AuditEvent.objects.exists()


def test_members_appoint_nobody_and_retry_no_mail(ada, instructor):
    with pytest.raises(Refused, match="who opens courses"):
        allow_opening_courses(ada, by=instructor, allowed=True)
    with pytest.raises(Refused, match="send emails again"):
        retry_mail(OutboxMessage.objects.all(), by=instructor)

    assert not User.objects.get(pk=ada.pk).has_perm("blog.open_course")


def test_account_keeps_what_its_owner_changed_meanwhile(ada, bob):
    User.objects.filter(pk=bob.pk).update(is_staff=True, is_superuser=True)
    bob.refresh_from_db()
    User.objects.filter(pk=ada.pk).update(display_name="Ada Newname")

    change_account(ada, by=bob, is_active=False)

    stored = User.objects.get(pk=ada.pk)
    assert (stored.display_name, stored.is_active) == ("Ada Newname", False)
