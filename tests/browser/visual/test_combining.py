"""The page that compares two versions: the text that combines them, in both editors."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from blog.actions.drafts import save_draft, start_post
from blog.models import CommentTarget, Draft
from tests import factories
from tests.browser.steps import button, press_until_at
from tests.browser.test_axe import examine
from tests.browser.test_copied_forms import leave
from tests.browser.visual.steps import beginning, containing, source

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

MODULE = "**/django_prose_editor/editor.js*"
TEXT = "Ties carry **news** [@granovetter1973].\n\n| a | b |\n| --- | --- |\n| c | d |"
OTHER = "## Elsewhere\n\nIt is *so* [see @granovetter1973, p. 3]."


@pytest.fixture
def combine(window, writer, course, _no_limit):
    """Return a function that opens the page of two versions of a post."""

    def open_page(blocked=None, **options):
        post = start_post(course, by=writer, title="Ties", text=TEXT)
        factories.make_reference(post, key="granovetter1973")
        copy = factories.make_conflict_copy(writer, post, OTHER, title="Ties")
        page = window(writer, **options)
        if blocked:
            page.route(blocked, lambda route: route.abort())
        page.goto(reverse("draft_compare", args=[course.slug, copy.pk]))
        return page

    return open_page


def text_of(page):
    return page.get_by_role("textbox", name="Text of both versions")


def source_of_other(page):
    """Open the other version with its signs, and return them."""
    other = page.get_by_role("region", name="The other version")
    other.get_by_text("Show the text with formatting signs").click()
    return other.locator(".is-code")


def copy_words(page, words):
    """Copy the words of an element, as they are selected with the mouse."""
    words.evaluate("(element) => getSelection().selectAllChildren(element)")
    page.keyboard.press("Control+c")


def test_the_text_that_combines_both_is_a_page_one_writes_on(combine):
    page = combine()
    chip = text_of(page).get_by_role("img", name="Citation (Granovetter, 1973)")
    expect(chip).to_be_visible()
    expect(text_of(page).locator("strong")).to_have_text("news")
    expect(page.get_by_text("Here you see formatting as signs")).to_be_hidden()
    expect(source(page)).to_have_value(TEXT)

    chip.click()
    press_until_at(page, "start")
    page.keyboard.type("All ")
    button(page, "Save this version").click()

    expect(page.get_by_text("Your choice is saved.")).to_be_visible()
    assert Draft.objects.current().get().text.replace("\r", "") == f"All {TEXT}"


def test_what_is_copied_with_its_signs_is_formatted_and_cited(combine):
    page = combine()
    expect(text_of(page)).to_be_visible()
    copy_words(page, source_of_other(page))

    press_until_at(page, "start", text_of(page))
    page.keyboard.press("Control+v")

    expect(text_of(page).locator("h2")).to_have_text("Elsewhere")
    expect(
        text_of(page).get_by_role("img", name="Citation (see Granovetter, 1973, p. 3)")
    ).to_be_visible()
    expect(source(page)).to_have_value(beginning(OTHER))


def test_what_is_copied_as_it_reads_is_not_marked_as_a_difference(combine):
    page = combine()
    expect(text_of(page)).to_be_visible()
    other = page.get_by_role("region", name="The other version")
    copy_words(page, other.locator(".difference").first)

    press_until_at(page, "start", text_of(page))
    page.keyboard.press("Control+v")

    expect(text_of(page)).to_contain_text("Elsewhere")
    expect(text_of(page).locator("mark, ins, u")).to_have_count(0)
    expect(source(page)).not_to_have_value(containing("<"))


def test_what_was_typed_comes_back_on_the_page_one_writes_on(combine):
    page = combine()
    address = page.url
    press_until_at(page, "start", text_of(page))
    page.keyboard.type("On the way: ")
    leave(page, "On the way")

    page.goto(address)
    expect(text_of(page)).to_be_visible()
    button(page, "Use this text").click()

    expect(text_of(page)).to_contain_text("On the way: Ties carry news")
    expect(source(page)).to_have_value(f"On the way: {TEXT}")


def test_without_the_module_there_are_signs(combine):
    page = combine(blocked=MODULE)

    expect(page.get_by_label("Text with formatting signs")).to_have_value(TEXT)
    expect(page.get_by_text("The visual editor could not open.")).to_be_visible()


@pytest.mark.usefixtures("_no_limit")
def test_a_comment_is_combined_in_the_small_editor(window, writer, bob, course):
    post = factories.make_post(bob, course)
    save_draft(CommentTarget(post), by=writer, text="So *it* is", audience=30)
    copy = factories.make_conflict_copy(writer, post, "Or not", kind="comment", audience=30)
    page = window(writer)
    page.goto(reverse("draft_compare", args=[course.slug, copy.pk]))

    text_of(page).locator("em").click()
    press_until_at(page, "end")
    page.keyboard.type(", or not")
    button(page, "Save this version").click()

    expect(page.get_by_text("Your choice is saved.")).to_be_visible()
    assert Draft.objects.current().get().text == "So *it* is, or not"


def test_without_scripts_there_are_signs(combine):
    page = combine(java_script_enabled=False)
    expect(page.get_by_label("Text with formatting signs")).to_have_value(TEXT)
    expect(page.get_by_text("Here you see formatting as signs")).to_be_visible()
    expect(page.get_by_role("toolbar")).to_be_hidden()


def test_axe_finds_nothing_on_a_phone(combine):
    page = combine(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    expect(text_of(page)).to_be_visible()

    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert list(examine(page)) == []
