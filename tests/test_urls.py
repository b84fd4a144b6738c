"""Every address has one view, and sign-in is the same for every app."""

from collections import Counter

import pytest
from django.urls import URLPattern, get_resolver, reverse

from tests import factories

pytestmark = pytest.mark.django_db


def enters(client, email, password, address="192.0.2.1"):
    """Try to sign in from that address; say whether it worked."""
    client.logout()
    client.post(
        reverse("account_login"), {"login": email, "password": password}, REMOTE_ADDR=address
    )
    return "_auth_user_id" in client.session


def test_no_two_pages_share_an_address():
    def paths(patterns, start=""):
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                yield start + str(pattern.pattern)
            elif str(pattern.pattern) not in ("accounts/", "admin/"):  # of these we replace some
                yield from paths(pattern.url_patterns, start + str(pattern.pattern))

    shared = [
        path for path, views in Counter(paths(get_resolver().url_patterns)).items() if views > 1
    ]
    assert shared == []


def test_admin_site_has_no_login_of_its_own(client):
    response = client.get(reverse("admin:index"), follow=True)

    assert response.redirect_chain[-1][0].startswith(reverse("account_login"))


def test_admin_site_is_closed_to_members(client, ada):
    client.force_login(ada)

    assert client.get(reverse("admin:index"), follow=True).status_code == 403


def test_right_password_is_refused_after_fifty_wrong_ones_from_anywhere(client, ada, bob):
    for n in range(50):
        enters(client, ada.email, "a wrong guess", f"192.0.2.{n}")

    assert not enters(client, ada.email, factories.PASSWORD, "192.0.2.200")
    assert enters(client, bob.email, factories.PASSWORD, "192.0.2.200")


def test_lecture_hall_behind_one_address_gets_in(client, db):
    people = [factories.make_user() for _ in range(60)]

    entered = [enters(client, person.email, factories.PASSWORD) for person in people]

    assert entered == [True] * 60
