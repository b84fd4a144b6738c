"""The page of the days on which a course changes, and the words above its pages."""

from datetime import timedelta

import pytest
from django.utils import timezone

from blog.models import Course
from tests import factories

pytestmark = pytest.mark.django_db
PATH = "/c/networks/settings/dates/"
DAY = timedelta(days=1)


def fields_of(page, **days):
    form = page.context["form"]
    hidden = {name: form[name].value() for name in ("version", "seen")}
    stored = {name: form[name].value() or "" for name in form.fields if name not in hidden}
    return hidden | stored | days


def test_an_instructor_chooses_days_and_takes_them_back(client, course, instructor):
    client.force_login(instructor)
    day = course.today() + 20 * DAY
    sent = fields_of(client.get(PATH), read_only_on=str(day))
    saved = client.post(PATH, sent | {"sure": str(day)})
    assert saved.url == PATH
    assert Course.objects.get(pk=course.pk).read_only_on == day

    taken_back = client.post(PATH, fields_of(client.get(PATH), read_only_on=""), follow=True)

    assert "Nothing happens to the course automatically." in taken_back.text
    assert "told in time" not in taken_back.text
    assert Course.objects.get(pk=course.pk).read_only_on is None


@pytest.mark.parametrize(
    ("fields", "readers"),
    [
        (["closes_on"], "The teaching team"),
        (["public_ends_on"], "Everyone in the course"),
        (["closes_on", "public_ends_on"], "Everyone in the course"),
    ],
)
def test_what_was_saved_says_who_will_be_told(client, course, instructor, fields, readers):
    client.force_login(instructor)
    days = dict.fromkeys(fields, str(course.today() + 20 * DAY))

    saved = client.post(PATH, fields_of(client.get(PATH), **days), follow=True)

    assert f"Dates saved. {readers} is told in time." in saved.text


def test_a_day_before_what_is_due_is_asked_about(client, course, instructor):
    client.force_login(instructor)
    day = course.today() + 20 * DAY
    due = timezone.now() + 25 * DAY
    Course.objects.filter(pk=course.pk).update(ends_on=day - DAY)
    factories.make_prompt(course, title="The last one", due_at=due)
    factories.make_prompt(course, title="An early one")

    asked = client.post(PATH, fields_of(client.get(PATH), read_only_on=str(day)))

    assert asked.status_code == 422
    assert "nobody can write any more" in asked.text
    assert "The last one" in asked.text
    assert "An early one" not in asked.text
    assert "The course ends on" not in asked.text
    assert f'name="sure" value="{day}"' in asked.text
    assert Course.objects.get(pk=course.pk).read_only_on is None
    Course.objects.filter(pk=course.pk).update(ends_on=day)
    sent = fields_of(client.get(PATH), read_only_on=str(day))
    assert "The course ends on" in client.post(PATH, sent | {"sure": str(day - DAY)}).text

    assert client.post(PATH, sent | {"sure": str(day)}).url == PATH

    assert Course.objects.get(pk=course.pk).read_only_on == day


def test_a_day_too_near_is_refused_at_its_field(client, course, instructor):
    client.force_login(instructor)
    near = course.today() + 3 * DAY

    answer = client.post(PATH, fields_of(client.get(PATH), closes_on=str(near)))

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["closes_on"]
    assert Course.objects.get(pk=course.pk).closes_on is None


@pytest.mark.parametrize(("left", "is_told"), [(30, True), (31, False)])
def test_pages_of_the_course_say_what_comes(client, course, ada, left, is_told):
    Course.objects.update(read_only_on=course.today() + left * DAY)
    client.force_login(ada)

    page = client.get("/c/networks/").content.decode()

    assert ("This course becomes read-only on" in page) is is_told
    assert "Change the dates" not in page


def test_that_nobody_new_can_join_is_said_to_the_team_alone(client, course, instructor, ada):
    Course.objects.update(closes_on=course.today() + 10 * DAY)
    pages = []
    for person in (ada, instructor):
        client.force_login(person)
        pages.append("nobody new can join this course" in client.get("/c/networks/").text)

    assert pages == [False, True]
