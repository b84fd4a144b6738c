from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.queries.course_calendar import DateKind, course_calendar
from tests import factories


@pytest.fixture
def course(course):
    """Return a course in Los Angeles, from 1 September to 20 December."""
    course.starts_on, course.ends_on = date(2026, 9, 1), date(2026, 12, 20)
    course.time_zone = "America/Los_Angeles"
    course.save()
    return course


@pytest.fixture
def prompt(course):
    """Return a prompt that is due on 19 October at 23:59 in Los Angeles, the 20th in UTC."""
    return factories.make_prompt(
        course,
        opens_at=datetime(2026, 10, 5, 7, tzinfo=UTC),
        due_at=datetime(2026, 10, 20, 6, 59, tzinfo=UTC),
        comments_due_at=datetime(2026, 11, 3, 7, 59, tzinfo=UTC),
    )


def dates_of(reader, course):
    reader.__dict__.pop("memberships_now", None)
    months = course_calendar(reader, course)
    return [
        (str(one.day), str(one.kind)) for month in months for day in month.days for one in day.dates
    ]


def test_the_dates_of_a_course_stand_month_by_month_in_its_zone(course, prompt, ada):
    assert dates_of(ada, course) == [
        ("2026-09-01", "first-day"),
        ("2026-10-05", "opens"),
        ("2026-10-19", "post"),
        ("2026-11-02", "comments"),
        ("2026-12-20", "last-day"),
    ]
    assert [f"{month.first:%m}" for month in course_calendar(ada, course)] == [
        "09",
        "10",
        "11",
        "12",
    ]


def test_the_end_of_lateness_is_a_date_at_the_same_time_of_the_clock(course, prompt, ada):
    prompt.late_days = 14  # the clocks go back in between
    prompt.save()

    [closes] = [
        one
        for month in course_calendar(ada, course)
        for day in month.days
        for one in day.dates
        if one.kind == DateKind.CLOSES
    ]

    assert (str(closes.day), f"{closes.at:%H:%M}") == ("2026-11-02", "07:59")
    assert ("2026-11-02", "closes") in dates_of(ada, course)


def test_prompts_that_a_reader_does_not_see_have_no_dates(course, ada, instructor):
    factories.make_prompt(course, is_draft=True)
    factories.make_prompt(course, opens_at=timezone.now() + timedelta(days=1))
    factories.make_prompt(course, archived_at=timezone.now())

    assert [kind for _day, kind in dates_of(ada, course)] == ["first-day", "last-day"]
    assert len(dates_of(instructor, course)) == 8


def test_an_extension_moves_the_date_of_its_student(course, prompt, ada, bob, instructor):
    factories.make_extension(prompt, ada, instructor, days=2)

    assert ("2026-10-21", "post") in dates_of(ada, course)
    assert ("2026-10-19", "post") in dates_of(bob, course)


def test_feedback_is_there_for_its_student_once_it_is_released(
    course, prompt, ada, bob, instructor
):
    post = factories.make_post(ada, course, prompt=prompt)
    later = factories.make_post(ada, course, prompt=factories.make_prompt(course))
    factories.make_grading(post, instructor, released_at=timezone.now())
    factories.make_grading(later, instructor)

    kinds = {
        person: [kind for _day, kind in dates_of(person, course)].count(DateKind.FEEDBACK)
        for person in (ada, bob, instructor)
    }

    assert list(kinds.values()) == [1, 0, 0]


def test_norms_are_there_on_the_day_they_were_accepted(course, ada):
    factories.make_norm(course)
    factories.make_norm(course)

    assert [kind for _day, kind in dates_of(ada, course)].count(DateKind.NORMS) == 1


@pytest.mark.parametrize("count", [1, 3])
def test_four_queries(course, ada, instructor, count, django_assert_num_queries):
    for _each in range(count):
        prompt = factories.make_prompt(course)
        factories.make_grading(
            factories.make_post(ada, course, prompt=prompt), instructor, released_at=timezone.now()
        )
    assert ada.memberships_now

    with django_assert_num_queries(4):
        course_calendar(ada, course)


def test_the_page_ends_and_leads_to_the_calendar_of_other_programs(client, course, prompt, ada):
    client.force_login(ada)

    page = client.get(reverse("course_calendar_page", args=[course.slug])).content.decode()

    assert "Post due:" in page
    assert reverse("calendar_page") in page
    assert "That’s all for this course." in page
