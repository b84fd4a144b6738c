"""Files of everything of people: made once, told once, downloaded by one person, then deleted."""

import os
import time
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from blog.actions.erasure import erase_account
from blog.actions.takeouts import ask_for_takeout, delete_takeout
from blog.actions.withheld_names import withhold_name
from blog.exceptions import Refused
from blog.models import AuditEvent, OutboxMessage, Takeout, User
from blog.models.takeouts import KEPT_FOR
from blog.takeout import Everything
from blog.tasks import delete_old_takeouts, make_takeouts, send_due_mail
from blog.tasks import takeouts as task
from tests import factories
from tests.threads import on_postgresql, queueing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    """Keep files whose rows are gone away from other tests, whose tick would find and tell them."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def asked(course, ada):
    factories.make_post(ada, course, "Ties", "Words.")
    return ask_for_takeout(ada, course=None, by=ada)


def test_asked_for_twice_it_is_made_once_and_told_once(asked, ada, course):
    assert ask_for_takeout(ada, course=None, by=ada) == asked
    assert ask_for_takeout(ada, course=course, by=ada) != asked

    assert (make_takeouts(), make_takeouts()) == (2, 0)

    asked.refresh_from_db()
    assert asked.is_ready
    assert asked.done == asked.total
    with asked.file.open() as file:
        assert "index.html" in ZipFile(BytesIO(file.read())).namelist()
    assert send_due_mail() == 2  # at once, whatever the hour
    assert mail.outbox[0].to == [ada.email]
    assert "/me/export/" in mail.outbox[0].body
    assert ask_for_takeout(ada, course=None, by=ada) != asked


def test_one_that_fails_is_tried_again_and_at_last_given_up(asked, monkeypatch):
    def fail(*args):
        raise OSError("No space left on device")

    monkeypatch.setattr(task, "_write", fail)
    for attempt in range(1, task.MAX_ATTEMPTS + 1):
        Takeout.objects.update(due_at=timezone.now())
        assert make_takeouts() == 0
        asked.refresh_from_db()
        assert asked.attempts == attempt
        assert asked.due_at > timezone.now()
    assert asked.state == Takeout.State.FAILED
    assert not asked.file
    assert OutboxMessage.objects.count() == 0


def test_one_that_is_cancelled_while_it_is_made_leaves_no_file(asked, ada, monkeypatch):
    write = task._write

    def write_and_cancel(takeout, file):
        write(takeout, file)
        delete_takeout(Takeout.objects.get(pk=takeout.pk), by=ada)

    monkeypatch.setattr(task, "_write", write_and_cancel)
    before = set(_stored())

    assert make_takeouts() == 0

    assert not Takeout.objects.exists()
    assert set(_stored()) == before


def test_one_that_is_cancelled_is_not_written_to_its_end(asked, ada, monkeypatch, caplog):
    """It is no fault, so nothing of it is in the log."""
    steps, told = Everything.steps, []

    def cancel_and_count(everything):
        delete_takeout(Takeout.objects.get(pk=asked.pk), by=ada)
        return steps(everything)

    monkeypatch.setattr(Everything, "steps", cancel_and_count)
    monkeypatch.setattr(Everything, "write", lambda *args: told.append(args))

    assert make_takeouts() == 0
    assert (told, caplog.records) == ([], [])
    assert not Takeout.objects.exists()


def test_one_that_ends_its_tick_is_given_up(asked, monkeypatch):
    class Killed(BaseException):
        """As if the machine had no memory left."""

    def die(*args):
        raise Killed

    monkeypatch.setattr(task, "_write", die)
    for _attempt in range(task.MAX_ATTEMPTS):
        Takeout.objects.update(due_at=timezone.now())
        with pytest.raises(Killed):
            make_takeouts()

    Takeout.objects.update(due_at=timezone.now())
    assert make_takeouts() == 0
    asked.refresh_from_db()
    assert asked.state == Takeout.State.FAILED
    assert asked.finished_at is not None


def test_one_that_is_made_while_somebody_cancels_it_leaves_no_file(
    asked, ada, django_capture_on_commit_callbacks
):
    assert make_takeouts() == 1
    made = Takeout.objects.get().file.name
    assert default_storage.exists(made)

    with django_capture_on_commit_callbacks(execute=True):
        ended = delete_takeout(asked, by=ada)  # as it was when the page was shown
        again = delete_takeout(asked, by=ada)

    assert (asked.file.name, ended.state) == ("", Takeout.State.READY)
    assert again == asked
    assert AuditEvent.objects.filter(action="takeout_deleted").count() == 1
    assert not default_storage.exists(made)


@on_postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("deed", ["erase", "cancel"])
def test_a_file_that_is_stored_at_the_same_moment_goes_too(asked, ada, deed):
    path = default_storage.save("takeouts/at-the-same-moment.zip", ContentFile(b"a zip"))
    deeds = {
        "erase": lambda: erase_account(User.objects.get(pk=ada.pk), by=ada),
        "cancel": lambda: delete_takeout(asked, by=ada),
    }

    with queueing(deeds[deed]) as results:
        Takeout.objects.update(state=Takeout.State.READY, file=path, finished_at=timezone.now())

    assert results == [None]
    assert not Takeout.objects.exists()
    assert not default_storage.exists(path)


def test_somebody_whose_account_is_closed_gets_none(asked):
    User.objects.filter(pk=asked.person_id).update(is_active=False)

    assert make_takeouts() == 0
    assert not Takeout.objects.exists()


def test_files_are_deleted_after_some_days(ada):
    kept = factories.make_takeout(ada)
    old = factories.make_takeout(ada, finished_at=timezone.now() - KEPT_FOR - timedelta(minutes=1))

    assert delete_old_takeouts() == 1

    assert list(Takeout.objects.all()) == [kept]
    assert default_storage.exists(kept.file.name)
    assert not default_storage.exists(old.file.name)


def test_files_that_no_row_names_are_deleted_after_an_hour(ada, monkeypatch):
    named = factories.make_takeout(ada).file.name
    stray, new = (
        default_storage.save(f"takeouts/{word}.zip", ContentFile(b"half of a zip"))
        for word in ("stray", "new")
    )
    elsewhere = default_storage.save("pictures/stray.webp", ContentFile(b"a picture"))
    two_hours_ago = time.time() - 2 * 60 * 60
    for path in (named, stray, elsewhere):
        os.utime(default_storage.path(path), (two_hours_ago, two_hours_ago))

    assert delete_old_takeouts() == 1

    assert [default_storage.exists(path) for path in (named, stray, new, elsewhere)] == [
        True, False, True, True,
    ]  # fmt: skip


def test_where_nothing_was_ever_made_there_is_nothing_to_delete(db):
    assert delete_old_takeouts() == 0


def test_a_course_that_one_was_never_in_is_refused(ada, eve):
    elsewhere = factories.make_course(instructor=eve)

    with pytest.raises(Refused):
        ask_for_takeout(ada, course=elsewhere, by=ada)


def _stored() -> list[str]:
    try:
        return default_storage.listdir("takeouts")[1]
    except FileNotFoundError:
        return []


def test_a_person_has_one_file_of_the_same_the_newest(ada, course):
    earlier = factories.make_takeout(ada)
    of_course = factories.make_takeout(ada, course)
    path = earlier.file.name
    newest = ask_for_takeout(ada, course=None, by=ada)

    make_takeouts()

    assert set(Takeout.objects.of(ada)) == {newest, of_course}
    assert not default_storage.exists(path)
    assert default_storage.exists(of_course.file.name)


def test_nobody_else_on_the_machine_reads_a_file(asked):
    make_takeouts()

    asked.refresh_from_db()
    file = os.stat(asked.file.path)
    folder = os.stat(os.path.dirname(asked.file.path))
    assert (file.st_mode & 0o777, folder.st_mode & 0o777) == (0o600, 0o700)


def test_one_that_is_too_large_is_given_up_and_leaves_nothing(asked, monkeypatch, caplog):
    monkeypatch.setattr(task, "MAX_BYTES", 100)

    assert make_takeouts() == 0

    asked.refresh_from_db()
    assert asked.state == Takeout.State.FAILED
    assert "is larger than a file may be" in caplog.text
    assert make_takeouts() == 0
    assert not default_storage.exists("takeouts") or default_storage.listdir("takeouts")[1] == []


@pytest.mark.parametrize("decide", ["withheld", "erased"])
def test_files_with_a_name_that_goes_are_deleted_told_of_and_made_again(
    course, ada, bob, instructor, eve, decide, django_capture_on_commit_callbacks
):
    cleo = factories.make_user("Cleo Lovelace", username="quiet-heron-4821")
    member = factories.add_member(course, cleo)
    factories.make_comment(cleo, factories.make_post(ada, course, "Ties", "Words."))
    here, everywhere = factories.make_takeout(ada, course), factories.make_takeout(bob)
    being_made = ask_for_takeout(ada, course=None, by=ada)
    kept = [factories.make_takeout(cleo), factories.make_takeout(eve)]

    with django_capture_on_commit_callbacks(execute=True):
        if decide == "withheld":
            withhold_name(member, by=instructor)
        else:
            erase_account(cleo, by=cleo)

    assert not Takeout.objects.filter(pk__in=[here.pk, everywhere.pk, being_made.pk]).exists()
    assert not default_storage.exists(here.file.name)
    assert not being_made.record_steps(1, 2)  # which stops whoever makes it
    again = Takeout.objects.waiting().order_by("person", "course")
    asked = {(takeout.person_id, takeout.course_id) for takeout in again}
    assert asked == {(ada.pk, course.pk), (ada.pk, None), (bob.pk, None)}
    left = kept if decide == "withheld" else kept[1:]
    assert set(Takeout.objects.ready()) == set(left)
    assert all(default_storage.exists(takeout.file.name) for takeout in left)
    OutboxMessage.objects.filter(template="name_decided").delete()
    OutboxMessage.objects.update(due_at=timezone.now())
    send_due_mail()
    told = sorted((one.to[0], one.subject) for one in mail.outbox)
    subject = "Your file of everything of yours is being prepared again"
    assert told == sorted((one.email, subject) for one in (ada, bob))
    assert make_takeouts() == 3
    for takeout in Takeout.objects.of(ada).ready():
        with takeout.file.open() as file, ZipFile(BytesIO(file.read())) as archive:
            assert not any(b"Lovelace" in archive.read(name) for name in archive.namelist())


def test_nobody_is_told_in_the_morning_that_a_file_is_prepared_which_was_ready_at_night(
    course, ada, instructor
):
    member = factories.add_member(course, factories.make_user("Cleo Lovelace"))
    factories.make_takeout(ada, course)
    withhold_name(member, by=instructor)
    OutboxMessage.objects.exclude(template="takeout_again").delete()
    assert make_takeouts() == 1
    send_due_mail()
    [ready] = mail.outbox
    mail.outbox.clear()

    OutboxMessage.objects.update(due_at=timezone.now())
    send_due_mail()

    assert "ready" in ready.subject
    assert mail.outbox == []
