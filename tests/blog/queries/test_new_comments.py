"""New comments for a reader of a thread since their last visit."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from blog.actions.comments import add_comment, show_comment
from blog.actions.guest_comments import import_guest_comment
from blog.actions.guest_moderation import publish_guest_comment, refuse_guest_comment
from blog.actions.seen_comments import mark_comments_seen
from blog.models import Audience, Comment, Post, SeenComments, has_new_comments
from blog.queries.new_comments import new_comments
from tests import factories
from tests.threads import at_once

HOUR = timedelta(hours=1)


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def post(ada, course, now):
    return factories.make_post(ada, course, at=now - 9 * HOUR)


def visit(reader, post):
    """Look at a post, as somebody does who sees all comments that there are."""
    mark_comments_seen(post, by=reader, until=news_for(reader, post).shown_until)


def news_for(reader, post):
    return new_comments(reader, post, list(post.comments.visible_to(reader).for_thread()))


def new_to(reader, post):
    return sorted(news_for(reader, post).new)


def is_listed_as_new(reader, post):
    return Post.objects.filter(pk=post.pk).filter(has_new_comments(reader)).exists()


def test_nothing_is_new_on_a_first_visit(ada, bob, post):
    factories.make_comment(bob, post)

    news = news_for(ada, post)

    assert (news.new, news.is_first_visit, news.is_worth_marking) == (frozenset(), True, True)
    assert not is_listed_as_new(ada, post)


def test_comments_of_others_since_the_last_visit_are_new(ada, bob, observer, post, now):
    factories.make_comment(bob, post, at=now - 3 * HOUR)
    visit(observer, post)
    own = factories.make_comment(ada, post, at=now - 2 * HOUR)
    reply = factories.make_comment(bob, post, parent=own, at=now - HOUR)

    assert new_to(observer, post) == [own.pk, reply.pk]
    assert is_listed_as_new(observer, post)


def test_own_comments_are_never_new(bob, post):
    visit(bob, post)
    factories.make_comment(bob, post)

    news = news_for(bob, post)

    assert (news.new, len(news.later), news.is_worth_marking) == (frozenset(), 1, False)
    assert not is_listed_as_new(bob, post)


def test_comment_that_arrives_while_one_reads_is_not_seen(ada, bob, post, now):
    shown = factories.make_comment(bob, post, at=now - 2 * HOUR)
    until = news_for(ada, post).shown_until
    late = factories.make_comment(bob, post, at=now - HOUR)

    mark_comments_seen(post, by=ada, until=until)

    assert until == shown.created_at
    assert new_to(ada, post) == [late.pk]


def test_first_comment_is_new_to_who_saw_the_thread_empty(ada, bob, post, now):
    visit(ada, post)
    first = factories.make_comment(bob, post, at=now)

    assert new_to(ada, post) == [first.pk]


def test_deleted_comments_are_not_new(ada, bob, post):
    visit(ada, post)
    factories.make_comment(bob, post, deleted_at=timezone.now(), tied=False)

    assert new_to(ada, post) == []
    assert not is_listed_as_new(ada, post)


def test_page_does_not_tell_when_a_deleted_comment_was_written(ada, bob, post, now):
    shown = factories.make_comment(bob, post, at=now - 2 * HOUR)
    factories.make_comment(bob, post, at=now - HOUR, deleted_at=now, tied=False)

    assert news_for(ada, post).shown_until == shown.created_at


def test_comment_that_one_cannot_see_is_not_new(ada, bob, observer, post):
    visit(observer, post)
    factories.make_comment(bob, post, audience=Comment.Audience.TEAM)

    assert new_to(observer, post) == []
    assert not is_listed_as_new(observer, post)


def test_comment_that_waited_is_new_when_it_is_shown(bob, observer, instructor, post, now):
    waiting = factories.make_comment(
        bob, post, state=Comment.State.WAITING, at=now - 3 * HOUR, tied=False
    )
    factories.make_comment(bob, post, at=now - 2 * HOUR)
    visit(observer, post)

    show_comment(waiting, by=instructor)

    assert new_to(observer, post) == [waiting.pk]
    assert is_listed_as_new(observer, post)


def test_hidden_comment_is_not_new_when_it_is_shown_again(bob, observer, instructor, post, now):
    hidden = factories.make_comment(
        bob, post, state=Comment.State.HIDDEN, at=now - 3 * HOUR, tied=False
    )
    factories.make_comment(bob, post, at=now - 2 * HOUR)
    visit(observer, post)

    show_comment(hidden, by=instructor)

    assert new_to(observer, post) == []


def test_comment_by_a_guest_is_new_once_it_is_published(ada, observer, instructor, post, now):
    guest = factories.make_guest_comment(post, at=now - 3 * HOUR)
    factories.make_comment(ada, post, at=now - 2 * HOUR)
    visit(observer, post)

    refuse_guest_comment(guest, by=instructor, reason="No.")
    publish_guest_comment(guest, by=instructor)

    assert new_to(observer, post) == [guest.pk]


def test_comment_of_years_ago_is_new_when_it_is_added(observer, instructor, post, now):
    post.audience = Audience.PUBLIC
    post.save()
    visit(observer, post)

    old = import_guest_comment(
        post, by=instructor, text="Well said.", name="", day=date(2020, 1, 7)
    )

    assert new_to(observer, post) == [old.pk]


def test_two_readers_have_visits_of_their_own(ada, bob, observer, post):
    visit(observer, post)
    comment = factories.make_comment(bob, post)
    visit(ada, post)

    assert [new_to(reader, post) for reader in (ada, observer)] == [[], [comment.pk]]


# mark_comments_seen


def test_older_page_takes_nothing_back(ada, post, now):
    mark_comments_seen(post, by=ada, until=now - HOUR)
    mark_comments_seen(post, by=ada, until=now - 2 * HOUR)

    assert SeenComments.objects.get().seen_at == now - HOUR


def test_nobody_sees_the_future(ada, post):
    mark_comments_seen(post, by=ada, until=timezone.now() + HOUR)

    assert SeenComments.objects.get().seen_at <= timezone.now()


@pytest.mark.django_db(transaction=True)
def test_pages_that_are_seen_at_once_keep_one_time_the_latest(ada, post, now):
    times = [now - hours * HOUR for hours in (4, 1, 3, 2)]

    at_once(*[lambda at=at: mark_comments_seen(post, by=ada, until=at) for at in times])

    assert SeenComments.objects.get().seen_at == now - HOUR


@pytest.mark.django_db(transaction=True)
def test_comments_at_once_arrive_in_the_order_of_their_times(ada, bob, observer, post):
    def write(author):
        for number in range(5):
            add_comment(Post.objects.get(pk=post.pk), by=author, text=f"Thought {number}.")

    at_once(lambda: write(ada), lambda: write(bob))

    comments = list(post.comments.order_by("pk"))
    assert comments == sorted(comments, key=lambda comment: comment.created_at)
