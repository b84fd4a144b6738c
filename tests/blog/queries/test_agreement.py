"""How far graders agree: what is counted, and what is not."""

import pytest

from blog.actions.second_gradings import settle_criterion
from blog.models import SecondGrading, SecondGradingDraw
from blog.queries.agreement import agreement_of
from blog.queries.grading_page import criteria_of
from tests import factories


@pytest.fixture
def prompt(course):
    return factories.make_prompt(course, rubric=factories.make_rubric(course))


@pytest.fixture
def draw(prompt, instructor):
    return SecondGradingDraw.objects.create(prompt=prompt, seed=1, drawn_by=instructor)


def grade_twice(draw, first, second, *levels, drawn=True):
    """Grade a new student's post for each pair of levels; return the first gradings."""
    gradings = []
    for one, other in levels:
        student = factories.make_user()
        factories.add_member(draw.prompt.course, student)
        post = factories.make_post(student, draw.prompt.course, prompt=draw.prompt)
        grading = factories.make_grading(post, first, level=one)
        if drawn:
            SecondGrading.objects.create(draw=draw, first=grading, grader=second)
        factories.make_grading(post, second, level=other, of_record=False)
        gradings.append(grading)
    return gradings


def compared(prompt):
    """Return how many posts are compared for the first criterion, and on how many both agree."""
    [first, _] = agreement_of(prompt, criteria_of(prompt.rubric))
    return first.comparison.posts, first.comparison.same


def test_posts_that_were_drawn_are_compared(prompt, draw, instructor, assistant):
    grade_twice(draw, instructor, assistant, (1, 1), (2, 3), (4, 4))
    grade_twice(draw, instructor, assistant, (1, 4), drawn=False)

    assert compared(prompt) == (3, 2)


def test_a_second_grading_that_is_not_complete_is_not_compared(prompt, draw, instructor, assistant):
    grade_twice(draw, instructor, assistant, (1, 1), (2, None))

    assert compared(prompt) == (1, 1)


def test_what_was_settled_counts_as_its_grader_had_chosen(prompt, draw, instructor, assistant):
    [grading] = grade_twice(draw, instructor, assistant, (1, 3))
    [criterion, _] = criteria_of(prompt.rubric)
    first, _, third, _ = criterion.levels.all()

    settle_criterion(grading, criterion, third, by=instructor, instead_of=first.pk)

    assert grading.scores.get(criterion=criterion).level == third
    assert compared(prompt) == (1, 0)


def test_kappa_is_given_for_each_pair_of_graders_whoever_was_first(
    prompt, draw, instructor, assistant, course
):
    tess = factories.make_user("Tess Assistant")
    factories.add_member(course, tess, factories.Role.ASSISTANT)
    grade_twice(draw, instructor, assistant, (1, 2), (3, 3))
    grade_twice(draw, assistant, instructor, (1, 1))
    grade_twice(draw, tess, instructor, (1, 2))

    [agreement, _] = agreement_of(prompt, criteria_of(prompt.rubric))

    assert [({pair.first, pair.second}, pair.kappa.units) for pair in agreement.pairs] == [
        ({instructor, assistant}, 3),
        ({instructor, tess}, 1),
    ]


@pytest.mark.parametrize("n", [1, 3])
def test_query_count(prompt, draw, instructor, assistant, n, django_assert_num_queries):
    grade_twice(draw, instructor, assistant, *[(1, 2)] * n)
    criteria = criteria_of(prompt.rubric)

    with django_assert_num_queries(4):
        agreement_of(prompt, criteria)
