"""Markdown pasted as plain text: what it means in the visual editor, with the way back."""

import pytest
from playwright.sync_api import expect

from tests.browser.visual.steps import caret_after, source, text_of
from tests.browser.visual.test_pasting import BRING, bring

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

MARKDOWN = "## Head\n\nSome **bold** [words](https://example.org/a).\n\n- one\n- two"
TOLD = "Your Markdown is formatted now. Press Ctrl+Z to get the plain text back."


def test_markdown_becomes_what_it_means_and_undo_gives_its_signs_back(write):
    page = write("")

    bring(page, MARKDOWN)

    expect(page.get_by_text(TOLD)).to_be_visible()
    expect(text_of(page).locator("h2")).to_have_text("Head")
    expect(text_of(page).locator("strong")).to_have_text("bold")
    expect(text_of(page).locator("li")).to_have_text(["one", "two"])
    expect(source(page)).to_have_value(MARKDOWN)
    page.keyboard.press("Control+z")
    expect(text_of(page).locator("h2, strong, li")).to_have_count(0)
    expect(text_of(page)).to_contain_text("**bold** [words](https://example.org/a).")


@pytest.mark.parametrize(
    ("plain", "expected"),
    [
        ("**bold** words", "Before **bold** words"),
        ("[a page](https://example.org/a)", "Before [a page](https://example.org/a)"),
        ("It is so [@granovetter1973].", "Before It is so [@granovetter1973]."),
    ],
)
def test_markdown_within_a_line_stays_in_it(write, plain, expected):
    page = write("Before it")
    caret_after(page, "Before ")

    bring(page, plain)

    expect(page.get_by_text(TOLD)).to_be_visible()
    expect(source(page)).to_have_value(f"{expected}it")


def test_signs_that_may_be_anything_stay_signs(write):
    page = write("")

    bring(page, "*p < .05, **p < .01 and 2**3**4 in __init__")

    expect(text_of(page)).to_have_text("*p < .05, **p < .01 and 2**3**4 in __init__")
    expect(text_of(page).locator("strong, em")).to_have_count(0)
    expect(page.get_by_text(TOLD)).to_have_count(0)


def test_markdown_that_keeps_its_typed_citations_is_read_all_the_same(write):
    page = write("")

    bring(page, f"{MARKDOWN}\n\nIt is so (Granovetter, 1973).")
    page.get_by_role("dialog").get_by_role("button", name="Leave it as it is").click()

    expect(page.get_by_text(TOLD)).to_be_visible()
    expect(text_of(page).locator("h2")).to_have_text("Head")
    expect(source(page)).to_have_value(f"{MARKDOWN}\n\nIt is so (Granovetter, 1973).")


def test_control_shift_v_and_a_site_out_of_reach_leave_the_signs(write):
    page = write("")
    text_of(page).dispatch_event("keydown", {"key": "V", "ctrlKey": True, "shiftKey": True})
    bring(page, "**bold** words")
    expect(text_of(page)).to_have_text("**bold** words")

    page.route("**/paste/changes/", lambda route: route.abort())
    bring(page, " and **more**")

    expect(page.get_by_text("What you pasted stays plain text")).to_be_visible()
    expect(text_of(page)).to_have_text("**bold** words and **more**")


def test_in_markdown_it_is_in_the_text_as_it_was(write):
    page = write("")
    page.get_by_role("radio", name="Markdown").check()
    field = page.locator("textarea[name=text]")

    with page.expect_response("**/paste/changes/"):
        field.evaluate(BRING, ["paste", MARKDOWN, ""])

    expect(field).to_have_value(MARKDOWN)
    expect(page.get_by_text(TOLD)).to_have_count(0)


@pytest.mark.parametrize(
    ("plain", "html"),
    [
        ("– one\n– two", ""),
        ("a) one\nb) two", ""),
        ("1. one\n\n   more\n2. two", ""),
        ("2014. A year", "<ol start=2014><li>A year</li></ol>"),
    ],
)
def test_a_list_is_the_same_in_both_editors(write, plain, html):
    page = write("")
    field = page.locator("textarea[name=text]")
    bring(page, plain, html)
    expect(text_of(page).locator("li").first).to_be_visible()
    expect(field).to_have_value(plain)

    page.get_by_role("radio", name="Markdown").check()
    field.fill("")
    with page.expect_response("**/paste/changes/"):
        field.evaluate(BRING, ["paste", plain, html])

    expect(field).to_have_value(plain)


def test_words_of_a_page_that_say_what_they_are_stay_without_a_word(write):
    page = write("")

    with page.expect_response("**/paste/changes/"):
        bring(page, "plain words", "<p>plain words</p>")

    expect(source(page)).to_have_value("plain words")
    expect(page.locator("[data-paste-told]")).to_have_text("")
