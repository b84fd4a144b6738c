"""Exports of other people's data ask once more who sits there."""

import time

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.core.cache import cache

from tests import factories
from tests.signed_in import signed_in_long_ago

HALF_AN_HOUR = 30 * 60


@pytest.fixture
def sat_down(client, instructor, course, ada):
    """Sign in more than half an hour ago."""
    cache.clear()
    client.force_login(instructor)
    return signed_in_long_ago(client)


@pytest.mark.parametrize(
    ("method", "path", "page"),
    [
        ("post", "gradebook/export/csv/", "gradebook/export/"),
        ("post", "network/export/csv/", "network/export/"),
        ("post", "gradebook/files/1/filled/", "gradebook/files/1/"),
        ("get", "settings/delete/", "settings/delete/"),
    ],
)
def test_an_export_asks_for_the_password_and_leads_to_its_page(sat_down, method, path, page):
    answer = getattr(sat_down, method)(f"/c/networks/{path}")

    assert answer.status_code == 302
    assert answer.url.startswith("/accounts/reauthenticate/?next=")
    wrong = sat_down.post(answer.url, {"password": "no"})
    assert "This is not your password." in wrong.content.decode()
    right = sat_down.post(answer.url, {"password": factories.PASSWORD})
    assert right.url == f"/c/networks/{page}"
    again = getattr(sat_down, method)(f"/c/networks/{path}")
    assert not again.headers.get("Location", "").startswith("/accounts/")


@pytest.mark.parametrize("path", ["totp/activate/", "webauthn/add/", "recovery-codes/generate/"])
def test_a_second_step_is_changed_only_by_whoever_has_just_shown_who_they_are(sat_down, path):
    answer = sat_down.get(f"/accounts/two-step/{path}")

    assert answer.url.startswith("/accounts/reauthenticate/?next=")
    page = sat_down.get(answer.url).content.decode()
    assert "Confirm that it is you" in page
    right = sat_down.post(answer.url, {"password": factories.PASSWORD})
    assert right.url == f"/accounts/two-step/{path}"


def test_nobody_is_asked_who_may_not_come(sat_down, bob):
    sat_down.force_login(bob)

    assert sat_down.post("/c/networks/gradebook/export/csv/").status_code == 403


def test_a_sign_in_counts_for_half_an_hour(client, instructor, course):
    client.force_login(instructor)
    (record,) = client.session[AUTHENTICATION_METHODS_SESSION_KEY]

    assert time.time() - record["at"] < HALF_AN_HOUR
    assert client.post("/c/networks/gradebook/export/csv/").status_code == 200
