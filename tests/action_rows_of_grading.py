"""Rows of ``test_actions`` on grades and rubrics: who may do it, and the call."""

from blog.actions import (
    anonymous_grading,
    calibration,
    exports,
    grade_imports,
    grading,
    grading_autosave,
    grading_presence,
    grading_times,
    lms_files,
    messages,
    participation,
    releases,
    rubrics,
    second_gradings,
)
from blog.models import GradingPart, Rubric
from blog.queries.rubric_words import CriterionContent

INSTRUCTOR = "instructor"
TEAM = "assistant instructor"
VOICE = CriterionContent("Voice", levels=())


def settle(world, by):
    grading = world.complete_grading
    score = grading.scores.first()
    second_gradings.settle_criterion(
        grading, score.criterion, score.level, by=by, instead_of=score.level_id
    )


def begin(world, by):
    chosen = world.calibration
    calibration.begin_calibration(chosen.prompt, chosen.posts.all(), by=by)


def adopt_all(world, by):
    prompt, rule = world.over_prompt, world.participation_rule
    shown = [f"{world.peer.pk}:{points}" for points in (0, 100)]
    participation.adopt_grades(prompt, rule, by=by, shown=shown)


def write(world, by):
    students = world.prompt.course.memberships.students().values_list("user", flat=True)
    messages.send_message(
        world.prompt, "no-comments", set(students), by=by, title="Hello", text="Words."
    )


def move(world, by):
    grading = world.planned_grading
    releases.move_release(grading.prompt, grading.released_at, by=by, at=None)


def take_back(world, by):
    grading = world.released_grading
    releases.take_back_release(grading.prompt, grading.released_at, by=by)


GRADING_ROWS = {
    "grade_imports.start_grade_import": (
        INSTRUCTOR,
        lambda w, by: grade_imports.start_grade_import(
            w.course, by=by, data=bytes(w.grade_import.data)
        ),
    ),
    "grade_imports.import_grades": (
        INSTRUCTOR,
        lambda w, by: grade_imports.import_grades(w.grade_import, by=by),
    ),
    "grade_imports.undo_grade_import": (
        INSTRUCTOR,
        lambda w, by: grade_imports.undo_grade_import(w.finished_grade_import, by=by),
    ),
    "lms_files.start_lms_file": (
        INSTRUCTOR,
        lambda w, by: lms_files.start_lms_file(w.course, by=by, data=bytes(w.lms_file.data)),
    ),
    "lms_files.answer_lms_file": (
        INSTRUCTOR,
        lambda w, by: lms_files.answer_lms_file(w.lms_file, by=by, answers={"kind": "post"}),
    ),
    "exports.record_grade_export": (
        INSTRUCTOR,
        lambda w, by: exports.record_grade_export(w.course, by=by, file_format="csv"),
    ),
    "exports.record_filled_file": (
        INSTRUCTOR,
        lambda w, by: exports.record_filled_file(w.lms_file, w.prompt, by=by, kind="post"),
    ),
    "participation.save_participation_rule": (
        INSTRUCTOR,
        lambda w, by: participation.save_participation_rule(w.participation_rule, by=by),
    ),
    "participation.adopt_grades": (
        INSTRUCTOR,
        adopt_all,
    ),
    "participation.undo_adoption": (
        INSTRUCTOR,
        lambda w, by: participation.undo_adoption(w.adoption, by=by),
    ),
    "grading.give_feedback": (
        TEAM,
        lambda w, by: grading.give_feedback(
            w.prompt, w.peer, by=by, post=None, levels={}, words="Well seen."
        ),
    ),
    "grading_autosave.choose_level": (
        TEAM,
        lambda w, by: grading_autosave.choose_level(
            w.prompt,
            w.peer,
            w.prompt.rubric.criteria.first().levels.first(),
            by=by,
            version=0,
        ),
    ),
    "grading_autosave.keep_typed": (
        TEAM,
        lambda w, by: grading_autosave.keep_typed(
            w.prompt, w.peer, GradingPart.WORDS, {"text": "Well seen."}, by=by, seen=""
        ),
    ),
    "grading_autosave.drop_change": (
        INSTRUCTOR,  # its grader
        lambda w, by: grading_autosave.drop_change(w.complete_grading, by=by),
    ),
    "messages.send_message": (INSTRUCTOR, write),
    "messages.withdraw_message": (
        INSTRUCTOR,
        lambda w, by: messages.withdraw_message(w.message, by=by),
    ),
    "grading_times.add_grading_time": (
        TEAM,
        lambda w, by: grading_times.add_grading_time(w.prompt, w.peer, 60, by=by),
    ),
    "grading_times.choose_grading_times": (
        "peer",
        lambda w, by: grading_times.choose_grading_times(w.peer, by=by, is_on=False),
    ),
    "grading_times.delete_grading_times": (
        "peer",
        lambda w, by: grading_times.delete_grading_times(w.peer, by=by),
    ),
    "grading.give_feedback: on comments": (
        TEAM,
        lambda w, by: grading.give_feedback(
            w.prompt, w.peer, by=by, kind="comments", levels={}, words="You went back."
        ),
    ),
    "anonymous_grading.change_anonymity": (
        INSTRUCTOR,
        lambda w, by: anonymous_grading.change_anonymity(w.prompt, True, by=by),
    ),
    "grading_presence.keep_open": (
        TEAM,
        lambda w, by: grading_presence.keep_open(w.prompt.queue_places.get(student=w.peer), by=by),
    ),
    "rubrics.save_rubric": (
        INSTRUCTOR,
        lambda w, by: rubrics.save_rubric(w.rubric, by=by, criteria=[VOICE]),
    ),
    "rubrics.save_rubric: a new one": (
        INSTRUCTOR,
        lambda w, by: rubrics.save_rubric(
            Rubric(course=w.course, title="New"), by=by, criteria=[VOICE]
        ),
    ),
    "rubrics.change_rubric": (
        INSTRUCTOR,
        lambda w, by: rubrics.change_rubric(w.prompt, None, by=by, instead_of=w.prompt.rubric),
    ),
    "rubrics.change_rubric: for comments": (
        INSTRUCTOR,
        lambda w, by: rubrics.change_rubric(
            w.prompt, w.prompt.rubric, by=by, instead_of=None, kind="comments"
        ),
    ),
    "releases.choose_grade_of_record": (
        INSTRUCTOR,
        lambda w, by: releases.choose_grade_of_record(w.second_grading, by=by),
    ),
    "releases.release_prompt": (INSTRUCTOR, lambda w, by: releases.release_prompt(w.prompt, by=by)),
    "releases.count_saved": (
        TEAM,
        lambda w, by: releases.count_saved(
            w.planned_grading, w.planned_grading.prompt.gradings.all(), by=by
        ),
    ),
    "releases.hold_back_unready": (
        TEAM,
        lambda w, by: releases.hold_back_unready(w.planned_grading.prompt, w.peer, by=by),
    ),
    "releases.move_release": (INSTRUCTOR, move),
    "releases.take_back_release": (INSTRUCTOR, take_back),
    "calibration.begin_calibration": (INSTRUCTOR, begin),
    "calibration.end_calibration": (
        INSTRUCTOR,
        lambda w, by: calibration.end_calibration(w.calibration.prompt, by=by),
    ),
    "second_gradings.draw_second_gradings": (
        INSTRUCTOR,
        lambda w, by: second_gradings.draw_second_gradings(
            w.complete_grading.prompt, by=by, size=1
        ),
    ),
    "second_gradings.take_back_second_gradings": (
        INSTRUCTOR,
        lambda w, by: second_gradings.take_back_second_gradings(w.prompt, by=by),
    ),
    "second_gradings.settle_criterion": (INSTRUCTOR, settle),
}
