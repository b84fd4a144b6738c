"""Closings that ``catch_up`` repeats: the same rows as of the action, whoever writes it.

Each recorded action is among them, or is left for a reason that somebody has given.
"""

import pytest
from django.utils import timezone

from blog.management.backups.decisions import SUBJECT_OF, DecisionsSince
from blog.management.backups.replay import BY_LINE, replay_line
from blog.models import OutboxMessage
from blog.models.audit import DECIDED
from blog.tasks import erase_hidden_courses
from tests.blog.management.closed import (
    ALSO,
    DEEDS,
    REOPENED,
    make_world,
    moved,
    read,
    stands,
    versions,
)
from tests.blog.views.courses.test_course_log import recorded_actions
from tests.written import undone

pytestmark = pytest.mark.django_db

# What is recorded and not done again, by why: each of them, not its kind.
LEFT = {
    "makes something new, which is lost with it": """
        account_opened_by_lms announcement_made course_loaded course_name_given
        course_opened feed_address_created
        grade_import_started grades_adopted grades_imported guest_comment_imported
        guest_comment_sent lms_account_connected lms_course_connected lms_file_started
        norm_proposed own_blog_connected platform_added pod_created post_feeds_created
        prompt_created roster_import_added roster_import_answered roster_import_started
        rubric_created section_created setup_added takeout_asked_for wordpress_import_answered
        wordpress_import_confirmed wordpress_import_started wordpress_imported
    """,
    "lets somebody in or shows more: the backup does less": """
        email_confirmed extension_given grades_released invitation_accepted joined joined_from_lms
        lms_grades_retried lms_grades_started mail_resumed mail_retried own_blogs_allowed
        prompt_restored rubric_unarchived
    """,
    "asks for something, or answers: whoever asked asks again": """
        email_change_asked guest_objected name_withholding_asked name_withholding_taken_back
        network_question notice_accepted norm_taken_back registration_link_created
    """,
    "mails a link to the same person again": "confirmation_sent_again invitation_sent_again",
    "reads only": """
        grades_exported lms_file_answered lms_file_filled network_exported wordpress_exported
    """,
    "is a mail that went out": "message_sent",
    "changes words, places and citations, and nobody’s view of them; README names such": """
        comment_readdressed correction_accepted post_prompt_chosen posts_put_back posts_put_first
        prompts_ordered revision_restored rubric_changed rubric_edited
        work_changed work_replaced work_split works_merged
    """,
    "changes times and no day that closes anything": "clock_changed time_zone_changed",
    "is work on grades, which README names; the team alone reads them until they are released": """
        adoption_undone calibration_begun calibration_ended criterion_settled feedback_given
        feedback_reply_saved grade_chosen grade_import_undone grade_taken_over held_change_dropped
        participation_rule_saved second_gradings_drawn second_gradings_taken_back
    """,
    "the spam filter is asked again: until then the comment waits, as in the backup": """
        guest_comment_filtered
    """,
    "the server draws it again": "rota_updated",
    "every restore does it, whoever is concerned": "sessions_ended",
    "README names it, and so does restore": """
        announcement_withdrawn course_deleted extension_taken_back feedback_removed
        feedback_reply_removed lms_grades_stopped mail_choices_changed mail_stopped
        message_withdrawn next_pods_saved own_blog_stopped own_blogs_not_allowed pod_changed
        pod_deleted pods_drawn portrait_removed prompt_archived prompt_deleted release_held_back
        release_moved release_taken_back rubric_archived rubric_deleted second_steps_removed
        section_changed section_deleted tool_key_made
    """,
    "is recorded beside the day that came, which is done again": "course_erased",
    "is recorded beside a decision of the team, which is done again": """
        comment_hidden comment_shown
    """,
}


def test_each_recorded_action_is_done_again_or_left_for_a_reason():
    left = [action for actions in LEFT.values() for action in actions.split()]

    assert sorted(recorded_actions() - SUBJECT_OF.keys() - set(left)) == []
    assert sorted(set(left) & SUBJECT_OF.keys()) == []
    assert sorted(left) == sorted(set(left))


def test_each_line_of_a_list_and_of_the_log_can_be_done():
    assert DECIDED.keys() - {action for action, _kind in BY_LINE} == set()
    assert {action for action, _kind in BY_LINE} - SUBJECT_OF.keys() == set()


@pytest.fixture
def world(course, instructor, ada, bob, eve, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return make_world(course, instructor, ada, bob, eve)


@pytest.mark.slow
def test_what_is_done_again_leaves_the_rows_that_the_action_left(world):
    """One after the other, each from the same world; nothing of it sends a mail.

    A form that was open before is refused after it, as it was after the action.
    """
    start, then, wrong = stands(world), versions(), {}
    for name, deed in (DEEDS | REOPENED).items():
        but = ALSO.get(name, ())
        moment = timezone.now()
        with undone():
            deed(read(world))
            done, of_action = stands(world, but), moved(then, versions())
            lines = [line for line in dict(DecisionsSince(moment).found()).values() if line]
        if all(start[model] == rows for model, rows in done.items()):
            wrong[name] = "changes nothing"
            continue
        mails = OutboxMessage.objects.count()
        with undone():
            for line in lines:
                replay_line(line, "a")
            erase_hidden_courses()  # as the next tick does
            again, of_line = stands(world, but), moved(then, versions())
            sent = OutboxMessage.objects.count() - mails
            lines_again = [line for line in dict(DecisionsSince(moment).found()).values() if line]
        different = {
            model: (sorted(set(rows) - set(again[model])), sorted(set(again[model]) - set(rows)))
            for model, rows in done.items()
            if rows != again[model]
        }
        if different or sent or sorted(lines_again) != sorted(lines):
            wrong[name] = (different, sent, lines, lines_again)
        elif name in DEEDS and set(of_action) - set(of_line):
            wrong[name] = ("versions", of_action, of_line)

    assert wrong == {}
