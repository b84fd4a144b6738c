"""Rows of ``tests/test_actions.py`` about courses as a whole: their set-up."""

from blog.actions import setups
from tests.blog.setup_files.samples import make_setup

INSTRUCTOR = "instructor"
SUPERUSER = "superuser"

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
    "setups.add_setup": (
        INSTRUCTOR,
        lambda w, by: setups.add_setup(w.course, make_setup(), by=by),
    ),
}
