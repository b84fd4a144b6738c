"""A course from nothing and one from last term's, counted in pages and clicks, also on a phone."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone
from playwright.sync_api import expect

from blog.actions.setups import add_setup
from blog.models import Course
from tests import factories
from tests.blog.setup_files.samples import make_setup
from tests.browser.steps import MINUTE, ZONE, button, heading, loading

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
FITS = "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"


@pytest.fixture
def teacher(course, instructor):
    instructor.user_permissions.add(Permission.objects.get(codename="open_course"))
    return instructor


@pytest.fixture
def last_term(course, teacher):
    Course.objects.filter(pk=course.pk).update(
        starts_on=date(2026, 9, 7), ends_on=date(2026, 11, 20), time_zone=ZONE
    )
    course.refresh_from_db()
    add_setup(course, make_setup(), by=teacher)
    return course


class Walk:
    """Clicks through pages, which are counted with the clicks; each page fits its window."""

    def __init__(self, page):
        self.page, self.pages, self.clicks = page, 1, 0
        page.goto("/")

    def click(self, target):
        with loading(self.page):
            target.click()
        self.pages, self.clicks = self.pages + 1, self.clicks + 1
        assert self.page.evaluate(FITS)

    def follow(self, name):
        self.click(self.page.get_by_role("link", name=name).first)

    def press(self, name):
        self.click(button(self.page, name))


def type_days(page, title, address, first, last):
    page.get_by_label("Title").fill(title)
    page.get_by_label("Address").fill(address)
    page.get_by_label("First day").fill(str(first))
    page.get_by_label("Last day").fill(str(last))


@pytest.mark.parametrize("options", [{}, PHONE], ids=["wide", "phone"])
def test_from_nothing_to_a_first_open_prompt(window, teacher, options):
    page, today = window(teacher, **options), timezone.now().date()
    walk = Walk(page)

    walk.follow("Open a course")
    type_days(page, "Networks", "nothing", today, today + timedelta(days=80))
    walk.press("Open the course")
    expect(page.get_by_text("Your course is open.")).to_be_visible()
    walk.follow("Create a prompt")
    page.get_by_label("Question").fill("What does a network teach you?")
    walk.press("Create prompt")

    expect(page.get_by_text("Prompt created.")).to_be_visible()
    assert Course.objects.get(slug="nothing").prompts.get().is_open
    assert (walk.pages, walk.clicks) == (5, 4)


@pytest.mark.parametrize("options", [{}, PHONE], ids=["wide", "phone"])
def test_from_last_term_with_its_dates_moved(window, last_term, teacher, options):
    page = window(teacher, **options)
    walk = Walk(page)

    walk.follow("Open a course")
    walk.click(page.locator("main").get_by_role("link", name=last_term.title))
    type_days(page, "Networks, spring", "spring", "2027-01-04", "2027-01-31")
    walk.press("Preview the new course")
    first, second = page.locator(".setup-prompt").all()
    expect(first.get_by_label("Opens")).to_have_value("2027-01-04T00:00")
    expect(first.get_by_label("Post by")).to_have_value("2027-01-17T23:59")
    expect(second.get_by_text("is after the last day").first).to_be_visible()
    second.get_by_label("Pods").uncheck()
    walk.press("Open the course")

    expect(page.get_by_text("Your course is open.")).to_be_visible()
    expect(page.get_by_text("1 prompt", exact=True)).to_be_visible()
    assert [prompt.title for prompt in Course.objects.get(slug="spring").prompts.all()] == ["Ties"]
    assert (walk.pages, walk.clicks) == (5, 4)


def test_a_refused_date_stays_as_it_was_typed_and_is_mended_by_keyboard(window, last_term, teacher):
    page = window(teacher)
    page.goto(f"/courses/new/?from=course:{last_term.slug}")
    type_days(page, "Networks, spring", "spring", "2027-01-04", "2027-04-09")
    with loading(page):
        button(page, "Preview the new course").click()
    first = page.locator(".setup-prompt").first
    first.get_by_label("Post by").fill("2027-01-03T12:00")
    with loading(page):
        button(page, "Open the course").click()

    due = first.get_by_label("Post by")
    expect(due).to_have_value("2027-01-03T12:00")
    expect(first.get_by_text("The due date must be after the prompt opens.")).to_be_visible()
    due.fill("2027-01-15T12:00")
    button(page, "Open the course").focus()
    with loading(page):
        page.keyboard.press("Enter")
    expect(heading(page, "Networks, spring")).to_be_visible()


def test_chosen_prompts_go_to_another_course(window, last_term, teacher):
    days = {"starts_on": date(2027, 1, 4), "ends_on": date(2027, 4, 9)}
    spring = factories.make_course("spring", instructor=teacher, title="Networks, spring", **days)
    page = window(teacher)
    page.goto(f"/c/{last_term.slug}/settings/")

    with loading(page):
        page.get_by_role("link", name="Set-up").click()
    with loading(page):
        page.get_by_role("link", name="Copy prompts").click()
    page.get_by_label("Ties").check()
    with loading(page):
        button(page, "Preview").click()
    expect(page.get_by_label("Opens")).to_have_value("2027-01-04T00:00")
    with loading(page):
        button(page, "Add to the course").click()

    expect(
        page.get_by_text("1 prompt added, as a draft that only the teaching team sees.")
    ).to_be_visible()
    prompt = spring.prompts.get()
    assert prompt.opens_at.strftime(MINUTE) == "2027-01-04T00:00"


def test_an_archived_course_says_so_and_can_be_reopened(window, course, teacher):
    page = window(teacher)
    page.goto(f"/c/{course.slug}/settings/archive/")
    with loading(page):
        button(page, "Archive the course").click()
    expect(page.get_by_text("This course is archived. You can read everything")).to_be_visible()
    page.goto("/")
    expect(heading(page, "Archived courses")).to_be_visible()

    page.goto(f"/c/{course.slug}/")
    with loading(page):
        page.get_by_role("link", name="Reopen it").click()
    with loading(page):
        button(page, "Reopen the course").click()
    expect(page.get_by_text("The course is open again.")).to_be_visible()
