"""A prompt that takes late posts for some days: what its students read, and how it is set."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from blog.models import Prompt
from tests import factories
from tests.blog.views.prompts.test_prompt import prompt_form
from tests.submitted import fields_of


@pytest.fixture
def late(course):
    """Return a prompt that was due yesterday and closes tomorrow."""
    return prompt_due(course, days_ago=1)


def prompt_due(course, *, days_ago, **fields):
    due = timezone.now() - timedelta(days=days_ago)
    return factories.make_prompt(course, due_at=due, late_posts="late", late_days=2, **fields)


def html_of(client, reader, address):
    client.force_login(reader)
    return " ".join(client.get(address).content.decode().split())


def day(prompt):
    local = prompt.own_late_until.astimezone(prompt.course.zone)
    return f"{local:%a} {local.day} {local:%b}"


@pytest.mark.parametrize(
    "due",
    [datetime(2026, 10, 24, 23, 59), datetime(2027, 3, 27, 23, 59)],
    ids=["clocks go back", "clocks go forward"],
)
def test_it_closes_at_the_same_time_of_the_clock(course, due):
    course.time_zone = "Europe/Berlin"
    zone = ZoneInfo("Europe/Berlin")
    prompt = Prompt(course=course, due_at=due.replace(tzinfo=zone), late_days=2)

    shown = prompt.own_late_until.astimezone(zone).replace(tzinfo=None)

    assert shown == due + timedelta(days=2)


def test_an_extension_counts_as_the_due_date(late):
    until = late.due_at + timedelta(days=5)

    assert late.closes_at(until) == (until + timedelta(days=2)).replace(tzinfo=late.due_at.tzinfo)
    assert late.is_after_close(late.due_at + timedelta(days=3))
    assert not late.is_after_close(late.due_at + timedelta(days=3), until)


@pytest.mark.parametrize(
    ("policy", "days", "limit"),
    [("late", None, None), ("late", 2, 2), ("accept", 2, None), ("close", 2, 0)],
)
def test_days_count_for_posts_shown_as_late_alone(policy, days, limit):
    assert Prompt(late_posts=policy, late_days=days).late_limit == limit


def test_students_read_how_late_they_can_be(client, course, late, ada):
    factories.make_draft_post(ada, course, slug="half", prompt=late)

    page = html_of(client, ada, late.get_absolute_url())
    assert "Accepted up to 2 days late, until" in page
    assert "shown as late to you and the teaching team. Then it closes." in page
    assert f"You can publish it late until {day(late)}" in html_of(client, ada, "/c/networks/")
    editor = html_of(client, ada, "/c/networks/posts/half/edit/")
    assert f"late until {day(late)}" in editor
    assert "cannot publish" not in editor
    assert f"closes on {day(late)}" in html_of(client, ada, "/c/networks/prompts/")
    assert "Closes on" in html_of(client, ada, "/me/work/networks/")
    assert "Closes for late posts:" in html_of(client, ada, "/c/networks/calendar/")


def test_students_read_that_it_closed(client, course, ada):
    closed = prompt_due(course, days_ago=3)
    factories.make_draft_post(ada, course, slug="half", prompt=closed)

    assert f"Closed on {day(closed)}." in html_of(client, ada, "/c/networks/")
    editor = html_of(client, ada, "/c/networks/posts/half/edit/")
    assert f"This prompt closed on {day(closed)}" in editor
    assert f"Draft saved, closed on {day(closed)}" in html_of(client, ada, "/c/networks/prompts/")


@pytest.mark.parametrize(
    ("sent", "stored"),
    [("3", 3), ("", None)],
)
def test_an_instructor_sets_the_days(client, course, instructor, sent, stored):
    client.force_login(instructor)

    client.post("/c/networks/prompts/new/", prompt_form(late_posts="late", late_days=sent))

    assert Prompt.objects.get().late_days == stored


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"late_posts": "close", "late_days": "3"}, "Choose “Accept them, shown as late” for this"),
        ({"late_posts": "late", "late_days": "0"}, "The lowest number here is 1."),
        ({"late_posts": "late", "late_days": "400"}, "The highest number here is 365."),
    ],
)
def test_what_is_wrong_with_the_days_stands_at_their_field(
    client, course, instructor, sent, message
):
    client.force_login(instructor)

    page = client.post("/c/networks/prompts/new/", prompt_form(**sent))

    assert page.status_code == 422
    [error] = page.context["form"].errors["late_days"]
    assert message in error
    assert page.context["form"]["late_days"].value() == sent["late_days"]
    assert not Prompt.objects.exists()


def test_days_are_left_out_once_the_rule_is_another(client, late, instructor):
    client.force_login(instructor)
    page = client.get("/c/networks/prompts/1/edit/")

    client.post("/c/networks/prompts/1/edit/", fields_of(page, "title") | {"late_posts": "accept"})

    late.refresh_from_db()
    assert (late.late_posts, late.late_days) == ("accept", None)


def test_the_table_of_prompts_says_how_many_days(client, late, instructor):
    assert "up to 2 days" in html_of(client, instructor, "/c/networks/prompts/")
