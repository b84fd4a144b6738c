"""People a reader follows and has muted, in one query."""

import pytest

from blog.models import User
from network.models import Follow, Mute
from network.queries.relations import Relations, relations_of
from tests import factories


@pytest.fixture
def carl(course):
    person = factories.make_user("Carl Student")
    factories.add_member(course, person)
    return person


def test_relations_are_of_one_person_in_all_courses(
    course, ada, bob, carl, django_assert_num_queries
):
    other = factories.make_course()
    Follow.objects.create(course=course, follower=ada, followed=bob)
    Follow.objects.create(course=other, follower=ada, followed=carl)
    Follow.objects.create(course=course, follower=bob, followed=ada)
    Mute.objects.create(course=course, by=ada, muted=carl)
    Mute.objects.create(course=course, by=bob, muted=carl)
    reader = User.objects.get(pk=ada.pk)

    with django_assert_num_queries(1):
        found = [relations_of(reader), relations_of(reader)]
        muted = reader.muted_now

    expected = Relations(
        follows=frozenset({(course.pk, bob.pk), (other.pk, carl.pk)}),
        mutes=frozenset({(course.pk, carl.pk)}),
    )
    assert found == [expected, expected]
    assert muted == expected.mutes


def test_of_nobody_there_is_nothing(ada):
    assert relations_of(ada) == Relations(frozenset(), frozenset())


@pytest.mark.parametrize("is_member", [True, False])
def test_page_of_a_post_offers_to_follow_its_author_while_they_are_a_member(
    client, course, ada, bob, is_member
):
    post = factories.make_post(ada, course)
    if not is_member:
        course.memberships.filter(user=ada).update(ended_at=post.published_at)
    client.force_login(bob)

    html = client.get(post.get_absolute_url()).content.decode()

    assert (f'data-follow="{ada.username}"' in html) == is_member


@pytest.mark.parametrize("follows", [True, False])
def test_page_of_a_post_knows_whom_its_reader_follows(client, course, ada, bob, follows):
    post = factories.make_post(ada, course)
    other = factories.make_course()
    Follow.objects.create(course=course if follows else other, follower=bob, followed=ada)
    client.force_login(bob)

    html = client.get(post.get_absolute_url()).content.decode()

    assert ('Following<span class="visually-hidden"> Ada' in html) == follows
