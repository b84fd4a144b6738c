"""A comment that its author edits in two tabs: nothing is overwritten, and both texts are shown."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.actions import comments
from blog.actions.drafts import save_draft
from blog.exceptions import StaleVersion
from blog.models import Comment, Draft, comment_target
from tests import factories
from tests.submitted import fields_of

TEAM, READERS = Comment.Audience.TEAM, Comment.Audience.READERS


@pytest.fixture
def comment(ada, bob, course):
    post = factories.make_post(ada, course, slug="ties")
    return factories.make_comment(bob, post, "A thought.")


@pytest.fixture
def writer(client, bob):
    client.force_login(bob)
    return client


def address(comment):
    return reverse("comment_edit", args=[comment.post.course.slug, comment.pk])


def opened(client, comment):
    return fields_of(client.get(address(comment)), "text")


def save(client, comment, page, **changes):
    return client.post(address(comment), page | changes)


def stored(comment):
    comment.refresh_from_db()
    return comment.text, comment.audience


def test_a_save_from_a_second_tab_writes_nothing_and_shows_both(writer, comment):
    first, second = opened(writer, comment), opened(writer, comment)
    save(writer, comment, first, text="Saved by A")

    response = save(writer, comment, second, text="Typed by B")

    assert response.status_code == 409
    assert "Saved by A" in response.content.decode()
    assert "Typed by B</textarea>" in response.content.decode()
    assert stored(comment) == ("Saved by A", READERS)


@pytest.mark.parametrize(
    ("choice", "kept"), [("stored", "Saved by A"), ("submitted", "Typed by B")]
)
def test_the_choice_is_saved(writer, comment, choice, kept):
    first, second = opened(writer, comment), opened(writer, comment)
    save(writer, comment, first, text="Saved by A")
    shown = fields_of(save(writer, comment, second, text="Typed by B"), "text")

    assert save(writer, comment, shown).status_code == 409
    response = save(writer, comment, shown, **{"keep-text": choice})

    assert response.status_code == 302
    assert stored(comment) == (kept, READERS)


def test_what_only_one_of_them_changed_is_chosen_already(writer, comment):
    first, second = opened(writer, comment), opened(writer, comment)
    save(writer, comment, first, text="Saved by A")
    shown = fields_of(save(writer, comment, second, audience=TEAM), "text")

    assert save(writer, comment, shown).status_code == 302

    assert stored(comment) == ("Saved by A", TEAM)


def test_the_same_form_sent_twice_is_no_conflict(writer, comment):
    page = opened(writer, comment) | {"text": "Mine"}

    assert [save(writer, comment, page).status_code for _twice in range(2)] == [302, 302]


@pytest.mark.parametrize("version", ["", "0", "999", "x", "١", "9" * 400])
def test_a_version_that_the_comment_never_had_overwrites_nothing(writer, comment, version):
    page = opened(writer, comment) | {"comment_version": version, "comment_seen": "%&=&%FF"}

    assert save(writer, comment, page, text="Mine").status_code == 409

    assert stored(comment) == ("A thought.", READERS)


def test_a_save_that_loses_the_race_after_its_check_shows_both(writer, comment, monkeypatch):
    page = opened(writer, comment)

    def find_late(*args, **kwargs):
        rows = Comment.objects.filter(pk=comment.pk, version=1)
        rows.update(text="Saved by A", version=2)
        return comment_target(*args, **kwargs)

    monkeypatch.setattr("blog.views.comments.comment.comment_target", find_late)

    response = save(writer, comment, page, text="Typed by B")

    assert response.status_code == 409
    assert stored(comment) == ("Saved by A", READERS)


def test_a_stale_comment_is_refused_by_the_action(bob, comment):
    stale = Comment.objects.get(pk=comment.pk)
    comments.edit_comment(comment, by=bob, text="Better.")

    with pytest.raises(StaleVersion):
        comments.edit_comment(stale, by=bob, text="Worse.")

    assert stored(comment) == ("Better.", READERS)


def test_a_draft_is_compared_with_what_was_stored_when_it_was_begun(writer, bob, comment):
    target = comment_target(comment.post, comment=comment)
    save_draft(target, by=bob, version="0.0", text="A draft.", audience=READERS)
    page = opened(writer, comment)

    assert page["text"] == "A draft."
    assert save(writer, comment, page).status_code == 302
    assert stored(comment) == ("A draft.", READERS)
    assert not target.drafts_by(bob).exists()


def test_a_draft_from_before_an_edit_overwrites_nothing(writer, bob, comment):
    target = comment_target(comment.post, comment=comment)
    save_draft(target, by=bob, version="0.0", text="A draft.", audience=READERS)
    Comment.objects.filter(pk=comment.pk).update(
        text="Edited elsewhere.",
        version=2,
        text_changed_at=timezone.now() + timedelta(seconds=1),
    )
    page = opened(writer, comment)

    response = save(writer, comment, page)

    assert page["text"] == "A draft."
    assert response.status_code == 409
    assert stored(comment) == ("Edited elsewhere.", READERS)


def autosave(client, comment, page, text):
    place = reverse("comment_draft_save", args=[comment.post.course.slug, comment.post.slug])
    return client.post(place, page | {"text": text})


def test_words_that_an_old_tab_saves_after_an_edit_are_shown_beside_it(writer, bob, comment):
    first, second = opened(writer, comment), opened(writer, comment)
    save(writer, comment, first, text="Saved by A")

    answer = autosave(writer, comment, second, "Typed by B")
    again = autosave(writer, comment, second, "Typed by B, and more")
    page = writer.get(address(comment))

    assert (answer.status_code, again.status_code) == (409, 409)
    copy = Draft.objects.get()
    assert (copy.text, copy.is_conflict_copy) == ("Typed by B, and more", True)
    assert fields_of(page, "text")["text"] == "Saved by A"
    compare = reverse("draft_compare", args=["networks", copy.pk])
    assert compare in page.content.decode()
    compared = writer.get(compare).content.decode()
    assert "Saved by A" in compared
    assert "and more" in compared


def test_a_draft_of_the_same_tab_does_not_grow_over_an_edit(writer, bob, comment):
    first, second = opened(writer, comment), opened(writer, comment)
    autosave(writer, comment, second, "Typed by B")
    save(writer, comment, first, text="Saved by A")

    answer = autosave(writer, comment, second, "Typed by B, and more")
    reopened = opened(writer, comment)
    once_more = autosave(writer, comment, reopened, "Typed after that")

    assert (answer.status_code, once_more.status_code) == (409, 409)
    assert save(writer, comment, reopened).status_code == 409
    assert stored(comment) == ("Saved by A", READERS)


def test_the_tab_that_knows_the_edit_saves_its_draft(writer, bob, comment):
    save(writer, comment, opened(writer, comment), text="Saved by A")

    answer = autosave(writer, comment, opened(writer, comment), "Typed by B")
    page = opened(writer, comment)

    assert (answer.status_code, page["text"]) == (200, "Typed by B")
    assert save(writer, comment, page).status_code == 302
    assert stored(comment) == ("Typed by B", READERS)
