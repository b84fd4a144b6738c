"""Emails and names without signs that nobody sees, in every form that takes one."""

import pytest
from django import forms
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.utils.module_loading import import_string

from blog.forms.accounts.fields import EmailField, NameField
from blog.forms.accounts.profile import ProfileForm
from blog.models import User, version_of
from tests import factories

SIGNS = "\u200b\u00ad\u2060\ufeff\u202c\u202e\u2066\u3164"
PLACES = ["{}ada@example.org", "a{}da@example.org", "ada@exam{}ple.org", "ada@example.org{}"]


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("form", PLACES)
def test_signs_in_an_email_are_taken_off(sign, form):
    assert EmailField().clean(form.format(sign)) == "ada@example.org"


@pytest.mark.parametrize("blank", "\u3000\u2003\u00a0 ")
def test_blanks_in_an_email_are_refused_and_at_its_ends_taken_off(blank):
    with pytest.raises(forms.ValidationError):
        EmailField().clean(f"ada@exam{blank}ple.org")

    assert EmailField().clean(f"{blank}ada@example.org{blank}") == "ada@example.org"


@pytest.mark.parametrize("email", ["ada at example", "ada", "ada@exam ple.org"])
def test_what_is_no_email_is_said_once(email):
    with pytest.raises(forms.ValidationError) as refused:
        EmailField().clean(email)

    assert refused.value.messages == ["Enter a valid email address."]


def test_every_form_of_an_account_has_the_field():
    """allauth's own fields would take what ours take off."""
    sign_up = import_string(settings.ACCOUNT_FORMS["signup"])()

    assert isinstance(sign_up.fields["email"], EmailField)
    assert isinstance(sign_up.fields["display_name"], NameField)
    assert isinstance(import_string(settings.ACCOUNT_FORMS["login"])().fields["login"], EmailField)
    for name in ("reset_password", "add_email"):
        form = import_string(settings.ACCOUNT_FORMS[name])()
        assert isinstance(form.fields["email"], EmailField)


def sign_up(client, **changes):
    form = {
        "display_name": "Ada Luna",
        "email": "ada@example.org",
        "password1": "seven grey stones sing",
    }
    return client.post("/accounts/signup/", form | changes)


@pytest.mark.parametrize("sign", SIGNS)
def test_sign_up_takes_the_clean_address_and_makes_one_account(client, db, sign):
    sign_up(client, email=f"ada@example.org{sign}")
    sign_up(client, email="ada@example.org")

    assert [user.email for user in User.objects.all()] == ["ada@example.org"]
    assert {address for message in mail.outbox for address in message.to} == {"ada@example.org"}


@pytest.mark.parametrize("name", ["\u200b\u200b", "\u3164", "\u202e", " \u2800 ", "\u0301"])
def test_sign_up_refuses_a_name_that_nobody_sees(client, db, name):
    response = sign_up(client, display_name=name)

    assert response.context["form"].errors == {
        "display_name": ["Enter the name your courses will see."]
    }
    assert not User.objects.exists()


def test_sign_up_takes_signs_off_a_name(client, db):
    sign_up(client, display_name="\u202eAda\u200b  Luna")

    assert User.objects.get().display_name == "Ada Luna"


def test_signing_in_and_asking_for_a_new_password_find_the_account(client, ada):
    email = "ada@exam\u200bple.edu\ufeff"

    client.post("/accounts/password/reset/", {"email": email})
    response = client.post("/accounts/login/", {"login": email, "password": factories.PASSWORD})

    assert mail.outbox[0].to == ["ada@example.edu"]
    assert response.url == "/"


def test_a_new_address_is_stored_clean(client, ada):
    client.force_login(ada)

    client.post("/accounts/email/", {"email": "new@example.org\u200b", "action_add": ""})

    assert ada.emailaddress_set.filter(email="new@example.org").exists()


@pytest.mark.parametrize(
    ("field", "typed", "stored"),
    [
        ("display_name", "\u202eAda", "Ada"),
        ("public_name", "A.\u00ad L.", "A. L."),
        ("public_name", "\u3164\u200b", ""),
    ],
)
def test_profile_stores_names_clean(ada, field, typed, stored):
    data = {"display_name": "Ada", "public_name": "", "time_zone": "UTC", "about": ""}
    data["version"] = version_of(ada)
    form = ProfileForm(data | {field: typed}, instance=ada)

    assert form.is_valid()
    assert form.cleaned_data[field] == stored


def test_profile_refuses_a_name_that_nobody_sees(ada):
    form = ProfileForm({"display_name": "\u200b", "time_zone": "UTC"}, instance=ada)

    assert form.errors == {"display_name": ["Enter the name your courses will see."]}


def test_createsuperuser_stores_a_clean_address(db):
    call_command(
        "createsuperuser", "--noinput", email="root@exam\u200bple.org", display_name="Root"
    )

    assert User.objects.get().email == "root@example.org"
