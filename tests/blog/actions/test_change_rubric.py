"""The rubric of a prompt with grades: replaced, taken away, given, and given back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from blog.actions.grading import give_feedback
from blog.actions.prompts import save_prompt
from blog.actions.releases import choose_grade_of_record, release_prompt
from blog.actions.rubrics import change_rubric
from blog.exceptions import Refused, StaleRubric
from blog.models import AuditEvent, Grading, OutboxMessage, Prompt, Score
from blog.queries.rubric_change import rubric_change
from tests import factories


@pytest.fixture
def rubrics(course):
    """Return three choices: a rubric of two criteria, one of a single criterion, and none."""
    short = factories.make_rubric(course, "Short", criteria=["All in all"])
    return {"long": factories.make_rubric(course), "short": short, "none": None}


@pytest.fixture
def post(course, ada, rubrics):
    prompt = factories.make_prompt(course, rubric=rubrics["long"])
    return factories.make_post(ada, course, "Of ties", prompt=prompt)


def give(post, by, level=3, *, words="Well seen.", version=None, criteria=None):
    """Give the same level for each criterion of the prompt's rubric, or for the first few."""
    rubric = Prompt.objects.get(pk=post.prompt_id).rubric
    shown = rubric.criteria.all() if rubric else []
    chosen = {criterion: criterion.levels.get(position=level) for criterion in shown}
    left_out = {} if criteria is None else dict.fromkeys(list(shown)[criteria:])
    return give_feedback(
        post.prompt,
        post.author,
        by=by,
        post=post,
        revision=post.revision,
        levels=chosen | left_out,
        words=words,
        version=version,
    )


def change(post, rubric, by):
    prompt = Prompt.objects.get(pk=post.prompt_id)
    change_rubric(prompt, rubric, by=by, instead_of=prompt.rubric)


def levels_seen(reader):
    """Return the levels that a student reads of their released grade."""
    grading = Grading.objects.visible_to(reader).for_student().get()
    return [(score.criterion.title, score.level.title) for score in grading.scores.all()]


@pytest.mark.parametrize(
    ("to", "complete"), [("long", True), ("short", False), ("none", True)], ids=str
)
def test_a_grade_is_complete_by_the_present_rubric_and_no_score_is_lost(
    post, instructor, rubrics, to, complete
):
    give(post, instructor)
    before = set(Score.objects.values_list("pk", "level"))

    change(post, rubrics[to], instructor)

    assert Grading.objects.complete().exists() is complete
    assert set(Score.objects.values_list("pk", "level")) == before


def test_scores_of_criteria_that_the_form_did_not_show_survive_a_save(post, instructor, rubrics):
    first = give(post, instructor)
    change(post, None, instructor)

    give(post, instructor, words="One word more.", version=first.version)
    change(post, rubrics["long"], instructor)

    assert list(Score.objects.values_list("level__position", flat=True)) == [3, 3]
    assert Grading.objects.complete().get().text == "One word more."


def test_a_criterion_that_was_shown_without_a_level_loses_it(post, instructor):
    first = give(post, instructor)

    give(post, instructor, version=first.version, criteria=1)

    assert Score.objects.count() == 1
    assert not Grading.objects.complete().exists()


@pytest.mark.parametrize("old", ["long", "none"])
def test_half_a_grade_by_the_old_rubric_is_not_released_by_a_shorter_one(
    post, instructor, rubrics, old
):
    give(post, instructor, words="", criteria=1)
    change(post, rubrics["short"], instructor)
    change(post, rubrics[old], instructor)

    assert release_prompt(post.prompt, by=instructor) == []


def test_levels_of_another_rubric_are_refused(post, instructor, rubrics):
    levels = {c: c.levels.get(position=2) for c in rubrics["long"].criteria.all()}
    change(post, rubrics["short"], instructor)

    with pytest.raises(StaleRubric):
        give_feedback(post.prompt, post.author, by=instructor, levels=levels, words="Good.")

    assert not Grading.objects.exists()


@pytest.mark.parametrize("to", ["short", "none"])
def test_the_counts_before_a_change_are_those_after_it(post, instructor, assistant, rubrics, to):
    give(post, instructor, words="")
    give(post, assistant)
    [foreseen] = [o for o in rubric_change(post.prompt).others if o.rubric == rubrics[to]]

    change(post, rubrics[to], instructor)

    assert rubric_change(Prompt.objects.get()).present == foreseen
    assert (foreseen.complete, foreseen.incomplete) == (0, 1)


def test_change_rubric_is_recorded_with_both(post, instructor, rubrics):
    change(post, rubrics["short"], instructor)

    event = AuditEvent.objects.get(action="rubric_changed")
    assert event.target == f"prompt:{post.prompt_id}"
    assert event.data == {"kind": "post", "old": rubrics["long"].pk, "new": rubrics["short"].pk}


def test_change_rubric_that_was_changed_meanwhile_changes_nothing(post, instructor, rubrics):
    change(post, None, instructor)

    with pytest.raises(StaleRubric):
        change_rubric(post.prompt, rubrics["short"], by=instructor, instead_of=rubrics["long"])

    assert Prompt.objects.get().rubric is None


def test_change_rubric_twice_changes_it_once(post, instructor, rubrics):
    for _twice in range(2):
        change_rubric(post.prompt, None, by=instructor, instead_of=rubrics["long"])

    assert AuditEvent.objects.filter(action="rubric_changed").count() == 1


def test_change_rubric_to_one_of_another_course_is_refused(post, instructor, rubrics):
    foreign = factories.make_rubric(factories.make_course("elsewhere"))

    with pytest.raises(Refused):
        change_rubric(post.prompt, foreign, by=instructor, instead_of=rubrics["long"])


def test_a_released_grade_keeps_its_levels_until_it_is_complete_by_the_new_rubric(
    post, instructor, ada, course
):
    new = factories.make_rubric(course, "New", criteria=["Voice", "Care"])
    first = give(post, instructor)
    release_prompt(post.prompt, by=instructor)
    old_levels = [("Answers the prompt", "Well"), ("Uses evidence", "Well")]

    change(post, new, instructor)
    assert levels_seen(ada) == old_levels

    begun = give(post, instructor, 4, version=first.version, criteria=1)
    assert levels_seen(ada) == old_levels
    assert begun.edited_at is None

    done = give(post, instructor, 4, version=begun.version)
    assert levels_seen(ada) == [("Voice", "Beyond"), ("Care", "Beyond")]
    assert done.edited_at is not None


@pytest.mark.parametrize("detour", [["none"], ["short"], ["short", "none"], ["none", "short"]])
def test_a_released_grade_looks_the_same_through_all_changes(
    post, instructor, ada, rubrics, detour
):
    give(post, instructor)
    release_prompt(post.prompt, by=instructor)
    before, mails = levels_seen(ada), OutboxMessage.objects.count()

    for name in [*detour, "long"]:
        change(post, rubrics[name], instructor)
        assert levels_seen(ada) == before

    grading = Grading.objects.get()
    assert (grading.edited_at, grading.released_rubric) == (None, rubrics["long"])
    assert OutboxMessage.objects.count() == mails


@pytest.fixture
def in_words(post, instructor):
    """Return a grade that was released in words only, before its prompt had a rubric."""
    change(post, None, instructor)
    grading = give(post, instructor)
    release_prompt(post.prompt, by=instructor)
    return grading


def test_levels_given_after_a_release_in_words_wait_until_they_are_complete(
    post, instructor, ada, rubrics, in_words
):
    change(post, rubrics["long"], instructor)

    begun = give(post, instructor, version=in_words.version, criteria=1)
    assert (levels_seen(ada), begun.edited_at) == ([], None)
    assert (begun.is_released, begun.needs_new_levels) == (True, True)

    done = give(post, instructor, version=begun.version)
    assert levels_seen(ada) == [("Answers the prompt", "Well"), ("Uses evidence", "Well")]
    assert done.edited_at is not None
    assert not done.needs_new_levels


def test_words_of_a_release_are_not_emptied_under_a_rubric_that_came_later(
    post, instructor, rubrics, in_words
):
    change(post, rubrics["long"], instructor)

    with pytest.raises(Refused, match="cannot be empty"):
        give(post, instructor, words="", version=in_words.version, criteria=1)

    assert Grading.objects.get().text == "Well seen."
    give(post, instructor, words="", version=in_words.version)


def test_a_save_shows_the_levels_of_a_rubric_that_came_back(post, instructor, ada, rubrics):
    first = give(post, instructor)
    release_prompt(post.prompt, by=instructor)
    change(post, rubrics["short"], instructor)
    second = give(post, instructor, 4, version=first.version)
    change(post, rubrics["long"], instructor)
    assert levels_seen(ada) == [("All in all", "Beyond")]
    OutboxMessage.objects.all().delete()

    for _twice in range(2):
        saved = give(post, instructor, version=second.version)

    assert levels_seen(ada) == [("Answers the prompt", "Well"), ("Uses evidence", "Well")]
    assert saved.version == second.version + 1
    assert OutboxMessage.objects.get().template == "feedback_edited"


def test_a_grade_chosen_after_the_release_shows_the_levels_of_the_present_rubric(
    post, instructor, assistant, ada, rubrics
):
    give(post, instructor)
    release_prompt(post.prompt, by=instructor)
    change(post, rubrics["short"], instructor)
    second = give(post, assistant, 4)

    choose_grade_of_record(second, by=instructor)

    assert levels_seen(ada) == [("All in all", "Beyond")]
    assert list(Grading.objects.filter(of_record=False).values_list("released_rubric")) == [(None,)]


@pytest.mark.parametrize("to", ["short", "none"])
def test_a_release_that_lies_ahead_keeps_its_rubric(post, instructor, ada, rubrics, to):
    give(post, instructor)
    Grading.objects.get().release(timezone.now() + timedelta(hours=1))

    change(post, rubrics[to], instructor)
    Grading.objects.update(released_at=timezone.now())

    assert levels_seen(ada) == [("Answers the prompt", "Well"), ("Uses evidence", "Well")]


def test_a_release_that_was_taken_back_keeps_nothing(post, instructor, rubrics):
    give(post, instructor)
    release_prompt(post.prompt, by=instructor)
    Grading.objects.get().release(None)
    change(post, rubrics["none"], instructor)

    [again] = release_prompt(Prompt.objects.get(), by=instructor)

    assert again.released_rubric is None
    assert OutboxMessage.objects.filter(template="feedback_released").count() == 2


def test_save_prompt_refuses_another_rubric_once_there_are_grades(post, instructor, rubrics):
    prompt = Prompt.objects.get()
    prompt.rubric = rubrics["short"]
    save_prompt(prompt, by=instructor, works=[], pasted=[])
    give(post, instructor)
    prompt.rubric = None

    with pytest.raises(Refused, match="has grades"):
        save_prompt(prompt, by=instructor, works=[], pasted=[])

    assert Prompt.objects.get().rubric == rubrics["short"]
