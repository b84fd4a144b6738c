"""The teaching team publishes comments by guests or does not, and can undo both."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from blog.actions.comments import hide_comment, show_comment
from blog.actions.guest_comments import object_to_decision
from blog.actions.guest_moderation import (
    publish_guest_comment,
    refuse_guest_comment,
    undo_guest_decision,
)
from blog.actions.moderation import decide, report, undo_decision
from blog.exceptions import Refused
from blog.models import (
    Audience,
    AuditEvent,
    Comment,
    GuestComment,
    ModerationCase,
    Notification,
    OutboxMessage,
)
from blog.queries.waiting_guests import waiting_guests
from tests import factories

State, SpamCheck, Report = Comment.State, GuestComment.SpamCheck, GuestComment.Report


@pytest.fixture
def post(ada, course):
    return factories.make_post(ada, course, "Out there", audience=Audience.PUBLIC)


def stored(comment):
    return Comment.objects.select_related("guest", "post__course").get(pk=comment.pk)


def test_a_published_comment_is_open_and_its_guest_is_mailed_once(post, instructor):
    comment = factories.make_guest_comment(post)

    for _twice in range(2):
        publish_guest_comment(comment, by=instructor)

    assert stored(comment).state == State.OPEN
    assert stored(comment).guest.decided_by == instructor
    assert stored(comment).arrived_at == stored(comment).guest.decided_at
    [message] = OutboxMessage.objects.all()
    assert message.template == "guest_comment_decided"
    assert message.due_at > timezone.now()  # not before a team that thinks again has had its time
    assert AuditEvent.objects.filter(action="guest_comment_published").count() == 1


def test_the_author_of_the_post_is_told_of_what_shows(post, instructor, ada):
    shown, refused = (factories.make_guest_comment(post) for _two in range(2))

    publish_guest_comment(shown, by=instructor)
    refuse_guest_comment(refused, by=instructor)

    assert list(Notification.objects.values_list("reader", "comment")) == [(ada.pk, shown.pk)]


def test_a_refused_comment_is_hidden_with_the_reason(post, instructor):
    comment = factories.make_guest_comment(post)

    refuse_guest_comment(comment, by=instructor, reason="Names a person.")

    assert (stored(comment).state, stored(comment).guest.reason) == (
        State.HIDDEN,
        "Names a person.",
    )


def test_an_undone_decision_is_mailed_to_nobody(post, instructor):
    comment = factories.make_guest_comment(post)
    publish_guest_comment(comment, by=instructor)

    undo_guest_decision(comment, by=instructor)

    guest = stored(comment).guest
    assert (stored(comment).state, guest.decided_by, guest.decided_at) == (
        State.WAITING,
        None,
        None,
    )
    assert OutboxMessage.objects.count() == 0
    with pytest.raises(Refused, match="no decision"):
        undo_guest_decision(comment, by=instructor)


def test_a_comment_that_is_taken_back_is_what_it_was_after_an_undo(post, instructor):
    comment = factories.make_guest_comment(post, state=State.OPEN, spam_check=SpamCheck.HAM)
    refuse_guest_comment(comment, by=instructor)

    undo_guest_decision(comment, by=instructor)

    assert stored(comment).state == State.OPEN


@pytest.mark.parametrize(
    ("spam_check", "decide", "report"),
    [
        (SpamCheck.SPAM, "publish", Report.HAM),
        (SpamCheck.BLATANT, "publish", Report.HAM),
        (SpamCheck.HAM, "publish", Report.NONE),
        (SpamCheck.HAM, "refuse", Report.NONE),
        (SpamCheck.HAM, "spam", Report.SPAM),
        (SpamCheck.SPAM, "spam", Report.NONE),
        (SpamCheck.SPAM, "refuse", Report.NONE),
        (SpamCheck.OFF, "spam", Report.NONE),
        (SpamCheck.DUE, "publish", Report.NONE),
    ],
)
def test_what_contradicts_the_spam_filter_is_reported(post, instructor, spam_check, decide, report):
    due_at = timezone.now() if spam_check == SpamCheck.DUE else None
    comment = factories.make_guest_comment(
        post, spam_check=spam_check, ip="198.51.100.7", due_at=due_at
    )

    if decide == "publish":
        publish_guest_comment(comment, by=instructor)
    else:
        refuse_guest_comment(comment, by=instructor, is_spam=decide == "spam")

    guest = stored(comment).guest
    assert guest.report == report
    assert (guest.report_due_at is not None) == (report != Report.NONE)


def test_a_decision_after_a_mailed_one_is_mailed_too(post, instructor):
    comment = factories.make_guest_comment(post)
    publish_guest_comment(comment, by=instructor)
    refuse_guest_comment(comment, by=instructor)
    assert OutboxMessage.objects.count() == 1  # the first was not sent yet
    OutboxMessage.objects.update(sent_at=timezone.now(), attempts=1)

    publish_guest_comment(comment, by=instructor)

    assert OutboxMessage.objects.count() == 2
    assert OutboxMessage.objects.waiting().count() == 1


def test_an_undo_that_shows_a_comment_again_is_mailed(post, instructor):
    comment = factories.make_guest_comment(post, state=State.OPEN)
    refuse_guest_comment(comment, by=instructor)
    OutboxMessage.objects.update(sent_at=timezone.now(), attempts=1)

    undo_guest_decision(comment, by=instructor)

    assert OutboxMessage.objects.waiting().count() == 1


def test_a_comment_that_is_published_again_is_not_new_again(post, instructor, ada):
    comment = factories.make_guest_comment(post)
    publish_guest_comment(comment, by=instructor)
    arrived_at = stored(comment).arrived_at
    refuse_guest_comment(comment, by=instructor)

    publish_guest_comment(comment, by=instructor)

    assert stored(comment).arrived_at == arrived_at
    assert Notification.objects.filter(reader=ada).count() == 1


def test_a_report_that_waits_goes_with_an_undo(post, instructor):
    comment = factories.make_guest_comment(post, spam_check=SpamCheck.SPAM, ip="198.51.100.7")
    publish_guest_comment(comment, by=instructor)

    undo_guest_decision(comment, by=instructor)

    assert (stored(comment).guest.report, stored(comment).guest.report_due_at) == ("", None)


def test_a_second_thought_after_a_report_is_reported_too(post, instructor):
    comment = factories.make_guest_comment(post, spam_check=SpamCheck.HAM, ip="198.51.100.7")
    refuse_guest_comment(comment, by=instructor, is_spam=True)
    GuestComment.objects.update(report_due_at=None)  # as after it was sent

    publish_guest_comment(comment, by=instructor)

    assert stored(comment).guest.report == Report.HAM


def test_the_buttons_under_a_post_decide_too(post, instructor):
    comment = factories.make_guest_comment(post)

    show_comment(stored(comment), by=instructor)
    shown = stored(comment)
    hide_comment(stored(comment), by=instructor)

    assert (shown.state, shown.guest.decided_by) == (State.OPEN, instructor)
    assert stored(comment).guest.state_before == State.OPEN


# Once there is a case


def log_of(comment):
    events = ModerationCase.objects.about(comment).get().events
    return list(events.values_list("kind", "actor__display_name", "text"))


def guests_decided(course, instructor):
    return waiting_guests(course, instructor).decided


def test_a_guest_reads_why_a_published_comment_was_hidden(post, course, instructor):
    comment = factories.make_guest_comment(post)
    publish_guest_comment(comment, by=instructor)
    assert guests_decided(course, instructor) == [comment]

    decide(stored(comment), by=instructor, decision="hide", reason="Names a person.")

    assert stored(comment).guest.reason == "Names a person."
    assert guests_decided(course, instructor) == []  # it is hidden by a case, and undone there


def test_a_guest_reads_the_reason_of_the_last_decision(post, instructor, assistant):
    comment = factories.make_guest_comment(post, state=State.OPEN)
    reasons = []
    for reason in ("Names a person.", "Names two."):
        decide(stored(comment), by=instructor, decision="hide", reason=reason)
        reasons.append(stored(comment).guest.reason)
    undo_decision(stored(comment), by=assistant)

    assert reasons == ["Names a person.", "Names two."]
    assert stored(comment).guest.reason == "Names a person."
    assert stored(comment).is_hidden


def test_what_has_a_case_is_decided_and_undone_there(post, bob, instructor):
    comment = factories.make_guest_comment(post, state=State.OPEN, spam_check=SpamCheck.HAM)
    GuestComment.objects.update(ip="198.51.100.7")
    made = report(stored(comment), by=bob)

    refuse_guest_comment(stored(comment), by=instructor, reason="Sells doors.", is_spam=True)
    made.refresh_from_db()
    refused = (made.is_open, stored(comment).state, stored(comment).guest.report)
    undo_guest_decision(stored(comment), by=instructor)

    assert refused == (False, State.HIDDEN, Report.SPAM)
    assert stored(comment).state == State.OPEN
    assert [event[:2] for event in log_of(comment)] == [
        ("report", "Bob Student"),
        ("hide", "Ines Instructor"),
        ("undo", "Ines Instructor"),
    ]


def test_an_objection_to_a_case_waits_there_and_is_decided_there(post, course, instructor):
    comment = factories.make_guest_comment(post, state=State.OPEN)
    decide(stored(comment), by=instructor, decision="hide", reason="Off topic.")

    token = stored(comment).guest.token
    object_to_decision(stored(comment), by=AnonymousUser(), token=token, text="It is about doors.")
    assert ModerationCase.objects.waiting().get().comment == comment
    assert waiting_guests(course, instructor).objected == []
    publish_guest_comment(stored(comment), by=instructor, reason="So it is.")

    assert log_of(comment) == [
        ("hide", "Ines Instructor", "Off topic."),
        ("object", None, "It is about doors."),
        ("keep", "Ines Instructor", "So it is."),
    ]
    assert stored(comment).is_open
    assert not stored(comment).guest.has_open_objection
