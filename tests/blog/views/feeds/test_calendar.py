"""The calendar at its secret address: for whoever has it, as its owner sees the dates now."""

import logging
from datetime import timedelta
from io import StringIO

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from blog.actions.feed_addresses import remove_feed_address, renew_feed_address
from blog.models import Course, FeedAddress, Membership, Prompt, User
from blog.web import feeds
from tests import factories


def address_of(person):
    feed, _is_new = FeedAddress.objects.get_or_create(user=person)
    return reverse("calendar_feed", args=[feed.token])


def summaries(person):
    """Return what a program without a session finds at a person's address."""
    answer = Client().get(address_of(person))
    assert answer.status_code == 200
    return [str(event["summary"]) for event in Calendar.from_ical(answer.content).events]


def prompt_titles(person):
    posts = [line for line in summaries(person) if line.startswith("Post due: ")]
    return [line.removeprefix("Post due: ").partition(" (")[0] for line in posts]


# What the answer is


def test_it_is_a_calendar_for_its_reader_alone(client, ada, prompt):
    answer = client.get(address_of(ada))

    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["X-Robots-Tag"] == "noindex"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_no_session_is_looked_up_and_no_cookie_set(client, ada, bob, prompt):
    client.force_login(bob)

    mine = client.get(address_of(ada))

    assert not mine.cookies
    assert "Cookie" not in mine.get("Vary", "")
    assert mine.content == Client().get(address_of(ada)).content


def test_a_program_that_has_it_already_gets_no_body(client, ada, instructor, prompt):
    first = client.get(address_of(ada))

    again = client.get(address_of(ada), headers={"If-None-Match": f'"other", W/{first["ETag"]}'})

    assert (again.status_code, again.content) == (304, b"")
    for header in ("ETag", "Cache-Control", "Referrer-Policy"):
        assert again[header] == first[header]

    Prompt.objects.update(title="Another title")
    changed = client.get(address_of(ada), headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200


def test_asking_twice_gets_the_same_bytes(client, ada, prompt):
    answers = [client.get(address_of(ada)) for _twice in range(2)]

    assert answers[0].content == answers[1].content


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_is_only_read(client, ada, method):
    assert getattr(client, method)(address_of(ada)).status_code == 405


def test_it_costs_the_same_at_one_prompt_and_at_three(
    client, django_assert_num_queries, monkeypatch, ada, course, prompt
):
    monkeypatch.setattr(feeds, "enforce_rate_limit", lambda *args, **kwargs: None)
    address = address_of(ada)
    with django_assert_num_queries(3):  # the address with its owner, memberships, prompts
        client.get(address)
    for _ in range(2):
        factories.make_prompt(course)
    with django_assert_num_queries(3):
        client.get(address)


def test_programs_that_ask_too_often_wait(client, ada, bob, monkeypatch):
    monkeypatch.setattr(feeds, "READS", 2)
    cache.clear()

    statuses = [client.get(address_of(ada)).status_code for _ in range(3)]

    assert statuses == [200, 200, 429]
    assert client.get(address_of(bob)).status_code == 200  # from the same place


# An address that does not work


def not_working(ada):
    """Return addresses that do not work, for three reasons."""
    address = address_of(ada)
    feed = FeedAddress.objects.get()
    renew_feed_address(feed, by=ada)
    replaced = address
    remove_feed_address(feed, by=ada)
    removed = reverse("calendar_feed", args=[feed.token])
    return [replaced, removed, reverse("calendar_feed", args=["a" * 32]), "/feeds/a/calendar.ics"]


def test_each_wrong_address_gets_the_same_answer(client, ada, bob, prompt):
    addresses = not_working(ada)
    closed = address_of(bob)
    User.objects.filter(pk=bob.pk).update(is_active=False)

    answers = [client.get(address) for address in [*addresses, closed]]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert len({str(answer.headers) for answer in answers}) == 1
    assert not any(answer.cookies for answer in answers)


def test_a_wrong_address_looks_nobody_up(client, django_assert_num_queries, ada):
    client.force_login(ada)

    with django_assert_num_queries(1):
        client.get("/feeds/a/calendar.ics")


def test_an_account_that_is_open_again_has_its_calendar_again(client, ada, prompt):
    address = address_of(ada)
    for is_open, status in [(False, 404), (True, 200)]:
        User.objects.filter(pk=ada.pk).update(is_active=is_open)
        assert client.get(address).status_code == status


# Whose dates it has: a row for each role and each state


@pytest.fixture
def prompts(course):
    """Return a prompt of each state: past, open, not yet open; and one in another course."""
    now = timezone.now()
    day = timedelta(days=1)
    factories.make_prompt(course, title="past", opens_at=now - 20 * day, due_at=now - 9 * day)
    factories.make_prompt(course, title="open")
    factories.make_prompt(course, title="later", opens_at=now + day)
    other = factories.make_course("other")
    factories.make_prompt(other, title="elsewhere")
    return course


SEEN = ["past", "open"]
ALL = ["past", "open", "later"]


@pytest.mark.parametrize(
    ("role", "titles"),
    [
        ("eve", []),
        ("observer", SEEN),
        ("ada", SEEN),
        ("assistant", ALL),
        ("instructor", ALL),
    ],
)
def test_each_role_has_what_it_sees_now(request, prompts, role, titles):
    person = request.getfixturevalue(role)

    assert prompt_titles(person) == titles
    Membership.objects.filter(course=prompts, user=person).update(ended_at=timezone.now())
    assert prompt_titles(person) == []


@pytest.mark.parametrize("role", ["observer", "ada", "assistant", "instructor"])
def test_nobody_has_dates_of_a_course_that_is_over(request, prompts, role):
    person = request.getfixturevalue(role)
    Course.objects.filter(pk=prompts.pk).update(ends_on=prompts.today() - timedelta(days=1))

    assert summaries(person) == []


def test_site_staff_have_nothing_of_a_course_that_they_are_not_in(prompts):
    root = factories.make_user(is_staff=True, is_superuser=True)

    assert summaries(root) == []


def test_a_prompt_that_opens_is_there_at_the_next_look(ada, prompts):
    Prompt.objects.filter(title="later").update(opens_at=timezone.now())

    assert prompt_titles(ada) == ALL


# What is logged


@pytest.mark.parametrize("method", ["get", "post"])
def test_logs_do_not_hold_what_opens_a_feed(client, ada, monkeypatch, method):
    console = next(one for one in logging.getLogger("django").handlers if one.filters)
    monkeypatch.setattr(console, "stream", StringIO())
    client.raise_request_exception = False
    monkeypatch.setattr("blog.views.feeds.calendar.calendar_dates", None)  # a bug
    address = address_of(ada)

    status = getattr(client, method)(address).status_code

    logged = console.stream.getvalue()
    assert status == {"get": 500, "post": 405}[method]
    assert "/feeds/…/calendar.ics" in logged
    assert FeedAddress.objects.get().token not in logged
