"""``manage.py catch_up``: what people decided after a backup is done again, once, and by nobody."""

import logging
import shutil
from copy import copy

import pytest
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from blog.actions import accounts, comments, courses, invitations, moderation, post_states
from blog.actions.course_states import reopen_course
from blog.actions.erasure import leave_course
from blog.actions.feed_addresses import create_feed_address, remove_feed_address
from blog.actions.launches import disconnect_account
from blog.actions.platform_courses import disconnect_course
from blog.actions.platforms import save_platform
from blog.actions.posts import publish_post
from blog.actions.process_notes import remove_process_note
from blog.management.backups.again import BY_LINE
from blog.management.backups.since import SUBJECT_OF, Since, keep, lines_of
from blog.models import (
    Audience,
    AuditEvent,
    Course,
    FeedAddress,
    Invitation,
    Membership,
    OutboxMessage,
    PlatformAccount,
    PlatformCourse,
    Post,
)
from blog.models.audit import DECIDED
from network import ties
from tests import factories
from tests.blog.views.courses.test_course_log import recorded_actions
from tests.factories import Role, platforms
from tests.written import rows_written, snapshot, stands_as

needs_programs = pytest.mark.skipif(
    connection.vendor == "postgresql" and shutil.which("pg_dump") is None,
    reason="PostgreSQL's client programs are not installed",
)
pytestmark = pytest.mark.django_db

# What is recorded and not done again, by why.
LEFT = {
    "opens nothing: it is made again, or is lost with what it is about": """
        account_opened_by_lms adoption_undone announcement_made anonymous_grading_begun
        anonymous_grading_ended calibration_begun calibration_ended clock_changed
        comment_readdressed confirmation_sent_again correction_accepted course_archived
        course_changed course_dates_changed course_deleted course_loaded course_opened
        course_reopened criterion_settled email_change_asked email_confirmed extension_given
        extension_taken_back feed_address_created feedback_given feedback_reply_saved grade_chosen
        grade_import_started
        grade_import_undone grade_taken_over grades_adopted grades_exported grades_imported
        grades_released guest_comment_filtered guest_comment_imported guest_comment_sent
        guest_objected held_change_dropped invitation_accepted invitation_sent_again joined
        joined_from_lms lms_account_connected lms_course_connected lms_file_answered lms_file_filled
        lms_file_started lms_grades_retried lms_grades_started mail_choices_changed mail_resumed
        mail_retried mail_stopped message_sent name_withholding_asked name_withholding_taken_back
        network_exported network_question norm_proposed norm_taken_back notice_accepted
        own_blog_connected own_blogs_allowed participation_rule_saved platform_added
        platform_registered pod_created post_feeds_created post_prompt_chosen posts_put_back
        posts_put_first profile_changed prompt_archived prompt_changed prompt_created prompt_deleted
        prompt_restored prompts_ordered registration_link_created revision_restored
        roster_import_added roster_import_answered roster_import_started roster_import_undone
        rota_updated rubric_archived rubric_changed rubric_created rubric_deleted rubric_edited
        rubric_unarchived second_gradings_drawn second_gradings_taken_back section_changed
        section_created section_deleted sessions_ended setup_added takeout_asked_for takeout_deleted
        time_zone_changed tool_key_made wordpress_exported wordpress_import_answered
        wordpress_import_confirmed wordpress_import_started wordpress_import_undone
        wordpress_imported work_changed work_replaced work_split works_merged
    """,
    "README names it, and so does restore": """
        announcement_withdrawn feedback_removed feedback_reply_removed lms_grades_stopped
        message_withdrawn next_pods_saved own_blog_stopped own_blogs_not_allowed pod_changed
        pod_deleted pods_drawn portrait_removed release_held_back release_moved release_taken_back
        second_steps_removed
    """,
    "is recorded beside a decision of the team, which is done again": """
        comment_hidden comment_shown
    """,
}


def test_each_recorded_action_is_done_again_or_left_for_a_reason():
    left = {action for actions in LEFT.values() for action in actions.split()}

    assert sorted(recorded_actions() - SUBJECT_OF.keys() - left) == []
    assert sorted(left & SUBJECT_OF.keys()) == []


def test_each_line_of_a_list_and_of_the_log_can_be_done():
    assert DECIDED.keys() - {action for action, _kind in BY_LINE} == set()
    assert {action for action, _kind in BY_LINE} - SUBJECT_OF.keys() == set()


def catch_up(tmp_path, *lines, sign=""):
    file = tmp_path / "since.txt"
    file.write_text("\n".join([f"restore {sign}", *lines] if sign else lines))
    call_command("catch_up", file)


@pytest.fixture
def world(course, instructor, ada, bob, eve):
    """What is older than the backup: one of each that can be closed."""
    platform = platforms.make_platform()
    helper = factories.make_user("Hal Helper", is_staff=True)
    helper.user_permissions.add(Permission.objects.get(codename="open_course"))
    asa = factories.make_user("Asa Assistant")
    rows = {
        "helper": helper,
        "assistant": factories.add_member(course, asa, Role.ASSISTANT),
        "member": course.memberships.get(user=bob),
        "leaver": factories.add_member(course, eve),
        "course": course,
        "note": factories.make_process_note(factories.make_post(bob, course)),
        "invitation": factories.make_invitation(course, instructor, "nia@example.edu"),
        "withdrawn": factories.make_post(ada, course, audience=Audience.PUBLIC),
        "deleted": factories.make_post(ada, course),
        "narrowed": factories.make_post(ada, course, audience=Audience.PUBLIC),
        "hidden": factories.make_post(ada, course),
        "feeds": create_feed_address(ada, by=ada),
        "account": platforms.make_platform_account(ada, platform),
        "connected": platforms.make_platform_course(course, instructor, platform),
        "platform": platform,
    }
    post = rows["narrowed"]
    rows["comment"] = factories.make_comment(bob, post, audience=50)
    rows["answer"] = factories.make_comment(bob, post)
    rows["rude"] = factories.make_comment(bob, post)
    return rows


def decide_all(w, course, instructor, ada, bob):
    """Close each, as people do."""
    root = factories.make_user("Rosa Root", is_staff=True, is_superuser=True)
    accounts.change_account(w["helper"], by=root, is_active=False, is_staff=False)
    accounts.allow_opening_courses(w["helper"], by=root, allowed=False)
    courses.change_member(w["assistant"], by=instructor, role="student", pod=None, section=None)
    courses.rotate_join_code(course, by=instructor)
    courses.open_joining(course, by=instructor, is_open=False)
    invitations.withdraw_invitation(w["invitation"], by=instructor)
    post_states.withdraw_post(w["withdrawn"], by=ada)
    post_states.delete_post(w["deleted"], by=ada)
    fields = {"title": "T", "text": "Some words.", "audience": Audience.COURSE}
    publish_post(w["narrowed"], by=ada, **fields)
    hide = {"decision": "hide", "reason": "Rude."}
    moderation.decide(w["hidden"], by=instructor, **hide)
    moderation.decide(w["rude"], by=instructor, **hide)
    comments.edit_comment(w["comment"], by=bob, text="Better words.", audience=10)
    comments.delete_comment(w["answer"], by=bob)
    remove_process_note(w["note"].post, by=bob)
    remove_feed_address(w["feeds"], by=ada)
    disconnect_account(w["account"], by=ada)
    disconnect_course(w["connected"], by=instructor)
    w["platform"].is_on = False
    save_platform(w["platform"], ["1"], by=root)
    courses.remove_member(w["member"], by=instructor)
    leave_course(w["leaver"], by=w["leaver"].user)


def state_of(w, code):
    """Return what is closed, row by row."""
    w = {name: type(row)._base_manager.filter(pk=row.pk).first() for name, row in w.items()}
    return {
        "helper": (w["helper"].is_active, w["helper"].is_staff),
        "opens courses": w["helper"].user_permissions.count(),
        "roles": (w["assistant"].role, w["assistant"].ended_at),
        "ended": (bool(w["member"].ended_at), bool(w["leaver"].ended_at)),
        "joining": (w["course"].can_be_joined, w["course"].join_code == code),
        "invitation": bool(w["invitation"].withdrawn_at),
        "withdrawn": w["withdrawn"].status,
        "deleted": bool(w["deleted"].deleted_at),
        "narrowed": w["narrowed"].audience,
        "note": w["note"] is None,
        "hidden": (w["hidden"].is_hidden, w["rude"].is_hidden),
        "comments": (w["comment"].audience, bool(w["answer"].deleted_at)),
        "ways in": (FeedAddress.objects.count(), PlatformAccount.objects.count()),
        "LMS": (PlatformCourse.objects.count(), w["platform"].is_on),
    }


CLOSED = {
    "helper": (False, False),
    "opens courses": 0,
    "roles": ("student", None),
    "ended": (True, True),
    "joining": (False, False),
    "invitation": True,
    "withdrawn": "withdrawn",
    "deleted": True,
    "narrowed": Audience.COURSE,
    "note": True,
    "hidden": (True, True),
    "comments": (10, True),
    "ways in": (0, 0),
    "LMS": (0, False),
}


@needs_programs
@pytest.mark.django_db(transaction=True)
def test_what_was_closed_since_is_closed_again_once(
    world, course, instructor, ada, bob, tmp_path, settings
):
    """The restored site knows nothing of it, and what is decided after it stays."""
    settings.MEDIA_ROOT = tmp_path / "media"
    folder, code = tmp_path / "backups" / "today", course.join_code
    rows = {name: copy(row) for name, row in world.items()}
    opened = state_of(rows, code)
    call_command("backup", folder)
    decide_all(world, course, instructor, ada, bob)
    assert state_of(rows, code) == CLOSED
    connection.close()
    call_command("restore", folder, replace=True)
    assert state_of(rows, code) == opened
    events, mails = AuditEvent.objects.count(), OutboxMessage.objects.count()

    call_command("catch_up", folder.with_name("today.since.txt"))

    assert state_of(rows, code) == CLOSED
    again = AuditEvent.objects.order_by("pk")[events:]
    assert {event.actor for event in again} == {None}
    assert OutboxMessage.objects.count() == mails
    assert ties.check(course) == []
    courses.restore_member(Membership.objects.get(pk=rows["member"].pk), by=instructor)
    post_states.restore_post(Post.objects.get(pk=rows["deleted"].pk), by=ada)
    call_command("catch_up", folder.with_name("today.since.txt"))
    assert state_of(rows, code)["ended"] == (False, True)
    assert not state_of(rows, code)["deleted"]


@pytest.fixture
def cleo(course):
    cleo = factories.make_user("Cleo Lovelace", username="quiet-heron-4821", course_name="Cleo")
    return factories.add_member(course, cleo)


def test_a_course_name_that_tells_who_it_is_is_replaced_again(course, cleo, instructor, tmp_path):
    """As the instructor had to; nobody has decided it now, and nobody is told again."""
    catch_up(tmp_path, f"name_withheld membership:{cleo.pk}", sign="a")

    cleo.refresh_from_db()
    assert cleo.is_confidential
    assert cleo.user.neutral_name == "Quiet Heron"
    event = AuditEvent.objects.get(action="name_withheld")
    assert (event.actor, event.course, event.data["gives_name"]) == (None, course, True)
    assert not OutboxMessage.objects.filter(template="name_decided").exists()


def test_a_name_needs_no_instructor_of_the_course(course, cleo, tmp_path):
    Membership.objects.instructors().update(ended_at=timezone.now())

    catch_up(tmp_path, f"name_withheld membership:{cleo.pk}")

    cleo.refresh_from_db()
    assert cleo.is_confidential


def test_a_course_that_was_opened_again_stays_open(course, instructor, tmp_path):
    line = f"course_date_came course:{course.pk} read_only_on {course.today()}"
    catch_up(tmp_path, line, sign="a")
    assert Course.objects.get(pk=course.pk).is_archived
    reopen_course(Course.objects.get(pk=course.pk), by=instructor)

    catch_up(tmp_path, line, sign="a")

    assert not Course.objects.get(pk=course.pk).is_archived
    catch_up(tmp_path, line, sign="b")  # the list of another restore
    assert Course.objects.get(pk=course.pk).is_archived


def test_a_key_that_was_free_after_the_restore_is_not_that_of_somebody_else(
    course, instructor, tmp_path
):
    """The list names an invitation of after the backup; then another one gets its key."""
    key = 4711
    catch_up(tmp_path, f"invitation_withdrawn invitation:{key}", sign="a")
    factories.make_invitation(course, instructor, pk=key)

    catch_up(tmp_path, f"invitation_withdrawn invitation:{key}", sign="a")

    assert Invitation.objects.open().filter(pk=key).exists()


def test_what_was_taken_back_since_is_no_line_and_ends_an_earlier_one(
    course, ada, bob, instructor, tmp_path
):
    post, member = factories.make_post(ada, course), course.memberships.get(user=bob)
    moment = timezone.now()
    folder = tmp_path / "today"
    post_states.delete_post(post, by=ada)
    courses.remove_member(member, by=instructor)
    path = keep(folder, dict(Since(moment).found()))
    lines = [f"member_removed membership:{member.pk}", f"post_deleted post:{post.pk}"]
    assert lines_of(path.read_text())[1] == lines
    assert path.stat().st_mode & 0o777 == 0o600
    post_states.restore_post(post, by=ada)

    assert keep(folder, dict(Since(moment).found())) == path
    assert set(lines_of(path.read_text())[1]) == {
        lines[0],
        f"post_published post:{post.pk} {Audience.COURSE}",
    }


def test_of_two_lines_of_the_log_about_the_same_the_later_counts(course, cleo, tmp_path):
    name = f"membership:{cleo.pk}"

    catch_up(tmp_path, f"name_withheld {name}", f"member_left {name}", f"name_printed {name}")

    cleo.refresh_from_db()
    assert (cleo.is_confidential, bool(cleo.ended_at)) == (False, True)


def test_the_last_instructor_goes_once_another_is_there(course, instructor, cleo, tmp_path):
    last = course.memberships.get(user=instructor)

    catch_up(
        tmp_path,
        f"member_removed membership:{last.pk}",
        f"member_changed membership:{cleo.pk} instructor",
    )

    last.refresh_from_db()
    assert last.ended_at is not None


def test_a_post_that_was_for_a_pod_is_for_the_team(course, ada, tmp_path):
    post = factories.make_post(ada, course, audience=Audience.PUBLIC)

    catch_up(tmp_path, f"post_published post:{post.pk} {Audience.POD.value}")

    post.refresh_from_db()
    assert post.audience == Audience.INSTRUCTORS


@pytest.mark.parametrize(
    "line",
    [
        "post_published post:{post} 77",
        "post_published post:{post}",
        "post_deleted post:{post} and more words",
        "member_changed membership:{member} king",
        "course_date_came course:{course} title",
        "moderation_hide post:{post} None",
        "post_deleted comment:1",
    ],
)
def test_words_that_no_line_has_change_nothing(course, ada, tmp_path, line):
    post, member = factories.make_post(ada, course), course.memberships.get(user=ada)
    line = line.format(post=post.pk, member=member.pk, course=course.pk)
    before, since = snapshot(), rows_written()

    with pytest.raises(CommandError, match="not a line of such a file"):
        catch_up(tmp_path, line, sign="a")

    assert stands_as(before, since, snapshot)


def test_the_log_names_what_is_decided_with_all_that_it_takes(
    course, ada, instructor, caplog, tmp_path, django_capture_on_commit_callbacks
):
    """Written into a file, its lines can be done without the database of today."""
    caplog.set_level(logging.INFO, logger="blog.models.audit")
    post, member = factories.make_post(ada, course), course.memberships.get(user=ada)
    with django_capture_on_commit_callbacks(execute=True):
        moderation.decide(post, by=instructor, decision="hide", reason="Rude.")
        courses.change_member(member, by=instructor, role="observer", pod=None, section=None)
    lines = [message.removeprefix("Decided: ") for message in caplog.messages]
    assert lines == [
        f"moderation_hide post:{post.pk} {instructor.pk}",
        f"member_changed membership:{member.pk} observer",
    ]
    Post.objects.update(hidden_at=None)
    Membership.objects.filter(pk=member.pk).update(role="student")

    catch_up(tmp_path, *lines)

    member.refresh_from_db()
    post.refresh_from_db()
    assert (member.role, post.is_hidden) == ("observer", True)
