"""The account forms: what a person is asked, and what is refused."""

import pytest

from blog.forms.accounts import accounts

NEW = {
    "display_name": "Mina Okafor",
    "email": "Mina@Example.edu",
    "password1": "five quiet herons wade",
    "time_zone": "America/Vancouver",
}

pytestmark = pytest.mark.django_db


def test_signup_asks_for_name_address_and_one_password():
    form = accounts.SignupForm()

    assert [field.name for field in form.visible_fields()] == ["display_name", "email", "password1"]
    assert not any("placeholder" in field.widget.attrs for field in form.fields.values())


def test_signup_takes_the_zone_of_the_browser():
    form = accounts.SignupForm(NEW)

    assert form.is_valid(), form.errors
    assert form.cleaned_data["time_zone"] == "America/Vancouver"
    assert form.cleaned_data["email"] == "mina@example.edu"


@pytest.mark.parametrize("zone", ["", "Mars/Olympus_Mons", "../../etc/passwd"])
def test_signup_without_a_known_zone_is_in_utc(zone):
    form = accounts.SignupForm(NEW | {"time_zone": zone})

    assert form.is_valid(), form.errors
    assert form.cleaned_data["time_zone"] == "UTC"


def test_signup_without_a_name_is_refused_at_the_name():
    form = accounts.SignupForm(NEW | {"display_name": "  "})

    assert list(form.errors) == ["display_name"]


@pytest.mark.parametrize("password", ["herons", "1234567890", "password123456", "mina okafor"])
def test_signup_refuses_a_weak_password_at_the_password(password):
    form = accounts.SignupForm(NEW | {"password1": password})

    assert list(form.errors) == ["password1"]


def test_signup_refuses_a_password_like_the_display_name():
    form = accounts.SignupForm(NEW | {"email": "x@example.org", "password1": "minaokafor"})

    assert form.errors == {
        "password1": ["The password is too similar to the name in your courses."]
    }


def test_login_asks_for_email_and_password_in_our_words():
    form = accounts.LoginForm()

    assert [(field.name, str(field.label), field.help_text) for field in form] == [
        ("login", "Email", ""),
        ("password", "Password", ""),
        ("remember", "Stay signed in on this device", ""),
    ]


@pytest.mark.parametrize(
    ("form_class", "names"),
    [
        (accounts.ChangePasswordForm, ["oldpassword", "password1"]),
        (accounts.SetPasswordForm, ["password1"]),
        (accounts.ResetPasswordKeyForm, ["password1"]),
    ],
)
def test_new_password_is_asked_for_once(form_class, names):
    form = form_class()

    assert list(form.fields) == names
    assert str(form.fields["password1"].help_text).startswith("At least ten characters.")
