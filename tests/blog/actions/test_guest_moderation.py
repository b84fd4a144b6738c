"""The teaching team publishes comments by guests or does not, and can undo both."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from blog.actions.guest_comments import object_to_decision
from blog.actions.guest_moderation import (
    publish_guest_comment,
    refuse_guest_comment,
    refuse_spam,
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
    note_filtering,
)
from blog.models.guest_comments import decide_guest_comment
from blog.queries.moderation import moderation_page
from blog.queries.own_moderation import guest_log
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
    assert AuditEvent.objects.filter(action="moderation_keep").count() == 1


def test_the_author_of_the_post_is_told_of_what_shows(post, instructor, ada):
    shown, refused = (factories.make_guest_comment(post) for _two in range(2))

    publish_guest_comment(shown, by=instructor)
    refuse_guest_comment(refused, by=instructor, reason="No.")

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

    undo_decision(stored(comment), by=instructor)

    guest = stored(comment).guest
    assert (stored(comment).state, guest.decided_by, guest.decided_at) == (
        State.WAITING,
        None,
        None,
    )
    assert OutboxMessage.objects.count() == 0
    with pytest.raises(Refused, match="no decision"):
        undo_decision(stored(comment), by=instructor)


def test_a_comment_that_is_taken_back_is_what_it_was_after_an_undo(post, instructor):
    comment = factories.make_guest_comment(post, state=State.OPEN, spam_check=SpamCheck.HAM)
    refuse_guest_comment(comment, by=instructor, reason="No.")

    undo_decision(stored(comment), by=instructor)

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
    elif decide == "spam":
        refuse_spam(comment, by=instructor)
    else:
        refuse_guest_comment(comment, by=instructor, reason="No.")

    guest = stored(comment).guest
    assert guest.report == report
    assert (guest.report_due_at is not None) == (report != Report.NONE)


def test_a_decision_after_a_mailed_one_is_mailed_too(post, instructor):
    comment = factories.make_guest_comment(post)
    publish_guest_comment(comment, by=instructor)
    refuse_guest_comment(comment, by=instructor, reason="No.")
    assert OutboxMessage.objects.count() == 1  # the first was not sent yet
    OutboxMessage.objects.update(sent_at=timezone.now(), attempts=1)

    publish_guest_comment(comment, by=instructor)

    assert OutboxMessage.objects.count() == 2
    assert OutboxMessage.objects.waiting().count() == 1


def test_an_undo_that_shows_a_comment_again_is_mailed(post, instructor):
    comment = factories.make_guest_comment(post, state=State.OPEN)
    refuse_guest_comment(comment, by=instructor, reason="No.")
    OutboxMessage.objects.update(sent_at=timezone.now(), attempts=1)

    undo_decision(stored(comment), by=instructor)

    assert OutboxMessage.objects.waiting().count() == 1


def test_a_comment_that_is_published_again_is_not_new_again(post, instructor, ada):
    comment = factories.make_guest_comment(post)
    publish_guest_comment(comment, by=instructor)
    arrived_at = stored(comment).arrived_at
    refuse_guest_comment(comment, by=instructor, reason="No.")

    publish_guest_comment(comment, by=instructor)

    assert stored(comment).arrived_at == arrived_at
    assert Notification.objects.filter(reader=ada).count() == 1


def test_a_report_that_waits_goes_with_an_undo(post, instructor):
    comment = factories.make_guest_comment(post, spam_check=SpamCheck.SPAM, ip="198.51.100.7")
    publish_guest_comment(comment, by=instructor)

    undo_decision(stored(comment), by=instructor)

    assert (stored(comment).guest.report, stored(comment).guest.report_due_at) == ("", None)


def test_a_second_thought_after_a_report_is_reported_too(post, instructor):
    comment = factories.make_guest_comment(post, spam_check=SpamCheck.HAM, ip="198.51.100.7")
    refuse_spam(comment, by=instructor)
    GuestComment.objects.update(report_due_at=None)  # as after it was sent

    publish_guest_comment(comment, by=instructor)

    assert stored(comment).guest.report == Report.HAM


# The log


def log_of(comment):
    events = ModerationCase.objects.about(comment).get().events
    return list(events.values_list("kind", "actor__display_name", "text"))


def guest_reads(comment):
    """Return the words that the status page has for what happened, without those of others."""
    return [(event.kind, event.text) for event in guest_log(stored(comment))]


def test_every_decision_is_in_the_log_of_one_case(post, course, instructor, assistant):
    comment = factories.make_guest_comment(post)

    refuse_spam(comment, by=assistant)
    undo_decision(stored(comment), by=instructor)
    assert waiting_guests(course, instructor).waiting == [comment]
    publish_guest_comment(stored(comment), by=instructor)
    refuse_guest_comment(stored(comment), by=assistant, reason="Names a person.")
    undo_decision(stored(comment), by=assistant)

    assert stored(comment).is_open
    assert log_of(comment) == [
        ("hide", "Asa Assistant", "It is spam."),
        ("undo", "Ines Instructor", ""),
        ("keep", "Ines Instructor", ""),
        ("hide", "Asa Assistant", "Names a person."),
        ("undo", "Asa Assistant", ""),
    ]
    assert [kind for kind, _text in guest_reads(comment)] == [
        "hide",
        "undo",
        "keep",
        "hide",
        "undo",
    ]


def test_a_guest_reads_nothing_of_reports(post, bob, instructor):
    comment = factories.make_guest_comment(post)
    publish_guest_comment(comment, by=instructor)
    report(stored(comment), by=bob, sentence="He sells doors.")
    decide(stored(comment), by=instructor, decision="keep", reason="He does not.")

    assert guest_reads(comment) == [("keep", ""), ("keep", "He does not.")]


def test_what_was_never_published_is_not_listed_as_hidden(post, course, instructor):
    never, once = (factories.make_guest_comment(post) for _two in range(2))
    publish_guest_comment(once, by=instructor)
    for comment in (never, once):
        refuse_guest_comment(stored(comment), by=instructor, reason="Names a person.")

    page = moderation_page(instructor, course)

    assert [entry.target for entry in page["hidden"]] == [once]
    about = [(event.case.comment, event.kind) for event in page["decisions"]]
    assert about == [(once, "hide"), (never, "hide"), (once, "keep")]


def test_an_undone_decision_leaves_that_of_the_spam_filter(post, instructor):
    comment = factories.make_guest_comment(post, spam_check=SpamCheck.BLATANT)
    note_filtering(stored(comment), is_published=False)
    decide_guest_comment(stored(comment), State.HIDDEN, by=None)
    filtered = stored(comment).guest.decided_at

    publish_guest_comment(stored(comment), by=instructor)
    undo_decision(stored(comment), by=instructor)

    guest = stored(comment).guest
    assert (stored(comment).state, guest.decided_by) == (State.HIDDEN, None)
    assert abs(guest.decided_at - filtered) < timedelta(seconds=5)
    assert guest.is_refused_by_filter
    with pytest.raises(Refused, match="no decision to undo"):
        undo_decision(stored(comment), by=instructor)


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

    refuse_spam(stored(comment), by=instructor)
    made.refresh_from_db()
    refused = (made.is_open, stored(comment).state, stored(comment).guest.report)
    undo_decision(stored(comment), by=instructor)

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
    assert waiting_guests(course, instructor).waiting == []
    publish_guest_comment(stored(comment), by=instructor, reason="So it is.")

    assert log_of(comment) == [
        ("hide", "Ines Instructor", "Off topic."),
        ("object", None, "It is about doors."),
        ("keep", "Ines Instructor", "So it is."),
    ]
    assert stored(comment).is_open
    assert not stored(comment).guest.has_open_objection
