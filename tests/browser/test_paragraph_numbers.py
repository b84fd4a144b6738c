"""Numbers beside paragraphs: what has one is what a comment can link to."""

import pytest
from playwright.sync_api import expect

from blog.actions.drafts import start_post
from blog.actions.posts import publish_post
from blog.models import Audience, Comment
from tests import factories
from tests.browser.test_axe import examine

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

SHOWS_NUMBER = """(block) => getComputedStyle(block, "::before").content !== "none" """
TEXT = """![A map](picture:{token})

The first paragraph has more words than there is room for in one line of a list.

> Quoted.

- Listed.

  ![A map](picture:{token})

## Heading

| a | b |
|---|---|
| c | d |

[![A map](picture:{token})](https://example.org/)

```
code
```

The second.[^1]

[^1]: A note.

    It has two paragraphs.
"""


@pytest.fixture
def post(bob, course):
    post = start_post(course, by=bob, title="Ties")
    picture = factories.make_picture(post)
    text = TEXT.format(token=picture.token)
    publish_post(post, by=bob, title="Ties", text=text, audience=Audience.COURSE)
    return post


@pytest.mark.parametrize("width", [1280, 390])
def test_a_number_is_shown_beside_what_has_an_address_and_nothing_else(window, ada, post, width):
    page = window(ada, viewport={"width": width, "height": 800})
    page.goto(post.get_absolute_url())
    blocks = page.locator(".numbered *")

    numbered = [block.get_attribute("id") for block in blocks.all() if block.evaluate(SHOWS_NUMBER)]

    assert numbered == ["p1", "p2"]
    assert post.revision.paragraphs[1].startswith("The second.")


@pytest.mark.parametrize("editor", ["", "markdown"])
def test_a_paragraph_is_chosen_by_its_first_words(window, ada, post, editor):
    ada.editor = editor
    ada.save()
    page = window(ada, viewport={"width": 390, "height": 800})
    page.goto(post.get_absolute_url())
    box = page.get_by_role("textbox", name="Your comment")
    box.click()
    if not editor:
        expect(page.locator(".page-text")).to_be_focused()
    page.keyboard.type("See")

    page.get_by_role("button", name="Link to a paragraph").click()
    choice = page.get_by_role("dialog", name="Link to a paragraph")
    expect(choice.get_by_role("listitem")).to_have_text(
        ["¶1 The first paragraph has more words than there is room for…", "¶2 The second."]
    )
    assert list(examine(page)) == []
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(choice).to_be_hidden()
    page.keyboard.type("too.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Comment added.")).to_be_visible()
    assert Comment.objects.get().text == "See ¶2 too."


def test_nothing_is_chosen_with_escape(window, ada, post):
    page = window(ada)
    page.goto(post.get_absolute_url())
    page.locator("#say").scroll_into_view_if_needed()  # its tools come when it is near
    opener = page.get_by_role("button", name="Link to a paragraph")
    opener.click()

    page.keyboard.press("Escape")

    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.locator("textarea[name=text]").first).to_have_value("")
