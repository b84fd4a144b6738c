"""The page on which instructors choose the day to erase a course, and its addresses afterwards."""

from datetime import timedelta

import pytest
from django.urls import reverse

from blog.models import Audience, Course, FeedAddress, User
from blog.tasks import erase_hidden_courses, hide_courses_to_erase
from tests import factories
from tests.access_rows import ROWS
from tests.access_world import parts_of, plant
from tests.full_course import let_its_day_come

pytestmark = pytest.mark.django_db
PATH = "/c/networks/settings/erase/"
DAY = timedelta(days=1)


def fields_of(page, day):
    form = page.context["form"]
    return {name: form[name].value() for name in ("version", "seen")} | {"erased_on": str(day)}


@pytest.fixture
def late(course):
    return course.earliest_erased_on + 10 * DAY


def test_an_instructor_chooses_the_day_and_takes_it_back(client, course, instructor, late):
    client.force_login(instructor)
    page = client.get(PATH)
    assert "Do not erase it" not in page.text

    saved = client.post(PATH, fields_of(page, late), follow=True)

    assert "Day saved. Everyone in the course is told 30 and 7 days before." in saved.text
    assert f"The course is erased on {late.day} {late:%B %Y}." in saved.text
    assert Course.objects.get(pk=course.pk).erased_on == late
    assert f"The course is erased on {late.day}" in client.get("/c/networks/settings/dates/").text

    taken_back = client.post(PATH, fields_of(saved, ""), follow=True)

    assert "Taken back. The course is not erased." in taken_back.text
    assert Course.objects.get(pk=course.pk).erased_on is None


def test_a_day_that_is_saved_as_it_is_changes_nothing(client, course, instructor, late):
    client.force_login(instructor)
    nothing = client.post(PATH, fields_of(client.get(PATH), ""), follow=True)
    client.post(PATH, fields_of(nothing, late))

    again = client.post(PATH, fields_of(client.get(PATH), late), follow=True)

    for page in (nothing, again):
        assert "Nothing changed." in page.text
        assert "Day saved" not in page.text
        assert "Taken back" not in page.text
    dates = client.get("/c/networks/settings/dates/")
    sent = {name: dates.context["form"][name].value() or "" for name in ("version", "seen")}
    assert "Nothing changed." in client.post(dates.request["PATH_INFO"], sent, follow=True).text


def test_who_changes_a_day_that_was_told_reads_that_people_get_a_mail(client, course, instructor):
    client.force_login(instructor)
    near = course.today() + 20 * DAY
    told = f"erased_on {near} 30\n"
    Course.objects.filter(pk=course.pk).update(erased_on=near, dates_told=told)

    page = client.post(PATH, fields_of(client.get(PATH), ""), follow=True)

    assert "Taken back. The course is not erased. People who got an email" in page.text


def test_who_sits_there_is_asked_before_it_is_saved(client, course, instructor, late):
    client.force_login(instructor)
    sent = fields_of(client.get(PATH), late)
    session = client.session
    session["account_authentication_methods"] = []
    session.save()

    asked = client.post(PATH, sent)

    assert asked.url.startswith("/accounts/reauthenticate/")
    assert Course.objects.get(pk=course.pk).erased_on is None
    assert "This is not saved yet." in client.get(PATH).text
    assert str(late) in client.get(PATH).text


def test_an_early_day_is_refused_at_its_field_and_kept(client, course, instructor):
    client.force_login(instructor)
    early = course.earliest_erased_on - DAY

    answer = client.post(PATH, fields_of(client.get(PATH), early))

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["erased_on"]
    assert f'value="{early}"' in answer.text
    assert Course.objects.get(pk=course.pk).erased_on is None


def test_a_last_day_after_which_grades_could_not_be_kept_is_refused_in_place(
    client, course, instructor
):
    client.force_login(instructor)
    Course.objects.filter(pk=course.pk).update(erased_on=course.earliest_erased_on)
    page = client.get("/c/networks/settings/")
    form = page.context["form"]
    sent = {name: form[name].value() for name in form.fields}
    sent = {name: value for name, value in sent.items() if value is not None}

    answer = client.post("/c/networks/settings/", sent | {"ends_on": str(course.ends_on + 5 * DAY)})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["ends_on"]
    assert Course.objects.get(pk=course.pk).ends_on == course.ends_on


@pytest.mark.parametrize(("left", "is_told"), [(30, True), (31, False)])
def test_pages_of_the_course_say_how_to_take_everything_first(
    client, course, instructor, ada, left, is_told
):
    Course.objects.update(erased_on=course.today() + left * DAY)
    told = {}
    for person in (ada, instructor):
        client.force_login(person)
        page = client.get("/c/networks/").text
        told[person] = (
            "This course is erased on" in page,
            f"/export/?course={course.pk}" in page,
            "/c/networks/gradebook/export/" in page,
            PATH in page,
        )

    assert told == {ada: (is_told, is_told, False, False), instructor: (is_told,) * 4}


@pytest.fixture
def world(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return plant()


def answers(client, world, urls):
    found = {}
    for role in ("visitor", "outsider", "owner", "instructor"):
        person = world.people[role]
        client.logout()
        if person:
            client.force_login(User.objects.get(pk=person.pk))
        for name, url in urls.items():
            answer = client.generic(ROWS[name][0], url)
            found[role, name] = (answer.status_code, "networks" in answer.text.lower())
    return found


@pytest.mark.slow
def test_its_addresses_are_unknown_as_soon_as_its_day_has_come(client, world):
    """As hidden as it is: nobody can tell it from a course that never was."""
    course = world.course
    in_course = [name for name in ROWS if parts_of(name)[:1] == ["course"]]
    with_world = [name for name in in_course if not name.startswith("guest_")]  # of no row there
    course_urls = {name: world.url(name) for name in with_world}
    unknown = {name: url.replace("/networks/", "/no-such/") for name, url in course_urls.items()}
    assert len(course_urls) > 100
    expected = {key: status for key, (status, _said) in answers(client, world, unknown).items()}
    let_its_day_come(course)
    hide_courses_to_erase()

    hidden = answers(client, world, course_urls)
    assert {key: status for key, (status, _said) in hidden.items()} == expected
    erase_hidden_courses()
    erased = answers(client, world, course_urls)

    assert {key: status for key, (status, _said) in erased.items()} == expected


def test_nothing_else_leads_there_from_then_on(client, world, django_capture_on_commit_callbacks):
    """Public posts, pictures, feeds, the calendar, the code, the pages of its people."""
    course, owner, post = world.course, world.owner, world.post
    public = factories.make_post(owner, course, "Zqpublic", "Zqwords", audience=Audience.PUBLIC)
    picture = factories.make_picture(public)
    feeds = FeedAddress.objects.get(user=owner)
    addresses = {
        "public post": reverse("post_public", args=[public.pk, public.slug]),
        "picture": reverse("picture_file", args=[picture.token, "small"]),
        "course feed": reverse("secret_course_feed", args=[feeds.posts_token, course.slug]),
        "person feed": reverse(
            "secret_person_feed", args=[feeds.posts_token, course.slug, owner.username]
        ),
        "calendar": reverse("calendar_feed", args=[feeds.token]),
        "code": reverse("join_course", args=[course.join_code]),
        "home": "/",
        "my work": reverse("my_work"),
        "everything": reverse("takeout_list"),
    }
    before = {name: client.get(url).status_code for name, url in addresses.items()}
    assert before["public post"] == before["picture"] == before["course feed"] == 200
    let_its_day_come(course)

    for step in (hide_courses_to_erase, erase_hidden_courses):
        assert step() == 1
        for person in (None, owner, world.people["instructor"]):
            client.logout()
            if person:
                client.force_login(User.objects.get(pk=person.pk))
            found = {name: client.get(url) for name, url in addresses.items()}
            said = {name: answer.text for name, answer in found.items() if answer.content}
            left = {
                name
                for name, text in said.items()
                for word in ("Zqpublic", "Zqwords", "Of ties", course.title, "/c/networks/")
                if word in text
            }
            assert left == set()
            assert found["course feed"].status_code == found["person feed"].status_code == 404
            assert found["picture"].status_code in {302, 404}
            assert found["public post"].status_code in {302, 404}
    assert post.pk
