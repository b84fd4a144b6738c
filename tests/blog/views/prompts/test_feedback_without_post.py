"""Feedback for a student without a post: nothing speaks of a post they do not have."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from blog.actions.grading import GradeRecord, give_feedback
from blog.actions.releases import release_prompt
from blog.models import Grading, Notification, OutboxMessage, Post, Prompt
from blog.tasks.mail import send_due_mail
from blog.templatetags.notifications import in_words
from tests import factories

HOME = "/c/networks/"
PAGE = "/c/networks/prompts/1/"


@pytest.fixture
def prompt(course):
    return factories.make_prompt(
        course,
        rubric=factories.make_rubric(course),
        comments_rubric=factories.make_rubric(course, "Talk"),
    )


@pytest.fixture
def signed_in(client, ada):
    client.force_login(ada)
    return client


def words(response):
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


def record(prompt, student, instructor, **fields):
    record = GradeRecord(**fields)
    give_feedback(prompt, student, by=instructor, levels={}, words="Come by.", record=record)


def release(prompt, instructor):
    assert release_prompt(prompt, by=instructor)
    OutboxMessage.objects.update(due_at=timezone.now())
    send_due_mail()
    return mail.outbox[-1]


@pytest.mark.parametrize("status", ["excused", "missing", "feedback"])
def test_neither_mail_nor_notification_speaks_of_a_post(signed_in, prompt, ada, instructor, status):
    record(prompt, ada, instructor, status=status)

    message = release(prompt, instructor)

    assert message.subject == "Feedback on the prompt Blog post 1"
    assert "There is feedback for you on the prompt Blog post 1 in" in message.body
    assert "your post" not in message.body
    assert f"{PAGE}#feedback" in message.body
    sentence = in_words(notification(), ada)
    assert re.sub("[\u2068\u2069]", "", sentence) == "Feedback on the prompt Blog post 1"
    home = words(signed_in.get(HOME))
    assert "Feedback on the prompt Blog post 1 is ready, from Ines Instructor." in home


def notification():
    [found] = Notification.objects.filter(kind="feedback").select_related(
        "grading__prompt", "grading__post"
    )
    return found


def test_a_change_speaks_of_none_either(signed_in, prompt, ada, instructor):
    record(prompt, ada, instructor, status="missing")
    release(prompt, instructor)
    grading = Grading.objects.get()

    give_feedback(
        prompt, ada, by=instructor, levels={}, words="Come by soon.", version=grading.version
    )

    OutboxMessage.objects.update(due_at=timezone.now())
    send_due_mail()
    assert mail.outbox[-1].subject == "Your feedback on the prompt Blog post 1 was edited"
    assert "changed the feedback on the prompt Blog post 1 ." in words(signed_in.get(HOME))


def test_feedback_on_comments_is_called_so(signed_in, prompt, ada, instructor):
    factories.make_comments_grading(prompt, ada, instructor, level=3)

    release(prompt, instructor)

    sentence = re.sub("[\u2068\u2069]", "", in_words(notification(), ada))
    assert sentence == "Feedback on your comments for Blog post 1"
    assert "Feedback on your comments for Blog post 1 is ready" in words(signed_in.get(HOME))


def test_whoever_is_excused_is_not_asked_for_a_post(signed_in, prompt, ada, instructor):
    assert "Write your post" in words(signed_in.get(PAGE))
    record(prompt, ada, instructor, status="excused")
    assert "Write your post" in words(signed_in.get(PAGE))  # nothing before the release

    release(prompt, instructor)

    page = words(signed_in.get(PAGE))
    assert "You are excused from this prompt" in page
    assert "Write your post" not in page


def test_a_withdrawn_post_is_not_where_feedback_will_be(signed_in, prompt, ada, course):
    factories.make_withdrawn_post(ada, course, prompt=prompt)

    page = words(signed_in.get(PAGE))

    assert "You’ll find it on the page of the prompt" in page
    assert "next to your post" not in page
    assert "Feedback after you publish" not in page


def test_a_closed_prompt_does_not_promise_feedback_after_publishing(signed_in, prompt):
    yesterday = timezone.now() - timedelta(days=1)
    Prompt.objects.update(late_posts="close", due_at=yesterday)
    assert not Post.objects.exists()

    assert "Feedback after you publish" not in words(signed_in.get(PAGE))
