"""A post that a query found for a reader is not asked for again, until its row is reloaded."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone

from blog.models import Audience, Post, User
from blog.models.row_visibility import is_in_audience, sees_post
from blog.queries.post_page import post_by_address, post_of_page
from tests import factories

FINDS = {
    "for its page": post_of_page,
    "to act on": post_by_address,
    "to save": lambda *where: post_by_address(*where, to_save=True),
}


@pytest.fixture
def post(ada, course):
    return factories.make_post(ada, course)


@pytest.fixture
def reader(bob):
    bob.memberships_now  # noqa: B018
    return bob


@pytest.mark.parametrize("found", FINDS)
def test_what_was_found_is_not_asked_again(found, reader, course, post, django_assert_num_queries):
    post = FINDS[found](reader, course, post.slug)
    post.course = course

    with django_assert_num_queries(0):
        assert sees_post(reader, post)
        assert is_in_audience(reader, post)


def test_it_holds_for_this_reader_alone(reader, cast_out, course, post):
    found = post_by_address(reader, course, post.slug)
    Post.objects.update(audience=Audience.ONLY_ME)

    assert [sees_post(who, found) for who in cast_out] == [False, False]
    assert [is_in_audience(who, found) for who in cast_out] == [False, False]
    assert not is_in_audience(AnonymousUser(), Post.objects.get())


@pytest.fixture
def cast_out(course, eve):
    classmate = factories.make_user()
    factories.add_member(course, classmate)
    return [classmate, eve]


@pytest.mark.parametrize("lock", [Post.lock, Post.lock_row])
@pytest.mark.parametrize(
    "fields", [{"hidden_at": timezone.now()}, {"deleted_at": timezone.now()}, {"audience": 0}]
)
def test_a_row_that_is_read_anew_is_asked_for_again(reader, course, post, lock, fields):
    found = post_by_address(reader, course, post.slug)
    Post.objects.update(**fields)

    with transaction.atomic():
        lock(found)
        assert not sees_post(reader, found)


def test_a_row_that_is_locked_as_it_was_stays_found(
    reader, course, post, django_assert_num_queries
):
    found = post_by_address(reader, course, post.slug)

    with transaction.atomic(), django_assert_num_queries(1):
        found.lock_row()
        assert sees_post(reader, found)


def test_no_post_comes_found(reader, post):
    assert Post.objects.get().seen_by is None
    assert Post.objects.visible_to(User.objects.get(pk=reader.pk)).get().seen_by is None
