"""The recurring work of ``manage.py tick``: works are verified, mail is sent."""

import smtplib
import socket
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from blog import tasks
from blog.actions.works import add_work, change_work
from blog.citations.comparison import VerificationResult
from blog.citations.parsers.reference_line import read_apa
from blog.lookup import Unavailable
from blog.management.commands import tick
from blog.models import DraftSnapshot, OutboxMessage, Work, WorkMerge, WorkVerification
from blog.models.outbox import queue_mail
from blog.queries.reference_status import discrepancies_of
from blog.tasks import send_due_mail, verify_due_works, verify_work
from tests import factories
from tests.blog.citations.test_comparison import BUI_LINE, RAJAGOPAL_FAULTS, RAJAGOPAL_LINE
from tests.blog.lookup.stub import BUI, RAJAGOPAL


@pytest.fixture
def bui(course, ada):
    return add_work(course, read_apa(BUI_LINE), by=ada)


@pytest.fixture
def rajagopal(course, ada):
    return add_work(course, read_apa(RAJAGOPAL_LINE), by=ada)


def names(discrepancies):
    return [discrepancy.name for discrepancy in discrepancies]


def make_due(**fields):
    WorkVerification.objects.update(due_at=timezone.now() - timedelta(minutes=1), **fields)


def test_both_works_of_a_real_post_are_verified(crossref, bui, rajagopal):
    crossref.lay_work(BUI)
    crossref.lay_search(RAJAGOPAL)

    answered = verify_due_works()

    verifications = WorkVerification.objects.of([bui, rajagopal])
    assert answered == 2
    assert [verification.result for verification in verifications.values()] == [
        VerificationResult.DIFFERS,
        VerificationResult.DIFFERS,
    ]
    assert names(discrepancies_of(bui, verifications[bui.pk])) == ["place"]
    assert names(discrepancies_of(rajagopal, verifications[rajagopal.pk])) == RAJAGOPAL_FAULTS


def test_what_is_scraped_along_is_not_searched_for(crossref, rajagopal):
    crossref.lay_search(RAJAGOPAL)

    verify_work(rajagopal)

    (asked,) = crossref.asked
    assert asked.startswith("/works?query.bibliographic=Rajagopal+Joosten-ten+Brinke+Van+Bruggen")
    assert "View+of" not in asked
    assert "|" not in asked


def test_a_work_that_nobody_has_is_not_found(crossref, bui):
    verify_due_works()

    verification = bui.verification
    assert (verification.result, verification.found, verification.failures) == (
        VerificationResult.NOT_FOUND,
        None,
        0,
    )


def test_a_retracted_work_is_known_as_such(crossref, bui):
    notice = {"DOI": "10.3389/notice.1", "type": "retraction", "updated": {"date-parts": [[2024]]}}
    crossref.lay_work(BUI | {"updated-by": [notice]})

    verify_due_works()

    assert bui.verification.result == VerificationResult.RETRACTED
    assert bui.verification.found["notices"] == [
        {"kind": "retraction", "doi": "10.3389/notice.1", "date": "2024"}
    ]


def test_the_same_tick_twice_asks_once(crossref, bui):
    crossref.lay_work(BUI)

    assert [verify_due_works(), verify_due_works()] == [1, 0]
    assert len(crossref.asked) == 1


def test_a_work_is_verified_again_after_a_week(crossref, bui, monkeypatch):
    crossref.lay_work(BUI)
    verify_due_works()
    due_in = bui.verification.due_at - timezone.now()
    make_due()

    again = verify_due_works()

    assert timedelta(days=6, hours=23) < due_in <= timedelta(days=7)
    assert again == 1


def test_nothing_is_verified_again_after_the_course(crossref, bui, course):
    crossref.lay_work(BUI)
    verify_due_works()
    make_due()
    course.ends_on = timezone.now().date() - timedelta(days=2)
    course.save()

    assert verify_due_works() == 0


@pytest.mark.parametrize(
    "csl",
    [
        {"type": "webpage", "title": "A page", "URL": "https://example.org/"},
        {"type": "motion_picture", "title": "A film"},
    ],
)
def test_what_no_registry_lists_is_not_asked_for(crossref, course, ada, csl):
    work = add_work(course, csl, by=ada)

    assert [verify_due_works(), verify_due_works()] == [0, 0]
    assert crossref.asked == []
    assert work.verification.result == ""


def test_merged_records_and_posts_of_the_course_are_not_asked_for(crossref, course, ada, bui):
    other = add_work(course, factories.ARTICLE, by=ada)
    bui.post = factories.make_post(ada, course)
    bui.save()
    page = add_work(course, {"type": "webpage", "title": "A page"}, by=ada)
    WorkMerge.objects.create(duplicate=other, canonical=page, made_by=ada)

    verify_due_works()

    assert crossref.asked == []


# Services that are off or down


def test_a_service_that_is_down_is_asked_later_and_later(crossref, bui, rajagopal):
    crossref.lay(f"/works/{bui.doi}", {}, status=503)

    answered = verify_due_works()

    verification = bui.verification
    assert (answered, verification.result, verification.checked_at, verification.failures) == (
        0,
        "",
        None,
        1,
    )
    assert timedelta(minutes=19) < verification.due_at - timezone.now() <= timedelta(minutes=20)
    assert crossref.asked == [f"/works/{bui.doi}"]  # the second work waits for the next tick


def test_an_answer_is_kept_while_the_service_is_down(crossref, bui):
    crossref.lay_work(BUI)
    verify_due_works()
    crossref.answers.clear()
    crossref.lay(f"/works/{bui.doi}", {}, status=500)
    make_due()
    cache.clear()

    verify_due_works()

    verification = WorkVerification.objects.get()
    assert (verification.result, verification.failures) == (VerificationResult.DIFFERS, 1)


def test_without_services_the_tick_asks_nobody(settings, bui, monkeypatch, capsys):
    settings.CROSSREF_URL = settings.DOI_URL = ""
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: pytest.fail("somebody was asked"))

    call_command("tick")

    assert capsys.readouterr().out == ""
    assert not WorkVerification.objects.exists()


def test_tick_verifies_works(crossref, bui, capsys):
    crossref.lay_work(BUI)

    call_command("tick")

    assert capsys.readouterr().out == "References checked: 1\n"


def test_verify_work_raises_while_no_service_answers(crossref, bui):
    crossref.lay(f"/works/{bui.doi}", {}, status=500)

    with pytest.raises(Unavailable):
        verify_work(bui)


# Between asking and storing


def test_an_answer_about_an_older_record_is_dropped(crossref, bui, ada):
    crossref.lay_work(BUI)
    old = Work.objects.get(pk=bui.pk)
    change_work(bui, bui.csl | {"title": "Another title"}, by=ada)

    assert verify_work(old) is False
    assert not WorkVerification.objects.exists()


# Accepting corrections


@pytest.mark.django_db(transaction=True)
def test_nobody_is_asked_inside_a_transaction(settings, bui, monkeypatch):
    settings.CROSSREF_URL = "http://127.0.0.1:9"
    states = []

    def look(doi):
        states.append(connection.in_atomic_block)

    monkeypatch.setattr(tasks, "find_doi", look)

    verify_due_works()

    assert states == [False]


# Mail


def queue(user):
    queue_mail(
        user, "feedback_released", key="k", course="C", prompt="P", address="https://x.example/"
    )
    OutboxMessage.objects.update(due_at=timezone.now())


def test_mail_not_due_waits(ada):
    queue(ada)
    OutboxMessage.objects.update(due_at=timezone.now() + timedelta(hours=1))

    assert send_due_mail() == 0
    assert mail.outbox == []


def test_failing_mail_server_only_delays(ada, monkeypatch):
    queue(ada)
    monkeypatch.setattr(
        "django.core.mail.EmailMessage.send",
        lambda self: (_ for _ in ()).throw(ConnectionRefusedError("no server")),
    )

    assert send_due_mail() == 0

    message = OutboxMessage.objects.get()
    assert (message.attempts, message.sent_at, message.last_error) == (1, None, "no server")
    assert message.due_at > timezone.now()


def test_name_with_a_line_break_makes_no_header(ada):
    queue_mail(
        ada,
        "feedback_released",
        key="k",
        course="C",
        prompt="P\r\nBcc: eve@example.org",
        address="https://x.example/",
    )
    OutboxMessage.objects.update(due_at=timezone.now())

    send_due_mail()

    (message,) = mail.outbox
    assert message.recipients() == ["ada@example.edu"]
    assert "\n" not in message.subject


def test_a_task_that_fails_does_not_keep_the_others_from_their_work(ada, capsys, monkeypatch):
    def fail():
        raise ValueError("nobody has thought of this")

    queue(ada)
    monkeypatch.setattr(tick, "TASKS", [(fail, None), *tick.TASKS])

    with pytest.raises(CommandError, match=r"Not all work was done: fail\."):
        call_command("tick")

    assert capsys.readouterr().out.splitlines() == ["Emails sent: 1"]
    assert len(mail.outbox) == 1


def test_tick_sends_what_is_due(ada, capsys):
    queue(ada)

    call_command("tick")
    call_command("tick")

    assert capsys.readouterr().out.splitlines() == ["Emails sent: 1"]
    assert len(mail.outbox) == 1


def test_tick_prints_nothing_when_nothing_was_due(crossref, db, capsys):
    call_command("tick")

    assert capsys.readouterr() == ("", "")


def queue_each(*users):
    for user in users:
        address = "https://x.example/"
        queue_mail(
            user, "feedback_released", key=user.email, course="C", prompt="P", address=address
        )
    OutboxMessage.objects.update(due_at=timezone.now())


@pytest.mark.parametrize(
    "error",
    [
        ConnectionRefusedError("no server"),
        smtplib.SMTPRecipientsRefused({}),
        ValueError("odd"),
        UnicodeEncodeError("idna", "é", 0, 1, "odd"),
        KeyError("odd"),
        RuntimeError(),
    ],
    ids=lambda error: type(error).__name__,
)
def test_an_error_in_one_mail_does_not_stop_the_others(ada, bob, instructor, monkeypatch, error):
    queue_each(ada, bob, instructor)
    send = EmailMessage.send

    def refuse_bobs(message):
        if message.to == [bob.email]:
            raise error
        return send(message)

    monkeypatch.setattr(EmailMessage, "send", refuse_bobs)

    assert send_due_mail() == 2
    assert [message.to for message in mail.outbox] == [[ada.email], [instructor.email]]
    stuck = OutboxMessage.objects.get(sent_at=None)
    assert (stuck.recipient, stuck.attempts) == (bob, 1)
    assert stuck.last_error in (str(error), repr(error))
    assert send_due_mail() == 0


def test_a_template_that_fails_is_an_error_of_its_own_mail(ada, bob):
    queue_each(ada, bob)
    OutboxMessage.objects.filter(recipient=ada).update(template="no_such_template")

    assert send_due_mail() == 1
    assert OutboxMessage.objects.get(sent_at=None).last_error != ""


def test_after_the_last_attempt_a_mail_waits_for_people(ada, monkeypatch):
    queue_each(ada)
    OutboxMessage.objects.update(attempts=tasks.MAX_MAIL_ATTEMPTS - 1)
    monkeypatch.setattr(EmailMessage, "send", lambda _: (_ for _ in ()).throw(OSError("no server")))

    send_due_mail()

    assert OutboxMessage.objects.get().due_at > timezone.now() + timedelta(days=3000)


@pytest.mark.django_db(transaction=True)
def test_no_mail_is_sent_inside_a_transaction_and_a_second_tick_leaves_it_alone(ada, monkeypatch):
    queue_each(ada)
    states = []

    def send(message):
        states.append((connection.in_atomic_block, send_due_mail()))

    monkeypatch.setattr(EmailMessage, "send", send)

    assert send_due_mail() == 1
    assert states == [(False, 0)]


@pytest.mark.django_db(transaction=True)
def test_a_mail_whose_tick_died_is_sent_later(ada, monkeypatch):
    queue_each(ada)
    monkeypatch.setattr(EmailMessage, "send", lambda _: (_ for _ in ()).throw(SystemExit))
    with pytest.raises(SystemExit):
        send_due_mail()
    monkeypatch.undo()
    assert OutboxMessage.objects.get().due_at > timezone.now()
    OutboxMessage.objects.update(due_at=timezone.now())

    assert send_due_mail() == 1


def test_a_slow_mail_server_has_its_time_and_the_rest_waits(ada, bob, monkeypatch):
    queue_each(ada, bob)
    monkeypatch.setattr(tasks, "MAIL_SECONDS_PER_TICK", -1)

    assert [send_due_mail(), send_due_mail(), send_due_mail()] == [1, 1, 0]


def test_an_odd_answer_about_one_work_does_not_stop_the_others(
    crossref, bui, rajagopal, monkeypatch
):
    crossref.lay_search(RAJAGOPAL)

    def fail(doi):
        raise AttributeError("odd")

    monkeypatch.setattr(tasks, "find_doi", fail)

    assert verify_due_works() == 1
    assert WorkVerification.objects.get(work=bui).failures == 1


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
