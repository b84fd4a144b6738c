from datetime import timedelta

import pytest
from django.utils import timezone

from blog.actions.waiting_posts import put_back, put_first
from blog.models import AuditEvent, Post
from blog.queries.post_list import PostCriteria, listed_keys
from blog.queries.waiting_posts import posts_without_comments
from tests import factories


@pytest.fixture
def posts(course, ada):
    """Return three posts of Ada’s that wait, the oldest first."""
    ago = [timezone.now() - timedelta(days=days) for days in (9, 8, 7)]
    return [factories.make_post(ada, course, f"Post {n}", at=at) for n, at in enumerate(ago)]


def test_posts_put_first_wait_first_until_each_has_a_comment(course, instructor, ada, bob, posts):
    assert put_first(course, by=instructor, posts=[posts[1].pk, posts[2].pk]) == 2

    first = [post.title for post in posts_without_comments(bob, course)]
    factories.make_comment(bob, posts[1])
    then = [post.title for post in posts_without_comments(bob, course)]

    assert first == ["Post 1", "Post 2", "Post 0"]
    assert then == ["Post 2", "Post 0"]
    listed = listed_keys(bob, course, PostCriteria())
    assert listed[0:9] == [posts[2].pk, posts[0].pk, posts[1].pk]
    [event] = AuditEvent.objects.filter(action="posts_put_first")
    assert event.data == {"posts": [posts[1].pk, posts[2].pk]}


def test_a_post_of_ones_pod_comes_after_those_put_first(course, assistant, bob, ada, posts):
    cem = factories.make_user("Cem")
    factories.add_member(course, cem)
    factories.make_post(cem, course, "Of my pod")
    factories.make_pod(course, "Pod 1", bob, cem)
    put_first(course, by=assistant, posts=[posts[2].pk])

    found = [post.title for post in posts_without_comments(bob, course)]

    assert found == ["Post 2", "Of my pod", "Post 0"]


def test_posts_put_back_wait_like_all_others(course, instructor, bob, posts):
    put_first(course, by=instructor, posts=[posts[2].pk])

    assert put_back(course, by=instructor, posts=[posts[2].pk, posts[1].pk]) == 1
    assert put_back(course, by=instructor, posts=[posts[2].pk]) == 0

    assert [post.title for post in posts_without_comments(bob, course)] == [
        *("Post 0", "Post 1", "Post 2")
    ]


def test_posts_of_other_courses_stay_as_they_are(course, instructor, eve):
    other = factories.make_course("other")
    factories.add_member(other, eve)
    post = factories.make_post(eve, other)

    assert put_first(course, by=instructor, posts=[post.pk]) == 0

    assert Post.objects.get(pk=post.pk).put_first_at is None
