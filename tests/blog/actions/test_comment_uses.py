"""Marking comments to use, and naming those that a version uses."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from blog.actions.comment_uses import mark_comment, name_used_comments, unmark_comment
from blog.actions.comments import delete_comment, restore_comment
from blog.actions.moderation import decide
from blog.actions.post_states import delete_post, restore_post, withdraw_post
from blog.actions.posts import publish_post, republish_post
from blog.exceptions import Refused
from blog.models import Audience, AuditEvent, Comment, CommentUse, Notification, Post
from blog.templatetags.notifications import in_words
from tests import factories

YESTERDAY = timezone.now() - timedelta(days=1)


@pytest.fixture
def post(ada, course):
    return factories.make_post(ada, course, at=YESTERDAY - timedelta(days=1))


@pytest.fixture
def comment(bob, post):
    return factories.make_comment(bob, post, at=YESTERDAY)


def test_a_mark_is_one_however_often_it_is_clicked_and_no_event_tells_of_it(ada, comment):
    first, second = mark_comment(comment, by=ada), mark_comment(comment, by=ada)

    assert first == second
    assert (first.is_planned, AuditEvent.objects.count()) == (True, 0)


def test_the_comment_of_a_guest_can_be_marked(ada, post):
    comment = factories.make_comment(None, post, guest_name="Gus", tied=False)

    assert mark_comment(comment, by=ada).is_planned


@pytest.mark.parametrize(
    "closed",
    [{"deleted_at": YESTERDAY}, {"state": Comment.State.HIDDEN}],
    ids=["deleted", "hidden"],
)
def test_a_comment_that_is_gone_cannot_be_marked(ada, comment, closed):
    Comment.objects.update(**closed)
    comment.refresh_from_db()

    with pytest.raises(Refused):
        mark_comment(comment, by=ada)


def test_a_mark_can_be_undone_twice(ada, comment):
    mark_comment(comment, by=ada)

    unmark_comment(comment, by=ada)
    unmark_comment(comment, by=ada)

    assert not CommentUse.objects.exists()


def test_a_version_names_the_comments_it_uses(ada, post, comment):
    mark_comment(comment, by=ada)
    version = factories.publish_again(post)

    named = name_used_comments(version, [comment.pk], by=ada)

    assert [use.revision for use in named] == [version]
    assert name_used_comments(version, [comment.pk], by=ada) == []  # a second click


def told():
    used = Notification.objects.filter(kind=Notification.Kind.USED)
    return list(used.values_list("reader", "kind", "comment"))


def test_the_author_of_a_used_comment_is_told_until_that_is_taken_back(ada, bob, post, comment):
    mark_comment(comment, by=ada)
    assert told() == []

    name_used_comments(factories.publish_again(post), [comment.pk], by=ada)
    assert told() == [(bob.pk, "used", comment.pk)]
    unmark_comment(comment, by=ada)

    assert told() == []


def test_the_author_of_a_comment_is_told_of_another_post_that_uses_it(
    ada, bob, course, post, comment
):
    mark_comment(comment, by=ada)
    version = factories.make_post(ada, course, "More ties").revision

    [use] = name_used_comments(version, [comment.pk], by=ada)

    [notification] = Notification.objects.all()
    assert (use.other_post, notification.post, notification.reader) == (
        version.post,
        version.post,
        bob,
    )
    assert notification.get_absolute_url() == version.post.get_absolute_url()
    assert "used a comment of yours in the post" in in_words(notification, bob)
    unmark_comment(comment, by=ada)
    assert told() == []


def test_of_a_post_that_they_cannot_see_nobody_is_told(ada, course, comment):
    mark_comment(comment, by=ada)
    version = factories.make_post(ada, course, audience=Audience.INSTRUCTORS).revision

    assert len(name_used_comments(version, [comment.pk], by=ada)) == 1
    assert told() == []


# Versions that were for few when they named a comment


def name_in_version_for_the_team(post, comment):
    """Publish a version that names a comment for author and team alone, and make sure of that."""
    mark_comment(comment, by=post.author)
    publish(post, audience=Audience.INSTRUCTORS)
    name_used_comments(post.revision, [comment.pk], by=post.author)
    assert told() == []


def publish(post, text="Better words.", audience=Audience.COURSE):
    publish_post(post, by=post.author, title=post.title, text=text, audience=audience)


def hide_and_show(target, instructor):
    for decision in ("hide", "keep"):
        decide(target, by=instructor, decision=decision, reason="So it is.")


WAYS_TO_OPEN = {
    "another audience": lambda post, _i: publish(post),
    "another version": lambda post, _i: publish(post, "Still better words."),
    "withdrawn and published again": lambda post, _i: (
        withdraw_post(post, by=post.author),
        Post.objects.update(audience=Audience.COURSE),
        republish_post(post, by=post.author),
    ),
    "deleted and restored": lambda post, _i: (
        delete_post(post, by=post.author),
        Post.objects.update(audience=Audience.COURSE),
        restore_post(post, by=post.author),
    ),
    "hidden and shown": lambda post, instructor: (
        Post.objects.update(audience=Audience.COURSE),
        hide_and_show(post, instructor),
    ),
}


@pytest.mark.parametrize("way", WAYS_TO_OPEN)
def test_who_can_see_a_version_later_is_told_then(client, bob, instructor, post, comment, way):
    name_in_version_for_the_team(post, comment)

    WAYS_TO_OPEN[way](post, instructor)

    assert told() == [(bob.pk, "used", comment.pk)]
    client.force_login(bob)
    assert client.get(Notification.objects.get(kind="used").get_absolute_url()).status_code == 200
    publish(Post.objects.get(), "The best words.")
    assert told() == [(bob.pk, "used", comment.pk)]  # once


def test_who_cannot_see_it_yet_is_told_later(post, comment):
    name_in_version_for_the_team(post, comment)

    publish(post, "Still better words.", audience=Audience.ONLY_ME)

    assert told() == []
    assert CommentUse.objects.get().revision.number == 2


@pytest.mark.parametrize("way", ["deleted", "hidden"])
def test_who_has_the_comment_back_is_told_then(ada, bob, instructor, post, comment, way):
    name_in_version_for_the_team(post, comment)
    if way == "deleted":
        delete_comment(comment, by=bob)
    else:
        decide(comment, by=instructor, decision="hide", reason="So it is.")
    publish(post)
    assert told() == []

    if way == "deleted":
        restore_comment(comment, by=bob)
    else:
        decide(comment, by=instructor, decision="keep", reason="It is not so.")

    assert told() == [(bob.pk, "used", comment.pk)]


def test_another_post_that_opens_tells_of_the_comment_it_uses(ada, bob, course, comment):
    mark_comment(comment, by=ada)
    other = factories.make_post(ada, course, "More ties", audience=Audience.INSTRUCTORS)
    name_used_comments(other.revision, [comment.pk], by=ada)

    publish(other, other.revision.text)

    assert told() == [(bob.pk, "used", None)]


def test_the_first_of_two_posts_names_a_comment(ada, course, comment):
    mark_comment(comment, by=ada)
    first, second = (factories.make_post(ada, course).revision for _ in range(2))

    named = [name_used_comments(version, [comment.pk], by=ada) for version in (first, second)]

    assert [len(uses) for uses in named] == [1, 0]
    assert CommentUse.objects.get().revision == first


def test_a_guest_and_who_cannot_see_the_post_are_not_told(ada, post, comment):
    guests = factories.make_comment(None, post, guest_name="G", at=YESTERDAY, tied=False)
    for one in (comment, guests):
        mark_comment(one, by=ada)
    version = factories.publish_again(post)
    Post.objects.update(audience=Audience.ONLY_ME)

    assert len(name_used_comments(version, [comment.pk, guests.pk], by=ada)) == 2
    assert told() == []


def test_what_a_version_cannot_have_used_stays_as_it_was(ada, bob, course, post, comment):
    other = factories.make_course("elsewhere", instructor=ada)
    elsewhere = factories.make_comment(bob, factories.make_post(ada, other), at=YESTERDAY)
    for one in (comment, elsewhere):
        mark_comment(one, by=ada)
    unmarked = factories.make_comment(bob, post, at=YESTERDAY)
    version = factories.publish_again(post)
    keys = [elsewhere.pk, unmarked.pk, 10**17]

    assert name_used_comments(version, keys, by=ada) == []
    assert name_used_comments(post.revisions.get(number=1), [comment.pk], by=ada) == []
    assert all(use.is_planned for use in CommentUse.objects.all())


def test_a_comment_that_is_gone_is_not_named(ada, post, comment):
    mark_comment(comment, by=ada)
    Comment.objects.update(deleted_at=timezone.now())

    assert name_used_comments(factories.publish_again(post), [comment.pk], by=ada) == []


def test_the_database_keeps_one_use_per_comment_and_a_version_with_its_date(post, comment):
    factories.make_comment_use(comment)

    for wrong in (
        lambda: factories.make_comment_use(comment),
        lambda: CommentUse.objects.update(named_at=timezone.now()),
        lambda: CommentUse.objects.update(revision=post.revision),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()
