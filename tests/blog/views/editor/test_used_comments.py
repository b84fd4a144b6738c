"""The boxes of the revision plan are kept with the draft, whatever its writer does next."""

import uuid
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from blog.actions.drafts import save_draft
from blog.actions.revisions import restore_revision, undo_restore
from blog.models import Audience, CommentUse, Draft, PostTarget
from tests import factories
from tests.blog.views.editor.buttons import button
from tests.submitted import fields_of

HERE, THERE = str(uuid.UUID(int=1)), str(uuid.UUID(int=2))


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


@pytest.fixture
def post(ada, course):
    at = timezone.now() - timedelta(days=3)
    return factories.make_post(ada, course, "Of ties", "They carry news.", at=at)


@pytest.fixture
def comment(bob, post):
    at = timezone.now() - timedelta(days=2)
    comment = factories.make_comment(bob, post, "Add the bakery.", at=at)
    factories.make_comment_use(comment)
    return comment


@pytest.fixture
def signed_in(client, ada):
    client.force_login(ada)
    return client


def address(name, post, *args):
    return reverse(name, args=[post.course.slug, post.slug, *args])


def sent(words="They carry bread.", **fields):
    return {"title": "Of ties", "text": words, "audience": Audience.COURSE, **fields}


def by_script(post, tab, *, seq=1, version=None, **fields):
    fields |= {"writer": post.author.pk, "tab": tab, "seq": seq}
    return sent(version=version or "", **fields)


def checked(page):
    return fields_of(page, "title").get("used_comments")


def drafts():
    return list(Draft.objects.order_by("pk").values_list("is_conflict_copy", "used_comments"))


@pytest.mark.parametrize("name", ["post_edit", "draft_save"])
def test_a_checked_box_is_there_again(signed_in, post, comment, name):
    form = by_script(post, HERE, used_comments=[comment.pk])

    signed_in.post(address(name, post), form)

    assert drafts() == [(False, [comment.pk])]
    assert checked(signed_in.get(address("post_edit", post))) == str(comment.pk)
    assert CommentUse.objects.get().is_planned


def test_a_box_that_is_not_checked_any_more_is_not_kept(signed_in, post, comment):
    signed_in.post(address("post_edit", post), sent(used_comments=[comment.pk]))

    signed_in.post(address("post_edit", post), sent())

    assert drafts() == [(False, [])]


def test_a_box_alone_makes_a_draft(signed_in, post, comment):
    signed_in.post(
        address("draft_save", post),
        by_script(post, HERE, words=post.revision.text, used_comments=[comment.pk]),
    )

    assert drafts() == [(False, [comment.pk])]


def test_buttons_beside_the_text_keep_the_boxes(signed_in, post, comment):
    form = sent(used_comments=[comment.pk])

    signed_in.post(button("editor_name_keep", post, "bakery"), form)

    assert drafts() == [(False, [comment.pk])]


def test_another_tab_is_a_conflict_and_each_choice_keeps_its_boxes(signed_in, ada, post, comment):
    other = factories.make_comment_use(
        factories.make_comment(None, post, "Two.", guest_name="G")
    ).comment
    save = address("draft_save", post)
    version = PostTarget(post).version_of(PostTarget(post).draft_by(ada))
    here = by_script(post, HERE, version=version, used_comments=[comment.pk])
    there = by_script(post, THERE, words="Cake.", version=version, used_comments=[other.pk])

    assert [signed_in.post(save, form).status_code for form in (here, there)] == [200, 409]
    assert drafts() == [(False, [comment.pk]), (True, [other.pk])]
    compare = reverse(
        "draft_compare", args=[post.course.slug, Draft.objects.get(is_conflict_copy=True).pk]
    )
    page = signed_in.get(compare)
    assert page.content.decode().count("Uses these comments:") == 2
    merged = fields_of(page, "title") | {"choice": "merged"}
    signed_in.post(compare, merged)

    assert Draft.objects.current().get().used_comments == sorted([comment.pk, other.pk])
    assert [one.used_comments for one in Draft.objects.archived().order_by("pk")] == [
        [comment.pk],
        [other.pk],
    ]


@pytest.mark.parametrize("name", ["draft_save", "post_edit", "post_publish"])
def test_boxes_of_two_tabs_are_those_of_both(signed_in, ada, post, comment, name):
    guests = factories.make_comment(None, post, "Two.", guest_name="G")
    other = factories.make_comment_use(guests).comment
    version = PostTarget(post).version_of(PostTarget(post).draft_by(ada))
    here = by_script(post, HERE, version=version, used_comments=[comment.pk])
    there = by_script(post, THERE, version=version, used_comments=[other.pk])
    signed_in.post(address("draft_save", post), here)

    answer = signed_in.post(address(name, post), there | {"confirm": "1"})

    both = sorted([comment.pk, other.pk])
    if name == "post_publish":
        post.refresh_from_db()
        assert {use.revision for use in CommentUse.objects.all()} == {post.revision}
        assert drafts() == []
    else:
        assert drafts() == [(False, both)]
        assert checked(signed_in.get(address("post_edit", post))) == [str(pk) for pk in both]
    if name == "draft_save":
        assert (answer.status_code, answer.json()["checked"]) == (200, both)
        again = there | {"seq": 2, "version": answer.json()["version"], "used_comments": both}
        assert "checked" not in signed_in.post(address(name, post), again).json()


def test_words_that_differ_are_a_conflict_though_boxes_differ_too(signed_in, ada, post, comment):
    save = address("draft_save", post)
    version = PostTarget(post).version_of(PostTarget(post).draft_by(ada))
    signed_in.post(save, by_script(post, HERE, version=version))
    changed = {"content_note": "a hospital scene", "used_comments": [comment.pk]}

    answer = signed_in.post(save, by_script(post, THERE, version=version, **changed))

    assert (answer.status_code, drafts()) == (409, [(False, []), (True, [comment.pk])])


def test_publishing_settles_the_boxes_and_an_old_tab_makes_no_draft(signed_in, post, comment):
    form = by_script(post, HERE, used_comments=[comment.pk])
    signed_in.post(address("draft_save", post), form)
    page = signed_in.get(address("post_edit", post))

    signed_in.post(button("post_publish", post), fields_of(page, "title") | {"confirm": "1"})

    post.refresh_from_db()
    assert (CommentUse.objects.get().revision, drafts()) == (post.revision, [])
    signed_in.post(address("draft_save", post), form | {"seq": 9})
    assert drafts() == []


def test_restoring_a_version_keeps_the_boxes_and_so_does_its_undo(ada, post, comment):
    save_draft(PostTarget(post), by=ada, text="They carry bread.", used_comments=[comment.pk])

    archived = restore_revision(post.revisions.get(number=1), by=ada)
    assert Draft.objects.current().get().used_comments == [comment.pk]
    undo_restore(archived, by=ada)

    assert Draft.objects.current().get().used_comments == [comment.pk]


def test_a_new_post_keeps_what_its_first_save_checks(signed_in, course, comment):
    fields = sent(title="More ties", key=HERE, used_comments=[comment.pk])

    signed_in.post(reverse("post_new", args=[course.slug]), fields)

    assert drafts() == [(False, [comment.pk])]
