"""Rows of ``test_actions`` on what compares graders: who may do it, and the call."""

from blog.actions import calibration, second_gradings

INSTRUCTOR = "instructor"


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
