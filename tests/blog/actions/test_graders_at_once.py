"""Graders who act at the very same moment: nothing is lost, and each gets one clear answer."""

import pytest

from blog.actions.grading_autosave import choose_level
from blog.actions.second_gradings import settle_criterion
from blog.exceptions import StaleGrading, StaleLevel
from blog.models import Course, Criterion, Grading, GradingEvent, Level, Prompt, Score, Settlement
from blog.queries.grading_conflicts import unsettled
from tests import factories
from tests.threads import on_postgresql, queueing

pytestmark = [pytest.mark.django_db(transaction=True), on_postgresql]


@pytest.fixture
def prompt(course, ada):
    prompt = factories.make_prompt(course, rubric=factories.make_rubric(course))
    factories.make_post(ada, course, prompt=prompt)
    return prompt


def choosing(prompt, student, grader, *, criterion=0, position, version=0):
    """Return the act of choosing a level in a window that has seen a version."""
    level = prompt.rubric.criteria.all()[criterion].levels.get(position=position)

    def choose():
        found = Level.objects.select_related("criterion").get(pk=level.pk)
        choose_level(Prompt.objects.get(pk=prompt.pk), student, found, by=grader, version=version)

    return choose


def at_one_moment(prompt, *acts):
    """Let all acts wait for the prompt, and then go on one after the other."""
    with queueing(*acts) as results:
        Prompt.objects.select_for_update(no_key=True).get(pk=prompt.pk)
        Course.objects.select_for_update(no_key=True).get(pk=prompt.course_id)
    return results


def levels_of(grading):
    return list(grading.scores.order_by("criterion__position").values_list("level__position"))


def test_two_windows_of_one_grader_choose_for_one_criterion(prompt, ada, instructor):
    windows = [choosing(prompt, ada, instructor, position=place) for place in (2, 4)]

    stored, refused = at_one_moment(prompt, *windows)

    grading = Grading.objects.get()
    assert levels_of(grading) == [(2,)]
    assert stored is None
    assert isinstance(refused, StaleLevel)
    assert (refused.level, refused.version) == (grading.scores.get().level_id, 1)


def test_two_windows_of_one_grader_choose_for_two_criteria(prompt, ada, instructor):
    windows = [
        choosing(prompt, ada, instructor, criterion=place, position=4 - place) for place in (0, 1)
    ]

    results = at_one_moment(prompt, *windows)

    assert results == [None, None]
    assert levels_of(Grading.objects.get()) == [(4,), (3,)]
    assert GradingEvent.objects.count() == 2


def test_five_graders_clash_on_one_criterion(prompt, ada, course, instructor):
    """Each keeps their level, one grade counts, and the clash names all others."""
    Criterion.objects.filter(rubric=prompt.rubric, position__gt=1).delete()
    graders = [instructor, *(factories.make_user() for _ in range(4))]
    for grader in graders[1:]:
        factories.add_member(course, grader, factories.Role.ASSISTANT)
    places = [1, 2, 3, 4, 2]
    acts = [
        choosing(prompt, ada, grader, position=place)
        for grader, place in zip(graders, places, strict=True)
    ]

    results = at_one_moment(prompt, *acts)

    assert results == [None] * 5
    stored = Score.objects.order_by("grading")
    assert list(stored.values_list("grading__grader", "level__position")) == [
        (grader.pk, place) for grader, place in zip(graders, places, strict=True)
    ]
    assert [one.grader for one in Grading.objects.of_record()] == [instructor]
    [conflict] = unsettled(prompt)
    assert conflict.level.position == 1
    assert [score.level.position for score in conflict.others] == [2, 3, 4, 2]


@pytest.fixture
def conflict(prompt, ada, instructor, assistant):
    post = ada.posts.get()
    factories.make_grading(post, instructor, level=3)
    factories.make_grading(post, assistant, level=1, of_record=False)
    return unsettled(prompt)[0]


def settling(conflict, position, by):
    level = conflict.criterion.levels.get(position=position)

    def settle():
        settle_criterion(
            Grading.objects.select_related("prompt__course").get(pk=conflict.grading.pk),
            conflict.criterion,
            level,
            by=by,
            instead_of=conflict.level.pk,
        )

    return settle


def test_two_instructors_settle_one_criterion(prompt, conflict, course, instructor):
    other = factories.make_user()
    factories.add_member(course, other, factories.Role.INSTRUCTOR)

    settled, refused = at_one_moment(
        prompt, settling(conflict, 1, instructor), settling(conflict, 4, other)
    )

    assert (settled, type(refused)) == (None, StaleGrading)
    assert Settlement.objects.values_list("level__position", "settled_by").get() == (
        1,
        instructor.pk,
    )
    assert conflict.grading.scores.get(criterion=conflict.criterion).level.position == 1


def test_a_grader_chooses_another_level_while_it_is_settled(
    prompt, ada, conflict, course, instructor
):
    """Whoever settles looks again at what they have not seen; the grader's level stays."""
    other = factories.make_user()
    factories.add_member(course, other, factories.Role.INSTRUCTOR)
    version = conflict.grading.scores.get(criterion=conflict.criterion).version

    chosen, refused = at_one_moment(
        prompt,
        choosing(prompt, ada, instructor, position=4, version=version),
        settling(conflict, 1, other),
    )

    assert (chosen, type(refused)) == (None, StaleGrading)
    assert not Settlement.objects.exists()
    assert conflict.grading.scores.get(criterion=conflict.criterion).level.position == 4


def test_a_criterion_is_settled_while_its_grader_chooses_another_level(
    prompt, ada, conflict, instructor
):
    """The window has not seen the settled level, and is told which it is."""
    version = conflict.grading.scores.get(criterion=conflict.criterion).version

    settled, refused = at_one_moment(
        prompt,
        settling(conflict, 1, instructor),
        choosing(prompt, ada, instructor, position=4, version=version),
    )

    assert (settled, type(refused)) == (None, StaleLevel)
    assert refused.level == conflict.criterion.levels.get(position=1).pk
    assert conflict.grading.scores.get(criterion=conflict.criterion).level_id == refused.level
