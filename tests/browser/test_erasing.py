"""The day on which a course is erased, chosen and taken back by keyboard; axe finds nothing."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from blog.models import Course
from tests.browser.test_axe import examine
from tests.browser.test_keyboard import press, tab_to, walk

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def over(course):
    """Return a course that was over two years ago."""
    today = course.today()
    Course.objects.filter(pk=course.pk).update(
        starts_on=today - timedelta(days=800), ends_on=today - timedelta(days=730)
    )
    course.refresh_from_db()
    return course


def test_an_instructor_chooses_the_day_and_takes_it_back_by_keyboard(window, over, instructor, ada):
    day = over.today() + timedelta(days=30)
    said = f"The course is erased on {day.day} {day:%B %Y}."
    page = window(instructor)
    page.goto(f"/c/{over.slug}/settings/dates/")
    press(page, "link", "Choose a day")
    expect(page.get_by_role("heading", name="Erase the course", level=1)).to_be_visible()
    assert [*examine(page)] == []
    page.set_viewport_size({"width": 1280, "height": 900})

    box = page.get_by_label("The course is erased on")
    tab_to(page, box)
    page.keyboard.type(f"{day:%m%d%Y}")
    expect(box).to_have_value(str(day))
    press(page, "button", "Save")

    expect(page.get_by_text("Day saved.")).to_be_visible()
    expect(page.get_by_text(said, exact=True)).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("This course is erased on")
    assert [*examine(page)] == []
    page.set_viewport_size({"width": 1280, "height": 900})
    page.reload()
    assert walk(page) > 20
    of_student = window(ada)
    of_student.goto(over.get_absolute_url())
    assert [*examine(of_student)] == []
    press(of_student, "link", "Take everything of mine first")
    expect(of_student.get_by_role("heading", name="Everything of mine")).to_be_visible()

    press(page, "button", "Do not erase it")

    expect(page.get_by_text("Taken back. The course is not erased.")).to_be_visible()
    expect(page.get_by_text(said, exact=True)).to_have_count(0)
