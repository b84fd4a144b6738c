"""``manage.py tick`` does each task that is due, and says what it did."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from blog.actions.works import add_work
from blog.citations.parsers.reference_line import read_apa
from blog.management.commands import tick
from blog.models import DraftSnapshot, OutboxMessage
from blog.models.outbox import queue_mail
from tests import factories
from tests.blog.citations.test_comparison import BUI_LINE
from tests.blog.lookup.stub import BUI


def queue(user):
    queue_mail(
        user, "feedback_released", key="k", course="C", prompt="P", address="https://x.example/"
    )
    OutboxMessage.objects.update(due_at=timezone.now())


def test_tick_prints_nothing_when_nothing_was_due(crossref, db, capsys):
    call_command("tick")

    assert capsys.readouterr() == ("", "")


def test_tick_sends_what_is_due(ada, capsys):
    queue(ada)

    call_command("tick")
    call_command("tick")

    assert capsys.readouterr().out.splitlines() == ["Emails sent: 1"]
    assert len(mail.outbox) == 1


def test_tick_verifies_works(crossref, course, ada, capsys):
    add_work(course, read_apa(BUI_LINE), by=ada)
    crossref.lay_work(BUI)

    call_command("tick")

    assert capsys.readouterr().out == "References checked: 1\n"


def test_tick_deletes_snapshots_of_courses_that_are_over(ada, course, eve, capsys):
    elsewhere = eve.memberships.get().course
    for author, place in ((ada, course), (eve, elsewhere)):
        post = factories.make_draft_post(author, place)
        DraftSnapshot.objects.create(user=author, post=post, text="Earlier.")
    elsewhere.ends_on = elsewhere.today() - timedelta(days=1)
    elsewhere.save()

    call_command("tick")
    call_command("tick")

    assert [snapshot.user for snapshot in DraftSnapshot.objects.all()] == [ada]
    assert capsys.readouterr().out == "Earlier states of drafts deleted: 1\n"


def test_a_task_that_fails_does_not_keep_the_others_from_their_work(ada, capsys, monkeypatch):
    def fail():
        raise ValueError("nobody has thought of this")

    queue(ada)
    monkeypatch.setattr(tick, "TASKS", [(fail, None), *tick.TASKS])

    with pytest.raises(CommandError, match=r"Not all work was done: fail\."):
        call_command("tick")

    assert capsys.readouterr().out.splitlines() == ["Emails sent: 1"]
    assert len(mail.outbox) == 1
