"""The dates of a person's calendar: what they see now, of courses that run."""

from datetime import timedelta

import pytest
from django.utils import timezone

from blog.actions.courses import change_course
from blog.actions.prompts import save_prompt
from blog.models import Course, Membership, Prompt, User
from blog.queries.calendar import CalendarDate, Kind, calendar_dates
from tests import factories


def dates_of(person):
    """Return the entries of somebody's calendar, as a request that begins now finds them."""
    return calendar_dates(User.objects.get(pk=person.pk))


def titles(person):
    return {one.prompt.title for one in dates_of(person) if one.prompt}


def test_a_prompt_has_three_dates_and_a_course_its_last_day(ada, course, prompt):
    prompt.refresh_from_db()
    common = {
        "course": course,
        "changed_at": max(prompt.changed_at, course.changed_at),
        "sequence": 0,
    }

    assert dates_of(ada) == [
        CalendarDate(Kind.OPENS, prompt.opens_at, prompt=prompt, **common),
        CalendarDate(Kind.POST, prompt.due_at, prompt=prompt, **common),
        CalendarDate(Kind.COMMENTS, prompt.comments_due_at, prompt=prompt, **common),
        CalendarDate(Kind.LAST_DAY, course.ends_on, course, course.changed_at, 0),
    ]


def test_a_prompt_that_opens_later_is_for_the_teaching_team(
    ada, observer, assistant, instructor, course
):
    later = timezone.now() + timedelta(days=1)
    factories.make_prompt(course, title="Later", opens_at=later)

    assert [titles(one) for one in (ada, observer)] == [set(), set()]
    assert [titles(one) for one in (assistant, instructor)] == [{"Later"}, {"Later"}]


def test_nobody_has_the_dates_of_another_course(eve, prompt):
    assert [(one.kind, one.course.slug) for one in dates_of(eve)] == [(Kind.LAST_DAY, "elsewhere")]


def test_a_removed_member_has_nothing_of_the_course(ada, prompt):
    Membership.objects.filter(user=ada).update(ended_at=timezone.now())

    assert dates_of(ada) == []


def test_a_course_that_is_over_has_no_dates(ada, instructor, course, prompt):
    day = course.today() - timedelta(days=1)
    Course.objects.filter(pk=course.pk).update(ends_on=day)

    assert dates_of(ada) == dates_of(instructor) == []


def test_identifiers_name_the_row_and_stay(instructor, course, prompt):
    before = [one.uid for one in dates_of(instructor)]
    prompt.title = "Another title"
    save_prompt(prompt, by=instructor, works=[], pasted=[])

    assert before == [one.uid for one in dates_of(instructor)]
    assert before == [
        f"prompt-{prompt.pk}-opens",
        f"prompt-{prompt.pk}-post",
        f"prompt-{prompt.pk}-comments",
        f"course-{course.pk}-last-day",
    ]


@pytest.mark.parametrize("changed", ["prompt", "course"])
def test_each_change_counts_and_is_dated(instructor, course, prompt, changed):
    Prompt.objects.update(changed_at=timezone.now() - timedelta(days=9))
    Course.objects.update(changed_at=timezone.now() - timedelta(days=9))
    before = dates_of(instructor)[0]

    if changed == "prompt":
        save_prompt(Prompt.objects.get(), by=instructor, works=[], pasted=[])
    else:
        change_course(Course.objects.get(), by=instructor)

    after = dates_of(instructor)[0]
    assert (before.sequence, after.sequence) == (0, 1)
    assert after.changed_at > before.changed_at + timedelta(days=8)


def test_one_query_at_one_prompt_and_at_three(django_assert_num_queries, ada, course, prompt):
    reader = User.objects.get(pk=ada.pk)
    assert reader.memberships_now
    with django_assert_num_queries(1):
        calendar_dates(reader)
    for _ in range(2):
        factories.make_prompt(course)
    with django_assert_num_queries(1):
        calendar_dates(reader)
