"""In an archived course everybody reads, and nobody writes: in actions, so on every channel."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from blog.exceptions import Refused
from blog.models import Course, User
from tests.action_world import planted
from tests.test_actions import ROWS
from tests.written import rows_written, snapshot, stands_as, undone

# What is nobody's course: accounts, one's own choices, and whose courses are others.
PERSONAL = (
    *("accounts.", "feed_addresses.", "mail.", "mail_choices.", "notifications.", "portraits."),
    *(
        "takeouts.",
        "erasure.erase_account",
        "saved_comments.",
        "courses.create_course",
        "setups.create_course_from",
    ),
    *("platforms.", "launches."),
    *("grading_times.choose_grading_times", "grading_times.delete_grading_times"),
)
# Readers keep what they have seen, site staff appoint who can reopen it, and instructors do.
# Everybody may leave. It can be erased on a day, or not. A name that must not appear is withheld
# there too. Its grades still go out, and that is recorded.
ALLOWED = {
    "exports.record_grade_export",
    "exports.record_filled_file",
    "exports.record_wordpress_export",
    "erasure.leave_course",
    "feedback.mark_feedback_seen",
    "seen_comments.mark_comments_seen",
    "courses.appoint_instructor",
    "course_states.archive_course",
    "course_states.reopen_course",
    "course_states.delete_course",
    "course_dates.choose_day_to_erase",
    "withheld_names.withhold_name",
    "withheld_names.print_name",
    "withheld_names.ask_to_withhold_name",
    "withheld_names.take_back_asking",
}


@pytest.fixture(scope="module")
def archived(django_db_setup, django_db_blocker):
    """Yield one course for all rows, as each is tried and undone."""
    with planted(django_db_blocker) as (people, world):
        Course.objects.filter(pk=world.course.pk).update(archived_at=timezone.now())
        yield people, world, snapshot()


def is_refused(act, world, person):
    try:
        act(world, User.objects.get(pk=person.pk) if person else AnonymousUser())
    except Refused:
        return True
    return False


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("row", [row for row in ROWS if not row.startswith(PERSONAL)])
def test_nobody_writes_in_an_archived_course(row, archived):
    (people, world, before), (roles, act) = archived, ROWS[row]
    let_through = []

    for role in roles.split():
        with undone():
            since = rows_written()
            if not is_refused(act, world, people[role]):
                let_through.append(role)
            else:
                assert stands_as(before, since, snapshot), f"{role} changed rows"

    assert let_through == (roles.split() if row.partition(":")[0] in ALLOWED else [])
