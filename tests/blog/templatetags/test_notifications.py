"""Notifications in words: a sentence for each kind, and no word of what is not to be mailed."""

import pytest

from blog.models import Comment, Notification, notification_to
from blog.models.notifications import EVENT_UNDONE
from blog.templatetags.notifications import excerpt, in_words
from tests import factories

Kind = Notification.Kind


@pytest.fixture
def post(ada, course):
    return factories.make_post(ada, course, "Half-open doors")


@pytest.fixture
def comment(bob, post):
    return factories.make_comment(bob, post, "And who opens it?")


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (Kind.REPLY, "Bob Student replied to your comment on Half-open doors"),
        (Kind.MENTION, "Bob Student mentioned you in a comment on Half-open doors"),
        (Kind.COMMENT, "Bob Student commented on Half-open doors"),
        (Kind.USED, "Ada Student used your comment in a new version of Half-open doors"),
        (Kind.DECISION, "The teaching team has decided about your comment on Half-open doors"),
        (Kind.GIVEN, "News about Half-open doors"),
    ],
)
def test_of_a_comment(instructor, comment, kind, expected):
    assert in_words(notification_to(instructor, kind, comment), instructor) == expected


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (Kind.GIVEN, "A post for you to comment on: Half-open doors by Ada Student"),
        (Kind.DECISION, "The teaching team has decided about your post Half-open doors"),
    ],
)
def test_of_a_post(bob, post, kind, expected):
    assert in_words(notification_to(bob, kind, post), bob) == expected


def test_what_was_reported_is_not_named(bob, post):
    notification = notification_to(bob, Kind.REPORT, factories.make_report(post, bob))

    assert (
        in_words(notification, bob)
        == "The teaching team has decided about something that you reported"
    )


def test_a_decision_that_was_taken_back_is_said_to_be(bob, ada, post, comment):
    about = [(ada, Kind.DECISION, post), (bob, Kind.DECISION, comment)]
    about.append((bob, Kind.REPORT, factories.make_report(post, bob)))

    said = [
        in_words(
            notification_to(reader, kind, subject, event=f"moderation:1{EVENT_UNDONE}"), reader
        )
        for reader, kind, subject in about
    ]

    assert said == [
        "The teaching team took back its decision about your post Half-open doors",
        "The teaching team took back its decision about your comment on Half-open doors",
        "The teaching team took back its decision about something that you reported",
    ]


def test_a_name_with_signs_of_formatting_is_a_name(bob, course):
    post = factories.make_post(bob, course, "100 %(name)s")
    notification = notification_to(bob, Kind.GIVEN, post)

    assert (
        in_words(notification, bob) == "A post for you to comment on: 100 %(name)s by Bob Student"
    )


def test_a_guest_is_said_to_be_one_whatever_name_they_typed(ada, post):
    comment = factories.make_guest_comment(post, name="Ines Instructor (instructor)")

    assert (
        in_words(notification_to(ada, Kind.COMMENT, comment), ada)
        == "Ines Instructor (instructor), guest, commented on Half-open doors"
    )


def test_only_the_words_of_others_are_quoted(ada, comment):
    quoted = {kind for kind in Kind if excerpt(notification_to(ada, kind, comment), ada)}

    assert quoted == {Kind.REPLY, Kind.MENTION, Kind.COMMENT}


def test_a_content_note_stands_for_its_words(ada, comment):
    Comment.objects.update(content_note="A fall.")
    comment.refresh_from_db()

    words = excerpt(notification_to(ada, Kind.REPLY, comment), ada)

    assert "who opens" not in words
    assert "A fall." in words


def test_a_version_that_uses_a_comment_is_shown_with_its_changes(bob, comment):
    address = notification_to(bob, Kind.USED, comment).get_absolute_url()

    assert address == f"/c/networks/comments/{comment.pk}/use/change/"
