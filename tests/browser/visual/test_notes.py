"""A note and its mark: the last mark does not go without a word about the note."""

import pytest
from playwright.sync_api import expect

from tests.browser.visual.steps import caret_after, markdown, text_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.django_db(transaction=True),
]

TEXT = "Say[^1] and say[^1] it[^2].\n\n[^1]: The first.\n\n[^2]: The second."
OFFER = "No number in the text leads to the footnote “The second.” any more."


def delete_second_mark(page):
    caret_after(page, " it")
    page.keyboard.press("Delete")
    expect(page.get_by_text(OFFER)).to_be_visible()


def test_a_note_is_deleted_after_its_last_mark(write):
    page = write(TEXT)
    delete_second_mark(page)

    page.get_by_role("button", name="Delete the footnote").click()

    expect(page.get_by_text(OFFER)).to_be_hidden()
    assert markdown(page) == "Say[^1] and say[^1] it.\n\n[^1]: The first."
    expect(text_of(page)).to_be_focused()


def test_the_mark_comes_back(write):
    page = write(TEXT)
    delete_second_mark(page)

    page.locator("[data-note-undo]").click()

    expect(page.get_by_text(OFFER)).to_be_hidden()
    assert markdown(page) == TEXT


def test_a_note_stays_for_whoever_writes_on(write):
    page = write(TEXT)
    delete_second_mark(page)

    page.keyboard.type("!")

    expect(page.get_by_text(OFFER)).to_be_visible()
    assert markdown(page).endswith("[^2]: The second.")


def test_one_mark_of_two_goes_without_an_offer(write):
    page = write(TEXT)
    caret_after(page, "Say")

    page.keyboard.press("Delete")

    assert markdown(page).startswith("Say and say[^1]")
    expect(page.locator("[data-note-offer]")).to_be_hidden()


def test_a_note_that_is_deleted_takes_its_marks_with_it(write):
    page = write("Say[^1].\n\n[^1]: One.")
    caret_after(page, "One.")

    page.keyboard.press("Control+a")
    page.keyboard.press("Backspace")

    assert markdown(page).strip() == ""
    expect(page.locator("[data-note-offer]")).to_be_hidden()
