"""Requests of the visual editor, and the choice between the two editors."""

import json

import pytest

from blog.actions.drafts import start_post
from blog.models import Draft
from tests import factories


@pytest.fixture
def post(ada, course):
    return start_post(course, by=ada, title="Ties", text="Words.")


def url(post, page="visual/"):
    return f"/c/{post.course.slug}/posts/{post.slug}/{page}"


def ask_check(client, post, text, written):
    data = {"text": text, "written": json.dumps(written)}
    return client.post(url(post, "visual/check/"), data)


def test_a_text_is_answered_in_pieces_and_not_saved(client, ada, post):
    factories.make_reference(post, key="granovetter1973")
    client.force_login(ada)

    answer = client.post(url(post), {"text": "So [@granovetter1973].\r\n\r\n[r]: http://x.org"})

    assert answer.json() == {
        "pieces": [
            {
                "source": "So [@granovetter1973].",
                "gap": "\n\n",
                "html": '<p>So <span data-cite="[@granovetter1973]">(<a '
                'href="#ref-granovetter1973">Granovetter, 1973</a>)</span>.</p>',
            },
            {"source": "[r]: http://x.org", "gap": "", "html": ""},
        ]
    }
    assert Draft.objects.get().text == "Words."


def test_a_new_post_is_answered_before_it_is_saved(client, ada, course):
    client.force_login(ada)

    answer = client.post(f"/c/{course.slug}/posts/new/visual/", {"text": "*a*"})

    assert answer.json()["pieces"][0]["html"] == "<p><em>a</em></p>"


def test_pictures_of_the_post_are_shown(client, ada, post):
    picture = factories.make_picture(post)
    client.force_login(ada)

    answer = client.post(url(post), {"text": picture.markdown})

    assert f'data-picture="{picture.token}"' in answer.json()["pieces"][0]["html"]
    assert picture.shown.address in answer.json()["pieces"][0]["html"]


def test_a_text_that_is_too_long_is_refused_in_words(client, ada, post):
    client.force_login(ada)

    answer = client.post(url(post), {"text": "a" * 60_001})

    assert answer.status_code == 422
    assert "The limit is 60000" in answer.json()["said"].replace(",", "")


def test_pieces_that_would_be_lost_are_named(client, ada, post):
    client.force_login(ada)

    answer = ask_check(client, post, "*a*\n\n<q>b</q>", [["*a*", "\n\n"], ["b", ""]])

    assert answer.json() == {"lost": [1]}


@pytest.mark.parametrize("written", [None, {}, [], [["a"]], [[1, 2]], "a", [["a", "", ""]]])
def test_what_is_no_list_of_pairs_is_refused(client, ada, post, written):
    client.force_login(ada)

    assert ask_check(client, post, "a", written).status_code == 400


def test_openings_are_limited(client, ada, post):
    client.force_login(ada)
    statuses = [client.post(url(post), {"text": "a"}).status_code for _each in range(61)]

    assert (statuses[59], statuses[60]) == (200, 429)


@pytest.mark.parametrize("editor", ["markdown", "visual"])
def test_the_editor_is_remembered(client, ada, editor):
    client.force_login(ada)

    answer = client.post("/me/editor/", {"editor": editor})

    ada.refresh_from_db()
    assert answer.status_code == 204
    assert ada.editor == editor
    assert ada.writes_markdown is (editor == "markdown")


def test_an_editor_that_there_is_not_changes_nothing(client, ada):
    client.force_login(ada)

    answer = client.post("/me/editor/", {"editor": "emacs"})

    ada.refresh_from_db()
    assert (answer.status_code, ada.editor) == (400, "markdown")


def test_a_comment_is_answered_in_pieces(client, bob, course):
    client.force_login(bob)

    answer = client.post(f"/c/{course.slug}/comments/visual/", {"text": "# One\n**two** [@key]"})

    assert answer.json() == {
        "pieces": [
            {
                "source": "# One\n**two** [@key]",
                "gap": "",
                "html": "<p># One<br>\n<strong>two</strong> [@key]</p>",
            }
        ]
    }


def test_a_comment_that_would_be_lost_is_named(client, bob, course):
    client.force_login(bob)
    data = {"text": "**a**\n\nb", "written": json.dumps([["a", "\n\n"], ["b", ""]])}

    answer = client.post(f"/c/{course.slug}/comments/visual/check/", data)

    assert answer.json() == {"lost": [0]}


def test_a_comment_that_is_too_long_is_refused_in_words(client, bob, course):
    client.force_login(bob)

    answer = client.post(f"/c/{course.slug}/comments/visual/", {"text": "a" * 30_000})

    assert answer.status_code == 422
    assert "said" in answer.json()
