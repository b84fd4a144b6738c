"""The collection notice: the first page after any way in, and nothing else before that."""

import json

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from blog.actions.accounts import accept_notice
from blog.exceptions import Refused
from blog.models import AuditEvent, Draft, User, notice_version
from tests import factories

pytestmark = pytest.mark.django_db
NOTICE = "/about/notice/"
ACCEPT = "/about/notice/accept/"


@pytest.fixture
def new(course):
    """Return a student who has an account and has not seen the notice."""
    cache.clear()
    person = factories.make_user("Nia New", notice_version="")
    factories.add_member(course, person)
    return person


@pytest.fixture
def inside(client, new):
    client.force_login(new)
    return client


def test_the_first_page_after_a_password_is_the_notice_and_one_goes_on_from_there(client, new):
    fields = {"login": new.email, "password": factories.PASSWORD, "next": "/me/"}
    signed_in = client.post("/accounts/login/", fields)

    page = client.get(signed_in.url)
    assert page.url == f"{NOTICE}?next=%2Fme%2F"
    shown = client.get(page.url)
    assert "Please read this before you go on" in shown.content.decode()
    sent = {"notice": shown.context["version"], "next": shown.context["next"]}
    accepted = client.post(ACCEPT, sent)

    assert (accepted.status_code, accepted.url) == (302, "/me/")
    assert client.get("/me/").status_code == 200
    stored = User.objects.get(pk=new.pk)
    assert stored.notice_version == notice_version()
    assert stored.notice_accepted_at is not None
    event = AuditEvent.objects.get(action="notice_accepted")
    assert (event.actor, event.data) == (new, {"version": notice_version()})
    assert "before you go on" not in client.get(NOTICE).content.decode()


@pytest.mark.parametrize(
    "address",
    ["/", "/me/", "/c/networks/", "/accounts/two-step/", "/accounts/email/", "/join/", "/admin/"]
    + ["/me/mail/", "/feed.atom", "/c/networks/posts/new/"],
)
def test_nothing_else_is_open(inside, address):
    answer = inside.get(address)

    assert (answer.status_code, answer.get("Location", "")[: len(NOTICE)]) in [
        (302, NOTICE),
        (404, ""),  # no such page, which nobody is led to either
    ]


@pytest.mark.parametrize(
    "name", ["notice", "privacy", "help_page", "visibility", "about", "accessibility"]
)
@pytest.mark.parametrize("who", ["visitor", "new"])
def test_what_explains_the_site_is_open_and_linked_from_its_foot(client, new, name, who):
    if who == "new":
        client.force_login(new)

    page = client.get(reverse(name))

    assert page.status_code == 200
    foot = page.content.decode().rpartition("<footer")[2]
    for other in ("about", "visibility", "privacy", "help_page", "accessibility"):
        assert f'href="{reverse(other)}"' in foot


def test_leaving_is_open(inside):
    assert inside.get("/accounts/logout/").status_code == 200

    inside.post("/accounts/logout/")

    assert "_auth_user_id" not in inside.session


@pytest.mark.parametrize(
    "address", ["/me/export/", "/me/erase/", "/me/leave/networks/", "/me/sessions/"]
)
def test_nobody_has_to_accept_it_to_take_what_is_theirs_and_leave(inside, new, address):
    assert f'href="{address}"' in inside.get(NOTICE).content.decode()

    assert inside.get(address).status_code == 200


def test_nobody_has_to_accept_it_to_say_who_they_are(inside, new):
    session = inside.session
    session["account_authentication_methods"] = []
    session.save()

    asked = inside.get("/me/erase/")

    assert asked.url.startswith("/accounts/reauthenticate/")
    assert inside.get(asked.url).status_code == 200
    sent = inside.post(asked.url, {"password": factories.PASSWORD, "next": "/me/erase/"})
    assert sent.url == "/me/erase/"
    assert inside.post("/me/leave/networks/").status_code == 302
    assert inside.post("/me/export/new/", {"course": ""}).url == "/me/export/"


def test_addresses_for_programs_ask_for_nobody(inside, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert inside.get("/favicon.ico").status_code in (200, 302)
    assert inside.get("/healthz").status_code == 200


def test_a_new_version_asks_again_and_gives_back_what_was_typed(client, ada, course, settings):
    client.force_login(ada)
    assert client.get("/me/").status_code == 200
    settings.NOTICE_VERSION = "2027-01"
    typed = {"title": "Doors", "text": "Two words that I typed.", "writer": ada.pk}

    answer = client.post("/c/networks/posts/new/", typed)

    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Two words that I typed." in page
    assert 'action="/c/networks/posts/new/"' in page  # to be sent again
    assert Draft.objects.count() == 0
    again = client.get(NOTICE)
    assert "It has changed since." in again.content.decode()
    assert "2027-01" not in again.content.decode().partition("<form")[0]
    client.post(ACCEPT, {"notice": notice_version()})
    assert client.get("/me/").status_code == 200
    versions = AuditEvent.objects.filter(action="notice_accepted").values_list("data", flat=True)
    assert list(versions) == [{"version": "2.2027-01"}]


def test_a_script_that_saves_is_told_what_it_understands(inside, course):
    answer = inside.post(reverse("draft_start", args=[course.slug]), {"text": "Kept."})

    assert (answer.status_code, json.loads(answer.content)) == (401, {"state": "lacks_notice"})


def test_the_editor_has_words_for_a_notice_that_changed(client, ada):
    client.force_login(ada)

    page = client.get("/c/networks/posts/new/").content.decode()

    assert "Not saved: read our notice first" in page
    assert f'href="{NOTICE}"' in page


def test_only_the_version_of_now_is_accepted_and_a_second_click_is_no_second_event(new):
    with pytest.raises(Refused, match="has changed"):
        accept_notice(new, "0", by=new)

    accept_notice(new, notice_version(), by=new)
    accept_notice(new, notice_version(), by=new)

    assert AuditEvent.objects.filter(action="notice_accepted").count() == 1


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_one_goes_on_to_pages_of_this_site_alone(inside, address):
    answer = inside.post(ACCEPT, {"notice": notice_version(), "next": address})

    assert answer.url == "/"


def test_the_notice_names_whom_to_ask_and_by_what_right(settings):
    settings.PRIVACY_CONTACT = "privacy@example.edu"
    settings.PRIVACY_AUTHORITY = "We may do so by section 26 (c)."

    page = Client().get(NOTICE).content.decode()

    assert "privacy@example.edu" in page
    assert "section 26 (c)" in page
