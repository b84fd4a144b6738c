"""The menu under a comment: by keyboard, by finger, without scripts."""

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.browser.test_axe import examine
from tests.browser.test_keyboard import press, tab_to

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

PHONE = {"viewport": {"width": 320, "height": 700}, "has_touch": True, "is_mobile": True}
LONG_NAME = "Wilhelmina-Alexandrina Student"


@pytest.fixture
def post(ada, bob, instructor, course):
    """Return a post with a comment of Ada's deep in its thread, which has two people to be for."""
    post = factories.make_post(bob, course, "Ties")
    first = factories.make_comment(instructor, post, "Is that so?")
    factories.make_comment(ada, post, "I think so.", parent=first)
    return post


@pytest.fixture
def read(window, ada, post):
    def open_post(**options):
        page = window(ada, **options)
        page.goto(post.get_absolute_url())
        return page

    return open_post


def summary(page):
    return page.locator("summary").filter(has_text="More actions for your comment")


def edit(page):
    return page.get_by_role("link", name="Edit your comment")


def test_by_keyboard_it_opens_and_leads_to_an_act(read):
    page = read()
    tab_to(page, summary(page))

    page.keyboard.press("Enter")
    expect(edit(page)).to_be_visible()
    press(page, "link", "Delete your comment")

    expect(page.get_by_role("heading", name="Delete your comment?")).to_be_visible()


def test_escape_and_a_step_outside_close_it(read):
    page = read()
    tab_to(page, summary(page))

    page.keyboard.press("Enter")
    tab_to(page, edit(page))
    page.keyboard.press("Escape")
    expect(edit(page)).to_be_hidden()
    expect(summary(page)).to_be_focused()

    page.keyboard.press("Enter")
    expect(edit(page)).to_be_visible()
    page.keyboard.press("Shift+Tab")
    expect(edit(page)).to_be_hidden()

    summary(page).click()
    expect(edit(page)).to_be_visible()
    page.get_by_role("heading", name="Ties").click()
    expect(edit(page)).to_be_hidden()


@pytest.mark.parametrize("has_scripts", [True, False])
def test_by_finger_it_has_room_on_a_phone(read, ada, instructor, has_scripts):
    instructor.display_name = ada.display_name = LONG_NAME
    instructor.save()
    ada.save()
    page = read(java_script_enabled=has_scripts, **PHONE)

    size = summary(page).bounding_box()
    summary(page).tap()

    sheet = page.locator(".dots-menu .menu-sheet:visible").bounding_box()
    assert min(size["width"], size["height"]) >= 44
    assert sheet["x"] >= 0
    assert sheet["x"] + sheet["width"] <= 320
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    if has_scripts:
        assert list(examine(page)) == []
    page.get_by_role("link", name="Who is it for?").tap()
    expect(page.get_by_role("radio")).to_have_count(2)
