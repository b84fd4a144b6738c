"""Layout of the grading desk on one screen, with nothing over something else."""

import re

import pytest
from playwright.sync_api import expect

from blog.models import Level
from tests import factories

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]
CRITERIA = ["Takes up the question", "Reflects on practice", "Uses evidence", "Writes for readers"]
LONG = "One sentence after the other, until the column is full. " * 60
SAVED = re.compile("^Saved ")
WIDE = [(1366, 768), (1280, 720)]
SIZES = [*WIDE, (390, 844)]

# The buttons and tools of the rubric of which something else has the middle or an edge.
COVERED = """() => [...document.querySelectorAll(".rubric-end .btn, .feedback .tool")]
  .filter((button) => button.checkVisibility())
  .filter((button) => {
    button.scrollIntoView({ block: "nearest" });
    const { left, right, top, bottom } = button.getBoundingClientRect();
    const middle = [(left + right) / 2, (top + bottom) / 2];
    const places = [[left + 3, top + 3], middle, [right - 3, bottom - 3]];
    return !places.every(([x, y]) => button.contains(document.elementFromPoint(x, y)));
  })
  .map((button) => button.getAttribute("aria-label") ?? button.textContent.trim())"""

# What a finger taps in the main part of a page and finds less than 44 pixels high or wide. A link
# within a sentence is as high as its line; a tick or a dot belongs to its label.
SMALL_TARGETS = """() => [...document.querySelectorAll(
    "main :is(a[href], button, summary, input:not([type=hidden]), select, textarea, [role=tab])"
  )]
  .map((control) => control.matches("[type=radio], [type=checkbox]") && control.labels[0]
    ? [control, control.labels[0]] : [control, control])
  .filter(([control, target]) => target.checkVisibility({ visibilityProperty: true })
    && !control.closest(".visually-hidden") && control.tabIndex >= 0
    && getComputedStyle(target).display !== "inline")
  .map(([control, target]) => [target.textContent.trim().slice(0, 40) || control.name
    || control.getAttribute("aria-label") || control.className, target.getBoundingClientRect()])
  .filter(([, { width, height }]) => Math.min(width, height) < 43.5)
  .map(([name, { width, height }]) => `${name}: ${Math.round(width)} × ${Math.round(height)}`)"""

WIDTH_OF = """(name, word) => {
  const context = document.createElement("canvas").getContext("2d");
  context.font = getComputedStyle(name).font;
  return context.measureText(word).width;
}"""
RULES = """cell => {
  const { borderBlockStartWidth, borderBlockEndWidth } = getComputedStyle(cell);
  return [borderBlockStartWidth, borderBlockEndWidth];
}"""


@pytest.fixture
def prompt(course):
    rubric = factories.make_rubric(course, criteria=CRITERIA)
    return factories.make_prompt(course, rubric=rubric, comments_min=2)


@pytest.fixture
def post(course, prompt, ada):
    return factories.make_post(ada, course, "Of ties", LONG, prompt=prompt)


def opened(window, grader, post, width=1366, height=768):
    grader.editor = ""  # the visual one, which people begin with
    grader.save()
    page = window(grader, viewport={"width": width, "height": height})
    page.goto(factories.desk_address(post))
    return page


@pytest.mark.parametrize("size", SIZES)
def test_nothing_covers_the_tools_of_the_feedback_or_the_buttons_below(
    window, instructor, post, size
):
    page = opened(window, instructor, post, *size)
    assert page.evaluate(COVERED) == []

    page.locator("summary").filter(has_text=CRITERIA[0]).press("4")
    for _criterion in CRITERIA[1:]:
        page.keyboard.press("4")
    expect(page.locator("[data-saved-words]")).to_have_text(SAVED)
    assert page.evaluate(COVERED) == []
    page.get_by_label("Feedback for Ada").click()
    expect(page.locator(".feedback .page-text")).to_be_focused()
    page.keyboard.insert_text(LONG[:800])

    assert page.evaluate(COVERED) == []


def test_names_of_criteria_keep_their_words_whole_beside_the_levels_of_others(
    window, instructor, course, post
):
    other = factories.make_user("Bartholomea Featherstonehaugh")
    factories.add_member(course, other, "assistant")
    factories.make_grading(post, other, "Read.", level=4)
    factories.make_grading(post, instructor, "Read.", level=2, of_record=False)
    page = opened(window, instructor, post)

    expect(page.locator("[data-chosen]").first).to_contain_text("Bartholomea")
    for name in page.locator(".criterion-name").all():
        longest = max(name.text_content().split(), key=len)
        assert name.evaluate(WIDTH_OF, longest) <= name.evaluate("name => name.clientWidth")


def test_on_a_phone_the_points_are_no_higher_than_the_buttons_and_no_keys_are_offered(
    window, instructor, post
):
    page = window(instructor, viewport={"width": 390, "height": 844}, has_touch=True)
    page.goto(factories.desk_address(post))

    points = page.locator(".grading-foot > span")
    expect(points).to_have_text("No points yet")
    assert (
        points.bounding_box()["height"]
        <= page.locator(".grading-foot > a").bounding_box()["height"]
    )
    expect(page.locator(".keys-line")).to_be_hidden()


@pytest.mark.parametrize("path", ["desk/1/", "desk/1/{place}/", "desk/1/release/"])
def test_on_a_phone_each_control_is_as_large_as_a_thumb(
    window, instructor, assistant, bob, post, path
):
    factories.make_post(bob, post.course, "Of nodes", LONG, prompt=post.prompt)
    factories.make_grading(post, instructor, "Read.", level=4)
    factories.make_grading(post, assistant, "Read.", level=3, of_record=False)
    page = window(instructor, viewport={"width": 390, "height": 844}, has_touch=True)
    place = factories.desk_address(post).rstrip("/").rsplit("/", 1)[-1]
    page.goto(f"/c/{post.course.slug}/{path.format(place=place)}")

    page.evaluate("document.querySelectorAll('main details').forEach((fold) => (fold.open = true))")

    small = page.evaluate(SMALL_TARGETS)
    assert small == [], "; ".join(small)


@pytest.mark.parametrize("size", SIZES)
def test_the_grading_of_another_grader_is_on_top_of_the_rubric(
    window, instructor, assistant, post, size
):
    factories.make_grading(post, assistant, "Read.", level=3)
    page = opened(window, instructor, post, *size)

    other = page.get_by_text("Asa Assistant graded this on")
    expect(other).to_be_visible()
    criteria = page.locator(".criterion-name").all()
    places = [each.bounding_box()["y"] for each in (other, *criteria)]
    assert places == sorted(places)
    if size in WIDE:
        expect(other).to_be_in_viewport()
        expect(criteria[0]).to_be_in_viewport()
    other.click()
    expect(page.locator(".other-grading .ledger").get_by_text("Well")).to_have_count(len(CRITERIA))


def test_on_a_phone_rows_of_the_queue_have_one_rule_between_them(window, instructor, post):
    page = window(instructor, viewport={"width": 390, "height": 844}, has_touch=True)
    page.goto(f"/c/{post.course.slug}/desk/{post.prompt.number}/")

    for cell in page.locator("tbody :is(th, td)").all():
        assert cell.evaluate(RULES) == ["0px", "0px"]


def test_a_long_level_does_not_widen_a_phone_while_its_criterion_is_open(
    window, instructor, post, prompt
):
    Level.objects.filter(criterion__rubric=prompt.rubric).update(title="Beyond all expectations")
    factories.make_grading(post, instructor, level=4)
    page = opened(window, instructor, post, 320, 700)

    for fold in page.locator(".criterion-fold").all():
        if fold.get_attribute("open") is None:
            fold.locator("summary").click()
        expect(fold.locator(".level-rows")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") == 320
