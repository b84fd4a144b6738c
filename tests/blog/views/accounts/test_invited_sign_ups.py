"""Sign-up where only the institution's accounts are wanted: open to the email of an invitation."""

import pytest
from django.core.cache import cache

from blog.models import User
from tests import factories

FIELDS = {"display_name": "Nia New", "password1": "five quiet herons wade", "time_zone": "UTC"}


@pytest.fixture(autouse=True)
def closed(settings, db):
    cache.clear()
    settings.PASSWORD_SIGNUP = False


def open_link(client, invitation):
    return client.post(f"{invitation.path}sign-up/").url


def sign_up(client, email):
    return client.post("/accounts/signup/", FIELDS | {"email": email})


@pytest.mark.parametrize("role", ["student", "observer", "assistant", "instructor"])
def test_whoever_a_course_invites_has_an_account(client, course, instructor, role):
    invitation = factories.make_invitation(course, instructor, "nia@example.org", role=role)

    page = client.get(open_link(client, invitation))
    answer = sign_up(client, "Nia@example.org")

    assert 'name="password1"' in page.content.decode()
    assert answer.status_code == 302
    assert User.objects.filter(email="nia@example.org").exists()


@pytest.mark.parametrize("role", ["student", "assistant"])
def test_a_link_opens_the_door_to_its_own_email_alone(client, course, instructor, role):
    invitation = factories.make_invitation(course, instructor, "nia@example.org", role=role)
    open_link(client, invitation)

    answer = sign_up(client, "somebody@example.org")

    assert answer.context["form"].errors == {
        "email": ["Use the email that your invitation came to: nia@example.org"]
    }
    assert not User.objects.filter(email="somebody@example.org").exists()


def test_without_a_link_it_is_closed(client):
    sign_up(client, "nia@example.org")

    assert "You don’t need a new account" in client.get("/accounts/signup/").content.decode()
    assert not User.objects.exists()
