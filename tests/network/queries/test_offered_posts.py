"""The posts of a student's week: who gets what, why, and that it stays."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from blog.models import Audience, Comment, Post, Reference, SeenComments
from blog.models.search import rebuild_search
from network import actions, ties
from network.batch.weekly_choices import store_due_choices
from network.discovery import Reason
from network.models import WeeklyChoice
from network.queries.offered_posts import offer_of
from network.queries.week_choice import week_of
from tests import factories


def classmate(course, *pod):
    user = factories.make_user()
    factories.add_member(course, user)
    if pod:
        factories.make_pod(course, None, user, *pod)
    return user


@pytest.fixture
def old(course):
    """Return a time before this week, in every zone."""
    return timezone.now() - timedelta(days=10)


@pytest.fixture
def work(course):
    return factories.make_work(course)


def post_of(author, course, at, *works, title="A post", comments=()):
    post = factories.make_post(author, course, title, at=at)
    for work in works:
        factories.make_reference(post, work, key=f"work{work.pk}", cited=True)
    for by in comments:
        factories.make_comment(by, post, at=at)
    return post


def offered(reader, course):
    reader.__dict__.pop("memberships_now", None)
    return [(one.post, one.reason) for one in offer_of(reader, course).posts]


def test_a_work_that_both_cite_is_a_reason(ada, bob, course, old, work):
    for _ in range(3):
        post_of(classmate(course), course, old, comments=[bob])
    post_of(ada, course, old, work)
    citing = post_of(classmate(course), course, old, work, comments=[bob])

    [first, *_] = offer_of(ada, course).posts

    assert (first.post, first.reason, first.work) == (citing, Reason.WORK, work)


def test_works_that_others_cite_together_are_a_reason(ada, bob, course, old, work):
    other = factories.make_work(course, doi="10.1/other")
    post_of(ada, course, old, work)
    post_of(bob, course, old, work, other)
    for _ in range(3):
        post_of(classmate(course), course, old)
    citing = post_of(classmate(course), course, old, other, comments=[bob])

    [found] = [one for one in offer_of(ada, course).posts if one.post == citing]

    assert (found.reason, found.work, found.own_work) == (Reason.CITED_TOGETHER, other, work)


def test_a_peer_of_both_is_a_reason(ada, bob, course, old):
    stranger = classmate(course)
    post = post_of(bob, course, old)
    for author in (ada, stranger):
        factories.make_comment(author, post, at=old)
    post_of(ada, course, old, factories.make_work(course))
    of_stranger = post_of(stranger, course, old, comments=[bob])

    [found] = [one for one in offer_of(ada, course).posts if one.post == of_stranger]

    assert (found.reason, found.peer) == (Reason.PEER, bob)


def test_a_comment_for_the_author_and_the_team_is_no_reason(ada, bob, course, old):
    stranger = classmate(course)
    post = post_of(bob, course, old)
    factories.make_comment(ada, post, at=old)
    factories.make_comment(stranger, post, at=old, audience=Comment.Audience.TEAM)
    of_stranger = post_of(stranger, course, old, comments=[classmate(course)])

    assert (of_stranger, Reason.PEER) not in offered(ada, course)


def test_whom_and_what_nobody_is_offered(ada, bob, instructor, course, old):
    gone = classmate(course)
    post_of(gone, course, old)
    course.memberships.filter(user=gone).update(ended_at=timezone.now())
    post_of(instructor, course, old)
    post_of(ada, course, old)
    factories.make_draft_post(bob, course)
    factories.make_post(bob, course, at=old, audience=Audience.ONLY_ME)
    post_of(bob, course, timezone.now())
    post_of(bob, course, timezone.now() - timedelta(days=70))
    read = post_of(bob, course, old)
    SeenComments.objects.create(user=ada, post=read, seen_at=timezone.now())
    post_of(bob, course, old, comments=[ada])

    assert offered(ada, course) == []


def test_whoever_exchanged_one_comment_is_not_said_to_be_new(ada, bob, course, old):
    """However long ago it was: a tie that is very weak can be a follow, or that comment."""
    factories.make_comment(ada, post_of(bob, course, old), at=old)
    ties.rebuild(course)
    followed, stranger = classmate(course), classmate(course)
    actions.follow(course, by=ada, person=followed)
    for author in (bob, followed, stranger):
        post_of(author, course, old, comments=[classmate(course)], title=author.username)

    found = {(post.author, reason) for post, reason in offered(ada, course)}

    assert found == {(followed, Reason.NOT_MET), (stranger, Reason.NOT_MET)}


def test_strong_ties_are_not_offered(ada, bob, course, old):
    for day in (9, 10, 11, 12):
        at = timezone.now() - timedelta(days=day)
        factories.make_comment(ada, post_of(bob, course, at), at=at)
        factories.make_comment(bob, post_of(ada, course, at), at=at)
    post_of(bob, course, old)
    ties.rebuild(course)

    assert offered(ada, course) == []


def test_one_post_is_by_chance_and_has_no_comment(ada, bob, course, old):
    for _ in range(7):
        post_of(classmate(course), course, old)

    found = offered(ada, course)

    assert [reason for _, reason in found] == [*4 * [Reason.UNANSWERED], Reason.CHANCE]
    assert offered(ada, course) == found


def test_what_was_chosen_stays_when_comments_and_posts_come(ada, bob, course, old):
    posts = [post_of(classmate(course), course, old) for _ in range(7)]
    before = offered(ada, course)
    assert store_due_choices() > 0

    for post in posts:
        factories.make_comment(bob, post)
    SeenComments.objects.create(user=ada, post=before[0][0], seen_at=timezone.now())
    post_of(bob, course, old)

    assert offered(ada, course) == before


def test_what_came_this_week_changes_nothing_before_it_is_stored(ada, bob, course, old):
    posts = [post_of(classmate(course), course, old) for _ in range(7)]
    before = offered(ada, course)

    for post in posts:
        factories.make_comment(bob, post)
        post_of(post.author, course, timezone.now())

    assert offered(ada, course) == before


def test_a_reason_that_is_not_true_any_more_is_not_given(ada, bob, course, old, work):
    post_of(classmate(course), course, old)
    post_of(ada, course, old, work)
    citing = post_of(classmate(course), course, old, work, comments=[bob])
    store_due_choices()
    assert (citing, Reason.WORK) in offered(ada, course)

    Reference.objects.filter(post=citing).update(cited=False)

    assert citing not in [post for post, _ in offered(ada, course)]


def test_a_post_that_is_narrowed_is_gone(ada, course, old):
    post = post_of(classmate(course), course, old)
    store_due_choices()
    assert len(offered(ada, course)) == 1

    Post.objects.filter(pk=post.pk).update(audience=Audience.ONLY_ME)

    assert offered(ada, course) == []


def test_a_post_that_is_left_is_not_replaced_and_never_comes_back(ada, course, old):
    for _ in range(7):
        post_of(classmate(course), course, old)
    [first, *rest] = offered(ada, course)

    actions.leave_post(first[0], by=ada)

    assert offered(ada, course) == rest
    WeeklyChoice.objects.all().delete()
    assert first[0] not in [post for post, _ in offered(ada, course)]


def test_a_topic_that_is_left_is_no_reason_until_it_is_readmitted(ada, bob, course, old, work):
    post_of(classmate(course), course, old)
    post_of(ada, course, old, work)
    citing = post_of(classmate(course), course, old, work, comments=[bob])

    actions.leave_work(work, by=ada)

    assert (citing, Reason.WORK) not in offered(ada, course)
    assert offer_of(ada, course).left_works == [work]
    actions.readmit_work(work, by=ada)
    assert (citing, Reason.WORK) in offered(ada, course)


def test_suggestions_can_be_switched_off_and_on(ada, course, old):
    post_of(classmate(course), course, old)

    actions.switch_suggestions(course, by=ada, is_off=True)

    assert offer_of(ada, course).is_off
    assert offered(ada, course) == []
    actions.switch_suggestions(course, by=ada, is_off=False)
    assert len(offered(ada, course)) == 1


def test_the_week_is_stored_once_by_tick(ada, bob, course, old):
    post_of(classmate(course), course, old)
    call_command("tick")

    stored = WeeklyChoice.objects.get(student=ada)
    assert stored.week == week_of(course)
    assert store_due_choices() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(
    ada, bob, course, old, work, count, django_assert_num_queries
):
    for cited in ([work], [], [], [], []):
        post_of(ada, course, old, *cited)
    for _ in range(count):
        post_of(classmate(course), course, old, work, comments=[bob])
    rebuild_search(course)
    ada.__dict__.pop("memberships_now", None)
    assert ada.memberships_now

    with django_assert_num_queries(21):
        offer_of(ada, course)
    store_due_choices()
    with django_assert_num_queries(5):
        offer_of(ada, course)
