"""A form that a reload sends again when its page has saved more: both stay, nothing old acts."""

import uuid

import pytest
from django.urls import reverse

from blog.models import Audience, Draft, Post
from tests import factories
from tests.blog.views.editor.buttons import button
from tests.submitted import fields_of

TAB = str(uuid.UUID(int=1))
ASKING = "Words (Nobody, 1999) x."
LATER = f"{ASKING} More typed: five whole sentences."
BUTTONS = ["post_publish", "post_scaffold", "editor_citations_link", "editor_paste", "post_preview"]


@pytest.fixture
def writer(client, ada):
    client.force_login(ada)
    return client


@pytest.fixture
def post(ada, course):
    return factories.make_draft_post(ada, course, "T", "begun")


def form(writer, text, seq, version="0.1", **more):
    return {
        "writer": writer.pk,
        "tab": TAB,
        "seq": seq,
        "version": version,
        "title": "T",
        "text": text,
        "audience": Audience.COURSE,
        **more,
    }


def autosave(client, post, page, text):
    """Save from the page that an answer brought, as its script does."""
    fields = fields_of(page, "title")
    fields |= {"text": text, "seq": int(page.context["seq"]) + 1}
    return client.post(reverse("draft_save", args=[post.course.slug, post.slug]), fields)


def texts():
    return sorted(Draft.objects.values_list("text", flat=True))


def test_the_question_is_a_page_that_a_reload_only_shows(writer, ada, course):
    sent = form(ada, ASKING, 1, "", key=str(uuid.uuid4()))

    answer = writer.post(button("post_publish", course), sent)
    question = writer.get(answer.url)
    assert "Publish anyway" in question.content.decode()
    assert autosave(writer, Post.objects.get(), question, LATER).status_code == 200
    reloaded = writer.get(answer.url).content.decode()

    assert (answer.status_code, LATER in reloaded, "Publish anyway" in reloaded) == (
        302,
        True,
        True,
    )
    assert texts() == [LATER]


def test_the_question_keeps_the_comments_that_were_checked(writer, ada, bob, course):
    post = factories.make_post(ada, course, "T", "begun")
    comment = factories.make_comment(bob, post)
    factories.make_comment_use(comment)
    sent = form(ada, ASKING, 1, f"{post.publication}.0", used_comments=[comment.pk])

    question = writer.post(button("post_publish", post), sent, follow=True)

    assert fields_of(question, "title")["used_comments"] == str(comment.pk)


@pytest.mark.parametrize("confirm", ["", "1"])
@pytest.mark.parametrize("seq", [2, ""])
@pytest.mark.parametrize("verb", ["post_publish", "post_scaffold", "editor_paste"])
def test_an_old_form_is_shown_beside_the_words_saved_since(writer, ada, post, verb, seq, confirm):
    sent = form(ada, ASKING, seq, confirm=confirm)
    refused = writer.post(button("post_publish", post), sent | {"title": ""})
    assert refused.status_code == 422
    assert autosave(writer, post, refused, LATER).status_code == 200

    for _time in range(2):
        again = writer.post(button(verb, post), sent)

    assert again.status_code == 409
    assert "Nothing is lost: both versions are saved." in again.content.decode()
    assert texts() == [ASKING, LATER]
    assert autosave(writer, post, again, "Old, and on.").status_code == 409
    assert texts() == ["Old, and on.", LATER]
    assert Post.objects.get().is_draft


def test_a_form_of_the_tab_that_saved_later_words_is_shown_beside_them(writer, ada, post):
    save = reverse("draft_save", args=[post.course.slug, post.slug])
    sent = form(ada, ASKING, 2, confirm="1")
    writer.post(save, form(ada, LATER, 3))

    for verb in BUTTONS[:-1]:
        again = writer.post(button(verb, post), sent)

        assert again.status_code == 409
        assert autosave(writer, post, again, ASKING).status_code == 409
    assert texts() == [ASKING, LATER]
    assert Post.objects.get().is_draft


def test_a_second_click_on_publish_leaves_the_words_written_since(writer, ada, post):
    sent = form(ada, "Published.", 2, confirm="1")
    writer.post(button("post_publish", post), sent)
    post.refresh_from_db()
    page = writer.get(reverse("post_edit", args=[post.course.slug, post.slug]))
    autosave(writer, post, page, "Written since.")

    again = writer.post(button("post_publish", post), sent, follow=True)

    assert "Written since." in again.content.decode()
    assert texts() == ["Written since."]
    assert post.revisions.count() == 1


@pytest.mark.parametrize("verb", BUTTONS)
def test_the_address_of_a_form_that_came_back_leads_to_the_editor(writer, post, verb):
    assert writer.get(button(verb, post)).url == reverse(
        "post_edit", args=[post.course.slug, post.slug]
    )
    assert writer.get(button(verb, post.course)).url == reverse("post_new", args=[post.course.slug])


def test_an_old_form_of_a_comment_does_not_take_the_place_of_its_draft(writer, ada, bob, course):
    post = factories.make_post(bob, course)
    address = reverse("comment_new", args=[course.slug, post.slug])
    save = reverse("comment_draft_save", args=[course.slug, post.slug])
    sent = form(ada, "Short.", 1, "0.0", audience=7, key=str(uuid.uuid4()))
    draft = form(ada, "Short.", 1, "0.0", audience=30)
    writer.post(save, draft)
    writer.post(save, draft | {"text": "Short, and longer.", "seq": 2})

    again = writer.post(address, sent)

    assert again.status_code == 422
    page = again.context
    old = draft | {"tab": str(page["tab"]), "seq": page["seq"] + 1, "version": page["version"]}
    assert writer.post(save, old | {"text": "Short. Old."}).status_code == 409
    assert texts() == ["Short, and longer.", "Short. Old."]
