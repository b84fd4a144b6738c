"""The page of the posts of the week, and its buttons."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.models import Course, Post
from network.models import NetworkChoices
from tests import factories


@pytest.fixture
def post(bob, course):
    return factories.make_post(bob, course, "Of ties", at=timezone.now() - timedelta(days=10))


@pytest.fixture
def send(client, ada, course):
    client.force_login(ada)

    def post_to(name, *args):
        return client.post(reverse(name, args=[course.slug, *args]), follow=True).content.decode()

    return post_to


def text_of(client, reader, course, name="discover"):
    client.force_login(reader)
    return client.get(reverse(name, args=[course.slug])).content.decode()


def test_the_page_has_posts_with_reasons_and_ends(client, ada, course, post):
    text = text_of(client, ada, course)

    assert "Of ties" in text
    assert "A random pick" in text
    assert "That’s all for this week." in text


def test_the_course_home_has_the_same_posts(client, ada, course, post):
    text = text_of(client, ada, course, "course_home")

    assert "Outside your usual reading" in text
    assert "A random pick" in text


def test_without_posts_the_page_says_when_they_come(client, ada, course):
    assert "No suggestions this week" in text_of(client, ada, course)


def test_teams_and_observers_are_told_whom_it_is_for(client, instructor, observer, course, post):
    for reader in (instructor, observer):
        text = text_of(client, reader, course)
        assert "Suggestions are for students" in text
        assert "Of ties" not in text


def test_a_post_is_put_aside_and_taken_back(send, ada, post):
    text = send("discover_leave", post.slug)

    assert "Posts you do not want now" in text
    assert "Not now" not in text
    assert NetworkChoices.objects.get(person=ada).left_posts.get() == post
    text = send("discover_readmit", post.slug)
    assert "Posts you do not want now" not in text
    assert "Not now" in text


def test_what_was_put_aside_and_cannot_be_read_is_not_listed(client, send, ada, course, post):
    send("discover_leave", post.slug)
    Post.objects.filter(pk=post.pk).update(status=Post.Status.WITHDRAWN)

    assert "Posts you do not want now" not in text_of(client, ada, course)


@pytest.mark.parametrize("days", [2, 40, 200])
def test_a_post_of_a_course_that_is_over_is_put_aside_and_taken_back(send, bob, course, days):
    ended = timezone.now() - timedelta(days=days)
    begun = ended - timedelta(days=84)
    Course.objects.filter(pk=course.pk).update(starts_on=begun, ends_on=ended)
    post = factories.make_post(bob, course, "Of ties", at=ended - timedelta(days=10))

    text = send("discover_leave", post.slug)
    assert "Posts you do not want now" in text
    assert "Not now" not in text
    text = send("discover_readmit", post.slug)
    assert "Posts you do not want now" not in text
    assert "Not now" in text


def test_of_a_course_that_is_over_nothing_new_is_promised(client, ada, course, post):
    Course.objects.filter(pk=course.pk).update(ends_on=timezone.now() - timedelta(days=2))

    text = text_of(client, ada, course)

    assert "The course is over" in text
    assert "Monday" not in text


def test_suggestions_are_turned_off_and_on(client, send, ada, course, post):
    assert "Turn on suggestions" in send("discover_off")
    assert "Outside your usual reading" not in text_of(client, ada, course, "course_home")
    assert "Of ties" in send("discover_on")


def test_a_topic_is_left_and_readmitted(client, send, ada, course, post):
    work = factories.make_work(course)
    for author in (post, factories.make_post(ada, course, at=post.published_at)):
        factories.make_reference(author, work, cited=True)

    assert "Topics you do not want" in send("work_leave", work.pk)
    assert "Topics you do not want" not in send("work_readmit", work.pk)


def test_a_post_that_the_reader_cannot_see_cannot_be_left(client, ada, bob, course):
    draft = factories.make_draft_post(bob, course)
    client.force_login(ada)

    answer = client.post(reverse("discover_leave", args=[course.slug, draft.slug]))

    assert answer.status_code == 404
    assert not NetworkChoices.objects.exists()
