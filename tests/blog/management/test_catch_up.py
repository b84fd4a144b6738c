"""``manage.py catch_up``: what people decided after a backup is done again, once, and by nobody."""

import logging
from datetime import UTC, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from blog.actions import accounts, courses, moderation, post_states
from blog.actions.course_states import archive_course, reopen_course
from blog.actions.prompts import save_prompt
from blog.management.backups import replay
from blog.management.backups.decisions import DecisionsSince, keep, lines_of
from blog.models import (
    Audience,
    AuditEvent,
    Course,
    Grading,
    GradingEvent,
    HelpStatement,
    Invitation,
    Membership,
    OutboxMessage,
    Post,
    ProcessNote,
    Prompt,
    User,
)
from blog.models.process_notes import ToldAudience
from blog.tasks import erase_hidden_courses, hide_courses_to_erase
from network import ties
from tests import factories
from tests.blog.management.closed import DEEDS, MORE, make_world, read, stands
from tests.blog.management.programs import needs_programs
from tests.full_course import let_its_day_come
from tests.written import rows_written, snapshot, stands_as

pytestmark = pytest.mark.django_db


def catch_up(tmp_path, *lines, sign=""):
    file = tmp_path / "since.txt"
    file.write_text("\n".join([f"restore {sign}", *lines] if sign else lines))
    call_command("catch_up", file)


@pytest.fixture
def world(course, instructor, ada, bob, eve, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return make_world(course, instructor, ada, bob, eve)


@needs_programs
@pytest.mark.django_db(transaction=True)
def test_what_was_closed_since_is_closed_again_once(world, course, instructor, ada, tmp_path):
    """The restored site knows nothing of it, and what is decided after it stays."""
    folder = tmp_path / "backups" / "today"
    opened = stands(world, MORE)
    call_command("backup", folder)
    for deed in DEEDS.values():
        deed(read(world))
    closed = stands(world, MORE)
    connection.close()
    call_command("restore", folder, replace=True)
    assert stands(world, MORE) == opened
    events, mails = AuditEvent.objects.count(), OutboxMessage.objects.count()

    call_command("catch_up", folder.with_name("today.since.txt"))
    assert erase_hidden_courses() == 1  # as the next tick does

    assert stands(world, MORE) == closed
    again = AuditEvent.objects.order_by("pk")[events:]
    assert {event.actor for event in again} == {None}
    assert OutboxMessage.objects.count() == mails
    assert ties.check(course) == []
    courses.restore_member(Membership.objects.get(pk=world["removed"].pk), by=instructor)
    post_states.restore_post(Post.objects.get(pk=world["deleted"].pk), by=ada)
    call_command("catch_up", folder.with_name("today.since.txt"))
    now = read(world)
    assert (now["removed"].ended_at, now["deleted"].deleted_at) == (None, None)


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


def test_a_course_that_was_erased_is_so_in_a_backup_that_knows_no_day(world, tmp_path):
    """Its people were told and its grades were kept, whatever last day the backup has."""
    gone, others = world["gone"], Course.objects.exclude(pk=world["gone"].pk).count()
    day, mails = gone.today() - timedelta(days=20), OutboxMessage.objects.count()
    assert gone.ends_on > day
    line = f"course_date_came course:{gone.pk} erased_on {day}"

    catch_up(tmp_path, line, sign="a")

    assert Course.objects.get(pk=gone.pk).erasing_since
    assert not gone.memberships.exists()
    catch_up(tmp_path, line, sign="b")  # of which nothing is left to do
    assert erase_hidden_courses() == 1
    assert not GradingEvent.objects.exists()
    assert Course.objects.count() == others
    assert OutboxMessage.objects.count() == mails
    catch_up(tmp_path, line, sign="a")
    catch_up(tmp_path, line, sign="c")
    assert AuditEvent.objects.filter(action="course_erased").count() == 1
    assert line in dict(DecisionsSince(timezone.now() - timedelta(hours=1)).found()).values()


def test_a_course_that_a_backup_has_half_erased_goes_on(world, tmp_path):
    gone = world["gone"]
    let_its_day_come(gone)
    hide_courses_to_erase()

    catch_up(tmp_path, f"course_date_came course:{gone.pk} erased_on {gone.erased_on}", sign="a")

    assert erase_hidden_courses() == 1


@pytest.mark.parametrize(("left", "is_other"), [(30, False), (29, True)])
def test_another_course_that_got_the_key_is_not_erased(world, tmp_path, left, is_other):
    """No course is erased within 30 days of its creation: people are told for as long."""
    gone = world["gone"]
    day = gone.today()
    Course.objects.filter(pk=gone.pk).update(created_at=timezone.now() - timedelta(days=left))
    line = f"course_date_came course:{gone.pk} erased_on {day}"

    if is_other:
        with pytest.raises(CommandError, match="another course, which was created later"):
            catch_up(tmp_path, line, sign="a")
    else:
        catch_up(tmp_path, line, sign="a")

    assert Course.objects.filter(pk=gone.pk, erased_on=None).exists() == is_other


def test_a_grade_that_was_changed_within_the_year_keeps_its_course(world, tmp_path):
    gone = world["gone"]
    grading = Grading.objects.get(prompt__course=gone)
    GradingEvent.of(grading, by=world["instructor"], kind=GradingEvent.Kind.SAVED).save()

    with pytest.raises(CommandError, match="grades have to stay for longer"):
        catch_up(tmp_path, f"course_date_came course:{gone.pk} erased_on {gone.today()}", sign="a")

    stored = Course.objects.get(pk=gone.pk)
    assert (stored.erased_on, stored.ends_on) == (None, gone.ends_on)
    assert gone.memberships.exists()


def test_a_line_that_fails_is_left_to_do_and_the_others_are_done(
    world, tmp_path, monkeypatch, caplog
):
    def fail(course):
        Course.objects.filter(pk=course.pk).update(title="Half done")
        raise OSError("the disk is read-only")

    monkeypatch.setattr(replay, "hide_course", fail)
    gone, other = world["gone"], world["other"]
    line = f"course_date_came course:{gone.pk} erased_on {gone.today()}"

    with pytest.raises(CommandError, match=f"{line}: OSError: the disk is read-only"):
        catch_up(tmp_path, line, f"course_archived course:{other.pk}", sign="a")

    assert Course.objects.get(pk=other.pk).is_archived
    assert Course.objects.filter(pk=gone.pk, erased_on=None, title=gone.title).exists()
    assert "This line could not be done" in caplog.text


def test_a_course_is_not_erased_without_its_day(world, tmp_path):
    gone = world["gone"]
    with pytest.raises(CommandError, match="not a line of such a file"):
        catch_up(tmp_path, f"course_date_came course:{gone.pk} erased_on")

    assert Course.objects.filter(pk=gone.pk, erased_on=None).exists()


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
    path = keep(folder, dict(DecisionsSince(moment).found()))
    said = f"{Audience.COURSE} - deleted"
    lines = [f"member_removed membership:{member.pk}", f"post_deleted post:{post.pk} {said}"]
    assert lines_of(path.read_text())[1] == lines
    assert path.stat().st_mode & 0o777 == 0o600
    post_states.restore_post(post, by=ada)

    assert keep(folder, dict(DecisionsSince(moment).found())) == path
    assert set(lines_of(path.read_text())[1]) == {
        lines[0],
        f"post_narrowed post:{post.pk} {Audience.COURSE} - -",
    }


def lines_since(moment):
    return sorted(filter(None, dict(DecisionsSince(moment).found()).values()))


def test_posts_that_a_course_narrowed_stay_so_where_it_was_opened_again(course, ada, instructor):
    Course.objects.update(widest_audience=Audience.PUBLIC)
    post = factories.make_post(ada, course, audience=Audience.PUBLIC)
    factories.make_post(ada, course)
    moment = timezone.now()
    for widest in (Audience.COURSE, Audience.PUBLIC):
        changed = Course.objects.get(pk=course.pk)
        changed.widest_audience = widest
        courses.change_course(changed, by=instructor)

    assert lines_since(moment) == [
        f"course_changed course:{course.pk} 50 30 off",
        f"post_narrowed post:{post.pk} 30 - -",
    ]


def test_what_opens_more_is_no_line(course, ada, instructor):
    """Nor is a change of something else, though it leaves the same event."""
    moment = timezone.now()
    archive_course(course, by=instructor)
    reopen_course(course, by=instructor)
    course.title = "Ties"
    courses.change_course(course, by=instructor)
    ada.public_name = ada.about = "Ada"
    accounts.save_profile(ada, by=ada)

    assert lines_since(moment) == []


def test_a_later_name_on_the_public_web_stays(course, ada, tmp_path):
    """The list says which words were empty, and says nothing of others."""
    User.objects.filter(pk=ada.pk).update(public_name="Ada L.", about="Sails.")

    catch_up(tmp_path, f"profile_changed user:{ada.pk} about", sign="a")

    ada.refresh_from_db()
    assert (ada.public_name, ada.about) == ("Ada L.", "")


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
        "post_deleted post:{post} 30 - hidden",
        "course_dates_changed course:{course} ends_on=2026-12-01",
        "course_dates_changed course:{course} closes_on=soon",
        "member_changed membership:{member} king",
        "course_date_came course:{course} title",
        "moderation_hide post:{post} None",
        "process_note_saved post:{post} 10 0",
        "process_note_saved post:{post} 10 20 text",
        "prompt_changed prompt:{prompt} is_draft,rubric - 2026-12-01T10:00:00+00:00",
        "prompt_changed prompt:{prompt} - none 2026-12-01T10:00:00+00:00",
        "prompt_changed prompt:{prompt} is_draft - tomorrow",
        "course_changed course:{course} 30 30",
        "course_changed course:{course} 30 30 perhaps",
        "profile_changed user:{user} display_name",
        "platform_registered platform:1 none",
        "platform_changed platform:1 off -",
        "platform_changed platform:1 -",
        "post_deleted comment:1",
    ],
)
def test_words_that_no_line_has_change_nothing(course, ada, tmp_path, line):
    post, member = factories.make_post(ada, course), course.memberships.get(user=ada)
    prompt = factories.make_prompt(course)
    keys = {"member": member.pk, "course": course.pk, "user": ada.pk, "prompt": prompt.pk}
    line = line.format(post=post.pk, **keys)
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
        course.title = "Ties"
        courses.change_course(course, by=instructor)
        course.guest_comments = "moderated"
        courses.change_course(course, by=instructor)
    lines = [message.removeprefix("Decided: ") for message in caplog.messages]
    assert lines == [
        f"moderation_hide post:{post.pk} {instructor.pk}",
        f"member_changed membership:{member.pk} observer",
        f"course_changed course:{course.pk} 50 30 moderated",
    ]
    Course.objects.update(guest_comments="filtered")
    Post.objects.update(hidden_at=None)
    Membership.objects.filter(pk=member.pk).update(role="student")

    catch_up(tmp_path, *lines)

    member.refresh_from_db()
    post.refresh_from_db()
    course.refresh_from_db()
    assert (member.role, post.is_hidden) == ("observer", True)
    assert course.guest_comments == "moderated"


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("10 10 text,earlier-1", ("Why.", 10, ["earlier-1"], 10)),
        ("30 0 earlier-2,earlier-3", ("", 30, ["earlier-2"], None)),
        ("30 30 text,earlier-1,earlier-2", ("Why.", 30, ["earlier-1", "earlier-2"], 30)),
    ],
)
def test_a_note_shows_no_more_than_its_writer_did(course, ada, tmp_path, line, left):
    post = factories.make_post(ada, course)
    note = factories.make_process_note(post, "Why.", moments=["One.", "Two."])
    factories.make_help_statement(post, audience=ToldAudience.READERS)

    catch_up(tmp_path, f"process_note_saved post:{post.pk} {line}", sign="a")

    note.refresh_from_db()
    statement = HelpStatement.objects.filter(post=post).first()
    moments = list(note.moments.values_list("source", flat=True))
    helped = statement.audience if statement else None
    assert (note.text, note.audience, moments, helped) == left


def test_a_note_of_which_nothing_stays_is_removed(course, ada, tmp_path):
    """All that its writer showed at last came after the backup."""
    post = factories.make_post(ada, course)
    factories.make_process_note(post, moments=["One."])

    catch_up(tmp_path, f"process_note_saved post:{post.pk} 30 0 snapshot-17", sign="a")

    assert not ProcessNote.objects.exists()


@pytest.mark.parametrize(
    ("flags", "widest", "days", "left"),
    [
        ("is_draft,own_post_first", 30, 0, (True, True, 30, 1)),
        ("own_post_first", 50, 2, (False, True, 40, 2)),
        ("-", 10, 3, (False, False, 10, 3)),
        ("-", "-", 9, (True, False, 40, 1)),  # after its posts were due in the backup
        ("-", "-", -9, (False, False, 40, 1)),
    ],
)
def test_a_prompt_is_open_no_further_than_its_settings_said(
    course, tmp_path, flags, widest, days, left
):
    now = timezone.now()
    prompt = factories.make_prompt(course, widest_audience=40, opens_at=now + timedelta(days=1))
    opens = (now + timedelta(days=days)).isoformat()

    catch_up(tmp_path, f"prompt_changed prompt:{prompt.pk} {flags} {widest} {opens}", sign="a")

    prompt.refresh_from_db()
    wait = (prompt.opens_at - now).days
    assert (prompt.is_draft, prompt.own_post_first, prompt.widest_audience, wait) == left


def test_a_prompt_that_is_open_keeps_the_day_on_which_it_opened(course, tmp_path):
    """It was put off for some days, which are over."""
    prompt = factories.make_prompt(course, own_post_first=True)
    opens = (timezone.now() - timedelta(days=1)).isoformat()

    catch_up(tmp_path, f"prompt_changed prompt:{prompt.pk} - - {opens}", sign="a")

    assert Prompt.objects.filter(opens_at=prompt.opens_at, own_post_first=True).exists()


def test_only_a_change_of_who_sees_a_prompt_is_a_line(course, instructor):
    prompts = [factories.make_prompt(course) for _each in range(2)]
    moment = timezone.now()
    prompts[0].title, prompts[1].own_post_first = "Ties", True
    for prompt in prompts:
        save_prompt(prompt, by=instructor, works=[], pasted=[])

    opens = prompts[1].opens_at.astimezone(UTC).isoformat()
    assert lines_since(moment) == [
        f"prompt_changed prompt:{prompts[1].pk} own_post_first - {opens}"
    ]
