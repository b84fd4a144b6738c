"""Every page in Arabic, which runs from the right, and in a language that is longer than English.

Of both axe finds nothing, no page is wider than the smallest phone, and no words are cut off. Where
the site has no catalogue in Arabic yet, English in Arabic letters stands in.
"""

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.places import places
from tests.browser.steps import settled
from tests.browser.test_axe import ASK, FITS, OPEN_ALL, WITHOUT_COLOURS
from tests.browser.visits import go_to
from tests.long import few_of
from tests.made_languages import ARABIC, FRENCH, LONGER

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("languages"),
]

# At each commit one part of the pages is opened in each language, in the long run all are.
PARTS = 32
CASES = few_of([(part, language) for language in (ARABIC, LONGER) for part in range(PARTS)], PARTS)
# Words that end where their box does, without three dots and without a way to scroll to the rest.
CUT = """() => [...document.querySelectorAll('body *')].filter((box) => {
  const { overflowX, textOverflow, visibility } = getComputedStyle(box);
  if (!['hidden', 'clip'].includes(overflowX) || textOverflow === 'ellipsis') return false;
  if (box.matches('.visually-hidden') || box.clientWidth < 2) return false;
  if (visibility === 'hidden' || !box.innerText?.trim()) return false;
  return box.scrollWidth > box.clientWidth + 1;
}).map((box) => `${box.localName}.${box.className}: ${box.innerText.trim().slice(0, 40)}`)"""
# What sticks out at either side while the page itself does not scroll, such as a line in a menu.
OUTSIDE = """() => [...document.querySelectorAll('body *')].filter((box) => {
  const { left, right, width, height } = box.getBoundingClientRect();
  if (width < 2 || height < 2 || !box.checkVisibility({ visibilityProperty: true })) return false;
  const scrolls = (one) => getComputedStyle(one).overflowX !== 'visible';
  for (let one = box.parentElement; one && one !== document.body; one = one.parentElement)
    if (scrolls(one)) return false;
  return left < -1 || right > document.documentElement.clientWidth + 1;
}).map((box) => `${box.localName}.${box.className.baseVal ?? box.className}`)"""


@pytest.mark.parametrize(("part", "language"), CASES)
def test_every_page_reads_well_in_another_language(window, committed_demo, part, language):
    """It names all that it finds."""
    found = []

    for user, paths in places(committed_demo).items():
        page = window(user)
        page.set_extra_http_headers({"Accept-Language": language})
        page.add_init_script(AXE_SCRIPT)
        for name, path in list(paths.items())[part::PARTS]:
            found += [f"{name}: {finding}" for finding in look_at(page, path, language)]

    assert found == []


def look_at(page, path, language):
    """Yield the faults of one page, with all of it open, on a desk and on a phone."""
    page.set_viewport_size({"width": 1280, "height": 900})
    go_to(page, path)
    if page.evaluate("document.documentElement.lang") != language:
        yield "is in another language"
    if (page.evaluate("document.dir") == "rtl") != (language == ARABIC):
        yield "runs the other way"
    settled(page)
    page.evaluate(OPEN_ALL)
    for rule, targets in page.evaluate(ASK, {"resultTypes": ["violations"], **WITHOUT_COLOURS}):
        yield f"{rule}: {targets}"
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 700})
        for box in page.evaluate(CUT):
            yield f"cuts off at {width} px: {box}"
        if not page.evaluate(FITS):
            yield f"scrolls sideways at {width} px: {page.evaluate(OUTSIDE)[:4]}"


def test_where_pages_run_from_the_right_icons_turn_and_emails_do_not(window, course, ada):
    page = window(ada)
    page.set_extra_http_headers({"Accept-Language": ARABIC})

    page.goto(reverse("post_new", args=[course.slug]))
    title = page.get_by_role("textbox").first
    empty = title.evaluate("field => getComputedStyle(field).direction")
    title.fill("Weak ties")
    typed = title.evaluate("field => getComputedStyle(field).direction")
    turned = page.locator(".i-turned").first.evaluate("icon => getComputedStyle(icon).scale")
    page.goto(reverse("account_email"))
    direction = page.locator("main [type=email]").first.evaluate(
        "field => getComputedStyle(field).direction"
    )

    assert (turned, direction) == ("-1 1", "ltr")
    assert (empty, typed) == ("rtl", "ltr")


def test_a_visitor_chooses_a_language_with_the_keyboard(window):
    page = window()
    page.goto("/about/")
    french = page.get_by_role("button", name="Français")

    french.focus()
    page.keyboard.press("Enter")

    expect(page.locator("html")).to_have_attribute("lang", FRENCH)
    expect(page.get_by_role("button", name="Français")).to_have_attribute("aria-current", "true")
    assert page.url.endswith("/about/")
