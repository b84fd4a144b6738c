"""``manage.py tick`` does each task that is due, and says what it did."""

import signal
from datetime import timedelta
from threading import Event

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blog.actions.works import add_work
from blog.citations.parsers.reference_line import read_apa
from blog.management.commands import tick
from blog.models import Audience, DraftSnapshot, OutboxMessage
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


def test_a_tick_without_anything_due_writes_nothing(crossref, akismet, course, ada, bob):
    """All that stays from day to day is there, and nothing of it is due."""
    post = factories.make_post(ada, course, audience=Audience.PUBLIC)
    long_ago = timezone.now() - timedelta(days=200)
    factories.make_guest_comment(post, at=long_ago, email="", state="open")
    factories.make_comment(bob, post)
    DraftSnapshot.objects.create(user=ada, post=post, text="Earlier.")
    call_command("tick")

    with CaptureQueriesContext(connection) as queries:
        call_command("tick")

    verbs = {query["sql"].split(maxsplit=1)[0].strip("(") for query in queries}
    assert verbs == {"SELECT"}


# Without an end


@pytest.fixture
def rounds(monkeypatch):
    """Return the seconds that tick would have waited after each round."""
    rounds = []
    monkeypatch.setattr(Event, "wait", lambda event, seconds: rounds.append(seconds))
    monkeypatch.setattr(tick, "close_old_connections", lambda: None)  # the test has one open
    return rounds


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_tick_goes_on_until_it_is_told_to_stop_and_ends_its_round(
    ada, rounds, capsys, monkeypatch, number
):
    def stop_in_the_third():
        if len(rounds) == 2:
            signal.raise_signal(number)
            queue(ada)

    before = signal.getsignal(number)
    monkeypatch.setattr(tick, "TASKS", [(stop_in_the_third, None), *tick.TASKS])

    call_command("tick", "--every", "60")

    assert len(rounds) == 3
    assert [0 < seconds <= 60 for seconds in rounds[:2]] == [True, True]
    assert capsys.readouterr().out.splitlines() == ["Emails sent: 1"]
    assert signal.getsignal(number) == before


def test_a_round_that_fails_is_told_and_the_next_one_comes(db, rounds, capsys, monkeypatch):
    def fail_and_then_stop():
        if rounds:
            signal.raise_signal(signal.SIGTERM)
        else:
            raise ValueError("nobody has thought of this")

    monkeypatch.setattr(tick, "TASKS", [(fail_and_then_stop, None)])

    call_command("tick", "--every", "60")

    said = "Not all work was done: fail_and_then_stop. The log says why.\n"
    assert (len(rounds), capsys.readouterr().err) == (2, said)


@pytest.mark.parametrize("seconds", ["0", "-1", "1.5", "often"])
def test_the_time_between_rounds_is_a_number_of_seconds(db, seconds):
    with pytest.raises(CommandError, match="Give a number of seconds, such as 60"):
        call_command("tick", "--every", seconds)
