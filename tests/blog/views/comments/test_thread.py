"""The thread on a post's page: branches, what is new in it, and what a long one costs."""

import re
from datetime import timedelta

import pytest
from django.db.models import Max
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from blog.models import Comment, SeenComments
from tests import factories
from tests.blog.views.comments.test_comment import new_address, said
from tests.submitted import fields_of
from tests.threads import at_once

HOUR = timedelta(hours=1)
BRANCH = re.compile(r'<details class="fold branch"\s*(open)?>\s*<summary>(.*?)</summary>', re.S)
LINE = '<li class="since-visit">'
MARK = '<span class="state is-new">New</span>'
RULED = re.compile(r'<article class="[^"]* has-news"\s+id="c(\d+)"')


@pytest.fixture
def post(ada, course, prompt):
    return factories.make_post(ada, course, prompt=prompt, at=timezone.now() - 9 * HOUR)


def seen_address(post):
    return reverse("comments_seen", args=[post.course.slug, post.slug])


def read(client, reader, post):
    client.force_login(reader)
    return client.get(post.get_absolute_url())


def visit(client, reader, post):
    """Read a post and send the form that says so, as a page does."""
    sent = fields_of(read(client, reader, post), "until")
    return client.post(seen_address(post), sent)


def say(author, post, hours_ago, **fields):
    return factories.make_comment(author, post, at=timezone.now() - hours_ago * HOUR, **fields)


def number_of_comments(html):
    return len(re.findall(r'\sid="c\d+"', html))


# What is new


def test_first_visit_shows_nothing_as_new_and_can_be_marked_as_read(client, ada, bob, post):
    say(bob, post, 2)

    html = read(client, ada, post).content.decode()

    assert (html.count(LINE), html.count(MARK)) == (0, 0)
    assert "Mark as read" in html


def test_later_comments_are_below_a_line_and_later_replies_have_a_rule(client, ada, bob, post):
    first = say(bob, post, 5)
    visit(client, ada, post)
    reply = say(bob, post, 3, parent=first)
    later = say(bob, post, 2)
    say(bob, post, 1)

    html = read(client, ada, post).content.decode()

    assert (html.count(LINE), html.count(MARK)) == (1, 1)
    assert html.index(MARK) < html.index(LINE) < html.index(f'id="c{later.pk}"')
    assert RULED.findall(html) == [str(reply.pk)]
    assert f'<a href="#c{reply.pk}">New comments since your last visit</a>' in html
    assert len(re.findall(r"\sdata-new>", html)) == 3


def test_once_read_nothing_is_new_and_nothing_is_left_to_mark(client, ada, bob, post):
    say(bob, post, 2)

    response = visit(client, ada, post)

    html = read(client, ada, post).content.decode()
    assert response.url == f"{post.get_absolute_url()}#talk-h"
    assert SeenComments.objects.get().user == ada
    assert (html.count(LINE), html.count(MARK), html.count("data-seen-comments")) == (0, 0, 0)


def test_looking_alone_stores_nothing(client, ada, bob, post):
    say(bob, post, 2)

    read(client, ada, post)
    response = client.get(seen_address(post))

    assert response.status_code == 405
    assert not SeenComments.objects.exists()


@pytest.mark.parametrize("until", ["", "x", "2026-13-01T00:00:00+00:00", "2026-01-01T00:00:00"])
def test_page_without_its_time_is_seen_until_now(client, ada, bob, post, until):
    comment = say(bob, post, 2)
    client.force_login(ada)

    client.post(seen_address(post), {"until": until})

    assert SeenComments.objects.get().seen_at > comment.created_at


def test_no_page_ever_says_how_many_are_new(client, ada, bob, post):
    visit(client, ada, post)
    for hours in range(7, 0, -1):
        say(bob, post, hours)

    html = read(client, ada, post).content.decode()

    assert re.findall(r"\b7\b new|new \(7\)|7 comments", html, re.IGNORECASE) == []
    assert html.count(LINE) == 1


def test_nobody_else_learns_of_a_visit(client, ada, bob, instructor, post):
    say(bob, post, 2)
    before = [reading_of(client, who, post) for who in (bob, instructor)]

    visit(client, ada, post)

    assert [reading_of(client, who, post) for who in (bob, instructor)] == before


def reading_of(client, who, post):
    """Return a page without what is new on it at each reading: its keys and tokens."""
    return re.sub(r'value="[^"]*"', "", read(client, who, post).content.decode())


# Branches


def branches(html):
    """Return the summaries of the branches in a page, each with whether it is open."""
    found = BRANCH.findall(html)
    return [(bool(is_open), re.sub(r"<.*?>|\s+", " ", words).strip()) for is_open, words in found]


def test_replies_can_be_folded_and_those_of_a_long_branch_are(client, ada, bob, post):
    first = say(bob, post, 9)
    for number in range(30):
        factories.make_comment(ada, post, f"Reply {number}", parent=first)

    html = read(client, bob, post).content.decode()

    assert branches(html) == [(True, "Replies to Bob Student"), (False, "Continue this thread")]
    assert number_of_comments(html) == 31


def test_folded_replies_are_open_if_one_of_them_is_new(client, ada, bob, post):
    first = say(bob, post, 9)
    for number in range(30):
        say(ada, post, 8, parent=first, text=f"Reply {number}")
    visit(client, bob, post)
    say(ada, post, 1, parent=first)

    html = read(client, bob, post).content.decode()

    assert [is_open for is_open, _words in branches(html)] == [True, True]


def test_branch_of_a_deleted_comment_does_not_name_its_author(client, ada, bob, post):
    first = say(bob, post, 9, deleted_at=timezone.now(), tied=False)
    say(ada, post, 8, parent=first)

    html = read(client, ada, post).content.decode()

    assert branches(html) == [(True, "Replies to a deleted comment")]


# What a thread costs


@pytest.mark.parametrize(("reader", "cost"), [("bob", 5), ("ada", 6), ("instructor", 5)])
@pytest.mark.parametrize("count", [1, 3, 300])
def test_page_costs_the_same_at_one_three_and_three_hundred_comments(
    request, client, django_assert_num_queries, course, post, bob, instructor, reader, cost, count
):
    # session, person with memberships, post with what there is beside it and what waits for a first
    # comment, comments; whom the reader has muted and follows; for the author their feedback
    talk_ten_levels_deep(course, post, [bob, instructor], count)
    client.force_login(request.getfixturevalue(reader))

    with django_assert_num_queries(cost):
        response = client.get(post.get_absolute_url())

    assert number_of_comments(response.content.decode()) == count


def talk_ten_levels_deep(course, post, people, count):
    """Let people write comments, of which each tenth begins a thread and others reply in it."""
    for _ in range(8):
        people.append(factories.make_user())
        factories.add_member(course, people[-1])
    at = timezone.now() - 8 * HOUR
    last = Comment.objects.aggregate(last=Max("pk"))["last"] or 0
    Comment.objects.bulk_create(
        Comment(
            pk=last + number + 1,
            post=post,
            author=people[number % len(people)],
            parent_id=last + number if number % 10 else None,
            text="Ties.",
            html="<p>Ties.</p>",
            renderer=1,
            day=at.date(),
            created_at=at + timedelta(minutes=number),
        )
        for number in range(count)
    )


@pytest.mark.django_db(transaction=True)
def test_one_comment_sent_twenty_times_at_once_is_one(bob, post):
    form = said("The very same thought.")
    answers = []

    def send():
        client = Client()
        client.force_login(bob)
        answers.append(client.post(new_address(post), form))

    at_once(*[send] * 20)

    comment = Comment.objects.get()
    assert {answer.status_code for answer in answers} == {302}
    assert {answer.url for answer in answers} == {comment.get_absolute_url()}


def test_long_thread_repeats_little_in_each_comment(client, course, post, bob, instructor):
    talk_ten_levels_deep(course, post, [bob, instructor], 500)

    html = read(client, instructor, post).content.decode()

    assert len(html) < 500 * 2_000
    assert set(re.findall(r'<use href="#([\w-]+)"', html)) == set(
        re.findall(r'<symbol id="([\w-]+)"', html)
    )


# Lists that say so


@pytest.mark.parametrize("page", ["post_list", "course_work", "person_page"])
def test_lists_say_which_posts_have_new_comments(client, course, ada, bob, post, page):
    other = factories.make_post(ada, course, "Another post", at=timezone.now() - 9 * HOUR)
    for each in (post, other):
        visit(client, ada, each)
    say(bob, post, 1)
    say(ada, other, 1)
    username = [ada.username] if page == "person_page" else []

    html = client.get(reverse(page, args=[course.slug, *username])).content.decode()

    words = "New comments since your last visit"
    assert re.findall(rf'<a href="([^"]*)">\s*{words}', html) == [
        f"{post.get_absolute_url()}#talk-h"
    ]
