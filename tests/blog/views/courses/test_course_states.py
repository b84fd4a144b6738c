"""The pages that archive, reopen and delete courses, and how an archived one looks."""

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.models import Course, Rubric
from tests import factories

ARCHIVE, REOPEN, DELETE = (
    f"/c/networks/settings/{step}/" for step in ("archive", "reopen", "delete")
)
BANNER = "This course is archived. You can read everything as before"


def html_of(response):
    return " ".join(response.content.decode().split())


@pytest.fixture
def archived(course):
    Course.objects.filter(pk=course.pk).update(archived_at=timezone.now())
    return course


def test_a_course_is_archived_and_reopened(client, course, instructor, ada):
    client.force_login(instructor)

    archived = client.post(ARCHIVE, follow=True)
    assert BANNER in html_of(archived)
    assert "Course archived. You can reopen it here." in html_of(archived)

    reopened = client.post(REOPEN, follow=True)
    assert BANNER not in html_of(reopened)
    assert not Course.objects.get().is_archived


@pytest.mark.parametrize("who", ["ada", "observer", "assistant", "instructor"])
def test_all_can_read_an_archived_course(client, request, archived, ada, instructor, who):
    person = request.getfixturevalue(who)
    prompt = factories.make_prompt(archived, rubric=factories.make_rubric(archived))
    post = factories.make_post(ada, archived, prompt=prompt)
    factories.make_comment(instructor, post, "A thought of mine")
    client.force_login(person)

    for name, args in [
        ("course_home", []),
        ("prompt_list", []),
        ("prompt_page", [1]),
        ("post_list", []),
        ("post_page", [post.slug]),
        ("person_list", []),
        ("bibliography", []),
        ("charter", []),
    ]:
        page = client.get(reverse(name, args=["networks", *args]))
        assert page.status_code == 200, name
        assert BANNER in html_of(page), name


@pytest.mark.parametrize("who", ["assistant", "instructor"])
def test_the_team_reads_its_pages_of_an_archived_course(client, request, archived, ada, who):
    person = request.getfixturevalue(who)
    prompt = factories.make_prompt(archived, rubric=factories.make_rubric(archived))
    post = factories.make_post(ada, archived, prompt=prompt)
    factories.make_grading(post, person, level=1)
    client.force_login(person)
    names = ["grading_overview", "moderation", "moderation_log"]
    if who == "instructor":
        names += ["course_edit", "roster", "rubric_list", "pod_list", "setup_page", "setup_export"]
        names += ["course_log"]

    for name in names:
        assert client.get(reverse(name, args=["networks"])).status_code == 200, name
    assert client.get(factories.desk_address(post)).status_code == 200


def test_nobody_is_offered_to_write_in_an_archived_course(client, archived, ada, bob):
    post = factories.make_post(ada, archived, prompt=factories.make_prompt(archived))
    factories.make_comment(bob, post)
    client.force_login(bob)

    page = html_of(client.get(post.get_absolute_url()))
    home = html_of(client.get("/c/networks/"))
    assert 'name="text"' not in page
    for address in ("/c/networks/write/", "/c/networks/posts/new/"):
        assert f'href="{address}' not in home


def test_a_form_that_was_open_is_refused_with_its_words(client, archived, ada, bob):
    post = factories.make_post(ada, archived)
    client.force_login(bob)

    response = client.post(
        f"{post.get_absolute_url()}comments/",
        {"text": "Words that I typed for a while.", "audience": 30},
        headers={"sec-fetch-site": "same-origin"},
    )

    html = html_of(response)
    assert response.status_code == 403
    assert "This course is archived. You can read it, but nobody can change anything" in html
    assert "Words that I typed for a while." in html


def test_an_instructors_form_is_refused_too(client, archived, instructor):
    client.force_login(instructor)

    response = client.post("/c/networks/settings/", {"title": "Other"})

    assert response.status_code == 403
    assert Course.objects.get().title == "Learning in networks"


def test_the_code_of_an_archived_course_joins_nobody(client, archived, eve):
    client.force_login(eve)

    response = client.get(f"/join/{archived.join_code}/")

    assert response.status_code == 404
    assert "Joining with this code is turned off." in html_of(response)


def test_home_lists_archived_courses_apart(client, archived, ada):
    factories.add_member(factories.make_course("other", title="A running course"), ada)
    client.force_login(ada)

    current, _heading, others = html_of(client.get("/")).partition("Archived courses")

    assert "A running course" in current
    assert "Learning in networks" in others


def test_my_work_in_an_archived_course_can_be_read(client, archived, ada):
    factories.make_post(ada, archived, "A title of mine")
    client.force_login(ada)

    assert "Learning in networks" in html_of(client.get("/me/work/"))
    assert "A title of mine" in html_of(client.get(reverse("course_work", args=["networks"])))


def test_deleting_asks_first(client, course, instructor):
    factories.make_prompt(course)
    client.force_login(instructor)

    page = html_of(client.get(DELETE))
    assert "Delete the course?" in page
    assert "1 prompt" in page

    deleted = client.post(DELETE, follow=True)
    assert "“Learning in networks” deleted." in html_of(deleted)
    assert not Course.objects.exists()


def test_a_used_course_says_why_it_stays(client, course, instructor, ada):
    client.force_login(instructor)

    page = html_of(client.get(DELETE))
    refused = client.post(DELETE, follow=True)

    assert "1 other person is or was a member." in page
    assert f'href="{ARCHIVE}"' in page
    assert "This course cannot be deleted." in html_of(refused)
    assert Course.objects.exists()


def test_rubrics_are_archived_offered_again_and_deleted(client, course, instructor):
    rubric = factories.make_rubric(course)
    address = f"/c/networks/settings/rubrics/{rubric.pk}/"
    client.force_login(instructor)

    archived = html_of(client.post(f"{address}archive/", follow=True))
    assert "Archived rubrics" in archived
    offered = html_of(client.post(f"{address}unarchive/", follow=True))
    assert "Archived rubrics" not in offered

    assert "It cannot be restored." in html_of(client.get(f"{address}delete/"))
    client.post(f"{address}delete/")
    again = client.post(f"{address}delete/", follow=True)
    assert not Rubric.objects.exists()
    assert "This rubric is already deleted." in html_of(again)


def test_a_rubric_of_a_prompt_says_that_it_stays(client, course, instructor):
    rubric = factories.make_rubric(course)
    factories.make_prompt(course, rubric=rubric)
    client.force_login(instructor)

    page = html_of(client.get(f"/c/networks/settings/rubrics/{rubric.pk}/delete/"))

    assert "cannot be deleted" in page
    assert "A prompt uses this rubric. Archive it" in page


@pytest.mark.parametrize("count", [1, 3])
def test_rubrics_take_as_many_queries_for_many(
    client, course, instructor, count, django_assert_num_queries
):
    for number in range(count):
        factories.make_rubric(course, f"Rubric {number}")
    client.force_login(instructor)

    with django_assert_num_queries(7):
        client.get("/c/networks/settings/rubrics/")
