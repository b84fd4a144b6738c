"""The visual editor where a page runs from the right: a block runs as its words, or as the page."""

import pytest
from playwright.sync_api import expect

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("languages"),
]

STYLE = "(block) => getComputedStyle(block).direction"


@pytest.fixture
def write_in_arabic(write, writer):
    writer.language = "ar"
    writer.save()
    return write


def directions(page):
    return [block.evaluate(STYLE) for block in page.locator(".page-text > p").all()]


def test_an_empty_block_runs_as_the_page(write_in_arabic):
    page = write_in_arabic()
    assert page.evaluate("document.dir") == "rtl"
    assert directions(page) == ["rtl"]

    page.locator(".page-text").click()
    page.keyboard.type("Ties bind.")
    page.keyboard.press("Enter")

    expect(page.locator(".page-text > p")).to_have_count(2)
    assert directions(page) == ["ltr", "rtl"]


def test_words_run_in_their_own_direction_on_any_page(write):
    page = write()

    page.locator(".page-text").click()
    page.keyboard.insert_text("روابط")
    page.keyboard.press("Enter")

    expect(page.locator(".page-text > p")).to_have_count(2)
    assert directions(page) == ["rtl", "ltr"]
