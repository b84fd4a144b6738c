"""The gradebook by keyboard and on a phone: the table scrolls in its frame, a name stays."""

import pytest
from playwright.sync_api import expect

from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def graded(course, ada, instructor):
    rubric = factories.make_rubric(course)
    for title in ("Who taught you that?", "One ordinary day", "Something you believed"):
        prompt = factories.make_prompt(course, title=title, rubric=rubric)
        post = factories.make_post(ada, course, prompt=prompt)
        factories.make_grading(post, instructor, level=3)
    return course


def test_the_table_scrolls_in_its_frame_by_keyboard(window, graded, instructor):
    page = window(instructor)
    page.set_viewport_size(PHONE)
    page.goto(f"/c/{graded.slug}/gradebook/")
    frame = page.get_by_role("region", name="Gradebook table")
    name = page.get_by_role("link", name="Ada Student")
    before = name.bounding_box()

    frame.focus()
    sum_heading = page.get_by_role("columnheader", name="So far")
    for _ in range(40):
        page.keyboard.press("ArrowRight")

    expect(sum_heading).to_be_in_viewport()
    assert name.bounding_box()["x"] == before["x"]
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_a_cell_opens_the_desk(window, graded, instructor):
    page = window(instructor)
    page.goto(f"/c/{graded.slug}/gradebook/")

    page.get_by_label("Prompt").select_option("One ordinary day")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_role("link", name="Who taught you that?")).to_have_count(0)
    page.get_by_role("link", name="6 of 8, not released").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("textbox", name="Feedback for Ada")).to_be_visible()
