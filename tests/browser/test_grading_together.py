"""Several graders, and several windows of one, at the same student at once: nothing is lost."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from blog.models import Grading, HeldChange
from tests import factories
from tests.browser.steps import settled, wait_until

pytestmark = [
    pytest.mark.browser,
    pytest.mark.every_database,
    pytest.mark.django_db(transaction=True),
]
CRITERIA = ["Takes up the question", "Reflects on practice", "Uses evidence", "Writes for readers"]
LAPTOP = {"viewport": {"width": 1366, "height": 768}}
LEVELS = ["Not yet", "Partly", "Well", "Beyond"]
SAVED = re.compile("^Saved ")
KEPT = re.compile("^Saved .* as a draft. The student sees it when you click “Save”.")


@pytest.fixture
def prompt(course):
    rubric = factories.make_rubric(course, criteria=CRITERIA)
    return factories.make_prompt(course, rubric=rubric)


@pytest.fixture
def post(course, prompt, ada):
    return factories.make_post(ada, course, "Of ties", prompt=prompt)


@pytest.fixture
def graders(course, instructor):
    """Return the instructor, and four assistants who write Markdown."""
    made = [instructor]
    for name in ("Bao", "Cleo", "Dov", "Eun"):
        grader = factories.make_user(name)
        factories.add_member(course, grader, "assistant")
        made.append(grader)
    for grader in made:
        grader.editor = "markdown"
        grader.save()
    return made


def opened(window, grader, post):
    page = window(grader, **LAPTOP)
    page.goto(factories.desk_address(post))
    settled(page)
    return page


def state(page):
    return page.locator("[data-saved-words]")


def words_are_kept(page):
    expect(page.locator("[data-keep=words]")).not_to_have_attribute("data-not-kept", "")
    expect(state(page)).to_have_text(SAVED)


def criterion(page, number):
    return page.locator("details.criterion-fold").nth(number)


def words(page):
    return page.get_by_label("Feedback for Ada")


def write(page, grader, text):
    if grader.writes_markdown:
        words(page).fill(text)
    else:
        page.keyboard.press("c")
        expect(page.locator(".feedback .page-text")).to_be_focused()
        page.keyboard.insert_text(text)


def test_five_graders_at_one_student_lose_nothing(window, graders, post):
    for grader in graders[-2:]:
        grader.editor = ""  # the visual one
        grader.save()
    pages = [opened(window, grader, post) for grader in graders]
    for number, page in enumerate(pages):
        for _criterion in CRITERIA:
            page.keyboard.press(str(number % 4 + 1))
        expect(page.locator("#sum")).to_contain_text("All levels chosen")
        write(page, graders[number], f"Words of grader {number}.")
    for page in pages:
        words_are_kept(page)

    gradings = Grading.objects.order_by("grader__pk")
    by_grader = {grading.grader: grading for grading in gradings}
    for number, grader in enumerate(graders):
        page, grading = pages[number], by_grader[grader]
        shown = page.locator(".feedback textarea")  # also behind the visual editor
        expect(shown).to_have_value(f"Words of grader {number}.")
        grading.refresh_from_db()
        assert grading.text == f"Words of grader {number}."
        positions = grading.scores.values_list("level__position", flat=True)
        assert list(positions) == [number % 4 + 1] * 4

    # Where they differ, each criterion says whose level is which, and one is chosen by a digit.
    last = pages[-1]
    last.reload()
    settled(last)
    for number in range(4):
        line = criterion(last, number).locator("[data-chosen]")
        expect(line).to_have_text("Bao: Partly, Cleo: Well, Dov: Beyond, you: Not yet")
    criterion(last, 1).locator("summary").click()
    expect(criterion(last, 1).locator(".level-by")).to_have_text(
        ["Ines Instructor", "Bao", "Cleo", "Dov"]
    )
    last.keyboard.press("3")
    expect(criterion(last, 1).locator("[data-chosen]")).to_have_text(
        "Ines Instructor: Not yet, Bao: Partly, Dov: Beyond, you: Well"
    )
    # That it is saved stands there since the page came.
    mine = Grading.objects.get(grader=graders[-1]).scores.order_by("criterion__position")
    levels = mine.values_list("level__title", flat=True)
    wait_until(last, lambda: [*levels.all()] == ["Not yet", "Well", "Not yet", "Not yet"])


def test_words_are_kept_while_they_are_typed_and_found_after_the_page_is_left(
    window, graders, course, prompt, post, bob
):
    other = factories.make_post(bob, course, prompt=prompt)
    page = opened(window, graders[0], post)
    words(page).fill("Half a sen")
    expect(state(page)).to_have_text(SAVED)
    words(page).fill("Half a sentence")

    page.goto(factories.desk_address(other))
    settled(page)
    wait_until(page, lambda: Grading.objects.get().text == "Half a sentence")
    page.goto(factories.desk_address(post))

    expect(words(page)).to_have_value("Half a sentence")
    expect(page.locator("[data-kept-copy]")).to_be_hidden()


def test_a_second_tab_shows_both_texts_and_lets_one_choose(window, graders, post):
    first, second = (opened(window, graders[0], post) for _tab in range(2))
    words(first).fill("From the first tab.")
    expect(state(first)).to_have_text(SAVED)

    words(second).fill("From the second tab.")

    clash = second.get_by_role("alert").filter(has_text="You typed different feedback in")
    expect(clash.locator("pre")).to_have_text("From the first tab.")
    expect(words(second)).to_have_value("From the second tab.")
    assert Grading.objects.get().text == "From the first tab."
    clash.get_by_role("button", name="Use what I typed here").press("Enter")
    expect(clash).to_be_hidden()
    expect(state(second)).to_have_text(SAVED)
    assert Grading.objects.get().text == "From the second tab."

    words(first).fill("From the first tab, again.")
    clash = first.get_by_role("alert").filter(has_text="You typed different feedback in")
    clash.get_by_role("button", name="Keep the other text").click()

    expect(words(first)).to_have_value("From the second tab.")
    assert Grading.objects.get().text == "From the second tab."


def test_a_note_and_other_points_are_found_after_the_tab_is_closed(window, graders, post):
    page = opened(window, graders[0], post)
    page.get_by_role("button", name="My private note").click()
    page.get_by_label("My private note").last.fill("Ask about the bakery.")
    page.get_by_role("button", name="Close").click()
    expect(page.locator("#own-note")).not_to_have_attribute("data-not-kept", "")
    page.get_by_text("No grade, excused, other points").click()
    page.get_by_label("Other points").fill("6.5")
    expect(state(page)).to_have_text("Say why other points count.")
    page.get_by_label("Reason").fill("A talk instead")
    expect(state(page)).to_have_text(SAVED)
    page.close()

    again = opened(window, graders[0], post)

    expect(again.get_by_label("Other points")).to_have_value("6.5")
    expect(again.get_by_label("Reason")).to_have_value("A talk instead")
    again.get_by_role("button", name="My private note").click()
    expect(again.get_by_label("My private note").last).to_have_value("Ask about the bakery.")
    assert Grading.objects.get().override_hundredths == 650


def test_a_second_tab_shows_what_the_first_recorded(window, graders, post):
    first, second = (opened(window, graders[0], post) for _tab in range(2))
    for page in (first, second):
        page.get_by_text("No grade, excused, other points").click()
    first.get_by_label("Excused").check()
    expect(state(first)).to_have_text(SAVED)

    second.get_by_label("Not submitted").check()

    clash = second.get_by_role("alert").filter(has_text="You recorded something different")
    expect(clash.locator("pre")).to_have_text("excused")
    clash.get_by_role("button", name="Keep the other text").click()
    expect(second.get_by_label("Excused")).to_be_checked()
    expect(clash).to_be_hidden()
    assert Grading.objects.get().status == "excused"


def test_a_released_grade_changes_when_it_is_saved_and_not_before(window, graders, post):
    grading = factories.make_grading(post, graders[0], "Read.", level=2, released_at=timezone.now())
    page = opened(window, graders[0], post)
    criterion(page, 0).locator("summary").click()
    page.keyboard.press("4")
    expect(state(page)).to_have_text(KEPT)
    words(page).fill("Read again.")
    expect(page.locator("#sum")).to_contain_text("10 of 16")
    expect(page.locator("[data-keep=words]")).not_to_have_attribute("data-not-kept", "")
    page.goto(factories.desk_address(post))
    expect(page.get_by_text("The student still sees the grade as it was.")).to_be_visible()
    expect(words(page)).to_have_value("Read again.")
    grading.refresh_from_db()
    assert grading.text == "Read."

    with page.expect_navigation():
        page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_text("Feedback for Ada Student saved.")).to_be_visible()
    grading.refresh_from_db()
    assert grading.text == "Read again."
    assert not HeldChange.objects.exists()


def test_gradings_that_differ_are_settled_at_the_criterion(window, graders, prompt, post):
    ines, bao, cleo, *_ = graders
    given = factories.make_grading(post, bao, level=3)
    other = factories.make_grading(post, cleo, level=3, of_record=False)
    score = other.scores.get(criterion__position=2)
    score.level = score.criterion.levels.get(position=2)
    score.save()
    page = opened(window, ines, post)
    expect(page.locator("#grading").get_by_text("Second grading differs")).to_be_visible()
    expect(criterion(page, 1)).to_have_attribute("open", "")

    page.get_by_role("button", name="Use “Partly”").click()

    expect(page.get_by_text("Settled: Reflects on practice, Partly.")).to_be_visible()
    expect(page.locator("#grading").get_by_text("Second grading differs")).to_have_count(0)
    assert given.scores.get(criterion__position=2).level.position == 2
    assert not Grading.objects.filter(grader=ines).exists()
