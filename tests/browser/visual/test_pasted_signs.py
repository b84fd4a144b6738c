"""Words with signs that Markdown reads are pasted into both editors as the same bytes."""

from html import escape

import pytest
from playwright.sync_api import expect

from tests.blog.paste.test_escapes import SIGNS
from tests.browser.visual.steps import caret_after, markdown, source
from tests.browser.visual.test_pasting import BRING, bring

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.django_db(transaction=True),
]

# What is one thing alone and another where the next line goes on.
LISTS = ["(1) one", "(2) two", "a. one", "b. two", "– a dash", "• a bullet", "2014. A year"]
OTHERS = [
    "[@key] and [see @granovetter1973, p. 3]",
    "|---|---|",
    "---",
    "a... “b” -- 'c'",
    "<q>d</q>",
]
IN_A_LINE = [
    "3 * 4 * 5 and __init__",
    "_x_ and `code` and C:\\new",
    "one # and 1. and > and -",
    "[@granovetter1973] and [a](b) and [1]",
    "<b>one</b> &copy; ~~two~~",
]


def page_of(words):
    return "".join(f"<p>{escape(line)}</p>" for line in words)


def paste_in_both(page, html, before=""):
    """Paste a page behind some words in both editors; return what each makes of it."""
    field = page.locator("textarea[name=text]")
    told = page.get_by_text("to get the plain text back.")
    if before:
        caret_after(page, before)
    bring(page, "as plain text", html)
    expect(field).not_to_have_value(f"{before}as plain text")
    expect(told).to_be_visible()
    visual = markdown(page)

    page.get_by_role("radio", name="Markdown").check()
    field.fill(before)
    field.evaluate(BRING, ["paste", "as plain text", html])
    expect(field).not_to_have_value(f"{before}as plain text")
    expect(told).to_be_visible()
    return visual, markdown(page)


def test_signs_are_the_same_bytes_in_both_editors(write):
    page = write("")
    words = [words for words, _markdown in SIGNS] + LISTS + OTHERS

    visual, plain = paste_in_both(page, page_of(words))

    assert visual.split("\n\n") == plain.split("\n\n")


@pytest.mark.parametrize("words", IN_A_LINE)
def test_signs_in_a_line_are_the_same_bytes_in_both_editors(write, words):
    page = write("Before (")

    visual, plain = paste_in_both(page, page_of([words]), "Before (")

    assert visual == plain


def test_a_pasted_block_keeps_its_bytes_beside_one_that_is_edited(write):
    page = write("")

    visual, _plain = paste_in_both(
        page, "<p>5 - 3</p><ol><li>a<ul><li>b</li></ul></li></ol><p>c</p>"
    )
    page.get_by_role("radio", name="Visual").check()
    expect(page.locator(".frame")).to_have_attribute("data-mode", "visual")

    assert visual == "5 - 3\n\n1. a\n    - b\n\nc"
    caret_after(page, "c")
    page.keyboard.type("d")
    expect(source(page)).to_have_value(f"{visual}d")
