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
def posts(request, course, prompt):
    """Return as many posts as a test asks for, or six; the oldest first."""
    made = []
    for number in range(getattr(request, "param", 6)):
        student = factories.make_user(f"Student {number}")
        factories.add_member(course, student)
        made.append(factories.make_post(student, course, f"Post {number}", LONG, prompt=prompt))
    return made


@pytest.mark.parametrize("posts", [7, pytest.param(30, marks=pytest.mark.long)], indirect=True)
def test_posts_are_graded_by_keyboard_alone(window, instructor, posts):
    instructor.editor = ""  # the visual one, which people begin with
    instructor.save()
    page = window(instructor, **LAPTOP)
    page.goto(factories.desk_address(posts[0]))
    keys = []

    for number, post in enumerate(posts):
        expect(page.get_by_role("heading", name=post.title, exact=True)).to_be_visible()
        settled(page)
        keys.append(0)
        for key in "2341":
            page.keyboard.press(key)
            keys[-1] += 1
        expect(page.locator("#sum")).to_contain_text("10 of 16")
        expect(page.locator("#sum")).to_contain_text("All levels chosen")
        if number % 6 == 0:
            page.keyboard.press("c")
            keys[-1] += 1
            expect(page.locator(".feedback .page-text")).to_be_focused()
            page.keyboard.type("Well read.")
        with page.expect_navigation():
            page.keyboard.press("Control+Enter")
        keys[-1] += 2

    assert max(keys) <= MOST_KEYS
    assert Grading.objects.complete().count() == len(posts)
    assert Grading.objects.filter(text="Well read.").count() == len(posts[::6])
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
    with page.expect_navigation():
        page.keyboard.press("n")
    expect(title).to_have_text("Post 1")
    with page.expect_navigation():
        page.keyboard.press("k")
    expect(title).to_have_text("Post 0")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("r")
    expect(page.locator("details:has-text('Takes up') > summary")).to_be_focused()
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


def test_before_the_first_student_comes_the_last(window, instructor, posts):
    page = window(instructor, **LAPTOP)
    page.goto(factories.desk_address(posts[0]))
    names = page.locator(".queue-name")
    expect(names.first).to_have_attribute("aria-current", "true")
    last = names.last.get_attribute("href")

    with page.expect_navigation():
        page.keyboard.press("k")
    assert page.url.endswith(last)
    with page.expect_navigation():
        page.keyboard.press("j")

    expect(page.locator("#g-h")).to_have_text("Post 0")


def test_after_the_last_level_a_digit_changes_nothing_and_c_writes_no_letter(
    window, instructor, posts
):
    instructor.editor = ""  # the visual one, which people begin with
    instructor.save()
    page = window(instructor, **LAPTOP)
    page.goto(factories.desk_address(posts[0]))

    for key in "33334":
        page.keyboard.press(key)

    expect(page.locator("#sum")).to_contain_text("12 of 16")
    expect(page.get_by_role("button", name="Save and next")).to_be_focused()
    page.keyboard.press("c")
    words = page.locator(".feedback [contenteditable=true]")
    expect(words).to_be_focused()
    page.keyboard.type("Hello")
    expect(words).to_have_text("Hello")

    page.keyboard.press("Escape")
    expect(page.locator("details:has-text('Takes up') > summary")).to_be_focused()
    page.keyboard.press("1")
    expect(page.locator("#sum")).to_contain_text("10 of 16")
    expect(words).to_have_text("Hello")


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
    second.get_by_role("button", name="Save", exact=True).click()
    expect(second.get_by_text("for Student 0 saved.")).to_be_visible()
    first.keyboard.press("c")
    first.get_by_label("Feedback for Student").fill("Words of the first window.")
    first.get_by_role("button", name="Save", exact=True).click()
    expect(first.get_by_text("Both versions are on this page: choose one.")).to_be_visible()
    expect(first.get_by_label("Feedback for Student")).to_have_value("Words of the first window.")


def test_a_level_whose_answer_is_slow_is_no_other_window(window, instructor, posts):
    page = window(instructor, **LAPTOP)
    page.goto(factories.desk_address(posts[0]))
    page.get_by_label("Feedback for Student").fill("Words before.")
    expect(page.get_by_text(SAVED)).to_be_visible()
    page.route("**/level/", lambda route: route.fetch())  # the site has it, the page never hears
    page.locator("summary").filter(has_text=CRITERIA[0]).press("3")
    page.get_by_label("Feedback for Student").fill("Words after.")

    with page.expect_navigation():
        page.keyboard.press("Control+Enter")

    expect(page.get_by_role("heading", name="Post 1", exact=True)).to_be_visible()
    grading = Grading.objects.get()
    assert grading.text == "Words after."
    assert [score.level.title for score in grading.scores.all()] == ["Well"]


def test_the_queue_follows_and_the_key_back_leads_to_who_was_just_graded(window, instructor, posts):
    page = window(instructor, **LAPTOP)
    page.goto(factories.desk_address(posts[0]))
    state = page.locator(".queue-name[aria-current] + .state")
    above = page.locator("[data-own-state]")
    expect(state).to_have_text("To read")
    page.keyboard.press("3")
    expect(state).to_have_text("In progress")
    expect(above).to_have_text("In progress")
    for _criterion in CRITERIA[1:]:
        page.keyboard.press("3")
    expect(state).to_have_text("Graded")
    expect(above).to_have_text("Graded")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Grade for Student 0 saved.")).to_be_visible()
    expect(page.locator("#g-h")).to_have_text("Post 1")

    with page.expect_navigation():
        page.keyboard.press("k")

    expect(page.locator("#g-h")).to_have_text("Post 0")


def test_a_message_leaves_all_criteria_on_the_screen(window, instructor, posts):
    page = window(instructor, **LAPTOP)
    page.goto(factories.desk_address(posts[0]))
    page.keyboard.press("3")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")

    expect(page.locator(".messages")).to_be_visible()
    expect(page.get_by_text(CRITERIA[-1]).first).to_be_in_viewport(ratio=1)
    assert page.evaluate(ROOM)[0] <= 0
