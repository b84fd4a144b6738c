"""A change of the email that waits: whom it tells, what ends it, what it never opens."""

import re
from smtplib import SMTPRecipientsRefused

import pytest
from allauth.account.models import EmailConfirmationHMAC
from django.core import mail
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.test import Client

from blog.tasks import forget_pending_emails
from blog.web.allauth_adapter import MAILS_AN_HOUR, AccountAdapter
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
    """Return somebody else's browser, in which they have asked to change the email."""
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

    assert told.subject == "Someone asked to change your email"
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


@pytest.fixture
def mails_fail(monkeypatch):
    """Return a function that lets mails to an email fail."""
    send = EmailMessage.send

    def begin(email, error):
        def fail(self, *args, **kwargs):
            if self.to == [email]:
                raise error
            return send(self, *args, **kwargs)

        monkeypatch.setattr(EmailMessage, "send", fail)

    return begin


def said_by_server(person, code, words):
    return SMTPRecipientsRefused({person.email: (code, words)})


TRY_LATER = [
    (451, b"4.7.1 Greylisted"),
    (550, b"5.2.1 Receiving mail at a rate that prevents additional messages"),
    (552, b"5.2.2 Mailbox full"),
    (550, b"5.7.1 Spam"),
]


@pytest.mark.parametrize("answer", [None, *TRY_LATER])
def test_no_link_is_sent_of_which_the_present_email_is_not_told(ada, mails_fail, answer):
    client = browser_of(ada)
    mails_fail(ada.email, said_by_server(ada, *answer) if answer else OSError())

    said = ask_for_change(client, ELSEWHERE)

    assert "We could not send the email. Nothing you entered is lost." in said
    assert "Click the link" not in said
    assert mail.outbox == []


@pytest.mark.parametrize("words", [b"5.1.1 User unknown", b"5.1.6 Moved", b"5.1.10 Null MX"])
def test_who_has_lost_the_present_mailbox_can_change_it(ada, mails_fail, words):
    client = browser_of(ada)
    mails_fail(ada.email, said_by_server(ada, 550, words))

    said = ask_for_change(client, ELSEWHERE)

    assert "We could not send the email." not in said
    assert [m.to for m in mail.outbox] == [[ELSEWHERE]]


def test_the_present_email_is_told_first(ada, mails_fail):
    client = browser_of(ada)
    mails_fail(ELSEWHERE, OSError())

    said = ask_for_change(client, ELSEWHERE)

    assert "We could not send the email. Nothing you entered is lost." in said
    assert [m.to for m in mail.outbox] == [[ada.email]]


def no_mail_server(ada, mails_fail, monkeypatch, to):
    mails_fail(ELSEWHERE if to == "email_confirmation" else ada.email, OSError())


def one_mail_too_many(ada, mails_fail, monkeypatch, to):
    def may_send(adapter, prefix, email):
        return not prefix.endswith(to)

    monkeypatch.setattr(AccountAdapter, "_may_send", may_send)


@pytest.mark.parametrize("trouble", [no_mail_server, one_mail_too_many])
@pytest.mark.parametrize("to", ["email_confirmation", "email_change_asked"])
def test_an_email_whose_link_did_not_go_out_waits_for_another_try(
    ada, mails_fail, monkeypatch, trouble, to
):
    client = browser_of(ada)
    trouble(ada, mails_fail, monkeypatch, to)

    ask_for_change(client, ELSEWHERE)

    assert [ELSEWHERE] not in [m.to for m in mail.outbox]
    assert forget_pending_emails() == 0
    assert ELSEWHERE in client.get("/accounts/email/").text
    monkeypatch.undo()
    cache.clear()
    client.post("/accounts/email/", {"email": ELSEWHERE, "action_send": ""})
    assert [ELSEWHERE] in [m.to for m in mail.outbox]


def test_a_tick_while_the_mail_goes_out_forgets_nothing(ada, monkeypatch):
    client, send, forgotten = browser_of(ada), EmailMessage.send, []

    def tick(self, *args, **kwargs):
        forgotten.append(forget_pending_emails())
        return send(self, *args, **kwargs)

    monkeypatch.setattr(EmailMessage, "send", tick)

    ask_for_change(client, ELSEWHERE)

    assert forgotten == [0, 0]
    assert sorted(emails_of(ada)) == sorted([ada.email, ELSEWHERE])


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
