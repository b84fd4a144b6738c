"""The preview of a comment, by keyboard: in Markdown, and never in the way of the visual editor."""

import pytest
from playwright.sync_api import expect

from blog.models import Comment, User
from tests import factories
from tests.browser.steps import loading

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


def test_a_comment_is_previewed_in_markdown_written_on_and_sent(window, ada, bob, course):
    User.objects.filter(pk=bob.pk).update(editor=User.Editor.VISUAL)
    page = window(bob)
    page.goto(f"{factories.make_post(ada, course).get_absolute_url()}#say")
    composer = page.locator("#say")
    tabs, preview = composer.locator(".write-tabs"), composer.locator(".preview")
    visual, markdown = composer.locator(".page-text"), composer.locator("textarea[name=text]")

    expect(visual).to_be_focused()
    expect(tabs).to_be_hidden()
    composer.get_by_label("Markdown").check()
    markdown.fill("See *this* at ¶1")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(preview.locator("em")).to_have_text("this")
    expect(preview.get_by_role("link", name="¶1")).to_have_attribute("href", "#p1")
    expect(markdown).to_be_hidden()

    composer.get_by_label("Visual").check()
    expect(visual.locator("em")).to_have_text("this")
    expect(tabs).to_be_hidden()
    composer.get_by_label("Markdown").check()
    composer.get_by_role("button", name="Preview").click()
    expect(preview.locator("em")).to_be_visible()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(markdown).to_be_focused()
    markdown.press("End")
    page.keyboard.type(", please")
    with loading(page):
        page.keyboard.press("Control+Enter")

    assert Comment.objects.get().text == "See *this* at ¶1, please"
