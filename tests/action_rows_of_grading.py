"""Rows of ``test_actions`` on grades and rubrics: who may do it, and the call."""

from blog.actions import (
    anonymous_grading,
    calibration,
    grading,
    open_places,
    releases,
    rubrics,
    second_gradings,
)
from blog.models import Rubric
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


GRADING_ROWS = {
    "grading.give_feedback": (
        TEAM,
        lambda w, by: grading.give_feedback(
            w.prompt, w.peer, by=by, post=None, levels={}, words="Well seen."
        ),
    ),
    "grading.choose_level": (
        TEAM,
        lambda w, by: grading.choose_level(
            w.prompt,
            w.peer,
            w.prompt.rubric.criteria.first().levels.first(),
            by=by,
            version=0,
        ),
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
    "open_places.keep_open": (
        TEAM,
        lambda w, by: open_places.keep_open(w.prompt.queue_places.get(student=w.peer), by=by),
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
