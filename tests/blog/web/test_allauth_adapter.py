"""A mail server that is down loses a mail and nothing else, and no page claims it was sent."""

import re
from smtplib import SMTPServerDisconnected
from zoneinfo import ZoneInfo

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from blog.models import User
from tests import factories

NEW = {"display_name": "Mina", "email": "mina@example.edu", "password1": "five quiet herons wade"}
NOT_SENT = (
    "We could not send the email. Nothing you entered is lost. Wait a few minutes, then ask for "
    "the email again."
)


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


@pytest.fixture(params=[ConnectionRefusedError, TimeoutError, SMTPServerDisconnected])
def no_mail_server(request, monkeypatch):
    """Let every attempt to send fail, as a server that is away, slow or hangs up makes it fail."""

    def refuse(backend, messages):
        raise request.param("no mail today")

    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", refuse)
        yield patch


def messages_of(answer):
    return [str(message) for message in answer.context["messages"]]


def test_sign_up_is_kept_and_the_link_comes_with_a_later_sign_in(client, no_mail_server):
    answer = client.post("/accounts/signup/", NEW, follow=True)

    assert answer.status_code == 200
    assert answer.redirect_chain == [("/accounts/confirm-email/", 302)]
    assert messages_of(answer) == [NOT_SENT]
    page = answer.content.decode()
    assert "We could not send the email with your link yet" in page
    assert "We sent you an email" not in page
    assert User.objects.get().email == "mina@example.edu"
    assert mail.outbox == []

    no_mail_server.undo()
    cache.clear()  # a few minutes later
    answer = client.post(
        "/accounts/login/", {"login": NEW["email"], "password": NEW["password1"]}, follow=True
    )

    assert [m.to for m in mail.outbox] == [["mina@example.edu"]]
    assert "We sent you an email" in answer.content.decode()
    assert NOT_SENT not in messages_of(answer)


def test_sign_up_with_a_taken_address_still_looks_the_same(client, ada, no_mail_server):
    taken = client.post("/accounts/signup/", NEW | {"email": ada.email}, follow=True)
    client.cookies.clear()
    free = client.post("/accounts/signup/", NEW, follow=True)

    assert messages_of(taken) == messages_of(free) == [NOT_SENT]
    assert taken.redirect_chain == free.redirect_chain
    assert taken.status_code == free.status_code == 200


@pytest.mark.parametrize("email", ["ada@example.edu", "nobody@example.edu"])
def test_reset_says_that_nothing_was_sent_and_what_to_do(client, ada, no_mail_server, email):
    answer = client.post("/accounts/password/reset/", {"email": email}, follow=True)

    assert answer.redirect_chain == [("/accounts/password/reset/done/", 302)]
    assert messages_of(answer) == [NOT_SENT]
    page = answer.content.decode()
    assert "Your password has not changed" in page
    assert "we sent it a link" not in page


def test_change_of_address_waits_and_can_be_sent_again(client, ada, no_mail_server):
    client.post("/accounts/login/", {"login": ada.email, "password": factories.PASSWORD})

    answer = client.post(
        "/accounts/email/", {"email": "ada@new.example", "action_add": ""}, follow=True
    )

    assert answer.status_code == 200
    assert messages_of(answer) == [NOT_SENT]
    assert EmailAddress.objects.filter(email="ada@new.example", verified=False).exists()
    no_mail_server.undo()
    cache.clear()
    answer = client.post(
        "/accounts/email/", {"email": "ada@new.example", "action_send": ""}, follow=True
    )
    assert ["ada@new.example"] in [m.to for m in mail.outbox]
    assert messages_of(answer) == [
        "We sent a link to ada@new.example. Open it to confirm your email."
    ]


def test_new_password_is_saved_although_its_note_cannot_be_sent(client, ada, no_mail_server):
    client.force_login(ada)

    answer = client.post(
        "/accounts/password/change/",
        {"oldpassword": factories.PASSWORD, "password1": NEW["password1"]},
        follow=True,
    )

    assert answer.status_code == 200
    assert NOT_SENT not in messages_of(answer)
    ada.refresh_from_db()
    assert ada.check_password(NEW["password1"])


def test_failure_is_in_the_log_without_the_link(client, ada, no_mail_server, caplog):
    client.post("/accounts/password/reset/", {"email": ada.email})

    [line] = [r.getMessage() for r in caplog.records if r.name == "blog.web.allauth_adapter"]
    assert line.startswith("Mail account/email/password_reset_key was not sent: ")
    assert "http" not in line


@pytest.mark.parametrize(
    "email", ["a@" + "ü" * 80 + ".example", "a@xn--\u2028.example", "ü@example.edu"]
)
def test_odd_address_is_never_a_broken_page(client, email):
    assert client.post("/accounts/signup/", NEW | {"email": email}).status_code in (200, 302)


@pytest.mark.parametrize("email", ["ada@example.edu", "nobody@example.edu"])
@pytest.mark.parametrize("address", ["/accounts/password/reset/", "/accounts/signup/"])
def test_mails_link_to_the_site_whatever_host_and_port_a_request_names(
    client, ada, settings, address, email
):
    settings.SITE_URL = "https://pln.example.edu"
    fields = {"email": email, "display_name": "Mina", "password1": "five quiet herons wade"}

    client.post(address, fields, headers={"host": "testserver:6666"})

    words = mail.outbox[-1].body
    assert set(re.findall(r"https?://[^/\s]+", words)) == {"https://pln.example.edu"}
    assert "6666" not in words
    assert "pln.example.edu" in words.rstrip().splitlines()[-1]


def test_mails_about_an_account_name_the_browser_and_ones_own_time(client, db):
    person = factories.make_user("Mina", time_zone="Asia/Tokyo")
    person.set_password(NEW["password1"])
    person.save()
    EmailAddress.objects.update_or_create(
        user=person, email=person.email, defaults={"verified": True, "primary": True}
    )
    client.force_login(person)
    agent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36"

    client.post(
        "/accounts/password/change/",
        {"oldpassword": NEW["password1"], "password1": "seven loud geese swim"},
        headers={"user-agent": agent},
    )

    [told] = mail.outbox
    assert told.body.startswith("Hello Mina,")
    assert "Chrome on Linux" in told.body
    assert "Mozilla" not in told.body
    here = timezone.now().astimezone(ZoneInfo("Asia/Tokyo"))
    assert f"{here:%Y, %H:}" in told.body
    assert "(Asia/Tokyo)" in told.body
