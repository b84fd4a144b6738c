"""The table of prompts and the form of one, by keyboard and on a phone."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from blog.models import Prompt
from tests import factories

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def prompts(course):
    return [factories.make_prompt(course) for _each in range(2)]


def local_day(moment, days=0):
    return f"{moment + timedelta(days=days):%Y-%m-%d}"


def test_a_changed_date_says_what_it_was_before_it_is_saved(window, course, prompts, instructor):
    first = prompts[0]
    page = window(instructor)
    page.goto("/c/networks/prompts/")
    due = page.get_by_label("Blog post 1: due", exact=True)
    bar = page.get_by_role("status")

    due.fill(local_day(first.due_at, 1))
    due.press("Tab")
    expect(bar).to_have_text("1 change, not saved")
    expect(page.get_by_text("was ").and_(page.locator("[data-was]:visible"))).to_have_count(1)
    page.get_by_label("Blog post 2: late posts").select_option("Close")
    expect(bar).to_have_text("2 changes, not saved")
    due.fill(local_day(first.due_at))
    due.press("Tab")
    expect(bar).to_have_text("1 change, not saved")
    due.press("Enter")

    expect(page.get_by_text("1 prompt changed.")).to_be_visible()
    assert Prompt.objects.get(number=2).late_posts == "close"
    assert Prompt.objects.get(number=1).due_at == first.due_at


def test_chosen_rows_are_moved_by_keyboard(window, course, prompts, instructor):
    page = window(instructor)
    page.goto("/c/networks/prompts/")

    page.get_by_label("Choose Blog post 2").press("Space")
    expect(page.get_by_text("1 chosen")).to_be_visible()
    page.get_by_role("button", name="Move", exact=True).press("Enter")
    expect(page.get_by_role("status")).to_have_text("3 changes, not saved")
    expect(page.get_by_label("Choose Blog post 2")).to_be_checked()
    page.get_by_role("button", name="Save the changes").press("Enter")
    expect(page.get_by_text("1 prompt changed.")).to_be_visible()

    assert Prompt.objects.get(number=2).due_at == prompts[1].due_at + timedelta(days=7)
    assert Prompt.objects.get(number=1).due_at == prompts[0].due_at


def test_rows_fold_on_a_phone(window, course, prompts, instructor):
    page = window(instructor)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/c/networks/prompts/")

    due = page.get_by_label("Blog post 1: due", exact=True)
    opens = page.get_by_label("Blog post 1: opens")
    expect(due).to_be_in_viewport()
    assert opens.bounding_box()["x"] < due.bounding_box()["x"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_reading_is_found_and_the_form_stays_as_it_is(window, course, instructor, ada):
    work = factories.make_work(course, added_by=ada, shared_at=timezone.now())
    factories.make_reference(factories.make_post(ada, course), work, cited=True)
    page = window(instructor)
    page.goto("/c/networks/prompts/new/")

    page.get_by_label("Question").fill("What **binds** us?")
    page.get_by_label("Add a reading").fill("weak ties")
    page.get_by_role("button", name="Find").press("Enter")
    page.get_by_role("button", name="Add Granovetter, 1973").press("Enter")
    expect(page.get_by_role("button", name="Remove Granovetter, 1973")).to_be_visible()
    page.get_by_role("button", name="Preview").press("Enter")
    expect(page.get_by_role("region", name="Preview").get_by_text("binds")).to_be_visible()
    page.get_by_label("Short title").press("Enter")

    expect(page.get_by_text("Prompt created.")).to_be_visible()
    prompt = Prompt.objects.get()
    assert prompt.question == "What **binds** us?"
    assert list(prompt.required_works.all()) == [work]
