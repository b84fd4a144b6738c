"""Messages beside the text without signs of Markdown or keys, for writers on a page."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.steps import button, loading
from tests.browser.visual.steps import caret_after

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.django_db(transaction=True),
]

LONG_QUOTATION = f"“{'and so it goes on ' * 10}” (Granovetter, 1973, p. 3)"
# Something for each message of the panels beside the text.
TEXT = f"""So [@Granovetter-1973] it is (Granovetter, 1973), as @mara2012 says (Calder, 2014).

{LONG_QUOTATION}

THIS IS ALL IN CAPITALS AND VERY LOUD <https://example.org/one>

![](https://example.org/one.png)"""
SIGNS = re.compile(r"\[@|\]\(|\*|\bkeys?\b|Markdown|##|granovetter1973", re.IGNORECASE)
HINT = "Give the link a name."


def messages_of(page):
    """Return the words beside the text, without the switch between the editors."""
    parts = page.locator(
        ".writing-text .below-text, .tools, .write-in > .alert, [data-fresh=unknown]"
    )
    return "\n".join(parts.all_inner_texts())


def test_messages_beside_the_text_speak_of_works(write):
    page = write(TEXT)

    page.get_by_text("Formatting help").click()
    shown = messages_of(page)

    assert HINT in shown
    assert "Did you mean Granovetter, 1973?" in shown
    assert "Make it a block quotation." in shown
    assert SIGNS.findall(shown) == []


def test_they_still_do_when_they_are_shown_anew(write):
    page = write("So it is.")
    caret_after(page, "So it is")

    page.keyboard.type(" (Granovetter, 1973)")

    expect(page.get_by_text("Cited in ¶1")).to_be_visible()
    assert SIGNS.findall(messages_of(page)) == []


def test_the_question_before_publishing_speaks_of_works(write):
    page = write(TEXT)

    with loading(page):
        button(page, "Publish").click()

    question = page.get_by_role("alert")
    expect(question).to_contain_text("This is not in your references.")
    assert SIGNS.findall(question.inner_text()) == []


def test_in_markdown_each_reference_has_its_key(write):
    page = write(TEXT)

    page.get_by_role("radio", name="Markdown").check()

    expect(page.locator(".shelf")).to_contain_text("[@granovetter1973]")
    expect(page.get_by_text("Write [name](address).")).to_be_visible()
    page.get_by_label("Post, in Markdown").press_sequentially("!")
    expect(page.locator(".shelf")).to_contain_text("[@granovetter1973]")
