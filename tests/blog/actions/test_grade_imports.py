"""Importing a table of grades: what differs is written, what is stale is not, and it is undone."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from blog.actions.grade_imports import import_grades, undo_grade_import
from blog.actions.grading import GradeRecord, SeenParts, give_feedback
from blog.actions.grading_autosave import keep_typed
from blog.exceptions import Refused, StaleGrading, StaleTyped
from blog.gradebook_files.plain import write_csv, write_workbook
from blog.models import (
    IMPORTED_REASON,
    GradeImport,
    Grading,
    GradingEvent,
    GradingPart,
    OutboxMessage,
    SecondGrading,
    SecondGradingDraw,
)
from blog.queries.grade_exports import plain_table
from blog.queries.grade_import import import_preview
from tests import factories


@pytest.fixture
def prompt(course):
    return factories.make_prompt(course, title="Blog", rubric=factories.make_rubric(course))


@pytest.fixture
def grading(course, prompt, ada, assistant):
    """Return Ada’s grade, given by the assistant: 6 of 8."""
    post = factories.make_post(ada, course, prompt=prompt)
    return factories.make_grading(post, assistant, level=3)


def exported(course, reader, *, write=write_csv):
    """Return the table of a course as its instructor exports it now."""
    return write(*plain_table(course, reader))


def changed_import(course, by, old, new):
    """Export the table, change a text in it, and upload it."""
    data = exported(course, by).decode()
    assert old in data
    return GradeImport.objects.create(
        course=course, created_by=by, data=data.replace(old, new).encode(), name="grades.csv"
    )


def states(grade_import, reader):
    return [cell.state for cell in import_preview(grade_import, reader).cells]


@pytest.mark.parametrize("write", [write_csv, write_workbook])
def test_a_table_that_nobody_changed_changes_nothing(course, grading, bob, instructor, write):
    data = exported(course, instructor, write=write)
    same = GradeImport.objects.create(course=course, created_by=instructor, data=data)

    assert states(same, instructor) == ["same"]
    with pytest.raises(Refused, match="changes no grade"):
        import_grades(same, by=instructor)


def test_other_points_are_written_into_the_grade_that_counts(course, grading, instructor):
    table = changed_import(course, instructor, ",6,", ",7.5,")

    imported = import_grades(table, by=instructor)

    grading.refresh_from_db()
    assert (grading.override_points, grading.version) == (Decimal("7.5"), 2)
    assert (grading.override_reason, grading.reason) == (
        IMPORTED_REASON,
        "Entered by your instructor.",
    )
    assert grading.scores.count() == 2
    [event] = grading.events.all()
    assert (event.kind, event.actor) == (GradingEvent.Kind.IMPORTED, instructor)
    assert event.changes["override_hundredths"] == [None, 750]
    assert (bytes(imported.data), imported.imported_at is None) == (b"", False)


def test_a_second_click_writes_nothing_more(course, grading, instructor):
    table = changed_import(course, instructor, ",6,", ",7.5,")
    import_grades(table, by=instructor)

    import_grades(table, by=instructor)

    assert grading.events.count() == 1


def test_a_grade_that_was_changed_since_is_not_overwritten(course, grading, instructor):
    table = changed_import(course, instructor, ",6,", ",7.5,")
    Grading.objects.update(version=2)

    assert states(table, instructor) == ["stale"]
    with pytest.raises(Refused):
        import_grades(table, by=instructor)
    grading.refresh_from_db()
    assert grading.override_points is None


@pytest.mark.parametrize("is_undone", [False, True])
def test_a_window_that_was_open_before_overwrites_nothing(course, grading, instructor, is_undone):
    """Whoever has the grade open on the desk sees the points that count by now, and chooses."""
    Grading.objects.update(override_hundredths=550, override_reason="Agreed.")
    table = changed_import(course, instructor, ",5.5,", ",7.5,")
    if is_undone:
        import_grades(table, by=instructor)
    shown = Grading.objects.get()
    known = shown.typed_key(GradingPart.RECORD)

    if is_undone:
        undo_grade_import(table, by=instructor)
    else:
        import_grades(table, by=instructor)

    stored = Grading.objects.get().values_of(GradingPart.RECORD)
    where = {"by": shown.grader, "post": shown.post, "revision": shown.revision}
    typed = {"status": "graded", "override_hundredths": 300, "override_reason": "Two ideas."}
    with pytest.raises(StaleTyped):
        keep_typed(shown.prompt, shown.student, GradingPart.RECORD, typed, seen=known, **where)
    with pytest.raises(StaleGrading):
        give_feedback(
            shown.prompt,
            shown.student,
            levels={},
            words=shown.text,
            record=GradeRecord.of(shown),
            version=shown.version,
            seen=SeenParts({}, {}, {GradingPart.RECORD: known}, {}),
            **where,
        )
    assert Grading.objects.get().values_of(GradingPart.RECORD) == stored


def test_a_line_without_a_version_makes_a_grade_only_where_there_is_none(
    course, prompt, grading, ada, bob, instructor
):
    table = factories.make_grade_import(
        course, instructor, f"{ada.username},Ada,5,,", f"{bob.username},Bob,4,2,"
    )

    assert states(table, instructor) == ["stale", "changed", "changed"]
    import_grades(table, by=instructor)

    found = Grading.objects.filter(student=bob).values_list(
        "kind", "override_hundredths", "grader", "of_record", "released_at"
    )
    assert set(found) == {
        ("post", 400, instructor.pk, True, None),
        ("comments", 200, instructor.pk, True, None),
    }


def test_an_excuse_is_imported_as_one(course, prompt, bob, instructor):
    table = factories.make_grade_import(course, instructor, f"{bob.username},Bob,ex,,1p=0 1c=0")

    import_grades(table, by=instructor)

    grading = Grading.objects.get(student=bob)
    assert (grading.status, grading.override_points) == (Grading.Status.EXCUSED, None)


@pytest.mark.parametrize(
    ("cell", "state"),
    [
        ("9", "too_high"),
        ("7.125", "too_exact"),
        ("much", "no_number"),
        ("-1", "no_number"),
        ('"7,5"', "changed"),
    ],
)
def test_what_is_no_grade_is_not_imported(course, prompt, bob, instructor, cell, state):
    table = factories.make_grade_import(course, instructor, f"{bob.username},Bob,{cell},,1p=0")

    assert states(table, instructor) == [state]


def test_strangers_and_other_prompts_are_named(course, prompt, bob, instructor):
    table = factories.make_grade_import(course, instructor, "nobody,No Body,5,,")
    assert states(table, instructor) == ["unknown_student"]

    table.data = (
        bytes(table.data).replace(b"1. Blog", b"7. Blog").replace(b"nobody", bob.username.encode())
    )
    assert states(table, instructor) == ["unknown_prompt"]


def test_two_lines_of_a_student_are_not_imported(course, prompt, bob, instructor):
    lines = [f"{bob.username},Bob,{points},,1p=0 1c=0" for points in (4, 5)]
    table = factories.make_grade_import(course, instructor, *lines)

    assert states(table, instructor) == ["twice", "twice"]


def test_gradings_that_differ_are_settled_first(course, grading, ada, instructor):
    factories.make_grading(grading.post, instructor, level=2, of_record=False)
    table = changed_import(course, instructor, ",6,", ",7,")

    assert states(table, instructor) == ["closed"]


def test_whoever_can_read_a_grade_is_told_once(course, grading, ada, instructor):
    grading.release(timezone.now())
    table = changed_import(course, instructor, ",6,", ",7,")
    import_grades(table, by=instructor)

    grading.refresh_from_db()
    assert grading.edited_at is not None
    assert OutboxMessage.objects.filter(recipient=ada, template="feedback_edited").count() == 1


def test_a_released_grade_stays_a_grade(course, grading, instructor):
    grading.release(timezone.now())
    table = changed_import(course, instructor, ",6,", ",EX,")

    assert states(table, instructor) == ["closed"]


def test_undo_gives_back_what_was_there(course, prompt, grading, bob, instructor):
    Grading.objects.update(override_hundredths=550, override_reason="Agreed.")
    table = changed_import(course, instructor, ",5.5,", ",7,")
    lines = bytes(table.data).decode().splitlines()
    lines[2] = f"{bob.username},Bob,,,4,,1p=0 1c=0"
    table.data = "\r\n".join(lines).encode()
    table.save()
    import_grades(table, by=instructor)
    assert Grading.objects.count() == 2

    undone = undo_grade_import(table, by=instructor)

    [stored] = Grading.objects.all()
    assert (stored.pk, stored.override_hundredths) == (grading.pk, 550)
    assert stored.override_reason == "Agreed."
    assert undone.changes["stayed"] == 0
    assert undo_grade_import(table, by=instructor).undone_at == undone.undone_at


def test_undo_lets_another_grade_count_instead_of_a_new_one(
    course, prompt, bob, instructor, assistant
):
    post = factories.make_post(bob, course, prompt=prompt)
    import_grades(
        factories.make_grade_import(course, instructor, f"{bob.username},Bob,4,,1p=0"),
        by=instructor,
    )
    other = give_feedback(
        prompt, bob, by=assistant, post=post, revision=post.revision, levels={}, words="Good."
    )

    undo_grade_import(GradeImport.objects.get(), by=instructor)

    assert list(Grading.objects.of_record()) == [other]


def test_undo_leaves_a_grade_that_somebody_grades_again(course, prompt, bob, instructor, assistant):
    factories.make_post(bob, course, prompt=prompt)
    import_grades(
        factories.make_grade_import(course, instructor, f"{bob.username},Bob,4,,1p=0"),
        by=instructor,
    )
    imported = Grading.objects.get()
    draw = SecondGradingDraw.objects.create(prompt=prompt, seed=1, drawn_by=instructor)
    SecondGrading.objects.create(draw=draw, first=imported, grader=assistant)

    undone = undo_grade_import(GradeImport.objects.get(), by=instructor)

    assert undone.changes["stayed"] == 1
    assert list(Grading.objects.all()) == [imported]


def test_undo_leaves_what_was_changed_since(course, grading, instructor):
    table = changed_import(course, instructor, ",6,", ",7,")
    import_grades(table, by=instructor)
    Grading.objects.update(version=9)

    undone = undo_grade_import(table, by=instructor)

    grading.refresh_from_db()
    assert (undone.changes["stayed"], grading.override_hundredths) == (1, 700)


@pytest.mark.parametrize("students", [1, 3])
def test_queries_do_not_grow(course, prompt, instructor, students, django_assert_num_queries):
    people = [factories.make_user() for _ in range(students)]
    for person in people:
        factories.add_member(course, person)
        post = factories.make_post(person, course, prompt=prompt)
        factories.make_grading(post, instructor, level=3)
    table = changed_import(course, instructor, ",6,", ",7,")
    assert instructor.memberships_now

    with django_assert_num_queries(13):
        assert len(import_preview(table, instructor).changed) == students


def planned(grading):
    grading.release(timezone.now() + timedelta(days=1))
    return grading


def test_a_grade_whose_release_has_a_date_is_excused_and_keeps_the_date(
    course, grading, instructor
):
    at = planned(grading).released_at
    table = changed_import(course, instructor, ",6,", ",EX,")
    assert states(table, instructor) == ["changed"]

    import_grades(table, by=instructor)

    grading.refresh_from_db()
    assert (grading.status, grading.released_at) == ("excused", at)
    assert grading.edited_at is None


def test_points_without_levels_take_a_grade_out_of_a_release_with_a_date(
    course, grading, instructor
):
    grading.scores.all().delete()
    Grading.objects.update(status="excused")
    grading.refresh_from_db()
    planned(grading)
    table = changed_import(course, instructor, ",EX,", ",6,")

    import_grades(table, by=instructor)

    grading.refresh_from_db()
    assert (grading.status, grading.override_hundredths, grading.released_at) == (
        "graded",
        600,
        None,
    )
