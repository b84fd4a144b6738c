"""Mentions in a comment, and their notifications."""

import pytest

from blog.actions.comments import add_comment, edit_comment
from blog.models import Comment, Notification
from blog.queries.mentions import mentioned_people
from tests import factories


@pytest.fixture
def post(ada, course):
    for name in ("Al", "Al Dente", "Mia_Lou O'Hara"):
        factories.add_member(course, factories.make_user(name))
    return factories.make_post(ada, course)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("As @Al Dente says.", ["Al Dente"]),
        ("As @Al, and @Al Dente, say to @Al.", ["Al", "Al Dente"]),
        ("@Alice is nobody here", []),
        ("mail@Al Dente", []),
        ("@al dente", []),
        ("**@Mia\\_Lou O'Hara**: yes", ["Mia_Lou O'Hara"]),
        ("No sign, Al Dente", []),
    ],
)
def test_the_longest_whole_name_counts(bob, post, text, expected):
    comment = factories.make_comment(bob, post, text)

    assert [person.display_name for person in mentioned_people(comment)] == expected


def test_a_comment_without_a_sign_costs_no_query(bob, post, django_assert_num_queries):
    comment = factories.make_comment(bob, post)

    with django_assert_num_queries(0):
        assert mentioned_people(comment) == []


def test_a_withheld_name_mentions_nobody_and_the_neutral_one_does(course, ada, instructor, post):
    course.memberships.filter(user=ada).update(is_confidential=True)
    text = f"@{ada.display_name} is no name here, @{ada.neutral_name} is."
    comment = factories.make_comment(instructor, post, text)

    assert mentioned_people(comment) == [ada]
    assert mentioned_people(Comment(author=instructor, post=post, text="@Ada Student")) == []


def told_of_mentions():
    rows = Notification.objects.filter(reasons__icontains="mention")
    return sorted(each.reader.display_name for each in rows)


def test_the_mentioned_are_told(bob, post):
    add_comment(post, by=bob, text="As @Al Dente says.")

    assert told_of_mentions() == ["Al Dente"]


def test_an_edit_tells_those_who_were_not_mentioned_before(bob, post):
    comment = add_comment(post, by=bob, text="As @Al Dente says.")

    for text in ("As @Al and @Al Dente say.", "As @Al and @Al Dente once said."):
        edit_comment(Comment.objects.get(pk=comment.pk), by=bob, text=text)

    assert told_of_mentions() == ["Al", "Al Dente"]


def test_whoever_cannot_see_the_comment_is_not_told(bob, post):
    add_comment(post, by=bob, text="As @Al Dente says.", audience=Comment.Audience.TEAM)

    assert told_of_mentions() == []
