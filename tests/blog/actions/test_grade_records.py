"""What a grade can say besides levels: excused, not submitted, feedback alone, other points."""

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
