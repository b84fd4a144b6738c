"""What a stand-in asks is what its member asks, for every kind of member of a course."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from blog.models import Comment, Membership, Post, User
from blog.models.seats import MAY_MISS, seat_of, seated
from blog.prepared import prepared
from blog.queries import post_page, waiting_posts
from tests import factories

MEMBERS = ["author", "podmate", "gated", "instructor", "assistant", "observer"]


@pytest.fixture
def cast(course, ada, bob, instructor, assistant, observer):
    factories.make_pod(course, "Herons", ada, bob)
    for user in (bob, instructor):  # who are elsewhere too, in other roles
        factories.make_course(instructor=user)
    gated = factories.make_user("Gil Gated")
    factories.add_member(course, gated)
    return {
        "author": ada,
        "podmate": bob,
        "gated": gated,
        "instructor": instructor,
        "assistant": assistant,
        "observer": observer,
    }


@pytest.fixture
def posts(cast, course):
    pod = course.pods.get()
    prompts = [factories.make_prompt(course, own_post_first=True) for _ in range(3)]
    made = [
        ("author", 10, None),
        ("author", 20, None),
        ("author", 30, prompts[0]),
        ("podmate", 30, prompts[1]),
        ("instructor", 30, prompts[2]),
    ]
    posts = [
        factories.make_post(cast[author], course, audience=audience, pod=pod, prompt=prompt)
        for author, audience, prompt in made
    ]
    for post in posts:
        head = factories.make_comment(cast["podmate"], post, audience=10)
        factories.make_comment(cast["gated"], post)
        factories.make_comment(cast["author"], post, parent=head, audience=10)
    return posts


def fresh(person):
    return User.objects.get(pk=person.pk)


def asked(ask):
    with CaptureQueriesContext(connection) as context:
        rows = list(ask())
    return [query["sql"] for query in context], rows


@prepared(may_miss=MAY_MISS)
def seen_by(role, **seat):
    reader, course = seated(role, **seat)
    comments = Comment.objects.visible_in(reader, course).values("post")
    return Post.objects.visible_in(reader, course).filter(pk__in=comments).order_by("pk")


@pytest.mark.parametrize("name", MEMBERS)
def test_a_stand_in_sees_what_its_member_sees(cast, posts, course, name):
    reader = fresh(cast[name])
    seat = seat_of(reader, course)
    comments = Comment.objects.visible_in(reader, course).values("post")
    plain = Post.objects.visible_in(reader, course).filter(pk__in=comments).order_by("pk")

    assert asked(lambda: seen_by.rows(seat.role, **seat.values))[1] == list(plain)
    assert len(seat.values.get("gated", ())) == {"author": 2, "podmate": 2, "gated": 3}.get(name, 0)


@pytest.mark.parametrize("name", MEMBERS)
def test_the_page_of_a_post_asks_as_its_reader_would(cast, posts, course, name):
    for post in posts:
        reader = fresh(cast[name])
        readable = Post.objects.visible_in(reader, course)
        found = post_page.post_of_page(reader, course, post.slug)

        assert found == readable.filter(pk=post.pk).first()
        if found is None:
            continue
        assert found.course is course
        thread = post.comments.for_member(reader, course).for_thread().with_use()
        assert post_page.thread_of_page(reader, found) == list(thread)
        following = waiting_posts.next_post_to_comment_on(reader, found)
        waiting = waiting_posts.posts_without_comments(reader, course, but=[post])
        assert (following and following.post) == next(iter(waiting), None)


def test_who_is_no_member_has_no_seat(course, eve, ada):
    post = factories.make_post(ada, course)

    assert seat_of(eve, course) is None
    assert post_page.post_of_page(eve, course, post.slug) is None
    assert post_page.thread_of_page(eve, post) == []


def test_the_memberships_of_a_person_know_them(course, ada, django_assert_num_queries):
    person = fresh(ada)

    with django_assert_num_queries(1):
        [membership] = person.memberships_now
        assert membership.user is person
        assert membership.course == course
    assert list(Membership.objects.active().filter(user=ada)) == [membership]
