"""Each host may run its tick, and two at the same moment: nothing is sent or asked twice."""

import threading

import pytest
from django.core.mail import EmailMultiAlternatives
from django.core.management import call_command

from blog.actions.works import add_work
from blog.citations.parsers.reference_line import read_apa
from blog.models import OutboxMessage, WorkVerification
from blog.tasks import mail
from tests.blog.citations.test_comparison import BUI_LINE
from tests.blog.lookup.stub import BUI
from tests.blog.tasks.test_mail import queue_each
from tests.threads import PATIENCE, at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_ticks_send_each_mail_once_and_ask_about_each_work_once(
    crossref, course, ada, bob, instructor, monkeypatch
):
    """Both have read the list of what is due before either takes something from it."""
    add_work(course, read_apa(BUI_LINE), by=ada)
    crossref.lay_work(BUI)
    queue_each(ada, bob, instructor)
    both_have_read, claim, sent = threading.Barrier(2), mail._claim_mail, []
    at_its_first = threading.local()

    def wait_and_claim(pk):
        if not hasattr(at_its_first, "over"):
            at_its_first.over = True
            both_have_read.wait(PATIENCE)
        return claim(pk)

    monkeypatch.setattr(mail, "_claim_mail", wait_and_claim)
    monkeypatch.setattr(EmailMultiAlternatives, "send", lambda email: sent.append(email.to[0]))

    at_once(lambda: call_command("tick"), lambda: call_command("tick"))

    assert sorted(sent) == sorted(person.email for person in (ada, bob, instructor))
    assert not OutboxMessage.objects.filter(sent_at=None).exists()
    assert len(crossref.asked) == WorkVerification.objects.count() == 1
