"""Tables of the visual editor: lines in a cell, and a place to write behind them."""

import pytest
from playwright.sync_api import expect

from tests.browser.steps import button
from tests.browser.visual.steps import caret_after, containing, ending, select, source, text_of
from tests.browser.visual.test_pasting import bring

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.django_db(transaction=True),
]

TABLE = "| h | i |\n|---|---|\n| jj | kk |"
EMPTY = "|  |  |\n| --- | --- |\n|  |  |\n|  |  |"
NOTE = "[^1]: Note[^1]."


def test_enter_in_a_cell_begins_a_line(write):
    page = write(TABLE)
    caret_after(page, "jj")

    page.keyboard.press("Enter")
    page.keyboard.insert_text("two")

    expect(source(page)).to_have_value(ending("\n| jj<br>two | kk |"))


@pytest.mark.parametrize("end", ["\n", "\u2028", "\v"])
def test_lines_of_plain_text_stay_in_the_cell_that_they_are_pasted_into(write, end):
    page = write(TABLE)
    caret_after(page, "h")

    with page.expect_response("**/paste/changes/"):
        bring(page, f": one{end}two")

    expect(text_of(page).locator("th br")).to_have_count(1)
    expect(source(page)).to_have_value("| h: one<br>two | i |\n| --- | --- |\n| jj | kk |")
    expect(page.locator("[data-paste-told]")).to_be_empty()


@pytest.mark.parametrize(
    ("plain", "written"),
    [
        ("1. one\n2. two", "1. one<br>2. two"),
        ("- one\n- two", "- one<br>- two"),
        ("## one\ntwo", "## one<br>two"),
        ("> one\ntwo", "> one<br>two"),
    ],
)
def test_lines_that_look_like_blocks_keep_their_signs_in_a_cell(write, plain, written):
    page = write(TABLE)
    select(page, "jj")

    with page.expect_response("**/visual/"):
        bring(page, plain)

    expect(text_of(page).locator("td br")).to_have_count(1)
    expect(page.locator("[data-paste-told]")).to_be_empty()
    expect(source(page)).to_have_value(ending(f"| {written} | kk |"))


def test_signs_within_a_line_mean_what_they_are_in_a_cell(write):
    page = write(TABLE)
    select(page, "jj")

    bring(page, "See **this** [@granovetter1973].")

    expect(text_of(page).locator("td strong")).to_have_text("this")
    expect(source(page)).to_have_value(containing("| See **this** [@granovetter1973]. | kk |"))


def test_a_table_takes_no_selected_words_away(write):
    page = write("One two three.")
    select(page, "two")

    button(page, "Table").click()

    expect(source(page)).to_have_value(f"One two\n\n{EMPTY}\n\nthree.")


@pytest.mark.parametrize("key", ["ArrowDown", "Control+End"])
@pytest.mark.parametrize("block", [TABLE, "```\nkk\n```"])
def test_one_can_write_between_a_table_or_code_and_the_notes(write, block, key):
    page = write(f"Text\n\n{block}\n\n{NOTE}")
    caret_after(page, "kk")

    page.keyboard.press(key)
    page.keyboard.insert_text("Behind")

    expect(source(page)).to_have_value(ending(f"\n\nBehind\n\n{NOTE}"))


def test_one_can_write_behind_a_new_table_without_arrow_keys(write):
    page = write(f"Text\n\n{NOTE}")
    caret_after(page, "Text")

    button(page, "Table").click()
    page.locator(".page-text > table + p").click()
    page.keyboard.insert_text("Behind")

    expect(source(page)).to_have_value(f"Text\n\n{EMPTY}\n\nBehind\n\n{NOTE}")
