"""The door of the admin site: it has no sign-in of its own."""

import pytest
from django.test import Client

from blog.models import User
from tests import factories

LOGIN = "/admin/login/"
METHODS = ["get", "post", "head", "put", "patch", "delete", "options"]
PASSWORD = "four words quite unlike"


@pytest.fixture
def root(db):
    root = factories.make_user("Rosa Root", is_staff=True, is_superuser=True)
    root.set_password(PASSWORD)
    root.save()
    return root


def knock(client, method, person):
    """Send the password of somebody to the admin's own form, in the body or in the address."""
    sent = {"username": person.email, "password": PASSWORD, "next": "/admin/"}
    if method in ("get", "post", "head"):
        return getattr(client, method)(LOGIN, sent)
    return getattr(client, method)(LOGIN)


@pytest.mark.parametrize("method", METHODS)
def test_a_visitor_is_sent_to_the_sign_in_of_everybody(client, root, method):
    answer = knock(client, method, root)

    assert (answer.status_code, answer.url) == (302, "/accounts/login/?next=%2Fadmin%2F")
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("method", METHODS)
def test_students_are_refused_and_stay_who_they_are(root, ada, method):
    client = Client()
    client.force_login(ada)

    answer = knock(client, method, root)

    assert answer.status_code == 403
    assert client.session["_auth_user_id"] == str(ada.pk)


@pytest.mark.parametrize("method", METHODS)
def test_staff_stay_who_they_are_with_the_password_of_somebody_else(root, method):
    clerk = factories.make_user("Carl Clerk", is_staff=True)
    client = Client()
    client.force_login(clerk)

    answer = knock(client, method, root)

    assert (answer.status_code, answer.url) == (302, "/admin/")
    assert client.session["_auth_user_id"] == str(clerk.pk)
    assert User.objects.get(pk=root.pk).last_login is None


def test_an_address_elsewhere_is_not_passed_on(client, db):
    answer = client.get(LOGIN, {"next": "https://elsewhere.example/"})

    assert answer.url == "/accounts/login/?next=%2Fadmin%2F"
