"""The class network on a phone, by keyboard, without scripts, and on paper."""

import pytest
from playwright.sync_api import expect

from blog.models import Membership
from tests.browser.steps import button
from tests.browser.test_axe import FITS
from tests.browser.test_people import SMALL
from tests.network.class_world import make_class, write_in_ring

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def students(course):
    students, posts = make_class(course, 20, pods=5)
    write_in_ring(course, students, posts, 1, 2, days_ago=30)
    write_in_ring(course, students, posts, 3)
    return students


def test_the_figure_has_names_on_a_wide_screen_and_initials_on_a_phone(
    window, course, instructor, students
):
    page = window(instructor, viewport={"width": 1280, "height": 900})
    page.goto(f"/c/{course.slug}/network/class/")
    name, letters = (page.locator(f".socio .{css}").first for css in ("full", "initials"))
    expect(name).to_be_visible()
    expect(letters).to_be_hidden()

    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 844})
        expect(letters).to_be_visible()
        expect(name).to_be_hidden()
        assert page.evaluate(FITS)
    assert page.evaluate(SMALL) == []

    page.emulate_media(media="print")
    expect(page.locator(".socio")).to_be_visible()
    expect(page.locator(".weeks")).to_be_hidden()


def test_a_student_in_the_figure_leads_to_their_row(window, course, instructor, students):
    page = window(instructor)
    page.goto(f"/c/{course.slug}/network/class/")

    page.get_by_role("link", name="S7 Student").first.focus()
    page.keyboard.press("Enter")

    expect(page.locator(f"#student-{students[7].pk}")).to_be_visible()


def test_weeks_and_pods_work_without_scripts(window, course, instructor, students):
    page = window(instructor, java_script_enabled=False)
    page.goto(f"/c/{course.slug}/network/class/")

    page.get_by_role("slider").fill("3")
    button(page, "Show").click()
    expect(page.get_by_text("Up to week 3")).to_be_visible()
    assert page.locator(".socio .tie").count() == 40

    page.get_by_role("link", name="Draw next pods").first.click()
    page.get_by_label("Students in a pod").fill("5")
    button(page, "Draw").click()
    page.get_by_label("New pod of S0 Student").fill("")
    button(page, "Save as new pods").click()
    expect(page.get_by_text("4 new pods saved.")).to_be_visible()
    pods = Membership.objects.filter(user__in=students).values_list("pod__name", flat=True)
    assert sorted(set(pods)) == ["Pod 1", "Pod 6", "Pod 7", "Pod 8", "Pod 9"]
