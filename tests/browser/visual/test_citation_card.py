"""The card of a citation: page, words before, the other form, as cited in, remove."""

import pytest
from playwright.sync_api import expect

from blog.models import Post
from tests import factories
from tests.browser.test_axe import examine
from tests.browser.visual.steps import caret_before, source, text_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

TEXT = "So [@granovetter1973] it is.\n\nMore words."


def chip(page):
    return page.locator(".page-text .chip")


def card(page):
    return page.get_by_role("dialog", name="Citation")


@pytest.fixture
def page(write):
    return write(TEXT)


def test_a_click_opens_the_card_under_the_line_and_moves_no_text(page):
    before = page.locator(".page-text p").last.bounding_box()

    chip(page).click()

    expect(card(page)).to_contain_text("Granovetter")
    expect(card(page).get_by_label("Page")).to_be_focused()
    expect(chip(page)).to_have_class("chip is-on")
    assert page.locator(".page-text p").last.bounding_box() == before
    of_chip, of_card = chip(page).bounding_box(), card(page).bounding_box()
    assert of_card["y"] >= of_chip["y"] + of_chip["height"]
    assert list(examine(page)) == []


def test_all_changes_of_a_card_are_one_step_of_undo(page):
    chip(page).click()
    page.keyboard.type("12-15")
    expect(chip(page)).to_have_text("(Granovetter, 1973, pp. 12–15)")
    card(page).get_by_label("Words before").fill("see")
    expect(chip(page)).to_have_text("(see Granovetter, 1973, pp. 12–15)")
    page.keyboard.press("Escape")

    expect(card(page)).to_be_hidden()
    expect(text_of(page)).to_be_focused()
    expect(source(page)).to_have_value(
        TEXT.replace("@gr", "see @gr").replace("73]", "73, pp. 12-15]")
    )
    page.keyboard.press("Control+z")
    expect(source(page)).to_have_value(TEXT)


def test_by_keyboard_enter_opens_and_closes_the_card(page):
    caret_before(page, " it is")

    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    expect(card(page).get_by_label("Page")).to_be_focused()
    page.keyboard.type("4")
    page.keyboard.press("Enter")

    expect(card(page)).to_be_hidden()
    expect(text_of(page)).to_be_focused()
    expect(source(page)).to_have_value(TEXT.replace("73]", "73, p. 4]"))
    expect(page.get_by_role("img", name="Citation (Granovetter, 1973, p. 4)")).to_be_visible()


def test_the_other_form_is_one_click(page):
    chip(page).click()
    card(page).get_by_role("button", name="Granovetter (1973)").click()

    expect(source(page)).to_have_value(TEXT.replace("[@granovetter1973]", "@granovetter1973"))
    expect(page.get_by_role("img", name="Citation Granovetter (1973)")).to_be_visible()
    page.keyboard.press("Enter")
    card(page).get_by_role("button", name="(Granovetter, 1973)").click()
    expect(source(page)).to_have_value(TEXT)


def test_a_citation_is_removed_and_undo_brings_it_back(page):
    chip(page).click()
    card(page).get_by_role("button", name="Remove").click()

    expect(source(page)).to_have_value(TEXT.replace(" [@granovetter1973]", ""))
    expect(text_of(page)).to_be_focused()
    page.keyboard.press("Control+z")
    expect(source(page)).to_have_value(TEXT)


def test_a_work_is_cited_through_another(write):
    page = write(TEXT)
    work = factories.make_work(
        Post.objects.get().course, {"type": "book", "title": "Nets"}, doi="", label="Sol, 2019"
    )
    factories.make_reference(Post.objects.get(), work, key="sol2019")
    page.reload()
    expect(page.locator(".frame")).to_have_attribute("data-mode", "visual")

    chip(page).click()
    card(page).get_by_label("I read").select_option("Sol, 2019")
    card(page).get_by_role("button", name="Done").click()

    expect(source(page)).to_have_value(TEXT.replace("73]", "73, as cited in @sol2019]"))


def test_in_markdown_the_button_opens_the_card_of_the_citation_at_the_caret(page):
    page.get_by_role("radio", name="Markdown").check()
    field = page.get_by_label("Post, in Markdown")
    field.evaluate("(field) => { field.focus(); field.setSelectionRange(8, 8); }")

    page.get_by_role("button", name="Cite a reference").click()
    card(page).get_by_label("Page").fill("7")
    page.keyboard.press("Escape")

    expect(field).to_be_focused()
    expect(field).to_have_value(TEXT.replace("73]", "73, p. 7]"))
    page.keyboard.press("Control+z")
    expect(field).to_have_value(TEXT)


def test_the_card_fits_a_phone(write):
    page = write(TEXT, viewport={"width": 390, "height": 800}, has_touch=True)

    chip(page).tap()

    expect(card(page)).to_be_visible()
    box = card(page).bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert page.evaluate("document.documentElement.scrollWidth") == 390
