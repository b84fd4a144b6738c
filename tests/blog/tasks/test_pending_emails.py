"""Emails that accounts wait for are forgotten: after some days, and when their owner confirms."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from blog.actions.accounts import record_email_change_asked
from blog.models import AuditEvent, User
from blog.tasks import forget_pending_emails
from tests import factories
from tests.threads import on_postgresql, queueing

pytestmark = pytest.mark.django_db
WANTED = "dora@example.edu"


@pytest.fixture
def waiting(bob):
    """Return Bob, after a request to change his email."""
    EmailAddress.objects.create(user=bob, email=WANTED, verified=False)
    record_email_change_asked(bob, by=bob)
    return bob


def emails_of(person):
    return sorted(person.emailaddress_set.values_list("email", flat=True))


def moments_later(monkeypatch, **ago):
    """Let so much time pass: nobody changes when an event was."""
    later = timezone.now() + timedelta(**ago)
    monkeypatch.setattr(timezone, "now", lambda: later)


@pytest.mark.parametrize(("days", "left"), [(2.9, [WANTED]), (3.1, [])])
def test_one_is_kept_as_long_as_its_link_works(waiting, monkeypatch, days, left):
    moments_later(monkeypatch, days=days)

    assert forget_pending_emails() == (0 if left else 1)

    assert emails_of(waiting) == sorted([waiting.email, *left])


def test_asking_again_keeps_it(waiting, monkeypatch):
    moments_later(monkeypatch, days=2)
    record_email_change_asked(waiting, by=waiting)
    moments_later(monkeypatch, days=2)

    assert forget_pending_emails() == 0


def test_one_that_somebody_else_has_confirmed_goes_at_once(waiting):
    factories.make_user("Dora", email=WANTED)

    assert forget_pending_emails() == 1

    assert emails_of(waiting) == [waiting.email]


def test_an_account_without_a_confirmed_email_keeps_its_one(waiting, ada, monkeypatch):
    ada.emailaddress_set.update(verified=False)
    moments_later(monkeypatch, days=400)

    forget_pending_emails()

    assert emails_of(ada) == [ada.email]


def test_asking_twice_within_a_minute_is_one(waiting, monkeypatch):
    record_email_change_asked(waiting, by=waiting)
    assert AuditEvent.objects.filter(action="email_change_asked").count() == 1

    moments_later(monkeypatch, minutes=2)
    record_email_change_asked(waiting, by=waiting)

    assert AuditEvent.objects.filter(action="email_change_asked").count() == 2


@on_postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "forget",
    [
        lambda person: forget_pending_emails(),
        lambda person: User.objects.drop_claims(WANTED),
        lambda person: person.drop_pending_emails(),
    ],
)
def test_one_that_is_confirmed_meanwhile_stays(bob, forget):
    EmailAddress.objects.create(user=bob, email=WANTED, verified=False)  # asked for long ago

    with queueing(lambda: forget(bob)) as results:
        EmailAddress.objects.filter(email=WANTED).update(verified=True)

    assert results == [None]
    assert WANTED in emails_of(bob)


def test_nothing_due_asks_once(waiting, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert forget_pending_emails() == 0
    assert AuditEvent.objects.filter(action="email_change_asked").count() == 1
