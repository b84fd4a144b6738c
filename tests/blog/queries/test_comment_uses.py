"""Who knows of the use of a comment, the revision plan, and what a version changed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from blog.models import Audience, Comment, CommentUse, Membership, Post
from blog.queries.comment_uses import change_of_use, revision_plan, show_uses
from tests import factories

NOW = timezone.now()


@pytest.fixture
def post(ada, course):
    return factories.make_post(ada, course, text="First.", at=NOW - timedelta(days=9))


@pytest.fixture
def comment(bob, post):
    return factories.make_comment(bob, post, at=NOW - timedelta(days=5))


def publish(post, text, audience=Audience.COURSE, days_ago=1):
    at = NOW - timedelta(days=days_ago)
    return factories.publish_again(post, text, audience=audience, created_at=at)


def change_for(reader, use):
    """Return the texts before and after, or None; the use is read anew."""
    use = CommentUse.objects.select_related("revision", "comment__post").get(pk=use.pk)
    comparison = change_of_use(use, reader)
    return comparison and (comparison.old.text, comparison.new.text)


def knows(reader):
    reader.__dict__.pop("memberships_now", None)
    return CommentUse.objects.visible_to(reader).exists()


def test_two_people_know_of_a_use(ada, bob, instructor, assistant, observer, eve, comment):
    factories.make_comment_use(comment)

    people = [ada, bob, instructor, assistant, observer, eve]
    assert [person for person in people if knows(person)] == [ada, bob]


def test_the_writer_of_a_private_comment_knows_of_its_use(ada, bob, comment):
    Comment.objects.update(audience=Comment.Audience.TEAM)
    factories.make_comment_use(comment)

    assert (knows(ada), knows(bob)) == (True, True)


@pytest.mark.parametrize(
    "gone",
    [
        lambda comment: Comment.objects.update(deleted_at=NOW),
        lambda comment: Comment.objects.update(state=Comment.State.HIDDEN),
        lambda comment: Post.objects.update(deleted_at=NOW),
    ],
    ids=["deleted", "hidden", "post deleted"],
)
def test_nobody_knows_of_a_use_whose_comment_is_gone(ada, bob, comment, gone):
    factories.make_comment_use(comment)

    gone(comment)

    assert (knows(ada), knows(bob)) == (False, False)
    assert not revision_plan(ada, comment.post, "")


@pytest.mark.parametrize(
    "closed",
    [
        lambda bob: Post.objects.update(status=Post.Status.WITHDRAWN),
        lambda bob: Post.objects.update(audience=Audience.INSTRUCTORS),
        lambda bob: Membership.objects.filter(user=bob).update(ended_at=NOW),
    ],
    ids=["withdrawn", "narrowed", "left the course"],
)
def test_who_cannot_see_the_post_knows_of_no_use(ada, bob, comment, closed):
    factories.make_comment_use(comment)

    closed(bob)

    assert (knows(ada), knows(bob)) == (True, False)


def test_the_plan_lists_marked_comments_of_the_post_oldest_first(ada, bob, course, post, comment):
    older = factories.make_comment(None, post, guest_name="G", at=NOW - timedelta(days=6))
    used = factories.make_comment(bob, post)
    elsewhere = factories.make_comment(bob, factories.make_post(ada, course))
    for one in (comment, older, elsewhere):
        factories.make_comment_use(one)
    factories.make_comment_use(used, post.revision)

    plan = revision_plan(ada, post, "Second.")

    assert (plan.comments, plan.is_due) == ([older, comment], True)
    assert not revision_plan(ada, post, "First.").is_due
    assert not revision_plan(bob, post, "Second.")


@pytest.mark.parametrize("count", [1, 3])
def test_the_plan_costs_one_query(ada, bob, post, count, django_assert_num_queries):
    for _ in range(count):
        factories.make_comment_use(factories.make_comment(bob, post))
    assert ada.memberships_now

    with django_assert_num_queries(1):
        names = [comment.author.display_name for comment in revision_plan(ada, post, "").comments]

    assert names == ["Bob Student"] * count


@pytest.mark.parametrize("count", [1, 3])
def test_the_uses_of_a_thread_cost_one_query_whoever_asks(
    ada, bob, instructor, post, count, django_assert_num_queries
):
    for _ in range(count):
        factories.make_comment_use(factories.make_comment(bob, post), post.revision)
    comments = list(post.comments.all())
    assert ada.memberships_now
    assert instructor.memberships_now

    with django_assert_num_queries(1):
        show_uses(instructor, post, comments)
        assert [comment.shown_use for comment in comments] == [None] * count
    with django_assert_num_queries(1):
        show_uses(ada, post, comments)
        assert [comment.shown_use.revision.number for comment in comments] == [1] * count


def test_the_change_is_that_of_the_version(ada, bob, post, comment):
    publish(post, "Second.", days_ago=4)
    use = factories.make_comment_use(comment, publish(post, "Third.", days_ago=3))
    publish(post, "Fourth.")

    assert change_for(bob, use) == change_for(ada, use) == ("Second.", "Third.")


def test_a_version_that_was_for_its_author_alone_stays_so(ada, bob, post, comment):
    publish(post, "Secret.", Audience.ONLY_ME, days_ago=4)
    use = factories.make_comment_use(comment, publish(post, "Third.", days_ago=3))

    assert change_for(ada, use) == ("Secret.", "Third.")
    assert change_for(bob, use) == ("First.", "Third.")


def test_a_version_that_the_commenter_could_not_read_shows_no_change(ada, bob, post, comment):
    use = factories.make_comment_use(comment, publish(post, "Mine.", Audience.ONLY_ME, 3))
    publish(post, "Fourth.")
    comments = list(post.comments.all())

    show_uses(bob, post, comments)

    assert change_for(bob, use) is None
    assert [one.shown_use for one in comments] == [None]
    assert change_for(ada, use) == ("First.", "Mine.")


def test_in_a_pod_the_change_is_from_the_version_that_was_commented_on(ada, bob, course):
    pod = factories.make_pod(course, "Pod 1", ada, bob)
    fields = {"audience": Audience.POD, "pod": pod}
    post = factories.make_post(ada, course, text="First.", at=NOW - timedelta(days=9), **fields)
    post.revisions.update(audience=Audience.POD)
    comment = factories.make_comment(bob, post, at=NOW - timedelta(days=8))
    publish(post, "Second.", Audience.POD, days_ago=7)
    use = factories.make_comment_use(comment, publish(post, "Third.", Audience.POD, 6))

    assert change_for(bob, use) == ("First.", "Third.")


def test_a_first_version_and_a_comment_still_planned_have_no_change(ada, post, comment):
    assert change_for(ada, factories.make_comment_use(comment)) is None
    CommentUse.objects.update(revision=post.revision, named_at=NOW)
    assert change_for(ada, CommentUse.objects.get()) is None


def test_a_teacher_who_commented_sees_the_change_of_a_private_post(ada, instructor, post):
    Post.objects.update(audience=Audience.INSTRUCTORS)
    post.refresh_from_db()
    comment = factories.make_comment(instructor, post, at=NOW - timedelta(days=5))
    publish(post, "Second.", Audience.INSTRUCTORS, days_ago=4)
    use = factories.make_comment_use(comment, publish(post, "Third.", Audience.INSTRUCTORS, 3))

    assert change_for(instructor, use) == ("Second.", "Third.")
