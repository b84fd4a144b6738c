"""In an archived course everybody reads, and nobody writes: in actions, so on every channel."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from blog.exceptions import Refused
from blog.models import Course, User
from tests.action_world import make_people, make_world
from tests.test_actions import ROWS, state
from tests.written import undone

# What is nobody's course: accounts, one's own choices, and whose courses are others.
PERSONAL = (
    *("accounts.", "feed_addresses.", "mail.", "mail_choices.", "notifications.", "portraits."),
    *(
        "takeouts.",
        "erasure.",
        "saved_comments.",
        "courses.create_course",
        "setups.create_course_from",
    ),
    *("grading_times.choose_grading_times", "grading_times.delete_grading_times"),
)
# Readers keep what they have seen, site staff appoint who can reopen it, and instructors do.
ALLOWED = {
    "feedback.mark_feedback_seen",
    "seen_comments.mark_comments_seen",
    "courses.appoint_instructor",
    "course_states.archive_course",
    "course_states.reopen_course",
    "course_states.delete_course",
}


@pytest.fixture
def people(course, instructor, assistant, observer, ada, bob, eve):
    return make_people(course, [None, eve, observer, bob, ada, assistant, instructor])


@pytest.fixture
def world(people, course):
    return make_world(people, course)


def is_refused(act, world, person):
    try:
        act(world, User.objects.get(pk=person.pk) if person else AnonymousUser())
    except Refused:
        return True
    return False


@pytest.mark.slow
@pytest.mark.parametrize("row", [row for row in ROWS if not row.startswith(PERSONAL)])
def test_nobody_writes_in_an_archived_course(row, people, world, course):
    roles, act = ROWS[row]
    Course.objects.filter(pk=course.pk).update(archived_at=timezone.now())
    before, let_through = state(), []

    for role in roles.split():
        with undone():
            if not is_refused(act, world, people[role]):
                let_through.append(role)
            else:
                assert state() == before, f"{role} changed rows"

    assert let_through == (roles.split() if row.partition(":")[0] in ALLOWED else [])
