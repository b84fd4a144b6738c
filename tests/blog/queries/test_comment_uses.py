"""Uses of a comment, the revision plan, and the changes of a version, by reader."""

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
    """Return the texts before and after, or None; the use is reloaded."""
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
    assert not revision_plan(ada, comment.post.course, comment.post, "")


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

    plan = revision_plan(ada, course, post, "Second.")

    assert (plan.comments, plan.earlier, plan.is_due) == ([older, comment], [], True)
    assert not revision_plan(ada, course, post, "First.").is_due
    assert not revision_plan(bob, course, post, "Second.")


def test_beside_the_next_post_are_the_comments_on_earlier_ones(ada, bob, course, post, comment):
    used = factories.make_comment(bob, post)
    factories.make_comment_use(used, post.revision)
    elsewhere = factories.make_course("elsewhere", instructor=ada)
    bobs = factories.make_post(bob, course, at=NOW - timedelta(days=8))
    for of_others in (factories.make_post(ada, elsewhere), bobs):
        factories.make_comment_use(factories.make_comment(bob, of_others))
    factories.make_comment_use(comment)
    later = factories.make_post(ada, course, at=NOW - timedelta(days=2))
    on_later = factories.make_comment(bob, later)
    factories.make_comment_use(on_later)

    def plan_of(planned):
        plan = revision_plan(ada, course, planned, "Words.")
        return plan.comments, plan.earlier, plan.is_due

    assert plan_of(None) == ([], [comment, on_later], False)
    assert plan_of(factories.make_draft_post(ada, course)) == ([], [comment, on_later], False)
    assert plan_of(later) == ([on_later], [comment], True)
    assert plan_of(post) == ([comment], [], True)


@pytest.mark.parametrize("count", [1, 3])
def test_the_plan_costs_two_queries(ada, bob, course, post, count, django_assert_num_queries):
    later = factories.make_post(ada, course)
    for place in [post, later] * count:
        factories.make_comment_use(factories.make_comment(bob, place))
    assert ada.memberships_now

    with django_assert_num_queries(2):
        plan = revision_plan(ada, course, later, "")
        lists = [
            [(comment.author.display_name, str(comment.post)) for comment in comments]
            for comments in (plan.comments, plan.earlier)
        ]

    assert lists == [[("Bob Student", "A post")] * count] * 2


def test_that_there_is_no_plan_costs_one_query(ada, bob, course, post, django_assert_num_queries):
    factories.make_comment(bob, post)
    assert ada.memberships_now

    with django_assert_num_queries(1):
        plan = revision_plan(ada, course, post, "another text")

    assert (plan.comments, plan.earlier, plan.is_due) == ((), (), True)


@pytest.mark.parametrize("count", [1, 3])
def test_the_uses_of_a_thread_cost_one_query_whoever_asks(
    ada, bob, instructor, post, count, django_assert_num_queries
):
    for _ in range(count):
        factories.make_comment_use(factories.make_comment(bob, post), post.revision)
    comments = list(post.comments.all())
    assert ada.memberships_now
    assert instructor.memberships_now

    with django_assert_num_queries(0):
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


# Another post that uses a comment


@pytest.fixture
def next_post(ada, course):
    return factories.make_post(ada, course, "More ties", at=NOW - timedelta(days=2))


def shown_to(reader, post):
    reader.__dict__.pop("memberships_now", None)
    comments = list(post.comments.all())
    show_uses(reader, post, comments)
    return [comment.shown_use and comment.shown_use.other_post for comment in comments]


def test_another_post_that_uses_a_comment_has_no_change_to_compare(
    ada, bob, instructor, post, comment, next_post
):
    use = factories.make_comment_use(comment, next_post.revision)

    assert [change_for(reader, use) for reader in (ada, bob)] == [None, None]
    assert [shown_to(reader, post) for reader in (ada, bob)] == [[next_post], [next_post]]
    assert shown_to(instructor, post) == [None]


@pytest.mark.parametrize(
    "closed",
    [
        {"status": Post.Status.WITHDRAWN},
        {"audience": Audience.INSTRUCTORS},
        {"hidden_at": NOW},
    ],
    ids=["withdrawn", "narrowed", "hidden"],
)
def test_who_cannot_see_the_other_post_knows_of_no_use(ada, bob, post, comment, next_post, closed):
    factories.make_comment_use(comment, next_post.revision)

    Post.objects.filter(pk=next_post.pk).update(**closed)

    assert (knows(ada), knows(bob)) == (True, False)
    assert shown_to(bob, post) == [None]


def test_a_version_of_another_post_that_was_for_its_author_alone_says_nothing(
    ada, bob, post, comment, next_post
):
    secret = publish(next_post, "Mine.", Audience.ONLY_ME, 1)
    factories.make_comment_use(comment, secret)
    publish(next_post, "For all.", days_ago=0)

    assert (shown_to(ada, post), shown_to(bob, post)) == ([next_post], [None])


@pytest.mark.parametrize("count", [1, 3])
def test_uses_by_other_posts_cost_one_query(
    ada, bob, post, next_post, count, django_assert_num_queries
):
    for _ in range(count):
        factories.make_comment_use(factories.make_comment(bob, post), next_post.revision)
    comments = list(post.comments.all())
    assert bob.memberships_now

    with django_assert_num_queries(1):
        show_uses(bob, post, comments)
        addresses = [one.shown_use.other_post.get_absolute_url() for one in comments]

    assert addresses == [next_post.get_absolute_url()] * count
