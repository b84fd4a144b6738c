"""My network in a browser: the slider through the weeks, and the figure on narrow screens."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from network.models import Follow
from tests import factories
from tests.browser.acts import acts_early
from tests.browser.steps import wait_until
from tests.browser.test_axe import FITS

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def running(course):
    course.starts_on = course.today() - timedelta(days=30)
    course.save()
    return course


def test_slider_shows_an_earlier_week_where_it_is(window, running, ada, bob):
    Follow.objects.create(course=running, follower=ada, followed=bob)
    page = window(ada)
    page.goto(f"/c/{running.slug}/network/")
    slider = page.get_by_label("My network at the end of week")
    expect(page.get_by_role("link", name="Bob Student").first).to_be_visible()

    slider.focus()
    slider.press("ArrowLeft")

    expect(page.locator("#network-week")).to_have_attribute("data-week", "4")
    expect(page.get_by_text("This is your network at the end of week 4")).to_be_visible()
    expect(page.get_by_role("link", name="Bob Student")).to_have_count(0)
    expect(slider).to_be_focused()
    assert page.url.endswith("?week=4")

    slider.press("ArrowRight")

    expect(page.locator("#network-week")).to_have_attribute("data-week", "5")
    assert "week" not in page.url


def test_a_line_loads_what_its_tie_comes_from_when_it_is_opened(window, running, ada, bob):
    factories.make_comment(bob, factories.make_post(ada, running, "Of ties"))
    page = window(ada)
    page.goto(f"/c/{running.slug}/network/")
    line = page.locator("details.why")
    expect(line.get_by_text("Of ties")).to_have_count(0)

    line.locator("summary").click()

    expect(line.get_by_text("Bob wrote to you on “Of ties”")).to_be_visible()
    expect(line.get_by_role("link", name="What this tie comes from")).to_be_visible()


def test_a_line_that_is_opened_before_the_script_is_there_loads_too(window, running, ada, bob):
    factories.make_comment(bob, factories.make_post(ada, running, "Of ties"))
    page, held = acts_early(window(ada)), []
    page.route("**/js/network/main*.js", lambda route: held.append(route))
    page.goto(f"/c/{running.slug}/network/", wait_until="commit")
    line = page.locator("details.why")

    line.locator("summary").click()
    expect(line).to_have_attribute("open", "")
    wait_until(page, lambda: bool(held))
    for route in held:
        route.continue_()

    expect(line.get_by_text("Bob wrote to you on “Of ties”")).to_be_visible()


def test_a_line_that_cannot_be_loaded_leads_to_the_page_of_the_tie(window, running, ada, bob):
    factories.make_comment(bob, factories.make_post(ada, running, "Of ties"))
    page = window(ada)
    page.goto(f"/c/{running.slug}/network/")
    line = page.locator("details.why")
    page.route("**/*part=why*", lambda route: route.abort())

    line.locator("summary").click()

    expect(line).to_have_attribute("data-why", re.compile("part=why"))
    line.get_by_role("link", name="What this tie comes from").click()
    expect(page.get_by_role("heading", name="Your tie to Bob Student")).to_be_visible()


@pytest.mark.parametrize("width", [390, 320])
def test_a_large_network_fits_a_narrow_screen(window, running, ada, width):
    for n in range(60):
        peer = factories.make_user(f"Bartholomew{n} Longname{n}")
        factories.add_member(running, peer)
        Follow.objects.create(course=running, follower=ada, followed=peer)
    page = window(ada, viewport={"width": width, "height": 800})

    page.goto(f"/c/{running.slug}/network/")

    expect(page.locator(".node-initials").first).to_be_visible()
    expect(page.locator(".node-name").first).to_be_hidden()
    expect(page.get_by_text("24 more very weak ties are only in the table.")).to_be_visible()
    expect(page.get_by_role("link", name="More ties")).to_be_visible()
    assert page.evaluate(FITS)
    cell = page.locator(".ties-table .whole-row").first
    assert cell.evaluate("cell => cell.offsetWidth >= cell.parentElement.clientWidth - 1")


def test_words_of_ties_break_between_words_alone(window, running, ada):
    for name in ("Bartholomew Longname", "Ana Maria de la Luna"):
        peer = factories.make_user(name)
        factories.add_member(running, peer)
        Follow.objects.create(course=running, follower=ada, followed=peer)
    page = window(ada, viewport={"width": 320, "height": 800})

    page.goto(f"/c/{running.slug}/network/figure/")

    words = page.locator("td .tie-word")
    expect(words).to_have_count(2)
    heights = words.evaluate_all("words => words.map(one => one.offsetHeight)")
    line = words.first.evaluate("one => parseFloat(getComputedStyle(one).lineHeight)")
    assert all(height <= 2 * line + 1 for height in heights)
    assert page.evaluate(FITS)
