"""A reference that nobody knows is typed in, and its writer is back where the text was left."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.steps import button, press_until_at
from tests.browser.visual.late import MODES, field_of, use
from tests.browser.visual.steps import source

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

TEXT = "\n\n".join(f"Paragraph {number} is here." for number in range(40))


@pytest.mark.parametrize("mode", MODES)
def test_the_form_has_the_doi_and_the_way_back_leads_to_the_caret(write, settings, mode):
    settings.CROSSREF_URL = settings.DOI_URL = ""
    page = write(TEXT)
    use(page, mode)
    text = field_of(page, mode)
    press_until_at(page, "end", text)
    page.keyboard.type(" And")
    page.get_by_label("Find a reference").fill("10.9999/unknown.1")
    button(page, "Find").click()
    results = page.get_by_role("list", name="Results")
    button(results, "Type it in").click()

    expect(page.get_by_label("DOI", exact=True)).to_have_value("10.9999/unknown.1")
    expect(page.get_by_label("Authors")).to_be_focused()
    page.keyboard.type("Luna, Ada")
    page.get_by_role("textbox", name=re.compile("^Title")).fill("Small rooms")
    button(page, "Add to my references").click()
    expect(page.get_by_text("added to your references.")).to_be_visible()

    expect(field_of(page, mode)).to_be_focused()
    page.keyboard.type(" on")
    expect(page.locator("textarea[name=text]")).to_have_value(f"{TEXT} And on")
    expect(source(page)).to_have_value(f"{TEXT} And on")
