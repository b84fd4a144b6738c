"""Agreement of graders: gradings that count, and those that do not."""

from datetime import timedelta

import pytest

from blog.actions.grading_autosave import choose_level
from blog.actions.second_gradings import settle_criterion
from blog.models import Grading, Score, SecondGrading, SecondGradingDraw
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


def choose(prompt, student, position, *criteria, by):
    """Choose the same level for some criteria, one after the other as on the desk."""
    for criterion in criteria:
        level = criterion.levels.get(position=position)
        grading = Grading.objects.filter(student=student, grader=by).first()
        score = grading and grading.scores.filter(criterion=criterion).first()
        choose_level(prompt, student, level, by=by, version=score.version if score else 0)


@pytest.fixture
def chosen_twice(prompt, draw, instructor, assistant, ada):
    """Return somebody whom an instructor gave level 2, and then an assistant, unseen, level 4."""
    criteria = criteria_of(prompt.rubric)
    choose(prompt, ada, 2, *criteria, by=instructor)
    SecondGrading.objects.create(draw=draw, first=Grading.objects.get(), grader=assistant)
    choose(prompt, ada, 4, *criteria, by=assistant)
    return ada


@pytest.mark.parametrize("is_first", [True, False])
def test_a_change_of_mind_after_both_were_done_makes_no_agreement(
    prompt, chosen_twice, instructor, assistant, is_first, monkeypatch
):
    monkeypatch.setattr("blog.queries.agreement.TIME_TO_CORRECT", timedelta())
    criteria = criteria_of(prompt.rubric)
    if is_first:
        choose(prompt, chosen_twice, 4, *criteria, by=instructor)
    else:
        choose(prompt, chosen_twice, 2, *criteria, by=assistant)

    assert len(set(Score.objects.values_list("level__position"))) == 1
    assert compared(prompt) == (1, 0)


def test_a_slip_that_is_corrected_at_once_was_not_chosen(prompt, chosen_twice, assistant):
    choose(prompt, chosen_twice, 2, *criteria_of(prompt.rubric), by=assistant)

    assert compared(prompt) == (1, 1)


def test_what_the_first_grader_changed_before_the_second_was_done_counts(
    prompt, draw, instructor, assistant, ada, monkeypatch
):
    monkeypatch.setattr("blog.queries.agreement.TIME_TO_CORRECT", timedelta())
    criteria = criteria_of(prompt.rubric)
    choose(prompt, ada, 2, *criteria, by=instructor)
    SecondGrading.objects.create(draw=draw, first=Grading.objects.get(), grader=assistant)
    choose(prompt, ada, 3, criteria[0], by=assistant)
    choose(prompt, ada, 3, *criteria, by=instructor)
    choose(prompt, ada, 3, criteria[1], by=assistant)

    assert compared(prompt) == (1, 1)


@pytest.mark.parametrize("n", [1, 3])
def test_query_count(prompt, draw, instructor, assistant, n, django_assert_num_queries):
    grade_twice(draw, instructor, assistant, *[(1, 2)] * n)
    criteria = criteria_of(prompt.rubric)

    with django_assert_num_queries(5):
        agreement_of(prompt, criteria)
