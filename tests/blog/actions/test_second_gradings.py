"""Second gradings: who is asked to grade what, and what happens where graders differ."""

import pytest
from django.utils import timezone

from blog.actions.grading import give_feedback
from blog.actions.second_gradings import (
    draw_second_gradings,
    settle_criterion,
    take_back_second_gradings,
)
from blog.exceptions import Refused, StaleGrading, StaleRubric
from blog.models import AuditEvent, Grading, OutboxMessage, SecondGrading, Settlement
from blog.queries.grading_conflicts import unsettled
from blog.queries.second_gradings import (
    second_grading_progress,
    students_due_from,
    work_due_from,
)
from tests import factories


@pytest.fixture
def prompt(course):
    return factories.make_prompt(course, rubric=factories.make_rubric(course))


def grade_all(prompt, grader, n, level=3, **fields):
    """Grade the posts of ``n`` new students; return the gradings."""
    gradings = []
    for _ in range(n):
        student = factories.make_user()
        factories.add_member(prompt.course, student)
        post = factories.make_post(student, prompt.course, prompt=prompt)
        gradings.append(factories.make_grading(post, grader, level=level, **fields))
    return gradings


def grade_again(second, level):
    return factories.make_grading(second.first.post, second.grader, level=level, of_record=False)


# Draw


def test_a_sample_is_given_to_another_grader(prompt, instructor, assistant):
    grade_all(prompt, instructor, 10)

    drawn = draw_second_gradings(prompt, by=instructor, size=4)

    assert len(drawn) == 4
    assert {each.grader for each in drawn} == {assistant}
    assert students_due_from(prompt, assistant) == {each.first.student_id for each in drawn}
    assert students_due_from(prompt, instructor) == frozenset()
    event = AuditEvent.objects.get(action="second_gradings_drawn")
    assert event.data == {"n": 4, "seed": drawn[0].draw.seed}


def test_nobody_is_told_by_mail(prompt, instructor, assistant):
    grade_all(prompt, instructor, 3)

    draw_second_gradings(prompt, by=instructor, size=3)

    assert not OutboxMessage.objects.exists()


def test_a_second_draw_takes_other_grades(prompt, instructor, assistant):
    grade_all(prompt, instructor, 4)
    first = draw_second_gradings(prompt, by=instructor, size=2)

    second = draw_second_gradings(prompt, by=instructor, size=10)

    assert len(second) == 2
    assert {each.first_id for each in first}.isdisjoint(each.first_id for each in second)


def test_a_grade_that_was_drawn_stays_when_it_is_emptied(prompt, instructor, assistant):
    [first] = grade_all(prompt, instructor, 1)
    draw_second_gradings(prompt, by=instructor, size=1)
    levels = dict.fromkeys(prompt.rubric.criteria.all())

    give_feedback(prompt, first.student, by=instructor, levels=levels, words="", version=1)

    assert list(Grading.objects.all()) == [first]


def test_only_grades_that_others_can_still_judge_are_drawn(prompt, instructor, assistant, course):
    [fit] = grade_all(prompt, instructor, 1)
    grade_all(prompt, instructor, 1, level=None)  # not complete
    grade_all(prompt, instructor, 1, level=None, status="excused")
    grade_all(prompt, instructor, 1, released_at=timezone.now())
    [begun] = grade_all(prompt, instructor, 1)
    factories.make_grading(begun.post, assistant, of_record=False)
    [left] = grade_all(prompt, instructor, 1)
    course.memberships.filter(user=left.student).update(ended_at=timezone.now())
    [withdrawn] = grade_all(prompt, instructor, 1)
    withdrawn.post.status = withdrawn.post.Status.WITHDRAWN
    withdrawn.post.save()

    drawn = draw_second_gradings(prompt, by=instructor, size=10)

    assert [each.first for each in drawn] == [fit]


def test_a_grader_on_their_own_cannot_ask(prompt, instructor):
    grade_all(prompt, instructor, 3)

    with pytest.raises(Refused, match="Nobody else in this course can grade"):
        draw_second_gradings(prompt, by=instructor, size=2)


def test_without_grades_there_is_nothing_to_draw(prompt, instructor, assistant):
    with pytest.raises(Refused, match="There is no grade to draw"):
        draw_second_gradings(prompt, by=instructor, size=2)


def test_without_a_rubric_there_is_nothing_to_compare(prompt, instructor, assistant):
    prompt.rubric = None
    prompt.save()

    with pytest.raises(Refused, match="this prompt has no rubric"):
        draw_second_gradings(prompt, by=instructor, size=2)


def test_what_is_not_graded_yet_can_be_taken_back(prompt, instructor, assistant):
    grade_all(prompt, instructor, 3)
    done, *_ = draw_second_gradings(prompt, by=instructor, size=3)
    grade_again(done, level=3)

    assert take_back_second_gradings(prompt, by=instructor) == 2

    assert list(SecondGrading.objects.all()) == [done]
    [progress] = second_grading_progress(prompt)
    assert (progress.grader, progress.done, progress.due) == (assistant, 1, 0)
    assert take_back_second_gradings(prompt, by=instructor) == 0


# Settle


@pytest.fixture
def conflict(prompt, instructor, assistant):
    """Return the conflict of the instructor's third level of both criteria with the second."""
    [grading] = grade_all(prompt, instructor, 1)
    [second] = draw_second_gradings(prompt, by=instructor, size=1)
    grade_again(second, level=2)
    conflict, _ = unsettled(prompt)
    assert conflict.grading == grading
    return conflict


def settle(conflict, level, by, **fields):
    fields.setdefault("instead_of", conflict.level.pk)
    settle_criterion(conflict.grading, conflict.criterion, level, by=by, **fields)


def settled(conflict):
    """Return the level of the grade now, and whether the conflict is still there."""
    score = conflict.grading.scores.get(criterion=conflict.criterion)
    left = unsettled(conflict.grading.prompt)
    return score.level.title, conflict.criterion in [each.criterion for each in left]


def test_a_conflict_names_both_levels_and_their_graders(conflict, assistant):
    [other] = conflict.others

    assert (conflict.level.title, other.level.title) == ("Well", "Partly")
    assert other.grading.grader == assistant


def test_a_level_can_be_kept(conflict, instructor):
    settle(conflict, conflict.level, instructor)

    assert settled(conflict) == ("Well", False)


@pytest.mark.parametrize("position", [1, 2, 4])
def test_any_other_level_can_be_settled(conflict, instructor, position):
    level = conflict.criterion.levels.get(position=position)

    settle(conflict, level, instructor)

    assert settled(conflict) == (level.title, False)
    settlement = Settlement.objects.get()
    assert (settlement.former_level, settlement.settled_by) == (conflict.level, instructor)
    event = conflict.grading.events.get(kind="settled")
    key = str(conflict.criterion.pk)
    assert event.changes == {
        "levels": [{key: conflict.level.pk}, {key: level.pk}],
        "titles": {
            f"criterion {key}": conflict.criterion.title,
            f"level {conflict.level.pk}": conflict.level.title,
            f"level {level.pk}": level.title,
        },
    }
    assert AuditEvent.objects.get(action="criterion_settled").data == {
        "criterion": conflict.criterion.pk,
        "old": conflict.level.pk,
        "new": level.pk,
    }


def test_settling_again_keeps_what_the_grader_had_chosen(conflict, instructor):
    lower, higher = (conflict.criterion.levels.get(position=position) for position in (2, 4))
    settle(conflict, lower, instructor)

    settle(conflict, higher, instructor, instead_of=lower.pk)

    assert settled(conflict) == ("Beyond", False)
    assert Settlement.objects.get().former_level == conflict.level


def test_a_grade_that_is_changed_after_it_was_settled_is_open_again(conflict, instructor):
    settle(conflict, conflict.level, instructor)
    conflict.grading.scores.filter(criterion=conflict.criterion).update(
        level=conflict.criterion.levels.get(position=4)
    )

    assert settled(conflict) == ("Beyond", True)


def test_graders_who_come_to_agree_have_nothing_to_settle(conflict):
    conflict.grading.scores.filter(criterion=conflict.criterion).update(
        level=conflict.others[0].level
    )

    assert settled(conflict) == ("Partly", False)


def test_a_grade_that_an_instructor_chose_is_settled(conflict, prompt):
    Grading.objects.filter(pk=conflict.grading.pk).update(is_chosen=True)

    assert unsettled(prompt) == []


@pytest.mark.parametrize("which", ["record", "other"])
def test_levels_of_somebody_who_is_excused_are_in_no_conflict(conflict, prompt, which):
    grading = conflict.grading if which == "record" else conflict.others[0].grading
    Grading.objects.filter(pk=grading.pk).update(status="excused")

    assert unsettled(prompt) == []


def test_a_level_that_was_changed_meanwhile_is_not_settled(conflict, instructor):
    with pytest.raises(StaleGrading):
        settle(conflict, conflict.level, instructor, instead_of=conflict.others[0].level.pk)

    assert settled(conflict) == ("Well", True)


def test_a_level_of_another_criterion_is_refused(conflict, instructor, prompt):
    other = prompt.rubric.criteria.exclude(pk=conflict.criterion.pk).get()

    with pytest.raises(Refused):
        settle(conflict, other.levels.first(), instructor)


def test_a_criterion_that_the_prompt_no_longer_has_is_refused(conflict, instructor, prompt, course):
    prompt.rubric = factories.make_rubric(course, "Another")
    prompt.save()

    with pytest.raises(StaleRubric):
        settle(conflict, conflict.level, instructor)


def test_a_tab_of_the_first_grader_notices(conflict, instructor):
    version = conflict.grading.version

    settle(conflict, conflict.others[0].level, instructor)

    assert Grading.objects.get(pk=conflict.grading.pk).version == version + 1


def test_a_student_who_reads_the_grade_is_told(conflict, instructor):
    conflict.grading.release(timezone.now())

    settle(conflict, conflict.level, instructor)
    assert not OutboxMessage.objects.exists()
    settle(conflict, conflict.others[0].level, instructor)

    assert OutboxMessage.objects.get().recipient == conflict.grading.student


@pytest.mark.parametrize("status", ["excused", "missing", "feedback"])
def test_a_second_grade_without_levels_shows_nothing_of_the_first(
    client, prompt, instructor, assistant, status
):
    [first] = grade_all(prompt, instructor, 1)
    [second] = draw_second_gradings(prompt, by=instructor, size=1)
    factories.make_calibration(prompt, first.post, by=instructor)
    own = factories.make_grading(first.post, assistant, "Hm.", status=status, of_record=False)
    client.force_login(assistant)
    address = factories.desk_address(first.post)

    assert students_due_from(prompt, assistant) == {first.student_id}
    assert work_due_from([prompt], assistant) == {(prompt.pk, first.student_id)}
    assert second_grading_progress(prompt)[0].due == 1
    assert "Read with interest." not in client.get(address).content.decode()
    own.delete()
    grade_again(second, level=2)
    assert students_due_from(prompt, assistant) == frozenset()
    assert "Read with interest." in client.get(address).content.decode()
