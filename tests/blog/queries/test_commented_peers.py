"""On how many others a student has commented for a prompt, and whether that is enough."""

import pytest
from django.utils import timezone

from blog.models import Comment, Membership, Post, Prompt
from blog.queries.commented_peers import CommentedPeers, commented_peers
from tests import factories


@pytest.fixture
def cyn(course):
    user = factories.make_user("Cyn Student")
    factories.add_member(course, user)
    return user


def comment_on(people, writer, prompt):
    for author in people:
        factories.make_comment(writer, factories.make_post(author, prompt.course, prompt=prompt))


def peers(writer, prompt):
    return commented_peers(writer, prompt.course_id).get(prompt.pk)


def test_each_other_person_counts_once_and_never_oneself(ada, bob, instructor, course, prompt):
    of_bob = factories.make_post(bob, course, prompt=prompt)
    other = factories.make_post(instructor, course, prompt=prompt)
    own = factories.make_post(ada, course, prompt=prompt)
    for post in (of_bob, of_bob, own):
        factories.make_comment(ada, post)
    factories.make_comment(ada, other, state=Comment.State.HIDDEN)
    factories.make_comment(bob, other)

    assert peers(ada, prompt) == CommentedPeers(people=1, across_pods=1)


@pytest.mark.parametrize("away", [{"status": "withdrawn"}, {"deleted_at": timezone.now()}])
def test_a_post_that_its_author_took_away_counts(ada, bob, course, prompt, away):
    comment_on([bob], ada, prompt)
    Post.objects.update(**away)

    assert peers(ada, prompt) == CommentedPeers(people=1, across_pods=1)


def test_who_is_in_ones_pod_is_not_across_pods(ada, bob, cyn, course, prompt):
    factories.make_pod(course, "Alder", ada, bob)
    factories.make_pod(course, "Birch", cyn)
    comment_on([bob, cyn], ada, prompt)

    assert peers(ada, prompt) == CommentedPeers(people=2, across_pods=1)


def test_who_is_in_no_pod_is_across_pods(ada, bob, cyn, course, prompt):
    factories.make_pod(course, "Alder", ada)
    comment_on([bob], ada, prompt)
    comment_on([ada], cyn, prompt)

    assert peers(ada, prompt) == peers(cyn, prompt) == CommentedPeers(people=1, across_pods=1)


def test_a_member_of_the_pod_who_left_the_course_stays_of_the_pod(ada, bob, course, prompt):
    factories.make_pod(course, "Alder", ada, bob)
    comment_on([bob], ada, prompt)
    Membership.objects.filter(user=bob).update(ended_at=prompt.opens_at)

    assert peers(ada, prompt) == CommentedPeers(people=1, across_pods=0)


def test_a_pod_of_another_course_does_not_matter(ada, bob, course, prompt):
    elsewhere = factories.make_course()
    for user in (ada, bob):
        factories.add_member(elsewhere, user)
    factories.make_pod(elsewhere, "Alder", ada, bob)
    comment_on([bob], ada, prompt)

    assert peers(ada, prompt).across_pods == 1


def test_only_the_prompts_that_are_asked_for(ada, bob, course, prompt):
    other = factories.make_prompt(course)
    comment_on([bob], ada, other)

    assert commented_peers(ada, course.pk, [prompt.pk]) == {}
    assert list(commented_peers(ada, course.pk)) == [other.pk]


@pytest.mark.parametrize(
    ("people", "across_pods", "asks_across", "enough"),
    [
        (1, 1, False, False),
        (2, 0, False, True),
        (2, 0, True, False),
        (2, 1, True, True),
        (1, 1, True, False),
        (3, 3, True, True),
    ],
)
def test_enough_counts_people_and_one_in_another_pod(people, across_pods, asks_across, enough):
    prompt = Prompt(comments_min=2, comments_across_pods=asks_across)

    assert CommentedPeers(people, across_pods).are_enough_for(prompt) is enough


def test_one_query_whatever_the_number_of_prompts(
    django_assert_num_queries, ada, bob, course, prompt
):
    factories.make_pod(course, "Alder", ada, bob)
    comment_on([bob], ada, prompt)
    with django_assert_num_queries(1):
        commented_peers(ada, course.pk)
    for _ in range(2):
        comment_on([bob], ada, factories.make_prompt(course))
    with django_assert_num_queries(1):
        commented_peers(ada, course.pk)
