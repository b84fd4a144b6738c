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


def test_a_draft_is_a_word_without_a_word_of_it(client, course, prompt, ada, instructor):
    factories.make_draft_post(ada, course, "Half a title", prompt=prompt)
    client.force_login(instructor)

    page = words(client.get(PAGE))

    assert "Ada Student Draft to 0 of 2 people" in page
    assert "Half a title" not in page


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

    with django_assert_num_queries(16):
        assert client.get(PAGE).status_code == 200


def names_in(response):
    return re.findall(r"Student \d\d", response.content.decode())


@pytest.fixture
def large(course, prompt, monkeypatch):
    """Return a course of five students on pages of two; each of them has posted."""
    monkeypatch.setattr("blog.views.gradebook.gradebook.PAGE_SIZE", 2)
    for number in range(5):
        person = factories.make_user(f"Student {number:02}")
        factories.add_member(course, person)
        factories.make_post(person, course, prompt=prompt)
    return course


def test_a_large_course_has_pages(client, large, instructor):
    client.force_login(instructor)

    first = client.get(PAGE)
    last = client.get(PAGE, {"page": "3"})

    assert names_in(first) == ["Student 00", "Student 01"]
    assert "Students 1 to 2 of 5 by name." in words(first)
    assert "5 to read" in words(first)  # over the column, of the whole course
    assert 'rel="next" href="?page=2"' in " ".join(first.content.decode().split())
    assert names_in(last) == ["Student 04"]
    assert "That’s the whole list." in words(last)


def test_pages_keep_their_filters(client, large, prompt, instructor):
    client.force_login(instructor)

    found = client.get(PAGE, {"state": "to_read", "page": "2"})

    assert names_in(found) == ["Student 02", "Student 03"]
    assert "?state=to_read&amp;page=3" in found.content.decode()


def test_a_filter_counts_the_students_of_all_pages(client, large, instructor):
    client.force_login(instructor)

    found = words(client.get(PAGE, {"q": "03"}))

    assert "1 of 5 students shown. Show all" in found
    assert "by name" not in found


@pytest.mark.parametrize("page", ["1", "3", "99", "x"])
def test_every_page_takes_the_same_queries(
    client, large, instructor, page, django_assert_num_queries
):
    client.force_login(instructor)
    client.get(PAGE)

    with django_assert_num_queries(16):
        assert client.get(PAGE, {"page": page}).status_code == 200
