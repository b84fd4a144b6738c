"""Facts found once for all comments of a thread, the same as found for each."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blog import access
from blog.models import Comment, Course, Post, User
from blog.templatetags.dates import moment, on_day
from blog.templatetags.threads import MemberComments, Rights
from tests import factories
from tests.examples import examples

READERS = ["ada", "bob", "instructor", "assistant", "observer"]


def comments_for(reader, post):
    return MemberComments(
        {
            "user": reader,
            "post": post,
            "course": post.course,
            "new_comments": SimpleNamespace(new=frozenset()),
            "can_comment": True,
            "addressee_offer": None,
        }
    )


@pytest.mark.parametrize("reader", READERS)
def test_rights_of_one_comment_are_those_of_all_by_such_people(request, course, ada, bob, reader):
    """The rules of access may ask nothing else of a comment, or a page would answer wrongly."""
    reader = request.getfixturevalue(reader)
    request.getfixturevalue("observer")
    post = factories.make_post(ada, course)
    for author in (ada, bob):
        for state in Comment.State.values:
            for audience in Comment.Audience.values:
                factories.make_comment(author, post, state=state, audience=audience)
    factories.make_guest_comment(post)
    factories.make_guest_comment(post, state=Comment.State.OPEN)
    comments = comments_for(reader, post)

    for comment in post.comments.all():
        assert comments._rights(comment) == Rights(
            edit=access.can_edit_comment(reader, comment),
            moderate=access.can_moderate(reader, comment),
            report=access.can_report(reader, comment),
            correct=access.can_correct_addressee(reader, comment),
            use=access.can_use_comment(reader, comment),
        )


@settings(max_examples=examples(100), deadline=None)
@given(
    st.datetimes(datetime(2024, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)),
    st.sampled_from(["UTC", "America/Vancouver", "Asia/Kolkata", "Pacific/Apia"]),
)
def test_a_time_is_printed_as_everywhere(at, zone):
    course = Course(slug="c", time_zone=zone)
    comments = comments_for(User(pk=1), Post(course=course))
    comment = Comment(created_at=at)

    twice = [comments.times(comment), comments.times(comment)]

    assert (
        twice
        == [
            {"day": on_day(at, course), "time": moment(at, course, "dt-published")},
        ]
        * 2
    )


@pytest.mark.parametrize("text", ["100 %", "%(pk)s", "{x}", "%%"])
def test_what_a_comment_says_is_no_format(client, course, ada, bob, text):
    post = factories.make_post(ada, course)
    factories.make_comment(bob, post, text)
    client.force_login(ada)

    assert f"<p>{text}</p>" in client.get(post.get_absolute_url()).content.decode()


def test_names_are_escaped_wherever_they_are(client, course, ada):
    mallory = factories.make_user('<b onclick="x">M</b>')
    factories.add_member(course, mallory)
    post = factories.make_post(ada, course)
    comment = factories.make_comment(mallory, post)
    factories.make_comment(ada, post, parent=comment)
    factories.make_guest_comment(post, name="<i>Gil</i>", state=Comment.State.OPEN)
    client.force_login(ada)

    html = client.get(post.get_absolute_url()).content.decode()

    assert "<b onclick" not in html
    assert "<i>Gil" not in html
    assert 'aria-label="&lt;b onclick=&quot;x&quot;&gt;M&lt;/b&gt;, ' in html
