"""Grades beside levels: excused, not submitted, feedback alone, other points."""

from decimal import Decimal

import pytest

from blog.actions.grading import GradeRecord, give_feedback
from blog.actions.releases import release_prompt
from blog.exceptions import EmptyGrading, Refused
from blog.models import AuditEvent, Grading, GradingEvent
from blog.queries.feedback import readable_feedback
from tests import factories

Status = Grading.Status


@pytest.fixture
def graded(course):
    return factories.make_prompt(course, rubric=factories.make_rubric(course))


@pytest.fixture
def give(graded, ada, instructor):
    def give(*, position=None, words="", version=None, **record):
        criteria = graded.rubric.criteria.all()
        levels = {one: one.levels.get(position=position) for one in criteria} if position else {}
        return give_feedback(
            graded,
            ada,
            by=instructor,
            levels=levels,
            words=words,
            record=GradeRecord(**record),
            version=version,
        )

    return give


@pytest.mark.parametrize(
    ("content", "is_complete"),
    [
        ({"status": Status.EXCUSED}, True),
        ({"status": Status.NOT_SUBMITTED}, True),
        ({"status": Status.FEEDBACK, "words": "Well seen."}, True),
        ({"status": Status.FEEDBACK, "private_note": "Ask her about it."}, False),
        ({"words": "Well seen."}, False),
        ({"position": 3}, True),
        ({"override_hundredths": 250, "override_reason": "Agreed."}, False),
        ({"position": 3, "override_hundredths": 250, "override_reason": "Agreed."}, True),
    ],
)
def test_what_is_ready_to_be_released(give, content, is_complete):
    grading = give(**content)

    assert Grading.objects.complete().contains(grading) == is_complete


def test_a_prompt_without_a_rubric_is_graded_in_points_or_words(give, graded):
    graded.rubric.criteria.all().delete()

    grading = give(override_hundredths=750, override_reason="As agreed in class.")

    assert Grading.objects.complete().contains(grading)
    assert grading.points_by([]) == Decimal("7.5")


def test_nothing_at_all_is_not_stored(give):
    with pytest.raises(EmptyGrading):
        give()


@pytest.mark.parametrize(
    ("content", "is_kept"),
    [
        ({}, False),
        ({"words": "\u200b"}, False),
        ({"status": Status.EXCUSED}, True),
        ({"status": Status.FEEDBACK}, True),
        ({"override_hundredths": 0, "override_reason": "Agreed."}, True),
        ({"private_note": "Ask her about it."}, True),
        ({"position": 3}, True),
    ],
)
def test_a_grading_without_anything_any_more_is_deleted(give, ada, content, is_kept):
    give(words="Well seen.")

    grading = give(version=1, **content)

    assert (grading in Grading.objects.all()) == is_kept
    removed = AuditEvent.objects.filter(action="feedback_removed")
    assert [one.data for one in removed] == (
        []
        if is_kept
        else [
            {
                "version": 1,
                "student": ada.pk,
                "kind": "post",
                "status": "graded",
                "levels": {},
                "override_hundredths": None,
            }
        ]
    )


def test_the_first_other_grading_counts_instead_of_a_deleted_one(give, graded, ada, assistant):
    give(words="Well seen.")
    other = give_feedback(graded, ada, by=assistant, levels={}, words="Seen.")

    give(version=1)

    assert list(Grading.objects.of_record()) == [other]
    assert [one.kind for one in other.events.all()] == ["saved", "counts"]


def test_a_grade_that_was_once_released_keeps_its_history(give, graded, instructor):
    grading = give(status=Status.EXCUSED)
    release_prompt(graded, by=instructor)
    grading.refresh_from_db()
    grading.release(None)

    assert give(version=1) == grading
    assert [one.kind for one in grading.events.all()] == ["saved", "released", "saved"]


def test_other_points_want_a_reason(give):
    with pytest.raises(Refused, match="Say why") as refusal:
        give(position=3, override_hundredths=250, override_reason=" ")

    assert refusal.value.field == "override_reason"
    assert not Grading.objects.exists()


def test_points_follow_weights_and_what_counts_instead(give, graded, ada, course, instructor):
    graded.rubric.criteria.filter(position=1).update(weight_hundredths=250)
    first = give(position=2)
    release_prompt(graded, by=instructor)
    by_levels = readable_feedback(ada, course)
    give(version=1, override_hundredths=550, override_reason="Agreed.")
    overridden = readable_feedback(ada, course)

    assert [(one.points, one.highest_points) for one in by_levels] == [(7, 14)]
    assert [(one.points, one.highest_points) for one in overridden] == [(Decimal("5.5"), 14)]
    first.refresh_from_db()
    assert first.edited_at is not None


@pytest.mark.parametrize("status", [Status.EXCUSED, Status.NOT_SUBMITTED, Status.FEEDBACK])
def test_what_is_no_grade_has_no_points(give, ada, course, graded, instructor, status):
    give(status=status, words="We talked about it.")
    release_prompt(graded, by=instructor)

    assert [one.points for one in readable_feedback(ada, course)] == [None]


def test_a_save_without_a_record_leaves_it(give, graded, ada, instructor):
    give(status=Status.EXCUSED, private_note="Flu.")

    give_feedback(graded, ada, by=instructor, levels={}, words="Get well.", version=1)

    grading = Grading.objects.get()
    assert (grading.status, grading.private_note) == (Status.EXCUSED, "Flu.")


def test_the_history_has_who_changed_what(give, graded, instructor):
    give(position=3, private_note="Flu.")
    give(position=3, words="Well seen.", status=Status.EXCUSED, version=1)
    give(position=3, words="Well seen.", status=Status.EXCUSED, version=2)  # the same again
    release_prompt(graded, by=instructor)

    first, second, third = GradingEvent.objects.all()
    levels = {str(one.criterion_id): one.level_id for one in Grading.objects.get().scores.all()}
    assert first.changes["levels"] == [None, levels]
    assert second.changes == {"text": ["", "Well seen."], "status": ["graded", "excused"]}
    assert [one.kind for one in (first, second, third)] == ["saved", "saved", "released"]
    assert {one.actor for one in (first, second, third)} == {instructor}
    assert "Flu" not in str([one.changes for one in (first, second, third)])


@pytest.mark.parametrize("kind", Grading.Kind.values)
def test_other_points_are_at_most_what_the_rubric_has(graded, ada, instructor, kind):
    graded.comments_rubric = factories.make_rubric(graded.course, "Comments")
    graded.save()

    def give(hundredths):
        record = GradeRecord(override_hundredths=hundredths, override_reason="Agreed.")
        return give_feedback(
            graded, ada, by=instructor, kind=kind, levels={}, words="", record=record
        )

    with pytest.raises(Refused, match="at most 8 points") as refused:
        give(801)

    assert refused.value.field == "override_points"
    assert give(800).override_points == 8


def test_points_from_before_the_rubric_had_fewer_stay_until_they_are_changed(give, graded):
    grading = give(override_hundredths=700, override_reason="Agreed.")
    graded.rubric.criteria.first().delete()

    same = give(override_hundredths=700, override_reason="Agreed.", words="Well seen.", version=1)

    assert same.override_points == 7
    with pytest.raises(Refused, match="at most 4 points"):
        give(override_hundredths=701, override_reason="Agreed.", version=same.version)
    assert grading.override_points == 7


def test_a_released_grade_has_the_points_of_its_own_rubric(give, graded, instructor):
    grading = give(position=2, override_hundredths=600, override_reason="Agreed.")
    release_prompt(graded, by=instructor)
    graded.rubric = factories.make_rubric(graded.course, "Short", ["Sources"])
    graded.save()

    later = give(override_hundredths=750, override_reason="Agreed.", version=grading.version)

    assert later.override_points == Decimal("7.5")


def test_a_grade_made_by_a_rule_has_at_most_the_points_of_the_rule(course, graded, ada, instructor):
    grading = Grading.objects.create(
        prompt=graded,
        student=ada,
        grader=instructor,
        kind="comments",
        of_record=True,
        override_hundredths=200,
        override_reason="Agreed.",
    )
    adoption = factories.make_adoption(graded, instructor)
    adoption.gradings = [[grading.pk, 1]]
    adoption.save()
    most = f"{adoption.highest_points:f}".rstrip("0").rstrip(".")

    with pytest.raises(Refused, match=f"at most {most} points"):
        give_feedback(
            graded,
            ada,
            by=instructor,
            kind="comments",
            levels={},
            words="",
            record=GradeRecord(
                override_hundredths=int(adoption.highest_points * 100) + 1,
                override_reason="Agreed.",
            ),
            version=1,
        )
