"""Rows of ``tests/test_actions.py`` about courses as a whole: their set-up, archives, deletions."""

from blog.actions import course_states, exports, rubric_states, setups, wordpress_imports
from blog.exceptions import NotAllowed, Refused
from blog.pictures import clean_picture
from tests.blog.setup_files.samples import make_setup
from tests.wordpress_files import export_of, item, wxr

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
    "wordpress_imports.start_wordpress_import": (
        INSTRUCTOR,
        lambda w, by: wordpress_imports.start_wordpress_import(
            w.course, by=by, export=export_of(wxr(item()), w.course)
        ),
    ),
    "wordpress_imports.answer_wordpress_import": (
        INSTRUCTOR,
        lambda w, by: wordpress_imports.answer_wordpress_import(
            w.wordpress_import, by=by, answers={"author-0": "leave"}
        ),
    ),
    "wordpress_imports.import_wordpress_posts": (
        INSTRUCTOR,
        lambda w, by: wordpress_imports.import_wordpress_posts(w.wordpress_import, by=by),
    ),
    "wordpress_imports.continue_wordpress_import": (
        INSTRUCTOR,
        lambda w, by: wordpress_imports.continue_wordpress_import(
            w.started_wordpress_import, by=by, seconds=60, clean_picture=clean_picture
        ),
    ),
    "wordpress_imports.undo_wordpress_import": (
        INSTRUCTOR,
        lambda w, by: wordpress_imports.undo_wordpress_import(w.finished_wordpress_import, by=by),
    ),
    "exports.record_wordpress_export": (
        "peer",
        lambda w, by: exports.record_wordpress_export(w.membership, by=by),
    ),
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
