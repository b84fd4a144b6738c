"""Edits of released grades: dated for the student, and mailed in their daytime."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from blog.actions.grading import give_feedback
from blog.actions.releases import choose_grade_of_record, release_prompt
from blog.models import Grading, OutboxMessage
from blog.tasks import send_due_mail
from tests import factories


@pytest.fixture
def post(course, ada):
    prompt = factories.make_prompt(course, rubric=factories.make_rubric(course))
    return factories.make_post(ada, course, "Of ties", prompt=prompt)


@pytest.fixture
def released(post, instructor):
    grading = give(post, instructor)
    release_prompt(post.prompt, by=instructor)
    OutboxMessage.objects.all().delete()
    return grading


def give(post, by, *, level=3, words="Well seen.", version=None, revision=None):
    criteria = post.prompt.rubric.criteria.all()
    return give_feedback(
        post.prompt,
        post.author,
        by=by,
        post=post,
        revision=revision or post.revision,
        levels={criterion: criterion.levels.get(position=level) for criterion in criteria},
        words=words,
        version=version,
    )


@pytest.mark.parametrize(
    ("changes", "edited"),
    [
        ({"level": 1}, True),
        ({"words": "Seen anew."}, True),
        ({"words": ""}, True),
        ({}, False),
    ],
)
def test_an_edit_is_dated_and_mailed_if_the_student_sees_it(
    post, instructor, released, changes, edited
):
    give(post, instructor, version=released.version, **changes)

    released.refresh_from_db()
    assert (released.edited_at is not None) is edited
    assert OutboxMessage.objects.count() == edited


def test_a_newer_version_read_with_the_same_grade_is_no_edit(post, instructor, released):
    newer = factories.make_revision(post, number=2)

    give(post, instructor, version=released.version, revision=newer)

    released.refresh_from_db()
    assert (released.revision, released.edited_at) == (newer, None)
    assert not OutboxMessage.objects.exists()


def test_edits_before_the_release_are_not_dated(post, instructor):
    first = give(post, instructor)
    give(post, instructor, level=1, version=first.version)
    Grading.objects.update(released_at=timezone.now() + timedelta(hours=1))
    give(post, instructor, level=2, version=2)

    assert Grading.objects.get().edited_at is None
    assert not OutboxMessage.objects.exists()


def test_edits_before_the_mail_is_sent_are_one_mail(post, instructor, released):
    for version, level in enumerate([1, 2, 4], start=released.version):
        give(post, instructor, level=level, version=version)

    assert OutboxMessage.objects.count() == 1


def test_an_edit_after_the_mail_was_sent_is_another_mail_on_the_same_day(
    post, instructor, released
):
    for version, level in enumerate([1, 2, 4], start=released.version):
        give(post, instructor, level=level, version=version)
        OutboxMessage.objects.update(due_at=timezone.now())
        send_due_mail()

    assert [message.subject for message in mail.outbox] == [
        "Your feedback on the prompt Blog post 1 was edited"
    ] * 3


def test_an_edit_after_a_failed_try_is_another_mail(post, instructor, released):
    """The try may have reached the student, so that nobody waits for a mail that came before."""
    give(post, instructor, level=1, version=released.version)
    OutboxMessage.objects.update(attempts=1)

    give(post, instructor, level=2, version=released.version + 1)

    assert OutboxMessage.objects.count() == 2


def test_edits_of_two_grades_are_two_mails(post, instructor, released, bob):
    other = factories.make_post(bob, post.course, prompt=post.prompt)
    give(other, instructor)
    release_prompt(post.prompt, by=instructor)
    OutboxMessage.objects.all().delete()

    for each in (post, other):
        give(each, instructor, level=1, version=1)

    assert {message.recipient for message in OutboxMessage.objects.all()} == {post.author, bob}


def test_who_has_left_the_course_gets_no_mail(post, instructor, ada, released):
    ada.memberships.update(ended_at=timezone.now())

    give(post, instructor, level=1, version=released.version)

    assert not OutboxMessage.objects.exists()


@pytest.mark.parametrize(
    ("edited", "due"),
    [
        # Ten minutes for more edits; 23:30 and 6:45 in Berlin wait for 7:00 there.
        (datetime(2026, 11, 27, 12, tzinfo=UTC), datetime(2026, 11, 27, 12, 10, tzinfo=UTC)),
        (datetime(2026, 11, 27, 22, 30, tzinfo=UTC), datetime(2026, 11, 28, 6, tzinfo=UTC)),
        (datetime(2026, 11, 28, 5, 45, tzinfo=UTC), datetime(2026, 11, 28, 6, tzinfo=UTC)),
    ],
)
def test_the_mail_waits_for_the_students_daytime(
    post, instructor, ada, released, monkeypatch, edited, due
):
    ada.time_zone = "Europe/Berlin"
    ada.save()
    Grading.objects.update(released_at=edited - timedelta(days=1))
    monkeypatch.setattr(timezone, "now", lambda: edited)

    give(post, instructor, level=1, version=released.version)

    [message] = OutboxMessage.objects.all()
    assert message.due_at == due


def test_the_mail_says_where_and_nothing_of_the_grade(post, instructor, released):
    give(post, instructor, level=1, words="A secret remark", version=released.version)
    OutboxMessage.objects.update(due_at=timezone.now())

    assert send_due_mail() == 1

    [message] = mail.outbox
    assert message.subject == "Your feedback on the prompt Blog post 1 was edited"
    assert message.to == ["ada@example.edu"]
    assert f"/c/networks/posts/{post.slug}/" in message.body
    assert "secret" not in message.body
    assert "Not yet" not in message.body


def test_another_grade_chosen_after_the_release_is_an_edit(post, instructor, assistant, released):
    second = give(post, assistant, level=1)

    choose_grade_of_record(second, by=instructor)

    second.refresh_from_db()
    released.refresh_from_db()
    assert second.is_released
    assert second.edited_at is not None
    assert (released.released_at, released.edited_at) == (None, None)
    assert OutboxMessage.objects.get().recipient == post.author
