"""Choice of the grade of record among several gradings, and empty gradings."""

from datetime import timedelta

import pytest
from django.utils import timezone

from blog.actions.grading import GradeRecord, give_feedback
from blog.actions.releases import choose_grade_of_record, release_prompt
from blog.actions.rubrics import change_rubric
from blog.exceptions import EmptyGrading, Refused
from blog.models import AuditEvent, Grading, Prompt
from tests import factories


@pytest.fixture(params=["rubric", "words only"])
def post(request, course, ada):
    """Return a post for a prompt with a rubric, and one for a prompt without."""
    rubric = factories.make_rubric(course) if request.param == "rubric" else None
    return factories.make_post(ada, course, prompt=factories.make_prompt(course, rubric=rubric))


def give(post, by, *, complete=True, words=None, version=None):
    """Give a complete grading, or one that is begun: by a rubric, words without any level."""
    if words is None:
        words = "Well seen." if complete or post.prompt.rubric else ""
    criteria = post.prompt.rubric.criteria.all() if post.prompt.rubric and complete else []
    return give_feedback(
        post.prompt,
        post.author,
        by=by,
        post=post,
        revision=post.revision,
        levels={criterion: criterion.levels.get(position=3) for criterion in criteria},
        words=words,
        version=version,
    )


def begin(post, by):
    """Store an incomplete grade of record; without a rubric, one with a note of its grader."""
    if post.prompt.rubric:
        return give(post, by, complete=False)
    note = GradeRecord(private_note="Ask about it.")
    return give_feedback(post.prompt, post.author, by=by, levels={}, words="", record=note)


def of_record():
    return Grading.objects.of_record().get().grader


BLANKS = ["", " ", "\n\t\n", "\u00a0", "\u200b", "\ufeff\u2060", "&nbsp;", "\u00ad"]
BLANKS += [
    "\u2800",
    "\u3164",
    "\uffa0 \u115f",
    "&#x2800;",
    "\u2800\u200b\n\n\u3164",
    "\u034f",
    "\ufe0f",
]


@pytest.mark.parametrize("words", BLANKS)
def test_an_empty_grading_is_not_stored(post, instructor, words):
    with pytest.raises(EmptyGrading):
        give(post, instructor, complete=False, words=words)

    assert not Grading.objects.exists()
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize("words", BLANKS)
def test_invisible_words_alone_are_no_complete_feedback(course, ada, instructor, words):
    post = factories.make_post(ada, course, prompt=factories.make_prompt(course))
    grading = give(post, instructor)

    give(post, instructor, words=words, version=grading.version)

    assert not Grading.objects.complete().exists()
    assert not Grading.objects.begun().exists()


def test_a_complete_grading_takes_over_from_an_incomplete_one(post, instructor, assistant):
    begin(post, instructor)

    second = give(post, assistant)

    assert (of_record(), second.of_record) == (assistant, True)
    assert release_prompt(post.prompt, by=instructor) == [second]
    event = AuditEvent.objects.get(action="grade_taken_over")
    assert event.target == f"grading:{second.pk}"


def test_an_incomplete_grading_takes_over_from_no_other(course, ada, instructor, assistant):
    prompt = factories.make_prompt(course, rubric=factories.make_rubric(course))
    post = factories.make_post(ada, course, prompt=prompt)
    begin(post, instructor)

    begin(post, assistant)

    assert of_record() == instructor


def test_a_complete_grade_of_record_stays_it(post, instructor, assistant):
    give(post, instructor)

    second = give(post, assistant)

    assert (of_record(), second.of_record) == (instructor, False)


def test_a_grading_takes_over_when_the_grade_of_record_is_emptied(post, instructor, assistant):
    first = give(post, instructor)
    give(post, assistant)

    levels = dict.fromkeys(post.prompt.rubric.criteria.all()) if post.prompt.rubric else {}
    give_feedback(
        post.prompt, post.author, by=instructor, levels=levels, words="", version=first.version
    )

    assert of_record() == assistant


def test_a_chosen_grade_stays_it(post, instructor, assistant):
    chosen = begin(post, instructor)
    choose_grade_of_record(chosen, by=instructor)

    second = give(post, assistant)

    assert (of_record(), second.of_record) == (instructor, False)


def test_a_released_grade_stays_it(post, instructor, assistant):
    give(post, instructor)
    release_prompt(post.prompt, by=instructor)
    other = factories.make_rubric(post.course, "Other")
    change_rubric(post.prompt, other, by=instructor, instead_of=post.prompt.rubric)
    post.prompt.refresh_from_db()

    second = give(post, assistant)

    assert not Grading.objects.of_record().complete().exists()
    assert (of_record(), second.of_record) == (instructor, False)


def test_a_change_of_rubric_changes_no_grade_of_record(course, ada, instructor, assistant):
    rubric = factories.make_rubric(course)
    prompt = factories.make_prompt(course, rubric=rubric)
    post = factories.make_post(ada, course, prompt=prompt)
    give(post, instructor, words="")
    give(post, assistant)

    for new in (None, factories.make_rubric(course, "Other", criteria=["Voice"]), rubric):
        change_rubric(prompt, new, by=instructor, instead_of=prompt.rubric)
        assert of_record() == instructor

    assert not AuditEvent.objects.filter(action="grade_taken_over").exists()


def test_after_a_change_of_rubric_a_complete_grade_takes_over_with_a_save(
    course, ada, instructor, assistant
):
    first, second = factories.make_rubric(course, "One"), factories.make_rubric(course, "Two")
    prompt = factories.make_prompt(course, rubric=first)
    post = factories.make_post(ada, course, prompt=prompt)
    give(post, instructor)
    given = give(post, assistant)
    change_rubric(prompt, second, by=instructor, instead_of=first)
    post.prompt.refresh_from_db()
    assert of_record() == instructor

    give(post, assistant, version=given.version)

    assert of_record() == assistant


def test_an_incomplete_grading_is_not_chosen_instead_of_a_released_one(post, instructor, assistant):
    give(post, instructor)
    release_prompt(post.prompt, by=instructor)
    second = begin(post, assistant)

    with pytest.raises(Refused, match="The student can read the other grade already"):
        choose_grade_of_record(second, by=instructor)

    assert of_record() == instructor


def test_an_incomplete_grading_is_not_chosen_instead_of_one_with_a_date_ahead(
    post, instructor, assistant
):
    give(post, instructor)
    release_prompt(post.prompt, by=instructor, at=timezone.now() + timedelta(days=1))
    second = begin(post, assistant)

    with pytest.raises(Refused, match="^The release of the other grade already has a date, and"):
        choose_grade_of_record(second, by=instructor)

    assert of_record() == instructor


def test_choosing_the_grade_of_record_again_changes_no_more_than_that(post, instructor):
    grading = give(post, instructor)
    release_prompt(post.prompt, by=instructor)

    choose_grade_of_record(grading, by=instructor)

    grading.refresh_from_db()
    assert (grading.of_record, grading.is_chosen, grading.edited_at) == (True, True, None)
    assert grading.is_released


def test_the_same_sent_twice_is_no_conflict(post, instructor):
    first = give(post, instructor)

    second = give(post, instructor, version=None)

    assert (second.pk, second.version) == (first.pk, 1)
    assert AuditEvent.objects.filter(action="feedback_given").count() == 1


def test_a_released_grade_is_never_left_incomplete(post, instructor):
    first = give(post, instructor)
    release_prompt(post.prompt, by=instructor)
    levels = dict.fromkeys(post.prompt.rubric.criteria.all()) if post.prompt.rubric else {}

    with pytest.raises(Refused, match="can read this"):
        give_feedback(
            post.prompt, post.author, by=instructor, levels=levels, words="", version=first.version
        )

    assert Grading.objects.complete().get().text == "Well seen."


def test_grades_are_of_the_prompt_as_it_is_stored(post, instructor):
    """A form may have read the prompt before its rubric was changed."""
    stale = Prompt.objects.get()
    change_rubric(
        Prompt.objects.get(),
        factories.make_rubric(post.course, "Other"),
        by=instructor,
        instead_of=post.prompt.rubric,
    )

    grading = give_feedback(stale, post.author, by=instructor, levels={}, words="Good.")

    assert not Grading.objects.complete().filter(pk=grading.pk).exists()
