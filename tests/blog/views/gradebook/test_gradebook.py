"""The page of the gradebook."""

import re

import pytest

from tests import factories

PAGE = "/c/networks/gradebook/"


@pytest.fixture
def prompt(course):
    rubric = factories.make_rubric(course)
    return factories.make_prompt(course, title="Who taught you?", rubric=rubric, comments_min=2)


def words(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_a_course_without_students_says_what_to_do(client, course, instructor):
    client.force_login(instructor)

    assert "Share the course code." in words(client.get(PAGE))


def test_a_course_without_prompts_says_what_comes(client, course, ada, instructor):
    client.force_login(instructor)

    assert "No prompt is open yet" in words(client.get(PAGE))


def test_a_cell_leads_to_the_desk_by_number(client, course, prompt, ada, instructor):
    post = factories.make_post(ada, course, prompt=prompt)
    factories.make_grading(post, instructor, level=3)
    client.force_login(instructor)

    page = client.get(PAGE)

    number = prompt.queue_places.get(student=ada).number
    assert f'href="/c/networks/desk/1/{number}/"' in page.content.decode()
    assert "6 of 8, not released" in words(page)
    assert "to 0 of 2 people" in words(page)


def test_comments_received_are_for_instructors(client, course, prompt, ada, instructor, assistant):
    client.force_login(instructor)
    assert "Comments received" in words(client.get(PAGE))
    client.force_login(assistant)
    page = words(client.get(PAGE))

    assert "Comments received" not in page
    assert "Comments written" in page


def test_only_instructors_find_by_the_name_on_the_list(
    client, course, prompt, ada, instructor, assistant
):
    course.memberships.filter(user=ada).update(listed_name="Augusta King")

    shown = {}
    for reader in (instructor, assistant):
        client.force_login(reader)
        shown[reader] = "Ada Student" in words(client.get(PAGE, {"q": "augusta"}))

    assert shown == {instructor: True, assistant: False}


def test_filters_say_how_many_are_shown(client, course, prompt, ada, bob, instructor):
    client.force_login(instructor)

    found = words(client.get(PAGE, {"q": "ada"}))
    nobody = words(client.get(PAGE, {"q": "zebra"}))

    assert "1 of 2 students shown. Show all" in found
    assert "Bob Student" not in found
    assert "No student matches these filters." in nobody


@pytest.mark.parametrize("students", [1, 3])
def test_the_page_takes_the_same_queries_for_any_class(
    client, course, prompt, instructor, students, django_assert_num_queries
):
    for _ in range(students):
        person = factories.make_user()
        factories.add_member(course, person)
        factories.make_post(person, course, prompt=prompt)
    client.force_login(instructor)
    client.get(PAGE)

    with django_assert_num_queries(17):
        assert client.get(PAGE).status_code == 200
