"""The front page of visitors: it shows what the site is, and signs in where one arrives."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from tests import factories

RIGHT = {"login": "ada@example.edu", "password": factories.PASSWORD}


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


def test_visitors_find_the_forms_and_a_post(client):
    html = client.get("/").content.decode()

    for field in ("login", "password", "code"):
        assert f'name="{field}"' in html
    assert "The second bench" in html
    assert "That’s all for today." in html
    assert reverse("account_signup") in html


def test_front_page_of_a_visitor_asks_the_database_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/")


def test_signing_in_on_the_front_page(client, ada):
    response = client.post("/", RIGHT)

    assert response.url == "/"
    assert "My courses" in client.get("/").content.decode()


def test_next_page_comes_after_signing_in(client, ada, course):
    page = client.get("/", {"next": course.get_absolute_url()})
    response = client.post("/", RIGHT | {"next": course.get_absolute_url()})

    assert f'name="next" value="{course.get_absolute_url()}"' in page.content.decode()
    assert response.url == course.get_absolute_url()


def test_next_page_is_never_on_another_site(client, ada):
    assert client.post("/", RIGHT | {"next": "https://evil.example/"}).url == "/"


def test_mistakes_are_shown_in_place(client, ada):
    response = client.post("/", RIGHT | {"password": "wrong"})

    html = response.content.decode()
    assert "This email and password don’t match." in html
    assert "The second bench" in html
    assert 'value="ada@example.edu"' in html
    assert "wrong" not in html.replace("wrong password", "")


def test_wrong_passwords_are_limited_here_too(client, ada):
    for _ in range(5):
        client.post("/", RIGHT | {"password": "wrong"})

    html = client.post("/", RIGHT).content.decode()

    assert "Too many tries. Wait five minutes, or reset your password." in html


def test_who_has_signed_in_meanwhile_is_led_on(client, ada):
    client.force_login(ada)

    assert client.post("/", RIGHT | {"next": "/me/"}).url == "/me/"


def test_deep_links_still_lead_to_the_sign_in_page(client, course):
    response = client.get(course.get_absolute_url(), follow=True)

    assert response.redirect_chain[0][0].startswith(reverse("account_login"))
    assert 'name="password"' in response.content.decode()
