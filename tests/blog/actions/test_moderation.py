"""Reports, decisions about them, and what the author of something does then."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from blog.actions.comments import delete_comment, edit_comment, restore_comment
from blog.actions.moderation import (
    decide,
    reply_to_decision,
    report,
    take_back_report,
    undo_decision,
)
from blog.actions.post_states import delete_post, restore_post
from blog.actions.posts import publish_post
from blog.exceptions import Refused, StaleCase
from blog.models import (
    Audience,
    AuditEvent,
    Comment,
    Membership,
    ModerationCase,
    Notification,
    Post,
    Report,
    User,
    post_of,
)
from blog.queries.notifications import notifications_of
from blog.templatetags.notifications import in_words
from tests import factories

REASON = "It is about the person."


@pytest.fixture
def post(ada, course):
    return factories.make_post(ada, course, "Of ties")


@pytest.fixture
def comment(bob, post):
    return factories.make_comment(bob, post)


@pytest.fixture(params=["post", "comment"])
def target(request, bob, course):
    """Return a post of Bob’s, or a comment of his on another post."""
    author = factories.make_user()
    factories.add_member(course, author)
    if request.param == "post":
        return factories.make_post(bob, course, "Of ties")
    return factories.make_comment(bob, factories.make_post(author, course, "Of ties"))


def case_about(target):
    return ModerationCase.objects.about(target).get()


def log_of(target):
    return list(case_about(target).events.values_list("kind", "actor__display_name", "text"))


def state_of(target):
    target.refresh_from_db()
    return case_about(target).state, target.is_hidden


def hide(target, by, **fields):
    return decide(target, by=by, decision="hide", reason=REASON, **fields)


# Reports


def test_a_report_names_a_norm_and_waits_for_a_decision(ada, target, course):
    norm = factories.make_norm(course, "Discuss the text")

    made = report(target, by=ada, norm=norm, sentence="He means me.")

    assert (made.norm_name, made.sentence, made.is_open) == (
        "Discuss the text",
        "He means me.",
        True,
    )
    assert state_of(target) == ("waiting", False)
    assert log_of(target) == [("report", "Ada Student", "He means me.")]


def test_a_person_has_one_open_report_of_a_thing(ada, target):
    first = report(target, by=ada)

    assert report(target, by=ada, sentence="Again.") == first
    assert Report.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.create(case=first.case, reporter=ada)


def test_a_report_taken_back_leaves_nothing_waiting(ada, target):
    made = report(target, by=ada)

    take_back_report(made, by=ada)
    take_back_report(made, by=ada)

    assert state_of(target) == ("closed", False)
    assert [kind for kind, *_ in log_of(target)] == ["report", "take_back"]
    assert not Report.objects.open().exists()


def test_a_case_waits_while_somebody_elses_report_is_open(ada, assistant, target):
    first, _second = report(target, by=ada), report(target, by=assistant)

    take_back_report(first, by=ada)

    assert state_of(target) == ("waiting", False)


def test_an_objection_waits_though_a_later_report_is_taken_back(ada, bob, instructor, target):
    decide(target, by=instructor, decision="ask", reason=REASON)
    reply_to_decision(target, by=bob, kind="object", text="It is about the text.")

    take_back_report(report(target, by=ada), by=ada)

    assert state_of(target) == ("waiting", False)


def test_what_is_hidden_cannot_be_reported(ada, instructor, comment):
    hide(comment, instructor)

    with pytest.raises(Refused, match="already hidden this"):
        report(comment, by=ada)  # she wrote the post, so she still sees the comment


# Decisions


@pytest.mark.parametrize(
    ("decision", "is_hidden"), [("keep", False), ("ask", False), ("hide", True)]
)
def test_a_decision_closes_the_reports(ada, instructor, target, decision, is_hidden):
    made = report(target, by=ada)

    event = decide(target, by=instructor, decision=decision, reason=REASON)

    made.refresh_from_db()
    assert (made.is_open, made.closed_by) == (False, event)
    assert state_of(target) == (decision, is_hidden)
    assert log_of(target)[-1] == (decision, "Ines Instructor", REASON)
    assert AuditEvent.objects.filter(action=f"moderation_{decision}", actor=instructor).exists()


@pytest.mark.parametrize("decision", ["keep", "ask", "hide"])
def test_undoing_a_decision_brings_back_what_was(ada, instructor, target, decision):
    made = report(target, by=ada)
    decide(target, by=instructor, decision=decision, reason=REASON)

    undo_decision(target, by=instructor)

    made.refresh_from_db()
    assert made.is_open
    assert state_of(target) == ("waiting", False)


def test_undoing_to_show_hides_again(instructor, target):
    hide(target, instructor)
    decide(target, by=instructor, decision="keep", reason="It was edited.")
    assert state_of(target) == ("keep", False)

    undo_decision(target, by=instructor)

    assert state_of(target) == ("hide", True)


def test_a_decision_is_undone_once(instructor, target):
    hide(target, instructor)
    undo_decision(target, by=instructor)

    with pytest.raises(Refused, match="no decision to undo"):
        undo_decision(target, by=instructor)

    assert state_of(target) == ("closed", False)


def test_of_two_decisions_at_once_the_second_is_refused(ada, instructor, assistant, target):
    report(target, by=ada)
    seen = case_about(target).version
    hide(target, instructor, version=seen)

    with pytest.raises(StaleCase):
        decide(target, by=assistant, decision="keep", reason="Fine.", version=seen)

    assert state_of(target) == ("hide", True)


def test_no_guest_is_asked_for_a_change(instructor, post):
    comment = factories.make_comment(None, post, guest_name="Wilma")

    with pytest.raises(Refused, match="comment of a guest"):
        decide(comment, by=instructor, decision="ask", reason=REASON)
    hide(comment, instructor)

    assert state_of(comment) == ("hide", True)


def listed(person):
    """Return what is new for somebody as they are now, by kind, with where it leads."""
    found = notifications_of(User.objects.get(pk=person.pk)).new
    return [(each.kind, each.get_absolute_url()) for each in found]


@pytest.mark.parametrize("decision", ["keep", "ask", "hide"])
def test_author_and_reporter_are_told_of_a_decision(ada, bob, instructor, target, decision):
    report(target, by=ada)

    decide(target, by=instructor, decision=decision, reason=REASON)

    assert listed(ada) == [("report", "/me/work/networks/#reports")]
    assert listed(bob) == [("decision", target.get_absolute_url())]
    assert listed(instructor) == []


def test_a_reporter_reads_what_became_of_their_report(client, bob, instructor, post):
    report(post, by=bob)
    hide(post, instructor)
    client.force_login(bob)

    [(_kind, address)] = listed(bob)
    page = client.get(address).content.decode()

    assert 'id="reports"' in page
    assert REASON in page
    assert "Of ties" not in page


@pytest.mark.parametrize("decision", ["keep", "ask", "hide"])
def test_the_author_is_told_that_a_decision_was_undone(bob, instructor, target, decision):
    decide(target, by=instructor, decision=decision, reason=REASON)
    Notification.objects.update(seen_at=timezone.now())

    undo_decision(target, by=instructor)

    assert listed(bob) == [("decision", target.get_absolute_url())]


def test_of_what_was_not_seen_the_last_event_alone_is_listed(bob, course, instructor, target):
    cyn = factories.make_user("Cyn Student")
    factories.add_member(course, cyn)
    reports = [report(target, by=cyn)]
    other = report(factories.make_comment(bob, post_of(target)), by=cyn)
    decide(other.case.target, by=instructor, decision="keep", reason=REASON)

    def words(reader):
        shown = notifications_of(reader).new
        return [in_words(one, reader) for one in shown if one.kind in ("decision", "report")]

    for decision in ("keep", "ask", "hide"):
        decide(target, by=instructor, decision=decision, reason=REASON)
    decided = words(cyn)[:1], words(bob)[:1]
    undo_decision(target, by=instructor)
    undone = words(cyn), words(bob)[:1]
    Notification.objects.update(seen_at=timezone.now())
    decide(target, by=instructor, decision="hide", reason=REASON)

    of_report, of_own = "something that you reported", "about your"
    assert decided[0] == [f"The teaching team has decided about {of_report}"]
    assert decided[1][0].startswith(f"The teaching team has decided {of_own}")
    assert undone[0] == [
        f"The teaching team took back its decision about {of_report}",
        f"The teaching team has decided about {of_report}",  # the other one
    ]
    assert undone[1][0].startswith(f"The teaching team took back its decision {of_own}")
    assert words(cyn) == decided[0]
    told = Notification.objects.of(cyn).filter(report=reports[0])
    assert (told.count(), told.unseen().count()) == (2, 1)


# What is hidden


def test_a_hidden_post_is_its_authors_and_the_teams(ada, bob, assistant, observer, post):
    hide(post, assistant)

    readers = (ada, bob, assistant, observer)
    assert [Post.objects.visible_to(one).contains(post) for one in readers] == [
        True,
        False,
        True,
        False,
    ]
    assert not Post.objects.open_to_course().contains(post)


def test_a_hidden_public_post_has_no_public_page(client, ada, instructor, course):
    post = factories.make_post(ada, course, audience=Audience.PUBLIC)
    hide(post, instructor)

    assert not Post.objects.beyond_course().contains(post)


def test_a_hidden_post_takes_its_ties_and_gives_them_back(instructor, post, comment):
    hide(post, instructor)
    assert not Comment.objects.counting().exists()

    undo_decision(post, by=instructor)
    assert Comment.objects.counting().contains(comment)


# What its author does


@pytest.mark.parametrize("kind", ["explain", "object"])
def test_an_author_replies_and_the_team_decides_again(bob, instructor, target, kind):
    hide(target, instructor)

    reply_to_decision(target, by=bob, kind=kind, text="It is about the text.")

    assert state_of(target) == ("waiting", True)
    assert log_of(target)[-1] == (kind, "Bob Student", "It is about the text.")
    with pytest.raises(Refused, match="no decision that you can reply to"):
        reply_to_decision(target, by=bob, kind=kind, text="And another.")


def test_an_edited_comment_is_decided_on_again(bob, instructor, comment):
    decide(comment, by=instructor, decision="ask", reason=REASON)

    edit_comment(comment, by=bob, text=comment.text, audience=Comment.Audience.TEAM)
    assert state_of(comment) == ("ask", False)
    comment.refresh_from_db()
    edit_comment(comment, by=bob, text="About the text.")

    assert state_of(comment) == ("waiting", False)


def test_a_content_note_is_a_change_that_is_decided_on(bob, instructor, comment):
    decide(comment, by=instructor, decision="ask", reason="Give it a content note.")

    edit_comment(comment, by=bob, text=comment.text, content_note="a flood")

    assert state_of(comment) == ("waiting", False)


def test_an_edited_post_stays_hidden_and_is_decided_on_again(ada, instructor, post):
    hide(post, instructor)
    post.refresh_from_db()

    publish_post(post, by=ada, title="Of ties", text="Better.", audience=Audience.COURSE)

    assert state_of(post) == ("waiting", True)


def test_deleting_a_reported_thing_closes_the_report_and_restoring_opens_it(ada, bob, comment):
    made = report(comment, by=ada)

    delete_comment(comment, by=bob)
    made.refresh_from_db()
    assert (made.is_open, made.closed_by.kind, state_of(comment)[0]) == (False, "delete", "closed")

    restore_comment(comment, by=bob)
    made.refresh_from_db()
    assert (made.is_open, state_of(comment)[0]) == (True, "waiting")


def test_deleting_a_post_closes_the_cases_of_its_comments(ada, bob, instructor, post, comment):
    made = report(comment, by=instructor)
    gone = factories.make_comment(bob, post)
    report(gone, by=instructor)
    delete_comment(gone, by=bob)

    delete_post(post, by=ada)
    assert not ModerationCase.objects.waiting().exists()
    restore_post(post, by=ada)

    made.refresh_from_db()
    assert (made.is_open, state_of(comment)[0], state_of(gone)[0]) == (True, "waiting", "closed")


def test_a_post_that_its_author_makes_private_waits_for_nobody(ada, bob, post):
    report(post, by=bob)
    content = {"title": "Of ties", "text": post.revision.text}

    publish_post(post, by=ada, audience=Audience.ONLY_ME, **content)
    assert state_of(post)[0] == "closed"
    publish_post(post, by=ada, audience=Audience.COURSE, **content)

    assert state_of(post)[0] == "waiting"


def test_a_report_stays_when_its_writer_leaves(ada, bob, instructor, comment):
    made = report(comment, by=ada)
    Membership.objects.filter(user=ada).update(ended_at=timezone.now())

    decide(comment, by=instructor, decision="keep", reason="It is about the text.")

    made.refresh_from_db()
    assert not made.is_open
    assert not Notification.objects.filter(reader=ada, kind="report").exists()


def test_a_report_keeps_its_author_from_no_reply_to_a_decision(target, bob, instructor, ada):
    decide(target, by=instructor, decision="ask", reason=REASON)
    report(target, by=ada)

    reply_to_decision(target, by=bob, kind="explain", text="It is meant well.")

    case = case_about(target)
    assert (case.state, case.state_without_reports()) == ("waiting", "waiting")


def test_without_reports_a_case_is_where_decisions_left_it(target, instructor, ada):
    states = []
    for act in (
        lambda: report(target, by=ada),
        lambda: decide(target, by=instructor, decision="keep", reason=REASON),
        lambda: report(target, by=ada),
        lambda: decide(target, by=instructor, decision="hide", reason=REASON),
        lambda: undo_decision(target, by=instructor),
        lambda: take_back_report(Report.objects.open().get(), by=ada),
    ):
        act()
        states.append((case_about(target).state, case_about(target).state_without_reports()))

    assert states == [
        ("waiting", "closed"),
        ("keep", "keep"),
        ("waiting", "keep"),
        ("hide", "hide"),
        ("waiting", "keep"),
        ("keep", "keep"),
    ]
