"""A mail server, a registry and a spam filter that never answer: nobody who writes waits."""

import socket
import threading
from contextlib import closing, contextmanager
from datetime import timedelta

import pytest
from django.utils import timezone

from blog.models import Audience, GuestComment, OutboxMessage
from blog.models.outbox import queue_mail
from tests import factories
from tests.durability.writers import Load, refused

PATIENCE = 120  # seconds

pytestmark = pytest.mark.slow


@contextmanager
def silence():
    """Take connections and say nothing; yield the port, and an event of the first of them."""
    taken, asked = [], threading.Event()
    with closing(socket.create_server(("127.0.0.1", 0))) as server:

        def take():
            try:
                while True:
                    taken.append(server.accept()[0])
                    asked.set()
            except OSError:
                return

        thread = threading.Thread(target=take, daemon=True)
        thread.start()
        try:
            yield server.getsockname()[1], asked
        finally:
            server.shutdown(socket.SHUT_RDWR)
            thread.join()
            for one in taken:
                one.close()


@pytest.fixture
def due(class_of_writers, course):
    """Create a due mail, a work to look up, and a guest's comment for the spam filter."""
    [student, *_others], [post, *_more], _drafts = class_of_writers
    queue_mail(
        student, "feedback_released", key="k", course="C", prompt="P", address="https://x.example/"
    )
    OutboxMessage.objects.update(due_at=timezone.now() - timedelta(minutes=1))
    factories.make_reference(post, cited=True)
    public = factories.make_post(student, course, "Open", audience=Audience.PUBLIC)
    factories.make_guest_comment(
        public, spam_check=GuestComment.SpamCheck.DUE, due_at=timezone.now(), ip="198.51.100.7"
    )


@pytest.mark.figure
def test_services_that_are_silent_cost_nobody_a_write(due, writers, place_of_course, figure):
    place = place_of_course
    with (
        silence() as (spam_filter, filter_asked),
        silence() as (mail, mail_asked),
        silence() as (registry, registry_asked),
    ):
        place.extra = {
            "EMAIL_URL": f"smtp://127.0.0.1:{mail}",
            "CROSSREF_URL": f"http://127.0.0.1:{registry}",
            "AKISMET_URL": f"http://127.0.0.1:{spam_filter}",
            "AKISMET_KEY": "secretkey",
        }
        load = Load(writers, place.start().port)
        ticking = threading.Thread(target=place.manage, args=["tick"])
        ticking.start()
        for asked in (filter_asked, mail_asked, registry_asked):
            assert asked.wait(PATIENCE), "A service was not asked."
            # While `tick` waits for the silent one, everybody else writes.
            load.await_answers(20)
        ticking.join()
        load.end()

    assert refused(writers) == []
    [(sent, attempts)] = place.rows(
        "SELECT sent_at, attempts FROM blog_outboxmessage WHERE template = 'feedback_released'"
    )
    assert (sent, attempts) == (None, 1)
    figure(
        "A service that never answers costs nobody a write",
        f"3 services, {len(writers)} writers, {sum(len(one.told) for one in writers)} writes: "
        "0 refused",
    )
