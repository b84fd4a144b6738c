"""The page on levels and agreement, for the teaching team."""

import pytest

from tests import factories

PAGE = "/c/networks/desk/1/agreement/"


@pytest.fixture
def prompt(course):
    return factories.make_prompt(course, rubric=factories.make_rubric(course))


@pytest.fixture
def signed_in(client, instructor, prompt):
    client.force_login(instructor)
    return client


def grade(prompt, grader, *levels):
    """Grade one new student for each level, a position from 1 to 4."""
    for level in levels:
        student = factories.make_user(f"Student No {level}")
        factories.add_member(prompt.course, student)
        post = factories.make_post(student, prompt.course, prompt=prompt)
        factories.make_grading(post, grader, level=level)


def words(response):
    return " ".join(response.content.decode().split())


def test_a_level_that_nobody_has_is_named(signed_in, prompt, instructor):
    grade(prompt, instructor, 1, 3, 3, 3, 4)

    page = words(signed_in.get(PAGE))

    assert page.count("Nobody has “Partly”.") == 2
    assert "Nobody has “Well”." not in page
    assert page.count('<td class="num">3</td>') == 2


def test_no_student_is_named(signed_in, prompt, instructor):
    grade(prompt, instructor, 1, 3, 3, 3, 4)

    assert "Student No" not in words(signed_in.get(PAGE))


def test_too_few_grades_say_so(signed_in, prompt, instructor):
    grade(prompt, instructor, 1)

    page = words(signed_in.get(PAGE))

    assert "Only 1 grade has a level here. From 5 on this shows how they are spread." in page


def test_a_prompt_without_a_rubric_says_so(signed_in, prompt):
    prompt.rubric = None
    prompt.save()

    assert "This prompt has no rubric" in words(signed_in.get(PAGE))


def test_the_grading_desk_leads_to_it(signed_in, prompt):
    assert f'href="{PAGE}"' in words(signed_in.get("/c/networks/desk/"))


@pytest.mark.parametrize("grades", [1, 3])
def test_queries_do_not_grow_with_grades(
    signed_in, prompt, instructor, grades, django_assert_num_queries
):
    grade(prompt, instructor, *range(1, grades + 1))

    with django_assert_num_queries(7):
        signed_in.get(PAGE)
