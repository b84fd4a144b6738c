"""The page that compares two texts of one draft."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from blog.actions.drafts import save_draft
from blog.models import Draft, PostTarget
from tests import factories
from tests.blog.views.editor.buttons import button

SWITCH = '<input type="radio" name="editor" value="markdown"> Markdown </label>'


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


@pytest.fixture
def post(ada, course):
    return factories.make_draft_post(ada, course, "T", "begun")


@pytest.fixture
def bobs_post(bob, course):
    return factories.make_post(bob, course)


@pytest.fixture
def signed_in(client, ada):
    client.force_login(ada)
    return client


def comparing(draft, course):
    return reverse("draft_compare", args=[course.slug, draft.pk])


def texts():
    """Return the draft, its conflict copies, and what is archived."""
    drafts = Draft.objects.order_by("is_conflict_copy", "archived_at", "pk")
    return list(drafts.values_list("text", flat=True))


@pytest.fixture
def other(ada, post):
    return factories.make_conflict_copy(ada, post, "begun elsewhere", title="T")


@pytest.mark.parametrize(
    ("who", "status"),
    [(None, 302), ("eve", 404), ("bob", 302), ("instructor", 302), ("ada", 200)],
)
def test_two_texts_are_for_their_author_alone(client, request, course, other, who, status):
    if who:
        client.force_login(request.getfixturevalue(who))

    assert client.get(comparing(other, course)).status_code == status


def test_the_comparison_marks_what_one_text_alone_has(signed_in, course, other):
    page = signed_in.get(comparing(other, course)).content.decode()

    only_here = '<mark><span class="visually-hidden">only here: </span> elsewhere</mark>'
    assert f'<p class="is-paragraph">begun{only_here}</p>' in page
    assert f'<p class="is-code">begun{only_here}</p>' in page
    assert page.count("<mark>") == 2


def test_the_comparison_has_the_words_of_readers_and_the_markdown_in_a_fold(
    signed_in, ada, course, post
):
    factories.make_reference(post, factories.make_work(course, added_by=ada))
    markdown = "## Ties\n\n- *They* carry [@granovetter1973, p. 12]."
    other = factories.make_conflict_copy(ada, post, markdown, title="T")

    page = signed_in.get(comparing(other, course)).content.decode()

    assert markdown in page
    assert page.count("[@granovetter1973") == 1
    assert "They carry (Granovetter, 1973, p. 12)." in page


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("*begun*", "Formatting only here: italic."),
        ("begun\n", "Only the Markdown is different"),
        ("[^a]" * 400, "cannot be shown as its readers would see it"),
    ],
)
def test_the_comparison_says_what_differs_beside_words(signed_in, ada, course, post, text, words):
    other = factories.make_conflict_copy(ada, post, text, title="T")

    page = signed_in.get(comparing(other, course)).content.decode()

    assert words in page


@pytest.mark.parametrize(("editor", "is_open"), [("markdown", True), ("visual", False)])
def test_who_writes_markdown_finds_it_unfolded(signed_in, ada, course, other, editor, is_open):
    ada.editor = editor
    ada.save()

    page = signed_in.get(comparing(other, course)).content.decode()

    assert ('<details class="fold" open>' in " ".join(page.split())) is is_open


def test_two_texts_of_a_comment_are_compared_as_comments(signed_in, ada, bobs_post):
    factories.make_draft_comment(ada, bobs_post, "A *tie*.\nTwo.")
    other = factories.make_conflict_copy(ada, bobs_post, "", kind="comment", audience=10)

    page = signed_in.get(comparing(other, bobs_post.course)).content.decode()

    assert '<span class="visually-hidden">only here: </span>A tie.</mark>' in page


@pytest.mark.parametrize(
    ("choice", "kept"),
    [
        ({"choice": "saved"}, ["begun", "begun elsewhere"]),
        ({"choice": "other"}, ["begun elsewhere", "begun"]),
        (
            {"choice": "merged", "title": "T", "text": "both\r\nof them"},
            ["both\nof them", "begun", "begun elsewhere"],
        ),
    ],
)
def test_the_choice_is_kept_and_can_be_undone(signed_in, course, post, other, choice, kept):
    address = comparing(other, course)

    response = signed_in.post(address, {"version": "0.1", **choice})

    assert response.url == reverse("post_edit", args=[course.slug, post.slug])
    assert texts() == kept
    assert not Draft.objects.conflict_copies().exists()
    undo = reverse("draft_restore", args=[course.slug, Draft.objects.archived().first().pk])
    assert undo in signed_in.get(response.url).content.decode()
    assert signed_in.post(undo).status_code == 302
    assert Draft.objects.conflict_copies().count() == len(kept) - 1


def test_a_choice_stops_before_words_nobody_compared(signed_in, ada, course, post, other):
    save_draft(PostTarget(post), by=ada, title="T", text="begun, and gone on")

    response = signed_in.post(
        comparing(other, course),
        {"version": "0.1", "choice": "merged", "title": "T", "text": "my merged words"},
    )

    page = response.content.decode()
    assert texts() == ["begun, and gone on", "begun elsewhere"]
    assert "my merged words</textarea>" in page
    assert "Below are both versions as they are now." in page
    assert 'name="version" value="0.2"' in page


def test_the_editor_says_that_a_second_text_waits_and_takes_it(signed_in, course, post, other):
    desk = reverse("post_edit", args=[course.slug, post.slug])
    page = signed_in.get(desk).content.decode()
    assert "You also have another version of this text" in page

    form = {"title": "T", "text": "begun here", "audience": 30, "version": "0.1"}
    signed_in.post(button("conflict_keep_other", post, other.pk), form)

    assert texts() == ["begun elsewhere", "begun here"]
    assert not Draft.objects.conflict_copies().exists()


def test_two_texts_of_a_comment_lead_back_to_the_conversation(signed_in, ada, bobs_post):
    factories.make_draft_comment(ada, bobs_post, "one")
    other = factories.make_conflict_copy(ada, bobs_post, "two", kind="comment", audience=10)
    draft = Draft.objects.current().get()

    response = signed_in.post(
        comparing(other, bobs_post.course), {"choice": "other", "version": f"{draft.pk}.1"}
    )

    assert response.url == f"{bobs_post.get_absolute_url()}#say"
    assert (Draft.objects.current().get().text, Draft.objects.current().get().audience) == (
        "two",
        10,
    )


@pytest.mark.parametrize(
    ("editor", "label", "shown"),
    [
        ("", "Text with formatting signs", "Show the text with formatting signs"),
        ("visual", "Text with formatting signs", "Show the text with formatting signs"),
        ("markdown", "Text, in Markdown", "Show the Markdown"),
    ],
)
def test_only_who_writes_in_markdown_reads_of_it(
    signed_in, ada, course, other, editor, label, shown
):
    ada.editor = editor
    ada.save()

    page = " ".join(signed_in.get(comparing(other, course)).content.decode().split())

    assert (label in page, f"{shown} </summary>" in page) == (True, True)
    read = page.split("<main")[1].split('<div class="frame')[0]
    assert ("Markdown" in read.replace(SWITCH, "")) == (editor == "markdown")
