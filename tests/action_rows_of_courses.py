"""Rows of ``tests/test_actions.py`` about courses as a whole: their set-up, archives, deletions."""

from blog.actions import course_states, rubric_states, setups
from blog.exceptions import NotAllowed, Refused
from tests.blog.setup_files.samples import make_setup

INSTRUCTOR = "instructor"
SUPERUSER = "superuser"


def _or_refused(action, thing, by):
    """Act, and count as allowed whoever is told that the thing is in use."""
    try:
        action(thing, by=by)
    except NotAllowed:
        raise
    except Refused:
        pass


COURSE_ROWS = {
    "setups.create_course_from": (
        SUPERUSER,
        lambda w, by: setups.create_course_from(
            make_setup(),
            by=by,
            slug="new",
            title="New",
            starts_on=w.course.starts_on,
            ends_on=w.course.ends_on,
        ),
    ),
    "course_states.archive_course": (
        INSTRUCTOR,
        lambda w, by: course_states.archive_course(w.course, by=by),
    ),
    "course_states.reopen_course": (
        INSTRUCTOR,
        lambda w, by: course_states.reopen_course(w.course, by=by),
    ),
    "course_states.delete_course": (
        INSTRUCTOR,
        lambda w, by: _or_refused(course_states.delete_course, w.course, by),
    ),
    "rubric_states.archive_rubric": (
        INSTRUCTOR,
        lambda w, by: rubric_states.archive_rubric(w.rubric, by=by),
    ),
    "rubric_states.unarchive_rubric": (
        INSTRUCTOR,
        lambda w, by: rubric_states.unarchive_rubric(w.rubric, by=by),
    ),
    "rubric_states.delete_rubric": (
        INSTRUCTOR,
        lambda w, by: rubric_states.delete_rubric(w.rubric, by=by),
    ),
    "setups.add_setup": (
        INSTRUCTOR,
        lambda w, by: setups.add_setup(w.course, make_setup(), by=by),
    ),
}
