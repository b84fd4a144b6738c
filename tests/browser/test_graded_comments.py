"""The conversation of one person beside its rubric: by keyboard, on paper, and on a phone."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from blog.models import Grading
from tests import factories
from tests.browser.steps import settled

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]
LAPTOP = {"viewport": {"width": 1366, "height": 768}}
PEOPLE = ["Ada Arendt", "Bela Brun", "Cleo Cruz"]


@pytest.fixture
def prompt(course):
    rubric = factories.make_rubric(course, "Talk", criteria=["Reads closely", "Comes back"])
    return factories.make_prompt(course, comments_rubric=rubric, comments_min=1)


@pytest.fixture
def students(course, prompt):
    """Return three students, each with a comment on the post of a fourth."""
    author = factories.make_user("Zoe Zorn")
    factories.add_member(course, author)
    post = factories.make_post(author, course, "Of nodes", prompt=prompt)
    students = [factories.make_user(name) for name in PEOPLE]
    for student in students:
        factories.add_member(course, student)
        comment = factories.make_comment(student, post, f"Which node, asks {student}?")
        factories.make_comment(author, post, "The library.", parent=comment)
    return students


def address_of(course, student):
    return reverse("grading_person", args=[course.slug, student.username])


def test_comments_of_all_are_graded_by_keyboard_alone(window, course, instructor, students):
    page = window(instructor, **LAPTOP)
    page.goto(address_of(course, students[0]))

    for student in students:
        expect(
            page.get_by_role("heading", name=f"Comments by {student.display_name}")
        ).to_be_visible()
        settled(page)
        for key in "23":
            page.keyboard.press(key)
        expect(page.locator("#sum")).to_contain_text("5 of 8")
        with page.expect_navigation():
            page.keyboard.press("Control+Enter")

    expect(page.get_by_text("All other comments on this prompt are graded.")).to_be_visible()
    graded = Grading.objects.complete().filter(kind="comments").values_list("student", flat=True)
    assert set(graded) == {student.pk for student in students}


def test_keys_lead_to_the_person_before_and_after(window, course, instructor, students):
    page = window(instructor, **LAPTOP)
    page.goto(address_of(course, students[0]))
    heading = page.get_by_role("heading", level=1)
    settled(page)

    with page.expect_navigation():
        page.keyboard.press("j")
    expect(heading).to_have_text("Comments by Bela Brun")
    settled(page)
    with page.expect_navigation():
        page.keyboard.press("k")

    expect(heading).to_have_text("Comments by Ada Arendt")


def test_on_paper_there_are_the_comments_and_no_rubric(window, course, instructor, students):
    page = window(instructor, **LAPTOP)
    page.goto(address_of(course, students[0]))
    expect(page.get_by_role("button", name="Print")).to_be_visible()

    page.emulate_media(media="print")

    expect(page.get_by_text("Which node, asks Ada Arendt?")).to_be_visible()
    expect(page.get_by_text("The library.")).to_be_visible()
    expect(page.get_by_role("heading", name="Rubric for comments")).to_be_hidden()
    expect(page.get_by_role("button", name="Print")).to_be_hidden()


def test_on_a_phone_the_rubric_is_one_tap_away(window, course, instructor, students):
    page = window(instructor, viewport={"width": 390, "height": 844}, has_touch=True)
    page.goto(address_of(course, students[0]))

    page.get_by_role("link", name="To the rubric").tap()

    expect(page.get_by_role("heading", name="Rubric for comments")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.locator(".level-row").nth(2).tap()
    expect(page.locator(".grading-foot")).to_contain_text(re.compile("3 of 8"))
    expect(page.get_by_text(re.compile("^Saved "))).to_be_visible()
    with page.expect_navigation():
        page.locator(".grading-foot").get_by_role("button", name="Save and next").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Comments by Bela Brun")


def test_without_scripts_the_prompt_is_chosen_and_graded(
    window, course, prompt, instructor, students
):
    page = window(instructor, java_script_enabled=False)
    page.goto(address_of(course, students[0]))
    page.get_by_label("Prompt to grade").select_option(str(prompt.number))
    page.get_by_role("button", name="Show").click()

    page.get_by_role("radio", name="Well").first.check(force=True)
    page.get_by_label("Feedback for Ada").fill("You went back.")
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_text("Feedback for Ada Arendt saved.")).to_be_visible()
    assert Grading.objects.get().scores.get().level.title == "Well"
