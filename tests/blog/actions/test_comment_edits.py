"""Edits of comments: which of them readers are told of, and which former texts are kept."""

from datetime import timedelta

import pytest
from django.utils import timezone

from blog.actions.comments import add_comment, delete_comment, edit_comment, restore_comment
from blog.actions.moderation import decide, undo_decision
from blog.exceptions import StaleVersion
from blog.models import Audience, Comment, CommentRevision, User
from tests import factories
from tests.threads import on_postgresql, queueing

TEAM, READERS, EVERYONE = Comment.Audience.values
MINUTE = timedelta(minutes=1)


@pytest.fixture
def post(ada, course):
    return factories.make_post(ada, course)


def written(post, author, *, ago, **fields):
    """Return a comment that its author wrote some time ago."""
    return add_comment(post, by=author, text="A thought.", at=timezone.now() - ago, **fields)


def former_texts(comment):
    return list(comment.revisions.values_list("text", "audience"))


def test_edit_within_five_minutes_leaves_no_mark(bob, post):
    comment = written(post, bob, ago=4 * MINUTE)

    comment = edit_comment(comment, by=bob, text="A better thought.")

    comment.refresh_from_db()
    assert (comment.text, comment.edited_at, former_texts(comment)) == (
        "A better thought.",
        None,
        [],
    )


def test_edit_after_five_minutes_is_marked_and_keeps_the_former_text(bob, post):
    comment = written(post, bob, ago=6 * MINUTE)
    before = timezone.now()

    comment = edit_comment(comment, by=bob, text="A *better* thought.")

    comment.refresh_from_db()
    former = comment.revisions.get()
    assert comment.edited_at >= before
    assert (former.text, former.html, former.audience, former.written_at) == (
        "A thought.",
        '<p dir="auto">A thought.</p>',
        READERS,
        comment.created_at,
    )


def test_each_marked_edit_keeps_the_text_before_it(bob, post):
    comment = written(post, bob, ago=6 * MINUTE)

    comment = edit_comment(comment, by=bob, text="A better thought.")
    first_edit = comment.edited_at
    comment = edit_comment(comment, by=bob, text="The best thought.")

    assert list(comment.revisions.values_list("text", "written_at")) == [
        ("A thought.", comment.created_at),
        ("A better thought.", first_edit),
    ]


@pytest.mark.parametrize(
    "reply",
    [
        {},
        {"audience": TEAM},
        {"state": Comment.State.WAITING},
        {"deleted_at": timezone.now()},
        {"author": None, "guest_name": "A guest"},
    ],
    ids=["open", "private", "waiting", "deleted", "guest"],
)
def test_edit_after_a_reply_is_marked_at_once(ada, bob, post, reply):
    comment = written(post, bob, ago=MINUTE)
    author = reply.pop("author", ada)
    factories.make_comment(author, post, parent=comment, tied=False, **reply)

    comment = edit_comment(comment, by=bob, text="A better thought.")

    assert comment.edited_at is not None
    assert former_texts(comment) == [("A thought.", READERS)]


def test_edit_after_ones_own_reply_leaves_no_mark(bob, post):
    comment = written(post, bob, ago=MINUTE)
    factories.make_comment(bob, post, parent=comment)

    comment = edit_comment(comment, by=bob, text="A better thought.")

    assert (comment.edited_at, former_texts(comment)) == (None, [])


def test_edit_that_nobody_can_see_leaves_no_mark(bob, post):
    comment = written(post, bob, ago=6 * MINUTE)

    comment = edit_comment(comment, by=bob, text="A thought.\n\n")

    comment.refresh_from_db()
    assert (comment.text, comment.edited_at, former_texts(comment)) == ("A thought.\n\n", None, [])


@pytest.mark.parametrize("audience", [TEAM, EVERYONE])
def test_new_audience_alone_keeps_no_text(bob, post, audience):
    post.audience = Audience.PUBLIC
    post.save()
    comment = written(post, bob, ago=6 * MINUTE)

    comment = edit_comment(comment, by=bob, text="A thought.", audience=audience)

    assert (comment.audience, comment.edited_at, former_texts(comment)) == (audience, None, [])


def test_former_text_keeps_the_audience_it_had(bob, post):
    comment = written(post, bob, ago=6 * MINUTE, audience=TEAM)

    comment = edit_comment(comment, by=bob, text="For all of you.", audience=READERS)

    assert (comment.audience, former_texts(comment)) == (READERS, [("A thought.", TEAM)])


def test_former_text_keeps_the_content_note_it_had(bob, post):
    comment = written(post, bob, ago=6 * MINUTE, content_note="a flood")

    comment = edit_comment(comment, by=bob, text="A dry thought.", content_note="")

    assert (comment.content_note, comment.revisions.get().content_note) == ("", "a flood")


def test_refused_edit_keeps_no_text(ada, bob, post):
    comment = written(post, bob, ago=6 * MINUTE)
    stale = Comment.objects.get(pk=comment.pk)
    edit_comment(comment, by=bob, text="A better thought.")

    with pytest.raises(StaleVersion):
        edit_comment(stale, by=bob, text="The best thought.")

    assert former_texts(comment) == [("A thought.", READERS)]


# Who can look a former text up


@pytest.fixture
def edited(bob, post):
    """Return a function that makes a comment of Bob's with an audience, and one former text."""

    def make(audience, former_audience, **fields):
        comment = factories.make_comment(bob, post, audience=audience, **fields)
        factories.make_former_text(comment, audience=former_audience)
        return comment

    return make


EVERYBODY = "ada bob cyn observer assistant instructor"
CONCERNED = "ada bob assistant instructor"


@pytest.mark.parametrize(
    ("audience", "former_audience", "readers"),
    [
        (READERS, READERS, EVERYBODY),
        (READERS, TEAM, CONCERNED),
        (READERS, EVERYONE, EVERYBODY),
        (TEAM, READERS, CONCERNED),
        (EVERYONE, READERS, EVERYBODY),
        (EVERYONE, TEAM, CONCERNED),
    ],
)
def test_former_text_is_for_readers_of_the_comment_who_could_have_read_it(
    request, course, eve, edited, audience, former_audience, readers
):
    cyn = factories.make_user()
    factories.add_member(course, cyn)
    edited(audience, former_audience)

    seen_by = [
        who
        for who in [*EVERYBODY.split(), "eve"]
        if CommentRevision.objects.visible_to(
            cyn if who == "cyn" else request.getfixturevalue(who)
        ).exists()
    ]

    assert " ".join(seen_by) == readers


def test_outsider_looks_up_only_what_was_for_everyone(eve, post, edited):
    post.audience = Audience.PUBLIC
    post.save()
    edited(EVERYONE, READERS)
    wide = edited(EVERYONE, EVERYONE)

    assert [row.comment for row in CommentRevision.objects.visible_to(eve)] == [wide]


def test_deleted_comment_takes_its_history_along_and_brings_it_back(ada, bob, edited):
    comment = edited(READERS, READERS)

    seen = []
    for act in (delete_comment, restore_comment):
        act(comment, by=bob)
        seen.append([CommentRevision.objects.visible_to(who).count() for who in (ada, bob)])

    assert seen == [[0, 0], [1, 1]]


def test_hidden_comment_hides_its_history(ada, observer, edited):
    edited(READERS, READERS, state=Comment.State.HIDDEN, tied=False)

    assert [CommentRevision.objects.visible_to(who).count() for who in (ada, observer)] == [1, 0]


# At the same moment


@pytest.mark.django_db(transaction=True)
@on_postgresql
def test_edit_that_waits_for_a_reply_is_marked(ada, bob, post):
    comment = written(post, bob, ago=MINUTE)

    with queueing(lambda: edit_comment(comment, by=bob, text="A better thought.")) as results:
        add_comment(post, by=ada, text="I see.", parent=comment)

    assert results == [None]
    assert former_texts(comment) == [("A thought.", READERS)]


@pytest.mark.django_db(transaction=True)
@on_postgresql
def test_of_two_edits_at_once_the_second_is_refused(bob, post):
    comment = written(post, bob, ago=6 * MINUTE)
    same = Comment.objects.get(pk=comment.pk)

    with queueing(lambda: edit_comment(same, by=bob, text="The best thought.")) as results:
        edit_comment(comment, by=bob, text="A better thought.")

    assert [type(result) for result in results] == [StaleVersion]
    assert former_texts(comment) == [("A thought.", READERS)]


def texts_for(reader, comment):
    found = comment.revisions.visible_to(User.objects.get(pk=reader.pk)).order_by("pk")
    return list(found.values_list("text", flat=True))


@pytest.mark.parametrize("decision", ["ask", "hide"])
def test_what_the_team_wanted_changed_is_its_writers_and_theirs(
    ada, bob, observer, instructor, post, decision
):
    comment = written(post, bob, ago=6 * MINUTE)
    comment = edit_comment(comment, by=bob, text="A rude thought.")
    assert texts_for(observer, comment) == ["A thought."]

    decide(comment, by=instructor, decision=decision, reason="It is rude.")
    for text in ("A rude word.", "A kind word."):
        comment = edit_comment(comment, by=bob, text=text)
    decide(comment, by=instructor, decision="keep", reason="It is kind.")
    comment = edit_comment(comment, by=bob, text="A very kind word.")

    for reader in (ada, observer):
        assert texts_for(reader, comment) == ["A kind word."]
    for reader in (bob, instructor):
        assert len(texts_for(reader, comment)) == 4


def test_a_decision_that_was_undone_withholds_nothing(bob, observer, instructor, post):
    comment = written(post, bob, ago=6 * MINUTE)
    decide(comment, by=instructor, decision="ask", reason="It is rude.")
    undo_decision(comment, by=instructor)

    comment = edit_comment(comment, by=bob, text="A better thought.")

    assert texts_for(observer, comment) == ["A thought."]
