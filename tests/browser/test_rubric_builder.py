"""Building a rubric by keyboard: the page stays where it is, and nothing typed is lost."""

import pytest
from playwright.sync_api import expect

from blog.models import Rubric
from tests.browser.steps import button, wait_for_copy

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]
NEW = "/c/networks/settings/rubrics/new/"


def test_a_rubric_is_built_by_keyboard_and_survives_leaving_the_page(window, course, instructor):
    page = window(instructor)
    page.goto(NEW)
    page.get_by_label("What you look for").fill("Voice")
    page.get_by_role("button", name="Add a criterion").press("Enter")

    expect(page.get_by_label("What you look for").nth(1)).to_be_focused()
    page.keyboard.type("Order")
    expect(page.get_by_text("8 points")).to_be_visible()
    page.get_by_role("button", name="Move criterion 2 up").press("Enter")
    expect(page.get_by_role("status").filter(has_text="is criterion 1 now")).to_be_attached()
    expect(page.get_by_role("button", name="Move criterion 1 down")).to_be_focused()
    assert page.url.endswith(NEW)

    page.get_by_label("Title").fill("Reading aloud")
    wait_for_copy(page, "Reading aloud")
    page.goto(NEW)
    page.get_by_role("button", name="Use this text").click()

    names = page.locator("[name^='criterion-']")
    expect(names).to_have_count(2)
    expect(names.nth(1)).to_have_value("Voice")
    button(page, "Create rubric").click()
    expect(page.get_by_text("Rubric created.")).to_be_visible()
    rubric = Rubric.objects.get(title="Reading aloud")
    assert [criterion.title for criterion in rubric.criteria.all()] == ["Order", "Voice"]
