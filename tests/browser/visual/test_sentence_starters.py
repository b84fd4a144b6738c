"""Ways to start a sentence: read without scripts, put into the text with them."""

import re

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.browser.test_axe import examine
from tests.browser.test_keyboard import tab_to

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

PHRASE = "For example, …"
BEGUN = re.compile("^For example, ?$")  # Markdown has no space at the end of a text
PHONE = {"viewport": {"width": 320, "height": 700}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def post(bob, course):
    return factories.make_post(bob, course, "Ties")


@pytest.fixture
def read(window, writer, post):
    """Return a function that opens the post for somebody who writes in ``editor``."""

    def open_post(editor="", **options):
        writer.editor = editor
        writer.save()
        page = window(writer, **options)
        page.goto(post.get_absolute_url())
        return page

    return open_post


def fold(scope):
    return scope.locator("[data-starters] summary")


def phrase(scope):
    return scope.get_by_role("button", name=PHRASE)


def text(scope):
    return scope.locator("textarea[name=text]")


def shows(page, editor):
    """Wait for the editor that one has chosen; the visual one opens at the first focus."""
    expect(page.locator(".frame")).to_have_attribute("data-mode", editor or "visual")


@pytest.mark.parametrize("editor", ["", "markdown"])
def test_a_click_begins_a_comment_and_one_undo_takes_it_back(read, editor):
    page = read(editor)
    fold(page).click()

    phrase(page).click()
    shows(page, editor)
    expect(text(page)).to_have_value(BEGUN)
    page.keyboard.press("Control+z")
    expect(text(page)).to_have_value("")
    phrase(page).click()
    expect(text(page)).to_have_value(BEGUN)
    page.keyboard.type("the tide.")

    expect(text(page)).to_have_value("For example, the tide.")


@pytest.mark.parametrize("editor", ["", "markdown"])
def test_a_phrase_comes_where_the_caret_is(read, editor):
    page = read(editor)
    page.get_by_role("textbox", name="Your comment").click()
    if not editor:
        expect(page.locator(".page-text")).to_be_focused()
    page.keyboard.type("Ties change.Not all.")
    for _ in "Not all.":
        page.keyboard.press("ArrowLeft")
    fold(page).click()

    phrase(page).click()
    page.keyboard.type("mine. ")

    expect(text(page)).to_have_value("Ties change. For example, mine. Not all.")


@pytest.mark.parametrize("editor", ["", "markdown"])
def test_by_keyboard_a_phrase_leads_back_into_the_text(read, editor):
    page = read(editor)
    tab_to(page, fold(page))
    page.keyboard.press("Enter")
    tab_to(page, phrase(page))

    page.keyboard.press("Enter")
    shows(page, editor)
    expect(text(page)).to_have_value(BEGUN)
    page.keyboard.type("mine.")
    page.keyboard.press("Control+Enter")

    expect(page.get_by_role("article").filter(has_text="For example, mine.")).to_be_visible()


def test_a_reply_has_its_own(read, bob, post):
    factories.make_comment(bob, post, "Is that so?")
    page = read()
    page.get_by_role("link", name="Reply to Bob").click()
    reply = page.locator(".comment form")
    fold(reply).click()

    phrase(reply).click()

    expect(text(reply)).to_have_value(BEGUN)
    expect(text(page.locator("#say"))).to_have_value("")


def test_without_the_visual_editor_a_phrase_is_markdown(read):
    page = read()
    page.route("**/django_prose_editor/editor.js*", lambda route: route.abort())
    fold(page).click()

    phrase(page).click()
    expect(text(page)).to_have_value(BEGUN)

    expect(page.get_by_text("The visual editor could not open.")).to_be_visible()


def test_without_scripts_it_is_a_list_to_read(read):
    page = read(java_script_enabled=False)

    fold(page).click()

    expect(page.get_by_role("definition").filter(has_text=PHRASE)).to_be_visible()
    expect(phrase(page)).to_have_count(0)


def test_on_a_phone_all_phrases_are_within_reach(read):
    page = read(**PHONE)
    fold(page).tap()

    phrases = page.locator("[data-starters] dd button")
    expect(phrases.first).to_be_visible()
    sizes = [phrase.bounding_box() for phrase in phrases.all()]

    assert min(size["height"] for size in sizes) >= 36
    assert max(size["x"] + size["width"] for size in sizes) <= 320
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert list(examine(page)) == []
