"""A note and its mark: the ways between them, what a note holds, and a note without a mark."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.steps import button
from tests.browser.visual.steps import (
    beginning,
    caret_after,
    caret_before,
    containing,
    ending,
    markdown,
    select,
    source,
    text_of,
)
from tests.browser.visual.test_pasting import bring

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

TEXT = "Say[^1] and say[^1] it[^2].\n\n[^1]: The first.\n\n[^2]: The second."
OFFER = "No number in the text links to the footnote “The second.” now."


def delete_second_mark(page):
    caret_after(page, " it")
    page.keyboard.press("Delete")
    expect(page.get_by_text(OFFER)).to_be_visible()


def test_a_note_is_deleted_after_its_last_mark(write):
    page = write(TEXT)
    delete_second_mark(page)

    page.get_by_role("button", name="Delete the footnote").click()

    expect(page.get_by_text(OFFER)).to_be_hidden()
    expect(source(page)).to_have_value("Say[^1] and say[^1] it.\n\n[^1]: The first.")
    expect(text_of(page)).to_be_focused()


def test_the_mark_comes_back(write):
    page = write(TEXT)
    delete_second_mark(page)

    page.locator("[data-note-undo]").click()

    expect(page.get_by_text(OFFER)).to_be_hidden()
    expect(source(page)).to_have_value(TEXT)


def test_a_note_stays_for_whoever_writes_on(write):
    page = write(TEXT)
    delete_second_mark(page)

    page.keyboard.type("!")

    expect(page.get_by_text(OFFER)).to_be_visible()
    expect(source(page)).to_have_value(ending("[^2]: The second."))


def test_one_mark_of_two_goes_without_an_offer(write):
    page = write(TEXT)
    caret_after(page, "Say")

    page.keyboard.press("Delete")

    expect(source(page)).to_have_value(beginning("Say and say[^1]"))
    expect(page.locator("[data-note-offer]")).to_be_hidden()


def test_a_note_that_is_deleted_takes_its_marks_with_it(write):
    page = write("Say[^1].\n\n[^1]: One.")
    caret_after(page, "One.")

    page.keyboard.press("Control+a")
    page.keyboard.press("Backspace")

    assert markdown(page).strip() == ""
    expect(page.locator("[data-note-offer]")).to_be_hidden()


def selected(page):
    """Return the words before the caret in its paragraph, and the block of the text it is in."""
    return page.evaluate(
        """() => {
          const { $head } = document.querySelector(".page-text").editor.state.selection;
          return [$head.parent.textBetween(0, $head.parentOffset, "", "^"),
            $head.node(1).type.name];
        }"""
    )


def test_escape_leads_from_a_note_to_behind_its_mark(write):
    page = write(TEXT)
    caret_before(page, "The second.")

    page.keyboard.press("Escape")

    assert selected(page) == ["Say^ and say^ it^", "paragraph"]
    page.keyboard.press("Tab")
    expect(text_of(page)).not_to_be_focused()
    expect(source(page)).to_have_value(TEXT)


def test_a_click_on_a_mark_leads_into_its_note_and_escape_back_to_it(write):
    page = write(TEXT)

    page.locator(".note-mark").nth(1).click()
    assert selected(page) == ["The first.", "noteDefinition"]
    page.keyboard.press("Escape")

    assert selected(page) == ["Say^ and say^", "paragraph"]


def test_enter_on_a_mark_leads_into_its_note(write):
    page = write(TEXT)
    caret_before(page, " and")

    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")

    assert selected(page) == ["The first.", "noteDefinition"]
    expect(source(page)).to_have_value(TEXT)


def test_escape_in_a_new_note_leads_back_and_one_writes_on(write):
    page = write("Say it and more")
    caret_after(page, "it")
    button(page, "Footnote").click()
    page.keyboard.type("Why.")

    page.keyboard.press("Escape")
    page.keyboard.type(",")

    expect(source(page)).to_have_value("Say it[^1], and more\n\n[^1]: Why.")


def test_tab_goes_on_in_the_table_that_one_came_back_to(write):
    page = write("| a | b |\n|---|---|\n| c | z |")
    caret_after(page, "c")
    button(page, "Footnote").click()
    page.keyboard.type("Why.")

    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    page.keyboard.type("Z")

    expect(page.locator("textarea[name=text]")).to_have_value(re.compile(r"\| c\[\^1\] \| Z \|"))


def test_escape_in_a_note_does_not_close_the_full_screen(write):
    page = write(TEXT)
    full = button(page, "Full screen")
    full.click()
    caret_after(page, "The second.")

    page.keyboard.press("Escape")
    assert selected(page)[1] == "paragraph"
    expect(full).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Escape")

    expect(full).to_have_attribute("aria-pressed", "false")


@pytest.mark.parametrize("key", ["Control+End", "Meta+ArrowDown"])
@pytest.mark.parametrize("place", ["Say", "it", "The second."])
def test_control_end_leads_to_the_end_of_the_text_and_not_into_the_notes(write, place, key):
    page = write(TEXT)
    caret_after(page, place)

    for _ in range(2):
        page.keyboard.press(key)
        assert selected(page) == ["Say^ and say^ it^.", "paragraph"]

    page.keyboard.press("Control+Shift+End")
    page.keyboard.type("!")
    expect(source(page)).to_have_value(containing("it[^2].!\n"))


def test_a_note_takes_no_table_and_no_note(write):
    page = write(TEXT)
    caret_after(page, "The second.")

    for name, why in [
        ("Table", "A footnote cannot have a table."),
        ("Footnote", "A footnote cannot have a footnote of its own."),
    ]:
        expect(button(page, name)).to_have_attribute("aria-disabled", "true")
        button(page, name).click(force=True)  # which is said to be of no use here
        expect(page.get_by_text(why)).to_be_visible()
    caret_after(page, "Say")

    expect(page.locator("[data-told-in-text]")).to_be_empty()
    expect(page.locator("[role=toolbar] [aria-disabled]")).to_have_count(0)
    expect(source(page)).to_have_value(TEXT)


def test_a_table_that_is_pasted_into_a_note_is_its_rows(write):
    page = write(TEXT)
    caret_after(page, "The second.")

    bring(page, "a\tb\nc\td", "<p>See</p><table><tr><td>a<td>b<tr><td>c<td>d</table>")

    expect(page.get_by_text("A footnote cannot have a table.")).to_be_visible()
    expect(text_of(page).locator("table")).to_have_count(0)
    expect(source(page)).to_have_value(ending("a | b\n\n    c | d"))


def test_an_own_table_that_is_pasted_or_moved_into_a_note_is_its_rows(write):
    page = write(f"| a | b |\n|---|---|\n| c | d |\n\n{TEXT}")
    select(page, "a")
    page.evaluate(
        """() => {
          const { editor } = document.querySelector(".page-text");
          editor.commands.setNodeSelection(0);
          const data = new DataTransfer();
          const options = { clipboardData: data, bubbles: true, cancelable: true };
          editor.view.dom.dispatchEvent(new ClipboardEvent("copy", options));
          window.copied = options;
        }"""
    )
    caret_after(page, "The second.")

    page.evaluate(
        """() => document.querySelector(".page-text").dispatchEvent(
          new ClipboardEvent("paste", window.copied))"""
    )

    expect(page.get_by_text("A footnote cannot have a table.")).to_be_visible()
    expect(text_of(page).locator("table")).to_have_count(1)
    expect(source(page)).to_have_value(containing("a | b\n\n    c | d"))


def test_no_change_of_the_text_puts_a_table_into_a_note(write):
    page = write(f"| a | b |\n|---|---|\n| c | d |\n\n{TEXT}")

    page.evaluate(
        """() => {
          const { editor } = document.querySelector(".page-text");
          const { doc, tr } = editor.state;
          editor.view.dispatch(tr.insert(doc.content.size - 1, doc.firstChild));
        }"""
    )

    expect(text_of(page).locator("table")).to_have_count(1)
    expect(page.get_by_text("A footnote cannot have a table.")).to_be_visible()
    expect(source(page)).to_have_value(ending(TEXT))


def test_a_table_that_a_note_has_stays_and_can_be_deleted_and_brought_back(write):
    text = "Say[^1].\n\n[^1]: One.\n\n    | a | b |\n    |---|---|\n    | c | d |"
    page = write(text)
    caret_after(page, "c")
    page.keyboard.type("e")
    expect(page.locator("textarea[name=text]")).to_have_value(re.compile(r"\| ce \| d \|"))

    button(page, "Delete table").click()
    expect(source(page)).not_to_have_value(containing("|"))
    page.keyboard.press("Control+z")

    expect(text_of(page).locator("table")).to_have_count(1)
    expect(source(page)).to_have_value(containing("[^1]: One.\n\n    | a | b |"))


def test_backspace_takes_back_a_note_without_words(write):
    page = write("Say it and more")
    caret_after(page, "it")
    button(page, "Footnote").click()
    expect(page.locator(".note-definition")).to_be_visible()

    page.keyboard.press("Backspace")
    page.keyboard.type(",")

    expect(source(page)).to_have_value("Say it, and more")
    expect(page.locator("[data-note-offer]")).to_be_hidden()
