"""A case as an author and a reporter read it: the present state, and its history."""

import re

import pytest
from django.urls import reverse

from blog.actions.comments import delete_comment, edit_comment, restore_comment
from blog.actions.moderation import decide, reply_to_decision, report, undo_decision
from blog.models import Comment, User
from blog.queries.notifications import notifications_of
from blog.queries.own_moderation import own_moderation, own_report
from tests import factories


@pytest.fixture
def comment(bob, ada, course):
    return factories.make_comment(bob, factories.make_post(ada, course, "Of ties"))


@pytest.fixture
def cyn(course):
    user = factories.make_user("Cyn Student")
    factories.add_member(course, user)
    return user


def decide_on(comment, decision, by, reason):
    comment = Comment.objects.select_related("post__course").get(pk=comment.pk)
    decide(comment, by=by, decision=decision, reason=reason)


def undo(comment, by):
    undo_decision(Comment.objects.select_related("post__course").get(pk=comment.pk), by=by)


def read_by(reporter, comment):
    """Return what holds now and the log that a reporter reads: kind and reason."""
    own = own_report(comment, reporter)
    return own.outcome and own.outcome.kind, [(e.kind, e.text) for e in own.events]


def words_of(client, reader, name, *args):
    client.force_login(reader)
    html = client.get(reverse(name, args=["networks", *args])).content.decode()
    return " ".join(re.sub(r"<[^>]*>", " ", html.partition("<main")[2]).split())


def test_a_reporter_reads_later_decisions_and_undos(cyn, instructor, assistant, comment):
    report(comment, by=cyn)
    waiting = read_by(cyn, comment)
    decide_on(comment, "keep", instructor, "It is about the text.")
    decide_on(comment, "hide", assistant, "It names a person.")
    hidden = read_by(cyn, comment)
    undo(comment, instructor)

    assert waiting == (None, [])
    log = [("keep", "It is about the text."), ("hide", "It names a person.")]
    assert hidden == ("hide", log)
    assert read_by(cyn, comment) == ("keep", [*log, ("undo", "")])


def test_a_report_waits_again_once_its_decision_is_undone(cyn, instructor, comment):
    report(comment, by=cyn)
    decide_on(comment, "hide", instructor, "Too sharp.")
    undo(comment, instructor)

    assert read_by(cyn, comment) == (None, [("hide", "Too sharp."), ("undo", "")])


def test_a_reporter_reads_that_its_author_took_it_away_and_brought_it_back(
    cyn, bob, instructor, comment
):
    report(comment, by=cyn)
    decide_on(comment, "ask", instructor, "Name the text.")
    delete_comment(comment, by=bob)
    gone = read_by(cyn, comment)
    comment.refresh_from_db()
    restore_comment(comment, by=bob)

    assert gone == ("delete", [("ask", "Name the text."), ("delete", "")])
    assert read_by(cyn, comment)[0] == "ask"


def test_a_reporter_reads_nothing_of_others_nor_of_what_the_author_says(
    client, ada, bob, cyn, instructor, comment
):
    decide_on(comment, "keep", instructor, "Before any report.")
    report(comment, by=cyn, sentence="It hurts.")
    decide_on(comment, "ask", instructor, "Name the text.")
    reply_to_decision(comment, by=bob, kind="explain", text="I meant the book.")
    edit_comment(comment, by=bob, text="About the book.")
    report(comment, by=ada, sentence="Me too.")

    for words in (
        words_of(client, cyn, "course_work"),
        words_of(client, cyn, "report_new", comment),
    ):
        assert "A change is asked for" in words
        assert "Ines Instructor asked for a change. Name the text." in words
        for hidden in ("I meant the book.", "Me too.", "Ada Student reported", "Before any report"):
            assert hidden not in words


def test_reporters_are_told_of_later_decisions_and_undos(cyn, instructor, comment):
    report(comment, by=cyn)
    told = []
    for act in (
        lambda: decide_on(comment, "keep", instructor, "Fine."),
        lambda: decide_on(comment, "hide", instructor, "Not fine."),
        lambda: undo(comment, instructor),
    ):
        act()
        [unseen] = notifications_of(User.objects.get(pk=cyn.pk)).new
        told.append(unseen.pk)

    assert len(set(told)) == 3  # each time a new one, in place of the last


def test_an_author_reads_decisions_and_undos_with_their_reasons(client, bob, instructor, comment):
    decide_on(comment, "ask", instructor, "Name the text.")
    decide_on(comment, "hide", instructor, "It names a person.")
    undo(comment, instructor)

    words = words_of(client, bob, "course_work")

    assert "A change is asked for" in words
    assert (
        words.index("asked for a change. Name the text.")
        < words.index("decided to hide it. It names a person.")
        < words.index("Ines Instructor undid the decision.")
    )


def test_an_author_still_reads_of_a_decision_that_was_undone(client, bob, instructor, comment):
    decide_on(comment, "hide", instructor, "It names a person.")
    undo(comment, instructor)

    assert "Ines Instructor undid the decision." in words_of(client, bob, "course_work")
    page = words_of(client, bob, "post_page", comment.post.slug)
    assert "The teaching team undid their decision about this." in page


@pytest.mark.parametrize("count", [1, 3])
def test_own_moderation_costs_the_same_at_one_and_three(
    django_assert_num_queries, bob, cyn, instructor, comment, course, count
):
    for _each in range(count):
        mine, theirs = (factories.make_comment(one, comment.post) for one in (bob, cyn))
        factories.make_case(mine, by=instructor)
        report(theirs, by=bob)
        decide_on(theirs, "keep", instructor, "Fine.")
    reader = User.objects.get(pk=bob.pk)
    assert reader.membership_in(course).course_has_cases

    with django_assert_num_queries(5):
        # cases, their events and reports; reports, their cases' events
        own_moderation(reader, course)
