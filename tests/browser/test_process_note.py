"""A writer tells how a post came about, and a classmate reads it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from blog.models import DraftSnapshot, ProcessNote
from tests import factories
from tests.browser.steps import button, heading, loading, wait_for_copy

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def post(ada, course):
    post = factories.make_post(ada, course, "Ties", "They carry news.", slug="ties")
    for hours, text in ((3, "They carry."), (2, "They carry old news.")):
        at = timezone.now() - timedelta(hours=hours)
        DraftSnapshot.objects.create(user=ada, post=post, title="Ties", text=text, created_at=at)
    return post


def tab_to(page: Page, element) -> None:
    """Press Tab until the element has the focus."""
    for _step in range(60):
        page.keyboard.press("Tab")
        if element.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError("the element is not reached by Tab")


def test_keyboard_alone_from_the_post_to_what_readers_see(window, ada, bob, post):
    page = window(ada)
    page.goto("/c/networks/posts/ties/")
    tab_to(page, page.get_by_role("link", name="How this came about"))
    page.keyboard.press("Enter")
    expect(heading(page, "How this came about")).to_be_visible()

    tab_to(page, page.get_by_label("Note", exact=True))
    page.keyboard.type("It began on a train.")
    tab_to(page, page.get_by_role("link", name="What changed since the moment before").first)
    with page.expect_popup() as opened:
        page.keyboard.press("Enter")
    expect(opened.value.locator(".difference ins").first).to_contain_text("old news")
    page.bring_to_front()
    tab_to(page, page.get_by_label("What changed, and why").nth(1))
    page.keyboard.type("I had found a source.")
    tab_to(page, page.get_by_label("People"))
    page.keyboard.type("My sister read it.")
    tab_to(page, button(page, "Preview"))
    page.keyboard.press("Enter")
    expect(heading(page, "Preview")).to_be_visible()
    expect(page.get_by_text("You and the teaching team can see this")).to_be_visible()
    assert not ProcessNote.objects.exists()
    tab_to(page, button(page, "Save"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("It is under your post")).to_be_visible()

    reader = window(bob)
    reader.goto("/c/networks/posts/ties/")
    tab_to(reader, reader.locator("summary", has_text="How this came about"))
    reader.keyboard.press("Enter")
    expect(reader.get_by_text("It began on a train.")).to_be_visible()
    expect(reader.get_by_text("My sister")).to_have_count(0)
    tab_to(reader, reader.get_by_role("link", name="Read the text at that time"))
    reader.keyboard.press("Enter")
    expect(heading(reader, "How this came about: moment 1 of 1")).to_be_visible()
    expect(reader.get_by_text("They carry old news.")).to_be_visible()


def test_words_stay_in_the_browser_until_they_are_saved(window, ada, post):
    page = window(ada)
    page.goto("/c/networks/posts/ties/how/")
    page.get_by_label("What changed, and why").first.press_sequentially("A start.")
    wait_for_copy(page, "A start.")
    page.goto("/about/")

    page.goto("/c/networks/posts/ties/how/")
    expect(page.get_by_text("This browser has text from")).to_be_visible()
    button(page, "Use this text").click()
    expect(page.get_by_label("What changed, and why").first).to_have_value("A start.")
    button(page, "Save").click()
    expect(page.get_by_text("It is under your post")).to_be_visible()

    page.goto("/c/networks/posts/ties/how/")
    expect(page.get_by_text("This browser has text from")).to_be_hidden()


def test_two_tabs_lose_no_words(window, ada, post):
    first, second = window(ada), window(ada)
    for page in (first, second):
        page.goto("/c/networks/posts/ties/how/")
    for page, words in ((first, "Mine."), (second, "Mine as well.")):
        page.get_by_label("Note", exact=True).fill(words)
        with loading(page):
            button(page, "Save").click()

    expect(second.get_by_text("This was saved somewhere else")).to_be_visible()
    expect(second.locator(".stored", has_text="Mine as well.")).to_be_visible()
    second.get_by_label("Use what you typed").check()
    button(second, "Save").click()
    expect(second.get_by_text("It is under your post")).to_be_visible()

    assert ProcessNote.objects.get().text == "Mine as well."
