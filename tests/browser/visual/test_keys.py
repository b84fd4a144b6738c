"""The visual editor by keyboard, for axe, and read-only."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_axe import examine
from tests.browser.visual.steps import (
    caret_after,
    caret_before,
    containing,
    ending,
    source,
    text_of,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

TEXT = """\
Words.

- one
- two

| a | b |
|---|---|
| c | d |

```
code
```

[r]: https://example.org/
"""


@pytest.mark.parametrize("tool", ["Bold", "Quote", "List", "Table", "Footnote", "Undo", "Redo"])
def test_a_tool_gives_the_text_its_focus_back_at_once(write, tool):
    page = write("Words.")
    caret_after(page, "Words.")

    is_focused = page.get_by_role("button", name=tool, exact=True).evaluate(
        """(tool) => {
          tool.focus();
          tool.click();
          return document.activeElement.matches(".page-text");
        }"""
    )

    assert is_focused


@pytest.mark.parametrize("words", ["Words.", "one", "code", "example.org"])
def test_tab_leaves_the_text(write, words):
    page = write(TEXT)
    caret_after(page, words)

    page.keyboard.press("Tab")

    expect(text_of(page)).not_to_be_focused()
    expect(source(page)).to_have_value(TEXT)


def test_tab_adds_a_row_after_the_last_cell_and_leaves_behind_an_empty_one(write):
    page = write(TEXT)
    caret_after(page, "c")
    page.keyboard.press("Tab")

    page.keyboard.press("Tab")
    page.keyboard.type("e")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(source(page)).to_have_value(containing("| c | d |\n| e |  |\n|  |  |\n"))
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")

    expect(text_of(page)).not_to_be_focused()
    expect(source(page)).to_have_value(containing("| e |  |\n|  |  |\n\n"))


def test_arrow_keys_leave_the_table(write):
    page = write("| a | b |\n|---|---|\n| c | d |")
    caret_after(page, "d")

    page.keyboard.press("ArrowDown")
    page.keyboard.type("After")

    expect(source(page)).to_have_value(ending("| c | d |\n\nAfter"))


@pytest.mark.parametrize("words", ["two", "a", "c", "code", "Words."])
def test_escape_then_tab_leaves_from_everywhere(write, words):
    page = write(TEXT)
    caret_after(page, words)

    page.keyboard.press("Escape")
    page.keyboard.press("Tab")

    expect(text_of(page)).not_to_be_focused()
    expect(source(page)).to_have_value(TEXT)


def test_tab_nests_items_and_walks_cells(write):
    page = write(TEXT)

    caret_before(page, "two")
    page.keyboard.press("Tab")
    expect(source(page)).to_have_value(containing("- one\n  - two"))
    caret_after(page, "a")
    page.keyboard.press("Tab")
    page.keyboard.type("B")
    expect(source(page)).to_have_value(containing("| a | B |"))


def test_shift_tab_reaches_the_toolbar(write):
    page = write(TEXT)
    caret_after(page, "Words.")

    page.keyboard.press("Shift+Tab")
    expect(page.get_by_label("Title", exact=True)).to_be_focused()
    page.keyboard.press("Shift+Tab")

    expect(page.get_by_label("Paragraph style")).to_be_focused()
    page.keyboard.press("End")
    expect(page.get_by_role("radio", name="Markdown")).to_be_focused()


def test_the_toolbar_says_what_the_caret_is_in(write):
    page = write("**bold** and *it*\n\n- item")
    bold = page.get_by_role("button", name="Bold")

    caret_after(page, "bol")
    expect(bold).to_have_attribute("aria-pressed", "true")
    caret_after(page, "and")
    expect(bold).to_have_attribute("aria-pressed", "false")
    style = page.get_by_label("Paragraph style")
    expect(style).to_have_value("paragraph")
    style.select_option("Small heading")
    expect(source(page)).to_have_value("### **bold** and *it*\n\n- item")
    expect(style).to_have_value("subheading")
    style.select_option("Text")
    caret_after(page, "item")
    expect(page.get_by_role("button", name="List", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )


def test_axe_finds_nothing(write):
    claim = "\nA claim[^1] [@granovetter1973] [@nobody].\n\n[^1]: Note"
    page = write(TEXT + claim)

    assert list(examine(page)) == []


def test_a_text_that_cannot_be_changed_can_be_read(write):
    page = write("Words.")
    page.locator("textarea[name=text]").evaluate(
        """(field) => {
          field.readOnly = true;
          field.dispatchEvent(new Event("input", { bubbles: true }));
        }"""
    )

    expect(text_of(page)).to_have_attribute("aria-readonly", "true")
    text_of(page).focus()
    expect(text_of(page)).to_be_focused()
    page.get_by_role("button", name="Bold").click()
    page.keyboard.type("x")
    expect(source(page)).to_have_value("Words.")


def test_escape_leaves_the_full_screen(write):
    page = write("Words.")
    full = page.get_by_role("button", name="Full screen")
    full.click()
    caret_after(page, "Words.")

    page.keyboard.press("Escape")

    expect(full).to_have_attribute("aria-pressed", "false")
