"""Sessions of a person: the list, and signing out elsewhere."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.core.cache import cache
from django.db import connection
from django.test import Client

from tests import factories

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15"
    " (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
)
EDGE = (
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0"
)


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


def browser_of(person, user_agent, address="192.0.2.7"):
    client = Client(headers={"user-agent": user_agent}, REMOTE_ADDR=address)
    client.post("/accounts/login/", {"login": person.email, "password": factories.PASSWORD})
    return client


def listed(client):
    return " ".join(client.get("/me/sessions/").content.decode().split())


def test_each_browser_is_listed_in_words(ada, bob):
    here, phone = browser_of(ada, FIREFOX), browser_of(ada, SAFARI, "2001:db8::1")
    browser_of(ada, EDGE)
    browser_of(ada, "<b>curl")
    browser_of(bob, FIREFOX, "198.51.100.9")

    page = listed(here)

    for words in (
        "Firefox on Windows",
        "Safari on iPhone",
        "Edge on Mac",
        "A browser we don’t know",
    ):
        assert page.count(words) == 1
    assert "2001:db8::1" in page
    assert "198.51.100.9" not in page
    assert page.count("this browser") == 1
    assert listed(phone).count("this browser") == 1


def test_one_session_ends_and_the_others_stay(ada):
    here, there, third = (browser_of(ada, agent) for agent in (FIREFOX, SAFARI, EDGE))
    row = UserSession.objects.get(session_key=there.session.session_key)

    answer = here.post(f"/me/sessions/{row.pk}/")

    assert answer.url == "/me/sessions/"
    assert there.get("/me/").status_code == 302
    assert (here.get("/me/").status_code, third.get("/me/").status_code) == (200, 200)
    assert "Safari on iPhone" not in listed(here)


def test_all_others_end(ada):
    here, there = browser_of(ada, FIREFOX), browser_of(ada, SAFARI)

    here.post("/me/sessions/others/")

    assert there.get("/me/").status_code == 302
    assert "You are not signed in anywhere else." in listed(here)


def test_nobody_ends_somebody_elses(ada, bob):
    here, other = browser_of(ada, FIREFOX), browser_of(bob, SAFARI)
    row = UserSession.objects.get(session_key=other.session.session_key)

    assert here.post(f"/me/sessions/{row.pk}/").status_code == 404
    assert other.get("/me/").status_code == 200


def test_a_new_password_ends_the_others_and_the_list_knows(ada):
    here, _there = browser_of(ada, FIREFOX), browser_of(ada, SAFARI)

    here.post(
        "/accounts/password/change/",
        {"oldpassword": factories.PASSWORD, "password1": "five quiet herons wade"},
    )

    assert "Safari on iPhone" not in listed(here)


@pytest.mark.parametrize("number", [1, 3])
def test_queries(ada, django_assert_num_queries, number):
    clients = [browser_of(ada, FIREFOX) for _one in range(number)]

    with django_assert_num_queries(4):
        clients[0].get("/me/sessions/")


def test_an_update_ends_the_sessions_that_the_list_would_not_have(client, ada):
    client.force_login(ada)  # leaves no row of its own, as the site did before it had a list
    assert client.get("/me/").status_code == 200

    step = import_module("blog.migrations.0090_sessions_are_listed")
    step.end_sessions(apps, SimpleNamespace(connection=connection))

    assert client.get("/me/").status_code == 302
