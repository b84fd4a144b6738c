"""Files of everything of people: made once, told once, downloaded by one person, then deleted."""

from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core import mail
from django.core.files.storage import default_storage
from django.utils import timezone

from blog.actions.takeouts import ask_for_takeout, delete_takeout
from blog.exceptions import Refused
from blog.models import OutboxMessage, Takeout, User
from blog.models.takeouts import KEPT_FOR
from blog.tasks import delete_old_takeouts, make_takeouts, send_due_mail
from blog.tasks import takeouts as task
from tests import factories

pytestmark = pytest.mark.django_db


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
    OutboxMessage.objects.update(due_at=timezone.now())
    assert send_due_mail() == 2
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


def test_a_course_that_one_was_never_in_is_refused(ada, eve):
    elsewhere = factories.make_course(instructor=eve)

    with pytest.raises(Refused):
        ask_for_takeout(ada, course=elsewhere, by=ada)


def _stored() -> list[str]:
    try:
        return default_storage.listdir("takeouts")[1]
    except FileNotFoundError:
        return []
