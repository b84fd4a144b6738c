"""An LMS asks nobody who they are: its launches open no page that asks for that."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from blog.models import PlatformAccount, User
from tests.blog.views.lti.test_launches import accept_notice, words
from tests.signed_in import signed_in_long_ago

pytestmark = pytest.mark.django_db
GUARDED = "/accounts/two-step/totp/activate/"  # a page that asks who sits there
RESET = "/accounts/password/reset/"
PASSWORD = "five quiet herons wade"


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


def test_a_launch_shows_nothing_of_somebody_with_a_password(client, lms, connected, ada):
    PlatformAccount.objects.create(issuer=lms.url, subject="s-1", user=ada)
    client.force_login(ada)
    signed_in_long_ago(client)

    lms.launch(client, email=ada.email)

    assert client.session["_auth_user_id"] == str(ada.pk)
    assert client.get(GUARDED).url.startswith("/accounts/reauthenticate/")
    client.post("/accounts/email/", {"action_add": "", "email": "mallory@example.edu"})
    assert [one.email for one in ada.emailaddress_set.all()] == [ada.email]


@pytest.fixture
def sam(client, lms, connected):
    """Return somebody whom the LMS has just brought here, and who has no other way in."""
    lms.launch(client)
    return User.objects.get(email="sam@example.edu")


def choose_by_mail(client, person):
    """Ask for the link on the page that a guarded one leads to, and choose a password with it."""
    mail.outbox.clear()
    page = client.get(RESET)
    assert "Your account has no password yet." in words(page)
    assert f'value="{person.email}"' in page.content.decode()
    asked = client.post(RESET, {"email": person.email})
    assert client.get(asked.url).status_code == 200
    (sent,) = mail.outbox
    assert sent.to == [person.email]
    link = re.search(r"https?://[^/\s]+(/\S+)", sent.body)[1]
    form = client.get(link)
    assert client.get(form.url).status_code == 200
    client.post(form.url, {"password1": PASSWORD})
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def way_to(client, address):
    """Return where the questions lead somebody who wants a page."""
    return client.get(address, follow=True).redirect_chain[-1][0].partition("?")[0]


@pytest.mark.parametrize("accepts", [True, False])
def test_who_has_an_lms_alone_erases_the_account_with_a_password_by_mail(client, lms, sam, accepts):
    """Nobody has to accept the notice for it either."""
    if accepts:
        accept_notice(sam)
    assert way_to(client, "/me/erase/") == RESET
    lms.launch(client)  # coming from there again changes nothing
    assert way_to(client, "/me/erase/") == RESET

    choose_by_mail(client, sam)

    asked = client.get("/me/erase/")
    assert client.get(asked.url).status_code == 200
    back = client.post(asked.url, {"password": PASSWORD, "next": "/me/erase/"})
    assert back.url == "/me/erase/"
    assert client.get("/me/erase/").status_code == 200
    client.post("/me/erase/")
    sam.refresh_from_db()
    assert sam.erased_at is not None


def test_who_has_an_lms_alone_does_not_choose_one_at_an_open_screen(client, sam):
    accept_notice(sam)

    assert way_to(client, "/accounts/password/set/") == RESET
    assert way_to(client, GUARDED) == RESET
    client.post("/accounts/password/set/", {"password1": PASSWORD})
    sam.refresh_from_db()
    assert not sam.has_usable_password()
    page = words(client.get("/me/lms/"))
    assert "An LMS opens this site without asking who you are." in page


def test_accounts_in_lmss_are_ended_without_the_notice(client, sam):
    account = sam.platform_accounts.get()

    assert client.get("/me/lms/").status_code == 200
    client.post(f"/me/lms/{account.pk}/disconnect/")

    assert not sam.platform_accounts.exists()


def test_a_visitor_is_asked_for_an_email_as_ever(db):
    page = words(Client().get(RESET))

    assert "Enter the email of your account." in page
    assert "no password yet" not in page
