"""Connecting an account of an LMS is a change of the account: it asks, it is told, it is named."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.core.cache import cache
from django.test import Client

from blog.models import PlatformAccount
from tests import factories
from tests.blog.views.lti.test_launches import connect_address, words
from tests.signed_in import signed_in_long_ago
from tests.university import settings_for

pytestmark = pytest.mark.django_db
NEW_PASSWORD = "five quiet herons wade"


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


@pytest.fixture
def address(client, lms, connected, ada):
    """Return the address at which Ada, signed in, can connect her account of the LMS."""
    found = connect_address(lms.launch(client, email=ada.email))
    client.force_login(ada)
    return found


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_sits_there_is_asked_first(client, address, ada, method):
    signed_in_long_ago(client)

    asked = getattr(client, method)(address)

    assert asked.url == f"/accounts/reauthenticate/?next={address.replace('/', '%2F')}"
    assert not PlatformAccount.objects.filter(user=ada).exists()
    shown = client.post(asked.url, {"password": factories.PASSWORD, "next": address})
    assert shown.url == address
    assert "Connect your account with Campus LMS?" in words(client.get(address))


def test_nobody_is_asked_whose_link_is_of_no_use(client, address, bob):
    client.force_login(bob)
    client.cookies.clear()
    client.force_login(bob)
    signed_in_long_ago(client)

    assert client.get(address).status_code == 403


def test_its_owner_gets_a_mail_once(client, address, ada):
    client.post(address)
    client.post(address)

    (told,) = mail.outbox
    assert (told.to, told.subject) == ([ada.email], "Your account is connected with an LMS")
    body = " ".join(told.body.split())
    assert "Your account is now connected with Campus LMS." in body
    assert "reset your password now" in body


def test_its_end_is_told_too(client, address, ada):
    client.post(address)
    mail.outbox.clear()
    account = ada.platform_accounts.get()

    client.post(f"/me/lms/{account.pk}/disconnect/")

    (told,) = mail.outbox
    assert (told.to, told.subject) == ([ada.email], "Your account is disconnected from an LMS")
    assert "Campus LMS no longer opens your account." in told.body


@pytest.fixture
def ways(lms, connected, ada, settings):
    """Return the ways into Ada's account besides her password."""
    for name, value in settings_for("https://login.example.edu").items():
        setattr(settings, name, value)
    PlatformAccount.objects.create(issuer=lms.url, subject="s-1", user=ada)
    SocialAccount.objects.create(user=ada, provider="university", uid="a-1")
    data = {"name": "Laptop & <b>", "credential": {}}
    Authenticator.objects.create(user=ada, type=Authenticator.Type.WEBAUTHN, data=data)
    return ["Campus LMS", "Example University", "Passkey “Laptop & <b>”"]


def test_a_change_of_the_password_names_what_it_does_not_end(client, ada, ways):
    client.force_login(ada)

    page = client.get("/accounts/password/change/")
    passwords = {"oldpassword": factories.PASSWORD, "password1": NEW_PASSWORD}
    client.post("/accounts/password/change/", passwords)

    listed = re.findall(r'<li dir="auto">([^<]*)</li>', page.content.decode())
    assert listed == ["Campus LMS", "Example University", "Passkey “Laptop &amp; &lt;b&gt;”"]
    (told,) = mail.outbox
    assert re.findall(r"^- (.*)$", told.body, re.MULTILINE) == ways
    assert "http://127.0.0.1:8000/accounts/email/" in told.body


def test_a_password_by_mail_names_it_too(ada, ways):
    visitor = Client()
    visitor.post("/accounts/password/reset/", {"email": ada.email})
    link = re.search(r"https?://[^/\s]+(/\S+)", mail.outbox[0].body)[1]
    mail.outbox.clear()

    visitor.post(visitor.get(link).url, {"password1": NEW_PASSWORD})

    (told,) = mail.outbox
    assert re.findall(r"^- (.*)$", told.body, re.MULTILINE) == ways


def test_without_another_way_nothing_is_said(client, ada):
    client.force_login(ada)

    page = words(client.get("/accounts/password/change/"))
    passwords = {"oldpassword": factories.PASSWORD, "password1": NEW_PASSWORD}
    client.post("/accounts/password/change/", passwords)

    assert "Other ways into your account" not in page
    assert "open your account" not in mail.outbox[0].body
