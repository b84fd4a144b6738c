"""Deadlines on the days when clocks change, in six parts of the world, on all ways to people.

A teacher types what a clock shows; the page, the calendar and lateness have to mean that minute.
The parts have their tests of their own: what a form refuses, when a digest goes out, when late
posts close. Here one deadline goes through all of them.
"""

from datetime import UTC, datetime, timedelta
from importlib import import_module
from pkgutil import walk_packages
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.urls import reverse
from icalendar import Calendar

import blog.forms
import network.forms
from blog.forms.courses.setup_rows import ClockField
from blog.forms.prompts.dates import MinuteField
from blog.models import FeedAddress, Prompt
from tests import factories
from tests.security.support import prompt_form

# The zone, the day of a change, an hour that it skips or shows twice, and the hours of that day.
CHANGES = [
    ("America/Los_Angeles", "2027-03-14", "02:30", 23),
    ("America/Los_Angeles", "2027-11-07", "01:30", 25),
    ("Europe/Berlin", "2027-03-28", "02:30", 23),
    ("Europe/Berlin", "2027-10-31", "02:30", 25),
    ("Australia/Lord_Howe", "2027-10-03", "02:15", 23.5),
    ("Australia/Lord_Howe", "2027-04-04", "01:45", 24.5),
    ("America/St_Johns", "2027-11-07", "01:10", 25),
    ("America/Santiago", "2027-09-05", "00:30", 23),
]


def all_forms(kind=forms.BaseForm):
    for package in (blog.forms, network.forms):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            import_module(module.name)
    below = kind.__subclasses__()
    return below + [one for each in below for one in all_forms(each)]


def test_every_field_of_a_form_for_a_moment_knows_of_changes_of_clocks():
    fields = [
        (form.__name__, name, type(field))
        for form in all_forms()
        if form.__module__.startswith(("blog.", "network."))
        for name, field in form.base_fields.items()
        if isinstance(field, forms.DateTimeField)
    ]

    assert fields
    assert [one for one in fields if one[2] not in (MinuteField, ClockField)] == []


@pytest.fixture
def course(instructor):
    days = {"starts_on": datetime(2026, 1, 1).date(), "ends_on": datetime(2027, 12, 31).date()}
    return factories.make_course("networks", instructor=instructor, **days)


@pytest.mark.parametrize(("zone", "day", "odd", "hours"), CHANGES)
def test_a_deadline_on_the_day_of_a_change_means_one_minute_everywhere(
    client, course, instructor, ada, zone, day, odd, hours
):
    type(course).objects.filter(pk=course.pk).update(time_zone=zone)
    here = ZoneInfo(zone)
    before = (datetime.fromisoformat(f"{day}T23:59") - timedelta(days=1)).isoformat()[:16]
    dates = {"opens_at": "2026-01-05T08:00", "due_at": before, "comments_due_at": f"{day}T23:59"}
    client.force_login(instructor)
    new = reverse("prompt_new", args=[course.slug])

    refused = client.post(new, prompt_form() | dates | {"comments_due_at": f"{day}T{odd}"})
    taken = client.post(new, prompt_form() | dates)

    assert list(refused.context["form"].errors) == ["comments_due_at"]
    assert taken.status_code == 302
    prompt = Prompt.objects.get()
    assert prompt.due_at == datetime.fromisoformat(before).replace(tzinfo=here).astimezone(UTC)
    assert prompt.comments_due_at - prompt.due_at == timedelta(hours=hours)
    assert not prompt.is_late(prompt.due_at + timedelta(seconds=59))
    assert prompt.is_late(prompt.due_at + timedelta(seconds=60))
    editing = client.get(reverse("prompt_edit", args=[course.slug, 1])).content.decode()
    assert f'value="{day}T23:59"' in editing
    assert f'value="{before}"' in editing
    client.force_login(ada)
    page = client.get(reverse("prompt_page", args=[course.slug, 1])).content.decode()
    assert page.count("23:59") >= 2
    address = FeedAddress.objects.create(user=ada, posts_token="x" * 32)
    calendar = client.get(reverse("calendar_feed", args=[address.token])).content
    starts = {event.start for event in Calendar.from_ical(calendar).walk("VEVENT")}
    assert {prompt.due_at, prompt.comments_due_at} <= starts


@pytest.mark.parametrize(("zone", "day", "odd", "hours"), CHANGES)
def test_a_comment_of_the_hour_that_comes_twice_is_of_its_day(zone, day, odd, hours, course):
    course.time_zone = zone
    midnight = datetime.fromisoformat(day).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    # A clock that skips midnight begins its day at one.
    minutes = [midnight + timedelta(minutes=10 * n) for n in range(int(hours * 6))]

    days = {str(course.day_of(minute)) for minute in minutes[6:]}

    assert days == {day}
