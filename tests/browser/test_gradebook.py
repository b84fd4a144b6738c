"""The gradebook by keyboard and on a phone: the table scrolls in its frame, a name stays."""

from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from blog.models import Grading
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


CANVAS = (
    "Student,ID,SIS Login ID,Section,Who taught you that? (70411),Final Score\r\n"
    "    Points Possible,,,,10.00,(read only)\r\n"
    '"Student, Ada",7,ada,A01,,\r\n'
    '"Nobody, Nina",8,nina,A01,3.00,\r\n'
)


def test_a_file_of_the_lms_comes_back_with_the_grades(window, graded, instructor, ada):
    for grading in Grading.objects.all():
        grading.release(timezone.now())
    page = window(instructor)
    page.goto(f"/c/{graded.slug}/gradebook/")
    page.get_by_role("link", name="Fill in a file from your LMS").click()
    uploaded = {"name": "grades.csv", "mimeType": "text/csv", "buffer": CANVAS.encode()}
    page.get_by_label("Gradebook").set_input_files(uploaded)
    page.get_by_role("button", name="Continue").click()

    page.get_by_label("Prompt").select_option("Who taught you that?")
    page.get_by_label("Also fill in people matched by name only").check()
    page.get_by_label("Scale points").check()
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("row", name="Ada Student")).to_contain_text("7.50")
    expect(page.get_by_role("row", name="Nina Nobody")).to_contain_text("Nobody in this course")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the file").click()

    filled = Path(download.value.path()).read_bytes()
    assert download.value.suggested_filename == "grades.csv"
    assert filled == CANVAS.replace("ada,A01,,", "ada,A01,7.50,").encode()
