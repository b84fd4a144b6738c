"""Tasks about guests: asking the spam filter, reporting to it, deleting."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from blog.actions.guest_moderation import publish_guest_comment, refuse_spam
from blog.lookup import akismet as akismet_client
from blog.models import Audience, AuditEvent, Comment, GuestComment, GuestComments, OutboxMessage
from blog.tasks import check_guest_comments, delete_old_guest_details, report_guest_comments
from tests import factories

State, SpamCheck, Report = Comment.State, GuestComment.SpamCheck, GuestComment.Report
DISCARD = {"X-akismet-pro-tip": "discard"}


@pytest.fixture
def post(ada, course):
    return factories.make_post(ada, course, "Out there", audience=Audience.PUBLIC)


def make_due_comment(post, **fields):
    fields = {"spam_check": SpamCheck.DUE, "due_at": timezone.now(), "ip": "198.51.100.7"} | fields
    return factories.make_guest_comment(post, **fields)


def stored(comment):
    return Comment.objects.select_related("guest").get(pk=comment.pk)


def outcome(comment):
    now = stored(comment)
    return now.state, now.guest.spam_check


@pytest.mark.parametrize(
    ("setting", "body", "headers", "expected"),
    [
        (GuestComments.FILTERED, "false", {}, (State.OPEN, SpamCheck.HAM)),
        (GuestComments.MODERATED, "false", {}, (State.WAITING, SpamCheck.HAM)),
        (GuestComments.OFF, "false", {}, (State.WAITING, SpamCheck.HAM)),
        (GuestComments.FILTERED, "true", {}, (State.WAITING, SpamCheck.SPAM)),
        (GuestComments.FILTERED, "true", DISCARD, (State.HIDDEN, SpamCheck.BLATANT)),
        (GuestComments.MODERATED, "true", DISCARD, (State.HIDDEN, SpamCheck.BLATANT)),
    ],
)
def test_the_course_says_what_an_answer_means(
    akismet, course, post, setting, body, headers, expected
):
    course.guest_comments = setting
    course.save()
    comment = make_due_comment(post)
    akismet.lay("/1.1/comment-check", body, **headers)

    checked = [check_guest_comments(), check_guest_comments()]

    assert checked == [1, 0]
    assert outcome(comment) == expected
    is_decided = expected[0] != State.WAITING
    assert OutboxMessage.objects.filter(template="guest_comment_decided").exists() == is_decided
    assert AuditEvent.objects.filter(action="guest_comment_filtered").exists() == is_decided


def test_what_is_asked_is_the_comment_and_the_address_of_its_post(akismet, post):
    parent = factories.make_comment(post.author, post, audience=Comment.Audience.EVERYONE)
    comment = make_due_comment(post, website="https://gil.example/")
    Comment.objects.filter(pk=comment.pk).update(parent=parent)

    check_guest_comments()

    [form] = akismet.forms
    assert form["permalink"] == f"http://127.0.0.1:8000/p/{post.pk}/{post.slug}/"
    assert (form["comment_type"], form["comment_author"]) == ("reply", "Gil Guest")
    assert (form["comment_content"], form["comment_author_url"]) == (
        "A guest's thought.",
        "https://gil.example/",
    )


def test_an_answer_that_is_not_sure_waits_and_is_asked_for_again(akismet, course, post):
    course.guest_comments = GuestComments.FILTERED
    course.save()
    comment = make_due_comment(post)
    akismet.lay("/1.1/comment-check", "false", **{"X-akismet-recheck-after": "600"})

    checked = [check_guest_comments(), check_guest_comments()]
    due_in = stored(comment).guest.due_at - timezone.now()
    first = outcome(comment)
    GuestComment.objects.update(due_at=timezone.now())
    akismet.lay("/1.1/comment-check", "false")
    check_guest_comments()

    assert checked == [1, 0]
    assert timedelta(minutes=9) < due_in <= timedelta(minutes=10)
    assert first == (State.WAITING, SpamCheck.DUE)
    assert outcome(comment) == (State.OPEN, SpamCheck.HAM)
    assert [form.get("recheck_reason") for form in akismet.forms] == [None, "recheck"]


@pytest.mark.parametrize(("body", "status"), [("invalid", 200), ("", 500)])
def test_no_answer_waits_longer_each_time_and_ends_the_batch(akismet, post, body, status):
    first, second = make_due_comment(post), make_due_comment(post)
    akismet.lay("/1.1/comment-check", body, status=status)
    waits = []
    for _round in range(3):
        GuestComment.objects.filter(pk=first.pk).update(due_at=timezone.now() - timedelta(hours=1))
        GuestComment.objects.filter(pk=second.pk).update(due_at=timezone.now())
        cache.clear()  # the pause after a 500 is the throttle's
        assert check_guest_comments() == 0
        waits.append(stored(first).guest.due_at - timezone.now())

    assert len(akismet.asked) == 3
    assert outcome(first) == (State.WAITING, SpamCheck.DUE)
    assert [round(wait.total_seconds() / 60) for wait in waits] == [20, 40, 80]
    assert stored(second).guest.failures == 0


def test_what_goes_wrong_with_one_comment_leaves_the_others(akismet, monkeypatch, post):
    odd, other = make_due_comment(post), make_due_comment(post)
    ask = akismet_client.check_comment

    def fail_once(submission, **options):
        if submission.text == "odd":
            raise ValueError("nobody has thought of this")
        return ask(submission, **options)

    Comment.objects.filter(pk=odd.pk).update(text="odd")
    monkeypatch.setattr(akismet_client, "check_comment", fail_once)

    assert check_guest_comments() == 1
    assert outcome(odd) == (State.WAITING, SpamCheck.DUE)
    assert stored(odd).guest.failures == 1
    assert outcome(other) == (State.WAITING, SpamCheck.HAM)


def test_a_decision_of_the_team_is_not_waited_for_by_the_filter(akismet, post, instructor):
    comment = make_due_comment(post)
    publish_guest_comment(comment, by=instructor)

    assert check_guest_comments() == 0
    assert akismet.asked == []


def test_what_is_withdrawn_is_not_asked_about(akismet, post):
    comment = make_due_comment(post)
    Comment.objects.filter(pk=comment.pk).update(deleted_at=timezone.now())

    assert check_guest_comments() == 0


def test_a_site_without_a_key_asks_nobody(akismet, settings, post):
    make_due_comment(post)
    settings.AKISMET_KEY = ""

    assert check_guest_comments() == 0
    assert akismet.asked == []


@pytest.mark.parametrize(
    ("spam_check", "is_spam", "path"),
    [(SpamCheck.SPAM, False, "/1.1/submit-ham"), (SpamCheck.HAM, True, "/1.1/submit-spam")],
)
def test_what_the_team_knows_better_is_reported_once(
    akismet, post, instructor, spam_check, is_spam, path
):
    comment = make_due_comment(post, spam_check=spam_check, due_at=None)
    akismet.lay(path, "Thanks for making the web a better place.")
    if is_spam:
        refuse_spam(comment, by=instructor)
    else:
        publish_guest_comment(comment, by=instructor)
    too_early = report_guest_comments()
    GuestComment.objects.update(report_due_at=timezone.now())

    reported = [report_guest_comments(), report_guest_comments()]

    assert (too_early, reported) == (0, [1, 0])
    assert akismet.asked == [path]
    assert akismet.forms[0]["comment_content"] == "A guest's thought."


def test_a_report_that_fails_is_sent_again(akismet, post, instructor):
    comment = make_due_comment(post, spam_check=SpamCheck.SPAM, due_at=None)
    publish_guest_comment(comment, by=instructor)
    GuestComment.objects.update(report_due_at=timezone.now())

    assert report_guest_comments() == 0
    guest = stored(comment).guest
    assert (guest.report, guest.failures) == (Report.HAM, 1)
    assert guest.report_due_at > timezone.now()


def days_ago(days):
    return timezone.now() - timedelta(days=days)


def test_the_origin_goes_after_thirty_days(post):
    origin = {"ip": "198.51.100.7", "user_agent": "Firefox", "referrer": "https://x.example/"}
    old = make_due_comment(post, at=days_ago(31), **origin)
    new = make_due_comment(post, at=days_ago(29), **origin)

    deleted = [delete_old_guest_details(), delete_old_guest_details()]

    assert deleted == [1, 0]
    guest = stored(old).guest
    assert (guest.ip, guest.user_agent, guest.referrer, guest.spam_check) == (None, "", "", "")
    assert guest.email == "gil@example.org"
    assert stored(new).guest.ip == "198.51.100.7"


def test_the_email_goes_after_ninety_days_and_with_it_what_nobody_reads(post, bob):
    shown = factories.make_guest_comment(post, at=days_ago(91), state=State.OPEN)
    waiting = factories.make_guest_comment(post, at=days_ago(91))
    refused = factories.make_guest_comment(post, at=days_ago(91), state=State.HIDDEN)
    withdrawn = factories.make_guest_comment(post, at=days_ago(91))
    Comment.objects.filter(pk=withdrawn.pk).update(deleted_at=timezone.now())
    with_reply = factories.make_guest_comment(post, at=days_ago(91), state=State.HIDDEN)
    factories.make_comment(bob, post, parent=with_reply, tied=False)
    fresh = factories.make_guest_comment(post, at=days_ago(89), state=State.HIDDEN)

    delete_old_guest_details()

    emails = dict(GuestComment.objects.values_list("pk", "email"))
    assert emails == {
        shown.pk: "",
        waiting.pk: "gil@example.org",
        with_reply.pk: "",
        fresh.pk: "gil@example.org",
    }
    assert not Comment.objects.filter(pk__in=[refused.pk, withdrawn.pk]).exists()
    assert delete_old_guest_details() == 0


def test_an_imported_comment_stays(post):
    comment = factories.make_guest_comment(
        post, at=days_ago(6000), state=State.HIDDEN, is_imported=True, email=""
    )

    delete_old_guest_details()

    assert outcome(comment) == (State.HIDDEN, SpamCheck.OFF)


@pytest.mark.django_db(transaction=True)
def test_the_filter_is_asked_outside_of_transactions(akismet, post, monkeypatch):
    """Nobody who writes waits for a service that is slow."""
    make_due_comment(post)
    states = []

    def ask(submission, *, is_retry=False):
        states.append(connection.in_atomic_block)
        return akismet_client.SpamAnswer(is_spam=False)

    monkeypatch.setattr(akismet_client, "check_comment", ask)

    check_guest_comments()

    assert states == [False]
