"""A change of the email that waits: whom it tells, what ends it, what it never opens."""

import re

import pytest
from allauth.account.models import EmailConfirmationHMAC
from django.core import mail
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.test import Client

from blog.web.allauth_adapter import MAILS_AN_HOUR
from tests import factories

ELSEWHERE = "mallory@elsewhere.example"
NEW_PASSWORD = "five quiet herons wade"


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


def browser_of(person):
    client = Client()
    client.post("/accounts/login/", {"login": person.email, "password": factories.PASSWORD})
    return client


def is_signed_in(client):
    return client.get("/me/sessions/").status_code == 200


@pytest.fixture
def stolen(ada):
    """A browser that somebody else has, in which they have asked to change the email."""
    client = browser_of(ada)
    client.post("/accounts/email/", {"email": ELSEWHERE, "action_add": ""})
    return client


@pytest.fixture
def link(stolen):
    body = next(m.body for m in mail.outbox if m.to == [ELSEWHERE])
    return re.search(r"https?://[^/\s]+(/\S+)", body)[1]


def emails_of(person):
    return list(person.emailaddress_set.values_list("email", flat=True))


def reset(person, client):
    client.post("/accounts/password/reset/", {"email": person.email})
    body = next(m.body for m in mail.outbox if m.subject == "Choose a new password")
    address = re.search(r"https?://[^/\s]+(/\S+)", body)[1]
    form = client.get(address, follow=True).wsgi_request.path
    client.post(form, {"password1": NEW_PASSWORD})
    person.refresh_from_db()
    assert person.check_password(NEW_PASSWORD)


def change_password(person, client):
    passwords = {"oldpassword": factories.PASSWORD, "password1": NEW_PASSWORD}
    client.post("/accounts/password/change/", passwords)
    person.refresh_from_db()
    assert person.check_password(NEW_PASSWORD)


def end_other_sessions(person, client):
    client.post("/me/sessions/others/")


def test_the_present_email_is_told_when_a_change_is_asked_for(ada, stolen):
    told = next(m for m in mail.outbox if m.to == [ada.email])

    assert told.subject == "Somebody asked to change your email"
    assert ELSEWHERE in told.body
    assert "reset your password now" in " ".join(told.body.split())


def ask_for_change(client, email):
    return client.post("/accounts/email/", {"email": email, "action_add": ""}, follow=True).text


def test_the_present_email_gets_few_mails_whatever_new_ones_are_named(ada, settings):
    settings.ACCOUNT_RATE_LIMITS = False  # those are by address of the network
    client = browser_of(ada)

    said = [ask_for_change(client, f"new{n}@elsewhere.example") for n in range(MAILS_AN_HOUR + 2)]

    told = [m for m in mail.outbox if m.to == [ada.email]]
    links = [m for m in mail.outbox if m.to != [ada.email]]
    assert (len(told), len(links)) == (MAILS_AN_HOUR, MAILS_AN_HOUR)
    assert "Too many tries in a short time" in said[-1]
    assert "Too many tries" not in said[0]


def test_nobody_is_told_of_a_link_that_was_not_sent(ada, monkeypatch):
    client = browser_of(ada)
    send = EmailMessage.send

    def fail_elsewhere(self, *args, **kwargs):
        if self.to == [ELSEWHERE]:
            raise OSError
        return send(self, *args, **kwargs)

    monkeypatch.setattr(EmailMessage, "send", fail_elsewhere)

    said = ask_for_change(client, ELSEWHERE)

    assert "We could not send the email." in said
    assert mail.outbox == []


@pytest.mark.parametrize("deed", [change_password, reset, end_other_sessions])
def test_the_link_ends_with_the_password_and_with_the_sessions(ada, link, deed):
    deed(ada, Client() if deed is reset else browser_of(ada))

    Client().post(link)

    ada.refresh_from_db()
    assert (ada.email, emails_of(ada)) == ("ada@example.edu", ["ada@example.edu"])


def test_an_email_that_waits_gets_no_link_for_a_new_password(ada, link):
    mail.outbox.clear()

    answer = Client().post("/accounts/password/reset/", {"email": ELSEWHERE})

    assert answer.url == "/accounts/password/reset/done/"
    assert [(m.to, m.subject) for m in mail.outbox] == [([ELSEWHERE], "No account with this email")]


def test_who_has_not_confirmed_any_email_can_still_choose_a_new_password(ada):
    ada.emailaddress_set.update(verified=False)

    Client().post("/accounts/password/reset/", {"email": ada.email})

    assert [m.subject for m in mail.outbox] == ["Choose a new password"]


def test_a_confirmed_change_signs_out_everywhere_else(ada, stolen, link):
    elsewhere = browser_of(ada)

    stolen.post(link)

    ada.refresh_from_db()
    assert ada.email == ELSEWHERE
    assert is_signed_in(stolen)
    assert not is_signed_in(elsewhere)


def test_a_first_confirmation_signs_nobody_out(client, ada):
    here = browser_of(ada)
    ada.emailaddress_set.update(verified=False)
    address = ada.emailaddress_set.get()

    client.post(f"/accounts/confirm-email/{EmailConfirmationHMAC(address).key}/")

    assert ada.has_confirmed_email
    assert is_signed_in(here)
