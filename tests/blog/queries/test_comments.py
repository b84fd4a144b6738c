"""People a comment can mention and address: those its writer knows to be there."""

import pytest
from django.utils import timezone

from blog.models import Audience, Comment, User
from blog.queries.comments import comments_for_others, names_to_mention, possible_addressees
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def pod(course, ada, bob):
    return factories.make_pod(course, "Kites", ada, bob)


def names(reader, post, parent=None):
    return names_to_mention(User.objects.get(pk=reader.pk), post, parent)


def test_everybody_in_the_course_can_be_mentioned_but_oneself(
    course, ada, bob, eve, instructor, assistant, observer
):
    post = factories.make_post(ada, course)

    assert names(bob, post) == [
        "Ada Student",
        "Asa Assistant",
        "Ines Instructor",
        "Oda Observer",
    ]


def test_nobody_who_has_left_can_be_mentioned(course, ada, bob):
    post = factories.make_post(ada, course)
    course.memberships.filter(user=ada).update(ended_at=timezone.now())

    assert names(bob, post) == ["Ines Instructor"]


def test_on_a_post_for_a_pod_are_the_pod_and_the_team(course, pod, ada, bob, instructor):
    cleo = factories.make_user("Cleo Student")
    factories.add_member(course, cleo)
    post = factories.make_post(ada, course, audience=Audience.POD, pod=pod)

    assert names(bob, post) == ["Ada Student", "Ines Instructor"]


def test_under_a_private_comment_are_those_who_see_it(course, ada, bob, instructor):
    cleo = factories.make_user("Cleo Student")
    factories.add_member(course, cleo)
    post = factories.make_post(ada, course)
    comment = factories.make_comment(bob, post, audience=Comment.Audience.TEAM)

    assert names(ada, post, comment) == ["Bob Student", "Ines Instructor"]


def test_names_of_two_people_end_in_their_usernames(course, ada, bob):
    other = factories.make_user("Ada Student")
    factories.add_member(course, other)
    post = factories.make_post(bob, course)

    assert names(bob, post) == sorted(
        [f"Ada Student ({ada.username})", f"Ada Student ({other.username})", "Ines Instructor"]
    )


def test_a_withheld_name_stays_withheld(course, ada, bob):
    course.memberships.filter(user=ada).update(is_confidential=True)
    post = factories.make_post(ada, course)

    assert names(bob, post) == sorted([ada.neutral_name, "Ines Instructor"])


def test_the_team_mentions_by_the_name_that_classmates_may_read(course, ada, bob, instructor):
    course.memberships.filter(user=ada).update(is_confidential=True)
    post = factories.make_post(ada, course)

    assert names(instructor, post) == sorted([ada.neutral_name, "Bob Student"])


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(course, ada, count, django_assert_num_queries):
    for number in range(count):
        factories.add_member(course, factories.make_user(f"Person {number}"))
    post = factories.make_post(ada, course)
    reader = User.objects.get(pk=ada.pk)

    with django_assert_num_queries(2):
        names_to_mention(reader, post)


def other_addressees(comment, reader):
    people = possible_addressees(comment, User.objects.get(pk=reader.pk))
    return [person for person in people if person.pk != comment.addressee_id]


def for_others(post, reader):
    comments = post.comments.visible_to(User.objects.get(pk=reader.pk))
    return comments_for_others(post, list(comments))


def test_a_comment_addresses_nobody_whose_comments_its_writer_cannot_see(
    course, ada, bob, instructor
):
    post = factories.make_post(ada, course)
    comment = factories.make_comment(bob, post)
    cara = factories.make_user("Cara Student")
    factories.add_member(course, cara)
    factories.make_comment(cara, post, audience=Comment.Audience.TEAM)

    assert other_addressees(comment, bob) == []
    assert other_addressees(comment, instructor) == [cara]


def test_in_a_conversation_of_two_there_is_nobody_else(course, ada, bob):
    post = factories.make_post(ada, course)
    first = factories.make_comment(bob, post)
    factories.make_comment(ada, post, parent=first)

    assert for_others(post, bob) == set()


@pytest.mark.parametrize("reader", ["ada", "bob", "cara", "instructor"])
def test_a_thread_knows_where_there_is_a_choice_without_a_query(
    django_assert_num_queries, course, ada, bob, instructor, reader
):
    cara = factories.make_user("Cara Student")
    factories.add_member(course, cara)
    post = factories.make_post(ada, course)
    first = factories.make_comment(bob, post)
    factories.make_comment(ada, post)
    factories.make_comment(ada, post, parent=first)
    factories.make_comment(cara, post, audience=Comment.Audience.TEAM)
    factories.make_comment(instructor, post, deleted_at=timezone.now())
    factories.make_comment(instructor, post, state=Comment.State.HIDDEN)
    factories.make_comment(None, post, guest_name="Gil")
    people = {"ada": ada, "bob": bob, "cara": cara, "instructor": instructor}
    reader = User.objects.get(pk=people[reader].pk)
    comments = list(post.comments.visible_to(reader))

    with django_assert_num_queries(0):
        found = comments_for_others(post, comments)

    assert found == {comment.pk for comment in comments if other_addressees(comment, reader)}
