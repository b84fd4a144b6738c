"""Use of a rubric's levels: counted without names, and only where there are enough."""

import pytest

from blog.models import Grading
from blog.queries.grading_page import criteria_of
from blog.queries.level_use import level_use
from tests import factories


@pytest.fixture
def prompt(course):
    return factories.make_prompt(course, rubric=factories.make_rubric(course))


def grade(prompt, grader, *levels, **fields):
    """Grade one new student for each level, a position from 1 to 4."""
    for level in levels:
        student = factories.make_user()
        factories.add_member(prompt.course, student)
        post = factories.make_post(student, prompt.course, prompt=prompt)
        factories.make_grading(post, grader, level=level, **fields)


def uses(prompt, **fields):
    return level_use(prompt, "post", criteria_of(prompt.rubric), **fields)


def counts(prompt, **fields):
    return [
        (use.criterion.title, use.grades, [each.count for each in use.levels])
        for use in uses(prompt, **fields)
    ]


def test_the_grades_that_count_are_counted_for_each_level(
    prompt, instructor, assistant, django_assert_num_queries
):
    grade(prompt, instructor, 1, 3, 3, 4, 3)
    for counted in Grading.objects.all()[:2]:
        factories.make_grading(counted.post, assistant, level=2, of_record=False)

    with django_assert_num_queries(3):
        assert counts(prompt) == [
            ("Answers the prompt", 5, [1, 0, 3, 1]),
            ("Uses evidence", 5, [1, 0, 3, 1]),
        ]

    [use, _] = uses(prompt)
    assert [each.percent for each in use.levels] == [20, 0, 60, 20]
    assert [level.title for level in use.unused] == ["Partly"]


def test_fewer_than_five_grades_are_not_spread_out(prompt, instructor):
    grade(prompt, instructor, 1, 2, 3, 4)
    grade(prompt, instructor, None)

    assert counts(prompt) == [("Answers the prompt", 4, []), ("Uses evidence", 4, [])]


def test_levels_of_a_rubric_that_the_prompt_had_are_left_out(prompt, instructor, course):
    grade(prompt, instructor, 1, 2, 3, 4, 4)
    prompt.rubric = factories.make_rubric(course, "Another", criteria=["Is kind"])
    prompt.save()

    assert counts(prompt) == [("Is kind", 0, [])]


def test_a_prompt_without_a_rubric_has_no_levels(course, instructor):
    assert uses(factories.make_prompt(course)) == []


def test_levels_for_comments_are_counted_apart(prompt, instructor, course):
    prompt.comments_rubric = prompt.rubric
    prompt.save()
    grade(prompt, instructor, 1, 2, 3, 4, 4)
    for post_grading in list(Grading.objects.all()):
        of_comments = Grading.objects.create(
            prompt=prompt,
            student=post_grading.student,
            grader=instructor,
            kind="comments",
            of_record=True,
        )
        factories.give_levels(of_comments, 2)

    used = level_use(prompt, "comments", criteria_of(prompt.comments_rubric))

    assert [[each.count for each in use.levels] for use in used] == [[0, 5, 0, 0], [0, 5, 0, 0]]
    assert counts(prompt)[0] == ("Answers the prompt", 5, [1, 1, 1, 2])


def test_what_its_reader_has_still_to_grade_is_left_out(prompt, instructor):
    grade(prompt, instructor, 1, 2, 3, 3, 4, 4)
    hidden = Grading.objects.filter(scores__level__position=1).values_list("student", flat=True)

    assert counts(prompt, hidden=set(hidden)) == [
        ("Answers the prompt", 5, [0, 1, 2, 2]),
        ("Uses evidence", 5, [0, 1, 2, 2]),
    ]
