"""Rows that are made after a restore get keys that no row had, so that links lead nowhere else.

Links in mails are signed for the key of a row: of an invitation, of a guest’s comment, of an email
that is to be confirmed, of a person who wants no more mail.
"""

import shutil
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from blog.management.backups.databases import KEYS_UNKNOWN, engine, keys_beyond
from blog.models import AuditEvent, Comment, Course, Invitation, guest_comments, invitations
from blog.models.mail_choices import MailKind, read_unsubscribe_token, unsubscribe_address
from tests import factories
from tests.blog.management.programs import needs_programs

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def folder(course, instructor, ada, settings, tmp_path):
    """Return a backup of a site with one of each that a link is signed for."""
    cache.clear()
    settings.MEDIA_ROOT = tmp_path / "media"
    make_one_of_each(course, instructor, ada, "first@example.edu")
    call_command("backup", tmp_path / "today")
    return tmp_path / "today"


def make_one_of_each(course, instructor, ada, email):
    post = factories.make_post(ada, course, audience=50)
    user = factories.make_user(email, email=email)
    EmailAddress.objects.filter(user=user).delete()
    return {
        "invitation": factories.make_invitation(course, instructor, email),
        "guest": factories.make_guest_comment(post, text=f"Words of {email}").guest,
        "address": EmailAddress.objects.create(user=user, email=email),
        "user": user,
    }


def links_of(one):
    return {
        "invitation": one["invitation"].path,
        "guest": one["guest"].status_path,
        "address": EmailConfirmationHMAC(one["address"]).key,
        "user": unsubscribe_address(one["user"], MailKind.DIGEST).rpartition("/unsubscribe/")[2],
    }


def restore(folder, **options):
    connection.close()
    call_command("restore", folder, **options)


@needs_programs
@pytest.mark.parametrize("is_there", [True, False], ids=["replaced", "lost"])
def test_a_link_of_after_the_backup_leads_to_nobody_else(folder, course, instructor, ada, is_there):
    lost = make_one_of_each(course, instructor, ada, "eve@example.edu")
    links, event = links_of(lost), AuditEvent.record("joined", course, by=None)
    if not is_there:
        call_command("flush", interactive=False)
        shutil.rmtree(folder.parent / "media", ignore_errors=True)

    restore(folder, replace=is_there)

    new = make_one_of_each(Course.objects.get(), instructor, ada, "victim@example.edu")
    for name, row in new.items():
        assert row.pk > lost[name].pk
    assert Client().get(links["invitation"]).status_code == 404
    assert Client().get(links["guest"]).status_code == 404
    assert EmailConfirmationHMAC.from_key(links["address"]) is None
    assert read_unsubscribe_token(links["user"].strip("/")) is None
    assert AuditEvent.record("joined", ada, by=None).pk > event.pk


@needs_programs
def test_keys_are_moved_no_further_than_they_were_given(folder, course, instructor):
    """Each restore of a site that is there, and each backup of it, leaves them as they are."""
    last = factories.make_invitation(course, instructor, "eve@example.edu").pk
    for _time in range(2):
        restore(folder, replace=True)

    made = factories.make_invitation(Course.objects.get(), instructor, "nia@example.edu")

    assert made.pk == last + 1
    assert Invitation.objects.count() == 2


def test_a_database_that_gave_fewer_keys_is_not_the_later_one():
    assert keys_beyond({"a": 3, "b": 0}, {"a": 5, "b": 7, "c": 1}) == {"a": 5, "b": 7}
    unknown = {"a": 3 + KEYS_UNKNOWN, "b": 9 + KEYS_UNKNOWN}
    assert keys_beyond({"a": 3, "b": 9}, {"a": 2, "b": 9}) == unknown
    assert keys_beyond({"a": 3, "b": 9}, {}) == unknown


def test_each_table_whose_rows_get_keys_is_known(course):
    tables = {name.removesuffix("_id_seq") for name in engine().last_keys()}

    assert {"blog_invitation", "blog_comment", "blog_user", "account_emailaddress"} <= tables


@pytest.mark.django_db(transaction=False)
def test_a_link_is_of_its_row_and_not_of_a_later_one_with_its_key(course, instructor, ada):
    """SQLite gives a key again where a migration after a restore remakes a table."""
    lost = make_one_of_each(course, instructor, ada, "eve@example.edu")
    links = links_of(lost)
    assert [Client().get(links[name]).status_code for name in ("invitation", "guest")] == [200] * 2

    later = timezone.now() + timedelta(seconds=2)
    Invitation.objects.update(email="victim@example.edu", sent_at=later)
    Comment.objects.update(created_at=later)

    assert [Client().get(links[name]).status_code for name in ("invitation", "guest")] == [404] * 2


@pytest.mark.django_db(transaction=False)
def test_links_that_an_earlier_release_has_mailed_work(course, instructor, ada):
    one = make_one_of_each(course, instructor, ada, "eve@example.edu")
    invitation, guest = one["invitation"], one["guest"]
    token = invitations.signer.sign(f"{invitation.pk}-{invitation.sendings}")
    status = guest.status_path.replace(guest.token, guest_comments.signer.sign(str(guest.pk)))

    pages = [reverse("invitation_page", args=[token]), status]

    assert [Client().get(page).status_code for page in pages] == [200, 200]
