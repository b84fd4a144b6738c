"""The grading desk in one screen of a laptop, by keyboard alone, and on a phone."""

import re

import pytest
from playwright.sync_api import expect

from blog.models import Grading
from tests import factories
from tests.browser.steps import settled

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]
CRITERIA = ["Takes up the question", "Reflects on practice", "Uses evidence", "Writes for readers"]
LAPTOP = {"viewport": {"width": 1366, "height": 768}}
LONG = "One sentence after the other, until the column is full. " * 60
MOST_KEYS = 9
SAVED = re.compile("^Saved ")

# How far the page scrolls, and what is left of the box for feedback, in pixels.
ROOM = """() => [
  document.documentElement.scrollHeight - innerHeight,
  document.querySelector(".feedback textarea").clientHeight,
  innerHeight - document.querySelector(".rubric-end .btn").getBoundingClientRect().bottom,
]"""


@pytest.fixture
def prompt(course):
    rubric = factories.make_rubric(course, criteria=CRITERIA)
    return factories.make_prompt(course, rubric=rubric, comments_min=2)


@pytest.fixture
def posts(course, prompt):
    """Thirty posts, the oldest first."""
    made = []
    for number in range(30):
        student = factories.make_user(f"Student {number}")
        factories.add_member(course, student)
        made.append(factories.make_post(student, course, f"Post {number}", LONG, prompt=prompt))
    return made


def test_thirty_posts_are_graded_by_keyboard_alone(window, instructor, posts):
    page = window(instructor, **LAPTOP)
    page.goto(factories.desk_address(posts[0]))
    keys = []

    for post in posts:
        expect(page.get_by_role("heading", name=post.title, exact=True)).to_be_visible()
        settled(page)
        keys.append(0)
        for key in "2341":
            page.keyboard.press(key)
            keys[-1] += 1
        expect(page.locator("#sum")).to_contain_text("10 of 16")
        expect(page.locator("#sum")).to_contain_text("All levels chosen")
        with page.expect_navigation():
            page.keyboard.press("Control+Enter")
        keys[-1] += 2

    assert max(keys) <= MOST_KEYS
    assert Grading.objects.complete().count() == 30
    chosen = Grading.objects.order_by("pk").first().scores.order_by("criterion__position")
    assert list(chosen.values_list("level__position", flat=True)) == [2, 3, 4, 1]


def test_the_desk_fits_a_laptop(window, instructor, posts):
    page = window(instructor, **LAPTOP)
    page.goto(factories.desk_address(posts[0]))

    expect(page.locator(".criterion-fold[open] .level-what").first).to_be_visible()

    scrolls, box, below = page.evaluate(ROOM)
    assert scrolls <= 0
    assert box >= 90
    assert below >= 0


def test_keys_lead_from_place_to_place_and_can_be_switched_off(window, instructor, posts):
    page = window(instructor, **LAPTOP)
    page.goto(factories.desk_address(posts[0]))
    title = page.locator("#g-h")
    expect(page.locator("details:has-text('Takes up') > summary")).to_be_focused()

    with page.expect_navigation():
        page.keyboard.press("j")
    expect(title).to_have_text("Post 1")
    with page.expect_navigation():
        page.keyboard.press("p")
    expect(title).to_have_text("Post 0")
    page.keyboard.press("c")
    page.keyboard.type("Say 1 and ?j")
    expect(page.locator("input[name^=criterion]:checked")).to_have_count(0)
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys on the grading desk")
    expect(dialog).to_be_visible()
    dialog.get_by_label("Use these keys in this browser").uncheck()
    dialog.get_by_role("button", name="Close").click()

    page.keyboard.press("3")

    expect(page.locator("input[name^=criterion]:checked")).to_have_count(0)


def test_on_a_phone_the_rubric_is_one_tap_away(window, instructor, posts):
    page = window(instructor, viewport={"width": 390, "height": 844}, has_touch=True)
    page.goto(factories.desk_address(posts[0]))

    page.get_by_role("link", name="To the rubric").tap()

    expect(page.get_by_role("heading", name="Rubric")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.get_by_text("Clear.").or_(page.locator(".level-row").first).first.tap()
    expect(page.locator(".grading-foot")).to_contain_text(re.compile("of 16"))


def test_levels_are_saved_as_chosen_and_two_windows_lose_nothing(window, instructor, posts):
    first, second = (window(instructor, **LAPTOP) for _window in range(2))
    for page in (first, second):
        page.goto(factories.desk_address(posts[0]))
    first.keyboard.press("3")
    expect(first.get_by_text(SAVED)).to_be_visible()

    second.keyboard.press("1")
    clash = second.get_by_role("alert").filter(has_text="You chose a different level in")
    expect(clash.get_by_role("button")).to_have_text(
        ["Keep “Well” (saved)", "Use “Not yet” (yours)"]
    )
    clash.get_by_role("button", name="Use “Not yet”").click()
    expect(second.get_by_text(SAVED)).to_be_visible()

    [score] = Grading.objects.get().scores.all()
    assert (score.level.title, score.version) == ("Not yet", 2)
    first.keyboard.press("c")
    first.get_by_label("Feedback for Student").fill("Words of the first window.")
    first.get_by_role("button", name="Save", exact=True).click()
    expect(first.get_by_text("Both versions are on this page: choose one.")).to_be_visible()
    expect(first.get_by_label("Feedback for Student")).to_have_value("Words of the first window.")
