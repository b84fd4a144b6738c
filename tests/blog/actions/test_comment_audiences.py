"""A comment's audience beside that of its post, which is narrowed and widened again."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.urls import reverse

from blog.actions.comments import add_comment, edit_comment
from blog.actions.post_states import delete_post, restore_post, withdraw_post
from blog.actions.posts import publish_post, republish_post
from blog.models import Audience, Comment, CommentRevision, Post, Revision
from tests import factories
from tests.submitted import fields_of

TEAM, READERS, EVERYONE = Comment.Audience.values
PUBLIC = {
    "visitor": {EVERYONE},
    "eve": {EVERYONE},
    "cleo": {READERS, EVERYONE},
    "bob": {TEAM, READERS, EVERYONE},
    "instructor": {TEAM, READERS, EVERYONE},
}
COURSE = PUBLIC | {"visitor": set(), "eve": set()}
RESTRICTED = COURSE | {"cleo": set(), "bob": set()}
NOBODY = dict.fromkeys(PUBLIC, set())


@pytest.fixture
def people(bob, eve, instructor, course):
    cleo = factories.make_user("Cleo Student")
    factories.add_member(course, cleo)
    return {
        "visitor": AnonymousUser(),
        "eve": eve,
        "cleo": cleo,
        "bob": bob,
        "instructor": instructor,
    }


@pytest.fixture
def post(ada, bob, course, people):
    """Return Ada's public post with Bob's comments, one for each audience."""
    post = factories.make_post(ada, course, audience=Audience.PUBLIC)
    for audience in (TEAM, READERS, EVERYONE):
        add_comment(post, by=bob, text="Well.", audience=audience)
    return post


def publish(post, audience):
    post.refresh_from_db()
    publish_post(post, by=post.author, title=post.title, text="Some words.", audience=audience)


def seen(people) -> dict:
    """Return the audiences of the comments that each person sees."""
    return {
        name: set(Comment.objects.visible_to(person).values_list("audience", flat=True))
        for name, person in people.items()
    }


def test_narrowing_a_post_narrows_its_comments_and_widening_brings_back_what_was_chosen(
    post, people
):
    found = [seen(people)]
    for audience in (Audience.COURSE, Audience.INSTRUCTORS, Audience.ONLY_ME, Audience.PUBLIC):
        publish(post, audience)
        found.append(seen(people))

    assert found == [PUBLIC, COURSE, RESTRICTED, NOBODY, PUBLIC]


def test_a_post_that_is_widened_does_not_widen_its_comments(post, bob, people):
    Comment.objects.all().delete()
    publish(post, Audience.COURSE)
    comment = add_comment(post, by=bob, text="Well.", audience=EVERYONE)

    publish(post, Audience.PUBLIC)

    assert comment.audience == READERS
    assert seen(people)["visitor"] == set()


def test_comments_go_and_come_back_with_their_post(post, ada, people):
    withdraw_post(post, by=ada)
    withdrawn = seen(people)
    republish_post(Post.objects.get(), by=ada)
    published = seen(people)
    delete_post(Post.objects.get(), by=ada)
    deleted = seen(people)
    restore_post(Post.objects.get(), by=ada)

    assert (withdrawn, published, deleted) == (RESTRICTED, PUBLIC, NOBODY)
    assert seen(people) == PUBLIC


@pytest.mark.parametrize(
    ("chosen", "stored"), [(None, EVERYONE), (READERS, READERS), (EVERYONE, EVERYONE)]
)
def test_a_comment_edited_while_its_post_is_narrow_keeps_what_its_writer_chose(
    client, post, bob, people, chosen, stored
):
    comment = Comment.objects.get(audience=EVERYONE)
    publish(post, Audience.COURSE)
    client.force_login(bob)
    address = reverse("comment_edit", args=[post.course.slug, comment.pk])

    form = fields_of(client.get(address), "text") | {"text": "Well then."}
    client.post(address, form | ({"audience": chosen} if chosen else {}))

    comment.refresh_from_db()
    assert (comment.text, comment.audience) == ("Well then.", stored)
    assert seen(people)["visitor"] == set()


def test_a_comment_for_the_course_is_not_widened_by_an_edit(post, bob):
    publish(post, Audience.COURSE)
    comment = Comment.objects.get(audience=READERS)

    edit_comment(comment, by=bob, text=comment.text, audience=EVERYONE)

    comment.refresh_from_db()
    assert comment.audience == READERS


def test_a_reply_to_a_comment_that_is_narrowed_meanwhile_is_no_wider(post, bob, ada):
    parent = Comment.objects.get(audience=EVERYONE)
    edit_comment(Comment.objects.get(pk=parent.pk), by=bob, text="Well.", audience=TEAM)

    reply = add_comment(post, by=ada, text="So?", parent=parent, audience=EVERYONE)

    assert reply.audience == TEAM


@pytest.mark.parametrize(
    ("model", "unknown"), [(Comment, 40), (CommentRevision, 40), (Post, 35), (Revision, 35)]
)
def test_the_database_knows_the_audiences(post, model, unknown):
    factories.make_former_text(Comment.objects.first())

    with pytest.raises(IntegrityError, match="known_audience"), transaction.atomic():
        model.objects.update(audience=unknown)
