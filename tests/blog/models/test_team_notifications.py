"""The teaching team is told of what waits for their decision, once, for as long as it waits."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from blog.actions.comments import delete_comment, edit_comment, restore_comment
from blog.actions.guest_comments import (
    add_guest_comment,
    object_to_decision,
    restore_guest_comment,
    withdraw_guest_comment,
)
from blog.actions.guest_moderation import publish_guest_comment, refuse_guest_comment
from blog.actions.moderation import (
    decide,
    reply_to_decision,
    report,
    take_back_report,
    undo_decision,
)
from blog.actions.post_states import delete_post
from blog.models import (
    Audience,
    Comment,
    GuestComments,
    Membership,
    Notification,
    OutboxMessage,
    User,
)
from blog.queries.notifications import notifications_of
from blog.tasks import queue_due_digests, send_due_mail
from tests import factories

VISITOR = AnonymousUser()
Kind = Notification.Kind


@pytest.fixture
def post(ada, course):
    course.guest_comments = GuestComments.MODERATED
    course.save()
    return factories.make_post(ada, course, "Of ties", audience=Audience.PUBLIC)


@pytest.fixture
def comment(bob, post):
    return factories.make_comment(bob, post)


@pytest.fixture
def guest(post):
    return add_guest_comment(
        post, by=VISITOR, key=uuid4(), text="Hello.", name="Gil", email="gil@example.org"
    )


def now(row):
    related = ["post__course", *(["guest"] if hasattr(row, "guest") else [])]
    return Comment.objects.select_related(*related).get(pk=row.pk)


def told():
    """Return who has a notification of something that waits."""
    waiting = Notification.objects.filter(kind=Kind.WAITING).order_by("reader__display_name")
    return list(waiting.values_list("reader__display_name", flat=True))


def listed(person):
    found = notifications_of(User.objects.get(pk=person.pk)).new
    return [each.get_absolute_url() for each in found if each.kind == Kind.WAITING]


TEAM = ["Asa Assistant", "Ines Instructor"]


def test_a_report_is_told_once_until_it_is_decided(
    ada, bob, assistant, instructor, observer, comment
):
    report(comment, by=ada)
    report(comment, by=observer)
    waiting = told()
    decide(now(comment), by=instructor, decision="keep", reason="It is about the text.")
    decided = told()
    undo_decision(now(comment), by=instructor)

    assert (waiting, decided) == (TEAM, [])
    assert told() == ["Asa Assistant"]  # not who has undone it


def test_a_report_that_is_taken_back_is_told_no_more(ada, assistant, instructor, post):
    made = report(post, by=assistant)
    waiting, (address,) = told(), listed(instructor)
    take_back_report(made, by=assistant)

    assert waiting == ["Ines Instructor"]
    assert address == reverse("case_page", args=["networks", post])
    assert told() == []


def test_what_the_team_wrote_is_told_to_the_others(ada, assistant, instructor, post):
    comment = factories.make_comment(assistant, post)
    report(comment, by=ada)

    assert told() == ["Ines Instructor"]


@pytest.mark.parametrize("kind", ["object", "explain", "edit"])
def test_the_answer_of_an_author_waits(bob, assistant, instructor, comment, kind):
    decide(comment, by=instructor, decision="ask", reason="Name the text.")
    if kind == "edit":
        edit_comment(now(comment), by=bob, text="About the text.")
    else:
        reply_to_decision(now(comment), by=bob, kind=kind, text="I did.")

    assert told() == TEAM
    assert listed(assistant) == [reverse("case_page", args=["networks", comment])]


def test_what_its_author_deletes_waits_no_more(ada, bob, assistant, instructor, comment):
    report(comment, by=ada)
    delete_comment(now(comment), by=bob)
    deleted = told()
    restore_comment(now(comment), by=bob)
    restored = told()
    delete_post(comment.post, by=ada)

    assert (deleted, restored, told()) == ([], TEAM, [])


def test_a_waiting_guest_is_told_until_the_comment_is_decided_on(assistant, instructor, guest):
    waiting = told()
    address = listed(instructor)
    withdraw_guest_comment(now(guest), by=VISITOR, token=guest.guest.token)
    withdrawn = told()
    restore_guest_comment(now(guest), by=VISITOR, token=guest.guest.token)
    restored = told()
    publish_guest_comment(now(guest), by=instructor)
    published = told()
    undo_decision(now(guest), by=instructor)

    assert (waiting, withdrawn, restored, published) == (TEAM, [], TEAM, [])
    assert address == [f"{reverse('moderation', args=['networks'])}#guests"]
    assert told() == ["Asa Assistant"]


def test_an_objection_of_a_guest_waits(assistant, instructor, guest):
    refuse_guest_comment(now(guest), by=instructor, reason="Names a person.")
    token = guest.guest.token
    object_to_decision(now(guest), by=VISITOR, token=token, text="It does not.")

    assert told() == TEAM
    assert listed(instructor) == [reverse("case_page", args=["networks", guest])]


def test_who_teaches_no_more_learns_nothing(ada, assistant, comment):
    report(comment, by=ada)
    before = listed(assistant)
    Membership.objects.filter(user=assistant).update(role=Membership.Role.STUDENT)

    assert len(before) == 1
    assert listed(assistant) == []


def test_the_digest_has_a_line_without_words_of_what_waits(instructor, guest, ada, comment):
    report(comment, by=ada, sentence="He means me.")
    Notification.objects.update(created_at=timezone.now() - timedelta(days=1))
    key = f"digest:{instructor.pk}:x"
    OutboxMessage.objects.create(key=key, recipient=instructor, template="digest")
    Notification.objects.filter(reader=instructor).update(mail_key=key)

    send_due_mail()

    [text] = [each.body for each in mail.outbox if each.to == [instructor.email]]
    assert text.count("A comment on Of ties waits for your decision") == 2
    for words in ("Hello.", "A thought.", "He means me.", "Ada Student"):
        assert words not in text


def test_a_digest_with_nothing_but_what_was_decided_is_not_sent(instructor, guest, monkeypatch):
    Notification.objects.exclude(kind=Kind.WAITING).delete()
    Notification.objects.update(created_at=timezone.now() - timedelta(days=2))
    monkeypatch.setattr("blog.models.digest_schedules.Schedule.is_due", lambda *args: True)
    assert queue_due_digests() == 1
    refuse_guest_comment(now(guest), by=instructor, reason="Names a person.")

    send_due_mail()

    assert [each.to for each in mail.outbox if each.to == [instructor.email]] == []


def test_only_the_team_chooses_whether_the_digest_has_it(client, ada, instructor):
    def offers(person):
        client.force_login(person)
        return 'value="waiting"' in client.get(reverse("mail_choices_edit")).content.decode()

    assert (offers(ada), offers(instructor)) == (False, True)
