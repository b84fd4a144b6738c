"""Content notes of posts and comments: folded texts, and lists that show the note alone."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.actions.comments import add_comment, edit_comment
from blog.actions.posts import publish_post
from blog.actions.revisions import restore_revision
from blog.forms.comments.comment import NewCommentForm
from blog.models import Audience, Comment, Draft, Notification, Post
from blog.templatetags.notifications import excerpt
from tests import factories
from tests.blog.views.editor.buttons import button

NOTE, SECRET = "a hospital <b>scene</b>", "The curtain was green."
KEY = "5e3b1c9e-2f64-4d1c-9d5e-0a8a39f0f6c1"
SHOWN = "Content note: a hospital &lt;b&gt;scene&lt;/b&gt;"
FOLDED = re.compile(
    r'<details class="content-note">\s*<summary>.*?Content note: a hospital &lt;b&gt;.*?</summary>'
    r"(.*?)</details>",
    re.DOTALL,
)


@pytest.fixture
def post(ada, course):
    post = factories.make_draft_post(ada, course)
    publish_post(
        post, by=ada, title="Waiting", text=SECRET, content_note=NOTE, audience=Audience.PUBLIC
    )
    return post


def page(client, reader, url):
    client.force_login(reader)
    return client.get(url).content.decode()


def history(post, name, *args):
    return reverse(name, args=[post.course.slug, post.slug, *args])


def fields(**changed):
    text = {"title": "Waiting", "text": SECRET, "content_note": NOTE, "audience": Audience.COURSE}
    return text | changed


def test_a_post_is_folded_behind_its_note_on_every_page_that_shows_it(
    client, ada, bob, instructor, post
):
    for reader, url in (
        (bob, post.get_absolute_url()),
        (bob, reverse("post_public", args=[post.pk, post.slug])),
        (ada, history(post, "revision_page", 1)),
    ):
        [folded] = FOLDED.findall(page(client, reader, url))
        assert SECRET in folded


def test_a_post_without_a_note_is_in_view(client, ada, bob, course):
    post = factories.make_post(ada, course, text=SECRET)

    html = page(client, bob, post.get_absolute_url())

    assert (SECRET in html, '<details class="content-note">' in html) == (True, False)


def test_lists_show_the_note_in_place_of_the_text(client, bob, course, post):
    Post.objects.update(audience=Audience.COURSE)
    for name, args in (
        ("course_home", []),
        ("post_list", []),
        ("person_page", [post.author.username]),
    ):
        html = page(client, bob, reverse(name, args=[course.slug, *args]))
        assert (name, SHOWN in html, SECRET in html) == (name, True, False)


def test_a_comment_is_folded_behind_its_note(client, ada, bob, course):
    post = factories.make_post(ada, course)
    comment = add_comment(
        post, by=bob, text=SECRET, content_note=NOTE, audience=Comment.Audience.READERS
    )

    for url in (post.get_absolute_url(), reverse("comment_reply", args=[course.slug, comment.pk])):
        [folded] = FOLDED.findall(page(client, ada, url))
        assert SECRET in folded


@pytest.mark.parametrize("name", ["report_new", "case_page", "moderation"])
def test_moderation_folds_a_comment_behind_its_note(client, ada, bob, instructor, course, name):
    comment = factories.make_comment(bob, factories.make_post(ada, course), SECRET)
    Comment.objects.update(content_note=NOTE)
    factories.make_report(comment, ada)
    args = [course.slug, *([] if name == "moderation" else [comment])]

    html = page(client, instructor, reverse(name, args=args))

    assert SECRET in FOLDED.search(html)[1]
    assert SECRET not in FOLDED.sub("", html)


@pytest.mark.parametrize("name", ["case_page", "moderation"])
def test_moderation_shows_the_note_of_a_post(client, ada, instructor, course, post, name):
    factories.make_report(post, instructor)
    args = [course.slug, *([] if name == "moderation" else [post])]

    html = page(client, instructor, reverse(name, args=args))

    assert (SHOWN in html, SECRET in html) == (True, False)


def test_feeds_show_the_note_and_where_the_text_is(client, ada, bob, course, post):
    Post.objects.update(audience=Audience.COURSE)
    add_comment(post, by=bob, text=SECRET, content_note=NOTE)

    for name, args in (("course_feed", []), ("comment_feed", [post.slug])):
        feed = unescape(page(client, ada, reverse(name, args=[course.slug, *args])))
        assert (SHOWN in feed, SECRET in feed) == (True, False)
        assert f"{post.get_absolute_url()}" in feed


def test_a_notification_shows_the_note_of_a_comment(ada, bob, course):
    post = factories.make_post(ada, course)
    add_comment(post, by=bob, text=SECRET, content_note=NOTE)

    assert excerpt(Notification.objects.get(reader=ada), ada) == f"Content note: {NOTE}"


def test_comments_quote_nothing_from_behind_a_note(client, ada, bob, post):
    form = NewCommentForm(
        {
            "text": "Which one?",
            "audience": Comment.Audience.READERS,
            "key": KEY,
            "quotation": "curtain was green",
        },
        post=post,
    )
    assert form.is_valid()
    add_comment(post, by=bob, text="Which one?", selection=form.selection)

    html = page(client, ada, post.get_absolute_url())

    assert "Which one?" in html
    assert '<blockquote class="quoted"' not in html


def test_the_plan_for_the_next_version_shows_the_note_of_a_comment(client, ada, bob, course):
    post = factories.make_post(ada, course)
    comment = add_comment(post, by=bob, text=SECRET, content_note=NOTE)
    factories.make_comment_use(comment)

    html = page(client, ada, reverse("post_edit", args=[course.slug, post.slug]))

    assert (SHOWN in html, SECRET in html) == (True, False)


def test_the_note_is_saved_with_the_draft_and_published_with_the_text(client, ada, course):
    post = factories.make_draft_post(ada, course)
    client.force_login(ada)
    long = f"  {NOTE}\n again "

    client.post(history(post, "post_edit"), fields(content_note=long))
    assert Draft.objects.get().content_note == f"{NOTE} again"
    html = client.get(history(post, "post_edit")).content.decode()
    assert 'class="fold content-note-field" open' in html
    client.post(button("post_publish", post), fields(version="0.2"))

    post.refresh_from_db()
    assert (post.revision.content_note, Draft.objects.count()) == (NOTE, 0)


def test_a_note_that_is_too_long_comes_back_with_the_text(client, ada, course):
    post = factories.make_draft_post(ada, course)
    client.force_login(ada)

    response = client.post(history(post, "post_edit"), fields(content_note="n" * 121))

    assert response.status_code == 422
    assert ("n" * 121 in response.content.decode(), SECRET in response.content.decode()) == (
        True,
        True,
    )


def test_a_changed_note_is_a_new_version_and_the_comparison_shows_it(client, ada, post):
    client.force_login(ada)

    client.post(button("post_publish", post), fields(content_note="a scene", audience=50))

    post.refresh_from_db()
    assert (post.revision.number, post.revision.content_note) == (2, "a scene")
    html = client.get(history(post, "revision_compare")).content.decode()
    assert "Content note:" in html
    assert "The text has not changed." in html


def test_restoring_a_version_restores_its_note(ada, post):
    publish_post(post, by=ada, title="Waiting", text="Short.", audience=Audience.COURSE)

    restore_revision(post.revisions.get(number=1), by=ada)

    draft = Draft.objects.current().get()
    assert (draft.text, draft.content_note) == (SECRET, NOTE)


def test_a_conflict_of_two_drafts_shows_and_keeps_both_notes(client, ada, course):
    post = factories.make_draft_post(ada, course, text=SECRET)
    Draft.objects.update(content_note="one scene")
    copy = factories.make_conflict_copy(ada, post, SECRET, content_note="another scene")
    compare = reverse("draft_compare", args=[course.slug, copy.pk])
    html = page(client, ada, compare)
    assert "Content note:" in html

    client.post(compare, {"choice": "other", "version": "0.1"})

    assert Draft.objects.current().get().content_note == "another scene"
    assert Draft.objects.archived().get().content_note == "one scene"


def test_the_note_of_a_comment_is_sent_edited_and_taken_off(client, bob, ada, course):
    post = factories.make_post(ada, course)
    client.force_login(bob)
    form = {"key": KEY, "text": SECRET}
    form |= {"audience": Comment.Audience.READERS, "content_note": NOTE}

    client.post(history(post, "comment_new"), form)

    comment = Comment.objects.get()
    assert comment.content_note == NOTE
    edited = edit_comment(comment, by=bob, text=SECRET)
    assert edited.content_note == NOTE
    assert edit_comment(edited, by=bob, text=SECRET, content_note="").content_note == ""


def test_former_texts_of_a_comment_are_behind_its_note(client, ada, bob, course):
    post = factories.make_post(ada, course)
    comment = add_comment(post, by=bob, text=SECRET, content_note=NOTE)
    Comment.objects.update(created_at=timezone.now() - timedelta(days=1))
    comment.refresh_from_db()
    edit_comment(comment, by=bob, text="Nothing.")

    html = page(client, ada, reverse("comment_history", args=[course.slug, comment.pk]))

    assert html.count("curtain") == "".join(FOLDED.findall(html)).count("curtain") > 0


def test_the_draft_of_a_comment_with_a_note_alone_is_kept(client, ada, bob, course):
    post = factories.make_post(ada, course)
    client.force_login(bob)
    form = {"writer": bob.pk, "tab": KEY, "seq": 1, "text": "", "content_note": NOTE}

    answer = client.post(history(post, "comment_draft_save"), form)

    assert answer.status_code == 200
    assert Draft.objects.get().content_note == NOTE
    assert 'class="fold content-note-field" open' in page(client, bob, post.get_absolute_url())
