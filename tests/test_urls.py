"""Every address has one view, and sign-in is the same for every app."""

import inspect
import re
from collections import Counter
from pathlib import Path

import pytest
from django.urls import URLPattern, get_resolver, reverse

import blog.urls
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


def own_addresses():
    """Yield each address of ours, with the function that its decorators wrap."""
    pending = list(get_resolver().url_patterns)
    while pending:
        pattern = pending.pop()
        if not isinstance(pattern, URLPattern):
            pending += pattern.url_patterns
        elif inspect.unwrap(pattern.callback).__module__.startswith(
            ("blog.views", "network.views")
        ):
            yield pattern, inspect.unwrap(pattern.callback)


# allauth asks for the way to the institution by the name that its own view has.
NAMED_BY_ALLAUTH = {"openid_connect_login": "university_login"}


def test_an_address_has_the_name_of_its_view():
    """Where one view grades posts and comments alike, its address for comments says so."""
    names = {
        pattern.name: view.__name__
        for pattern, view in own_addresses()
        if pattern.name != view.__name__ and not pattern.default_args
    }
    of_comments = {
        pattern.name: pattern.default_args
        for pattern, view in own_addresses()
        if pattern.name != view.__name__ and pattern.default_args
    }

    assert names == NAMED_BY_ALLAUTH
    assert {name: args for name, args in of_comments.items() if "comments" not in name} == {}


# A text area of comments and of the editor pastes by the same pages.
OF_ANOTHER_AREA = {"comments": {"editor"}}


def test_a_module_of_addresses_has_the_views_of_its_area():
    areas = {
        path.stem: set(re.findall(r"^from blog\.views\.(\w+)", path.read_text(), re.MULTILINE))
        for path in Path(blog.urls.__file__).parent.glob("*.py")
        if path.stem != "__init__"
    }

    assert {
        name: found - {name} for name, found in areas.items() if found != {name}
    } == OF_ANOTHER_AREA
