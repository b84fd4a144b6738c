"""The history of a grade in words."""

import pytest

from blog.actions.grading import GradeRecord, give_feedback
from blog.actions.grading_autosave import choose_level
from blog.actions.releases import release_prompt
from blog.models import Grading, GradingEvent
from blog.queries.grading_history import LevelChange, history_of
from tests import factories


@pytest.fixture
def prompt(course):
    return factories.make_prompt(course, rubric=factories.make_rubric(course))


def test_it_says_what_was_done_the_last_first(
    prompt, ada, course, instructor, django_assert_num_queries
):
    factories.make_post(ada, course, prompt=prompt)
    first, second = prompt.rubric.criteria.all()
    for criterion, position, version in [(first, 2, 0), (first, 3, 1), (second, 4, 0)]:
        level = criterion.levels.get(position=position)
        choose_level(prompt, ada, level, by=instructor, version=version)
    grading = Grading.objects.get()
    points = GradeRecord(override_hundredths=650, override_reason="A talk")
    give_feedback(
        prompt, ada, by=instructor, levels={}, words="Well seen.", record=points,
        version=grading.version,
    )  # fmt: skip
    release_prompt(prompt, by=instructor)
    give_feedback(
        prompt, ada, by=instructor, levels={}, words="", record=GradeRecord(status="excused"),
        version=grading.version + 1,
    )  # fmt: skip

    with django_assert_num_queries(3):
        history = history_of(GradingEvent.objects.of_work(prompt, ada, grading.kind))

    assert [(entry.kind, entry.actor) for entry in history] == [
        (kind, instructor) for kind in ["saved", "released", "saved", "saved", "saved", "saved"]
    ]
    assert [entry.levels for entry in history] == [
        [], [], [],
        [LevelChange("Uses evidence", "", "Beyond")],
        [LevelChange("Answers the prompt", "Partly", "Well")],
        [LevelChange("Answers the prompt", "", "Partly")],
    ]  # fmt: skip
    assert [entry.words for entry in history] == ["", "", "Well seen.", "", "", ""]
    assert [entry.former_words for entry in history] == ["Well seen.", "", "", "", "", ""]
    assert [entry.status for entry in history] == ["excused", "", "", "", "", ""]
    assert (history[2].points, history[2].reason) == (6.5, "A talk")


def test_there_is_none_without_a_grade(instructor):
    assert history_of(GradingEvent.objects.all()) == []


def test_it_keeps_the_words_points_and_levels_of_a_removed_grade(prompt, ada, course, instructor):
    factories.make_post(ada, course, prompt=prompt)
    criterion = prompt.rubric.criteria.first()
    level = criterion.levels.get(position=2)
    points = GradeRecord(override_hundredths=650, override_reason="A talk")
    grading = give_feedback(
        prompt, ada, by=instructor, levels={criterion: level}, words="Well seen.", record=points
    )

    give_feedback(
        prompt, ada, by=instructor, levels={criterion: None}, words="", record=GradeRecord(),
        version=grading.version,
    )  # fmt: skip

    assert not Grading.objects.exists()
    removed, saved = history_of(GradingEvent.objects.of_work(prompt, ada, Grading.Kind.POST))
    assert (removed.kind, removed.former_words, removed.words) == ("removed", "Well seen.", "")
    assert removed.levels == [LevelChange("Answers the prompt", "Partly", "")]
    assert (saved.words, saved.points, saved.reason) == ("Well seen.", 6.5, "A talk")


def test_it_has_the_levels_that_were_taken_away(prompt, ada, course, instructor):
    factories.make_post(ada, course, prompt=prompt)
    first, second = prompt.rubric.criteria.all()
    levels = {first: first.levels.get(position=2), second: second.levels.get(position=4)}
    grading = give_feedback(prompt, ada, by=instructor, levels=levels, words="Seen.")

    give_feedback(
        prompt, ada, by=instructor, levels={first: None}, words="Seen.", version=grading.version
    )

    latest, _first = history_of(GradingEvent.objects.of_work(prompt, ada, Grading.Kind.POST))
    assert latest.levels == [LevelChange("Answers the prompt", "Partly", "")]


def test_it_has_the_words_of_then_for_what_was_deleted_or_renamed(prompt, ada, course, instructor):
    factories.make_post(ada, course, prompt=prompt)
    first, second = prompt.rubric.criteria.all()
    levels = {first: first.levels.get(position=2), second: second.levels.get(position=4)}
    grading = give_feedback(prompt, ada, by=instructor, levels=levels, words="Seen.")
    give_feedback(
        prompt, ada, by=instructor, levels={second: None}, words="Seen.", version=grading.version
    )

    second.delete()
    first.title = "Another title"
    first.save()

    latest, saved = history_of(GradingEvent.objects.of_work(prompt, ada, Grading.Kind.POST))
    assert latest.levels == [LevelChange("Uses evidence", "Beyond", "")]
    assert saved.levels == [
        LevelChange("Answers the prompt", "", "Partly"),
        LevelChange("Uses evidence", "", "Beyond"),
    ]


def test_an_event_without_titles_says_that_they_were_deleted(prompt, ada, course, instructor):
    grading = factories.make_grading(factories.make_post(ada, course, prompt=prompt), instructor)
    levels = [{}, {"9999": 8888}]
    GradingEvent.of(grading, by=instructor, kind="saved", changes={"levels": levels}).save()

    [entry] = history_of(GradingEvent.objects.of_work(prompt, ada, Grading.Kind.POST))

    assert entry.levels == [
        LevelChange("A criterion that was deleted later", "", "a level that was deleted later")
    ]
