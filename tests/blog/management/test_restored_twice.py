"""Restored, caught up, and restored again: what ``catch_up`` did is known to the next restore.

Also to that of an older backup, which knows nothing of the first.
"""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from blog.actions import courses, post_states
from blog.management.backups import manifest
from blog.management.backups.decisions import DecisionsSince
from blog.management.backups.replay import BY_LINE, replay_line
from blog.models import AuditEvent, Course, Post, audit_events_at
from blog.tasks import erase_hidden_courses
from tests import factories
from tests.blog.management.closed import DEEDS, MORE, make_world, read, stands
from tests.blog.management.programs import needs_programs

pytestmark = pytest.mark.django_db

# Words that follow the target in a line, by action.
WORDS = {
    "account_changed": "is_active",
    "comment_edited": "10",
    "course_dates_changed": "closes_on=2026-12-01,read_only_on=-",
    "instructor_appointed": "instructor",
    "invitation_changed": "new",
    "course_changed": "30 30 off",
    "course_date_came": "read_only_on 2026-12-01",
    "lms_account_disconnected": "https://lms.example",
    "may_open_courses": "no",
    "member_changed": "student",
    "moderation_hide": "4711",
    "platform_changed": "is_on deployment-1",
    "platform_registered": "4711",
    "post_narrowed": "30",
    "post_published": "30",
    "process_note_saved": "10 0 text",
    "profile_changed": "about",
    "prompt_changed": "own_post_first 30 2026-12-01T10:00:00+00:00",
}


def lines_since(moment):
    return sorted(filter(None, dict(DecisionsSince(moment).found()).values()))


@pytest.mark.parametrize(("action", "kind"), sorted(BY_LINE))
def test_a_line_that_was_done_can_be_read_by_the_next_restore(action, kind):
    """Its row is in no backup, so that an event alone says that it was done."""
    moment = timezone.now()
    line = f"{action} {kind}:4711 {WORDS.get(action, '')}".strip()

    replay_line(line, "a")

    assert AuditEvent.objects.filter(action=action, target=f"{kind}:4711").count() == 1
    assert set(lines_since(moment)) <= {line, line.replace("renewed", "removed")}


def test_a_post_stays_hidden_whose_moderator_the_backup_does_not_know(course, ada):
    known, unknown = (factories.make_post(ada, course) for _each in range(2))
    moment = timezone.now()

    replay_line(f"moderation_hide post:{known.pk} 4711", "a")
    replay_line(f"moderation_hide post:{unknown.pk}", "a")

    assert Post.objects.filter(hidden_at=None).count() == 0
    assert lines_since(moment) == [
        f"moderation_hide post:{known.pk} 4711",
        f"moderation_hide post:{unknown.pk}",
    ]


def test_an_event_of_an_earlier_release_is_read_as_well(course, ada):
    """Its command wrote no words beside its line."""
    moment = timezone.now()
    for action in ("course_date_came", "lms_account_disconnected", "course_changed"):
        told = {"after_restore": f"a {action} course:{course.pk}"}
        AuditEvent.objects.create(action=action, target=f"course:{course.pk}", data=told)

    assert lines_since(moment) == []


@pytest.mark.slow
@needs_programs
@pytest.mark.django_db(transaction=True)
def test_what_was_done_again_is_so_after_an_older_backup_too(
    course, instructor, ada, bob, eve, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path / "media"
    world = make_world(course, instructor, ada, bob, eve)
    folders = [tmp_path / "backups" / day for day in ("monday", "tuesday")]
    for folder in folders:
        call_command("backup", folder)
    opened = stands(world, MORE)
    for deed in DEEDS.values():
        deed(read(world))
    closed, lists = stands(world, MORE), []

    for folder in reversed(folders):
        connection.close()
        call_command("restore", folder, replace=True)
        assert stands(world, MORE) == opened
        listed = folder.with_name(f"{folder.name}.since.txt")
        lists.append(listed.read_text().splitlines()[1:])
        call_command("catch_up", listed)
        assert erase_hidden_courses() == 1
        assert stands(world, MORE) == closed

    assert set(lists[0]) == set(lists[1])
    assert AuditEvent.objects.filter(data__has_key="after_restore").exists()


@needs_programs
@pytest.mark.django_db(transaction=True)
def test_what_was_being_decided_while_a_backup_began_is_in_its_list(
    course, instructor, ada, settings, tmp_path
):
    """Its event is older than the backup, which has none of it; what it has is no line."""
    settings.MEDIA_ROOT = tmp_path / "media"
    folder, path = tmp_path / "backups" / "today", tmp_path / "backups" / "today.since.txt"
    posts = [factories.make_post(ada, course) for _each in range(2)]
    courses.rotate_join_code(course, by=instructor)
    post_states.delete_post(posts[0], by=ada)
    code = Course.objects.get(pk=course.pk).join_code
    call_command("backup", folder)
    connection.close()
    call_command("restore", folder, replace=True)
    assert not path.exists()
    with audit_events_at(timezone.now() - timedelta(minutes=5)):
        post_states.delete_post(Post.objects.get(pk=posts[1].pk), by=ada)
    connection.close()

    call_command("restore", folder, replace=True)

    assert path.read_text().splitlines()[1:] == [f"post_deleted post:{posts[1].pk} 30 - deleted"]
    call_command("catch_up", path)
    assert Post.objects.filter(deleted_at=None).count() == 0
    assert Course.objects.get(pk=course.pk).join_code == code


@needs_programs
@pytest.mark.django_db(transaction=True)
def test_a_backup_of_an_earlier_release_is_looked_at_from_its_own_moment(
    course, ada, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path / "media"
    folder, posts = tmp_path / "today", [factories.make_post(ada, course) for _each in range(2)]
    with audit_events_at(timezone.now() - timedelta(minutes=5)):
        post_states.delete_post(posts[0], by=ada)
    call_command("backup", folder)
    listed = manifest.read(folder)
    listed.events = None
    listed.write(folder)
    post_states.delete_post(posts[1], by=ada)
    connection.close()

    call_command("restore", folder, replace=True)

    written = folder.with_name("today.since.txt").read_text().splitlines()
    assert written[1:] == [f"post_deleted post:{posts[1].pk} 30 - deleted"]
