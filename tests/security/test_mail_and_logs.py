"""Mail and logs repeat nothing of what people write."""

import errno
import logging

import pytest
from django.core import mail
from django.urls import reverse

from blog.actions.grading import give_feedback
from blog.actions.releases import release_prompt
from blog.models import OutboxMessage
from blog.tasks import send_due_mail
from tests import factories

WORDS = "Words for one reader alone"


@pytest.fixture
def logged(caplog):
    """Collect what the site logs, also of the loggers that tell the root nothing."""
    loggers = [logging.getLogger(name) for name in ("django", "blog", "network")]
    for logger in loggers:
        logger.addHandler(caplog.handler)
    yield caplog
    for logger in loggers:
        logger.removeHandler(caplog.handler)


def fail(*args, **kwargs):
    raise OSError(errno.ENOSPC, "No space left on device")


def break_down(*args, **kwargs):
    raise ZeroDivisionError


@pytest.mark.parametrize(
    ("action", "status"), [(fail, 503), (break_down, 500)], ids=["outage", "bug"]
)
def test_a_form_that_breaks_is_logged_without_its_words(
    client, ada, course, logged, monkeypatch, action, status
):
    client.raise_request_exception = False
    client.force_login(ada)
    post = factories.make_post(ada, course)
    monkeypatch.setattr("blog.views.comments.comment.add_comment", action)
    form = {"text": WORDS, "audience": 30, "key": "5b8bd5f8-7d4c-4c29-9c0a-0d4ee6aa0d51"}

    answer = client.post(reverse("comment_new", args=[course.slug, post.slug]), form)

    assert answer.status_code == status
    assert logged.records
    assert WORDS not in logged.text


@pytest.mark.parametrize(
    ("slug", "text", "status"), [("nowhere", WORDS, 404), ("of-ties", WORDS * 10_000, 422)]
)
def test_a_form_that_is_refused_is_logged_without_its_words(
    client, ada, course, logged, slug, text, status
):
    client.force_login(ada)
    factories.make_post(ada, course, slug="of-ties")
    form = {"text": text, "audience": 30, "key": "5b8bd5f8-7d4c-4c29-9c0a-0d4ee6aa0d51"}

    answer = client.post(reverse("comment_new", args=[course.slug, slug]), form)

    assert answer.status_code == status
    assert logged.records
    assert WORDS not in logged.text


def test_mail_about_a_grade_says_nothing_of_it(course, ada, instructor):
    prompt = factories.make_prompt(course)
    post = factories.make_post(ada, course, prompt=prompt)
    give_feedback(prompt, ada, by=instructor, post=post, levels={}, words=WORDS)
    release_prompt(prompt, by=instructor)
    OutboxMessage.objects.update(due_at=post.created_at)

    send_due_mail()

    [message] = mail.outbox
    assert message.to == [ada.email]
    assert WORDS not in str(message.message())
