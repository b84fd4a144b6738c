"""The page of the days on which a course changes, and the words above its pages."""

from datetime import timedelta

import pytest

from blog.models import Course

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
    saved = client.post(PATH, fields_of(client.get(PATH), read_only_on=str(day)))
    assert saved.url == PATH
    assert Course.objects.get(pk=course.pk).read_only_on == day

    client.post(PATH, fields_of(client.get(PATH), read_only_on=""))

    assert Course.objects.get(pk=course.pk).read_only_on is None


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
