from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from blog.models import Audience, Course, Membership, Post
from tests import factories
from tests.submitted import fields_of, version_in_form


def new_course_form(**changes):
    return {
        "key": "b7f2f7f0-58f0-4f4e-8a5e-0d8f0a6f3c11",
        "version": version_in_form(Course),
        "title": "Networks",
        "slug": "edci338",
        "term": "Fall 2026",
        "about": "",
        "starts_on": "2026-09-07",
        "ends_on": "2026-12-04",
        "time_zone": "America/Vancouver",
        "default_audience": Audience.COURSE.value,
        "widest_audience": Audience.PUBLIC.value,
        "guest_comments": "off",
    } | changes


@pytest.fixture
def teacher(db):
    user = factories.make_user("Theo Teacher")
    user.user_permissions.add(Permission.objects.get(codename="open_course"))
    return user


def test_course_new_needs_the_permission(client, ada):
    assert client.get("/courses/new/").status_code == 302
    client.force_login(ada)

    assert client.get("/courses/new/").status_code == 403
    assert client.post("/courses/new/", new_course_form()).status_code == 403
    assert not Course.objects.filter(slug="edci338").exists()


def test_course_new_sent_twice_opens_one(client, teacher):
    client.force_login(teacher)

    first = client.post("/courses/new/", new_course_form())
    second = client.post("/courses/new/", new_course_form())

    assert first.url == second.url == "/c/edci338/start/"
    assert list(Course.objects.values_list("slug", flat=True)) == ["edci338"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"ends_on": "2026-09-01"}, "The last day cannot be before the first day."),
        ({"ends_on": "9999-12-31"}, "This day is too far away."),
        ({"starts_on": "0001-01-01"}, "This day is too far away."),
        (
            {"widest_audience": "30", "default_audience": "50"},
            "The default audience cannot be wider than the widest audience allowed.",
        ),
        ({"slug": "new"}, "The site uses this address itself. Choose another."),
        ({"slug": "Spring Term!"}, "Use only a to z, 0 to 9, hyphens and underscores."),
        ({"widest_audience": "0"}, "Select a valid choice."),
    ],
)
def test_course_new_with_bad_input_says_so_and_keeps_it(client, teacher, changes, message):
    client.force_login(teacher)

    response = client.post("/courses/new/", new_course_form(**changes))

    assert response.status_code == 422
    assert message in response.content.decode()
    assert 'value="Networks"' in response.content.decode()
    assert Course.objects.count() == 0


def asks_browser(response):
    return "data-time-zone" in response.context["form"].fields["time_zone"].widget.attrs


@pytest.mark.parametrize(
    ("zone", "chosen", "from_browser"),
    [
        ("UTC", "UTC", True),
        ("Europe/Berlin", "Europe/Berlin", False),
        ("Asia/Calcutta", "Asia/Kolkata", False),
        ("Etc/GMT+5", "Etc/GMT+5", False),
    ],
)
def test_course_new_begins_in_the_zone_of_the_account_or_of_the_browser(
    client, teacher, zone, chosen, from_browser
):
    teacher.time_zone = zone
    teacher.save()
    client.force_login(teacher)

    response = client.get("/courses/new/")

    assert fields_of(response, "slug")["time_zone"] == chosen
    assert asks_browser(response) == from_browser


def test_course_new_that_comes_back_keeps_the_zone_that_was_chosen(client, teacher):
    client.force_login(teacher)

    response = client.post("/courses/new/", new_course_form(time_zone="UTC", title=""))

    assert fields_of(response, "slug")["time_zone"] == "UTC"
    assert not asks_browser(response)


def test_course_home_shows_the_prompt_and_my_progress(client, course, ada, bob, prompt):
    mine = factories.make_post(ada, course, "My answer", prompt=prompt)
    theirs = factories.make_post(bob, course, "Their answer", prompt=prompt)
    prompt.comments_min = 2
    prompt.save()
    factories.make_comment(ada, theirs)
    factories.make_comment(ada, mine)
    client.force_login(ada)

    page = client.get("/c/networks/").content.decode()

    assert prompt.question in page
    assert "Post published" in page
    assert "You commented on 1 of 2 classmates" in page


def test_course_home_asks_for_a_first_comment_from_those_who_can_write_one(
    client, course, ada, bob, observer
):
    factories.make_post(bob, course, "Silent so far")

    for reader, is_asked in ((ada, True), (observer, False)):
        client.force_login(reader)
        page = client.get("/c/networks/").content.decode()
        assert "Silent so far" in page
        for words in ("Waiting for a first comment", "Write the first comment"):
            assert (words in page) == is_asked


def test_course_home_waiting_shows_posts_without_comments_from_others(client, course, ada, bob):
    silent = factories.make_post(bob, course, "Silent so far")
    factories.make_comment(bob, silent, "I forgot to say")
    answered = factories.make_post(bob, course, "Answered")
    factories.make_comment(ada, answered)
    client.force_login(ada)

    waiting = client.get("/c/networks/").context["waiting"]

    assert [post.title for post in waiting] == ["Silent so far"]


def test_course_home_tells_nothing_of_an_unopened_prompt(client, course, ada, instructor):
    factories.make_prompt(
        course,
        question="A secret question?",
        opens_at=timezone.now() + timedelta(days=1),
        due_at=timezone.now() + timedelta(days=3),
    )
    client.force_login(ada)
    assert "secret" not in client.get("/c/networks/").content.decode()

    client.force_login(instructor)
    assert "Students don’t see it yet." in client.get("/c/networks/").content.decode()


def test_course_home_names_the_prompt_that_opens_next(client, course, ada, instructor, assistant):
    opens = timezone.now() + timedelta(hours=4)
    dates = {"opens_at": opens, "due_at": opens + timedelta(days=3)}
    factories.make_prompt(
        course, title="Later", opens_at=opens + timedelta(hours=1), due_at=opens + timedelta(days=1)
    )
    factories.make_prompt(course, title="First prompt", **dates)

    for reader, is_told in ((instructor, True), (assistant, True), (ada, False)):
        client.force_login(reader)
        page = client.get("/c/networks/").content.decode()
        assert (f"First prompt opens {opens:%a} {opens.day}" in page) == is_told
        assert (f"{opens:%H:%M}" in page) == is_told
        assert ("No prompt has opened yet" in page) != is_told
        assert "Create a prompt" not in page


def test_course_home_access(client, course, ada, eve):
    assert client.get("/c/networks/").status_code == 302
    client.force_login(eve)
    assert client.get("/c/networks/").status_code == 404
    client.force_login(ada)
    assert client.get("/c/networks/").status_code == 200

    Membership.objects.filter(user=ada).update(ended_at=timezone.now())
    assert client.get("/c/networks/").status_code == 404


def test_course_edit_is_for_instructors(client, course, ada, assistant, instructor):
    for user, status in [(ada, 403), (assistant, 403), (instructor, 200)]:
        client.force_login(user)
        assert client.get("/c/networks/settings/").status_code == status


def test_course_edit_saves_but_never_the_address(client, course, instructor):
    client.force_login(instructor)

    response = client.post(
        "/c/networks/settings/", new_course_form(title="New title", slug="moved")
    )

    course.refresh_from_db()
    assert response.url == "/c/networks/settings/"
    assert (course.title, course.slug) == ("New title", "networks")


def test_course_edit_says_how_many_posts_lost_their_wider_audience(client, course, instructor, ada):
    course.widest_audience = Audience.PUBLIC
    course.save()
    posts = [factories.make_post(ada, course, audience=Audience.PUBLIC) for _ in range(2)]
    client.force_login(instructor)
    form = new_course_form(widest_audience=Audience.COURSE.value, narrow="30:2")

    response = client.post("/c/networks/settings/", form, follow=True)

    assert [str(message) for message in response.context["messages"]] == [
        "Settings saved.",
        "2 posts had a wider audience. Their audience is now “course”.",
    ]
    assert {post.audience for post in Post.objects.filter(pk__in=[p.pk for p in posts])} == {
        Audience.COURSE
    }


def test_course_edit_refused_does_not_change_the_masthead(client, course, instructor):
    client.force_login(instructor)

    response = client.post(
        "/c/networks/settings/", new_course_form(title="X", ends_on="2020-01-01")
    )

    assert response.context["course"].title == "Learning in networks"
    assert Course.objects.get(pk=course.pk).title == "Learning in networks"


def test_home_lists_my_courses_only(client, course, ada, eve):
    client.force_login(ada)

    page = client.get("/").content.decode()

    assert "Learning in networks" in page
    assert "/c/elsewhere/" not in page


def test_home_for_visitors_says_what_the_site_is(client):
    response = client.get("/")

    assert response.status_code == 200
    assert "A course journal, written together" in response.content.decode()
