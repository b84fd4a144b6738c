"""Pages of the demo course with words of the world, and with strings that programs stumble over.

Every field that people type holds Arabic, Hebrew, Persian, Japanese and other words, then the
naughty strings: no page breaks, none is wider than 320 px (which is 1280 px at 400 %), axe finds
nothing, and what runs from right to left does so in a page that runs from left to right.
"""

import pytest
from justhtml import JustHTML

from tests import factories
from tests.browser.places import places
from tests.browser.steps import settled
from tests.browser.test_axe import examine
from tests.browser.test_long_words import WIDE
from tests.browser.visits import expected_status, go_to
from tests.browser.windows import CUT_AGAIN
from tests.payloads import naughty_strings
from tests.typed_fields import fill
from tests.world_words import WORLD_WORDS

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

OPEN_ALL = "() => document.querySelectorAll('details').forEach(fold => { fold.open = true })"
LIGHT = [(1280, "light", {})]
# What has a letter from right to left, or a sign that turns what comes next, has that direction, or
# is set apart to find its own: by its element, or by the marks around a name in a sentence of ours.
LEFT_TO_RIGHT = """() => {
  const letter = /[\\p{Script=Arabic}\\p{Script=Hebrew}\u202a-\u202e\u2066\u2067]/u;
  const setApart = /\u2068[^\u2068\u2069]*\u2069/gu;
  const turns = (text) => {
    const bare = text.replace(setApart, "");
    return bare === text ? letter.test(text) : turns(bare);
  };
  const isRight = (element) => {
    const { unicodeBidi, direction } = getComputedStyle(element);
    return direction === "rtl" || unicodeBidi === "plaintext"
      || element.closest("[dir=auto], bdi, code, option, pre, svg, .visually-hidden") !== null;
  };
  const found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { data, parentElement } = texts.currentNode;
    if (turns(data) && parentElement.checkVisibility() && !isRight(parentElement)) {
      const { localName, className } = parentElement;
      found.push(`${localName}.${className} ${data.trim().slice(0, 30)}`);
    }
  }
  for (const field of document.querySelectorAll("input[type=text], textarea")) {
    if (turns(field.value) && field.checkVisibility() && !isRight(field)) {
      found.push(`${field.localName} ${field.name}`);
    }
  }
  return [...new Set(found)];
}"""


@pytest.fixture
def naughty(real_data):
    return naughty_strings(real_data / "unicode")


def wrong_with(page, name, path, *, asks_axe, may_cut):
    """Yield the faults of a page, which ``may_cut`` parts wider than itself."""
    page.set_viewport_size({"width": 1280, "height": 900})
    answer = go_to(page, path)
    if answer.status != expected_status(name, path):
        yield f"answered {answer.status}"
        return
    yield from (
        f"is no HTML: {error}" for error in JustHTML(answer.text(), collect_errors=True).errors
    )
    settled(page)
    page.evaluate(OPEN_ALL)
    if may_cut:
        page.evaluate(CUT_AGAIN)
    if asks_axe:
        yield from examine(page, LIGHT)
    yield from page.evaluate(LEFT_TO_RIGHT)
    page.set_viewport_size({"width": 320, "height": 700})
    if wide := page.evaluate(WIDE):
        yield f"is wide: {wide}"


def look_at_all(window, seen, each, axe_each, *, may_cut=False):
    """Return the faults of pages, by name, and how many were looked at."""
    found, number = [], 0
    for user, paths in seen.items():
        page = window(user)
        for name, path in list(paths.items())[::each]:
            asks_axe = number % axe_each == 0
            wrong = wrong_with(page, name, path, asks_axe=asks_axe, may_cut=may_cut)
            found += [f"{name}: {one}" for one in wrong]
            number += 1
    return found, number


@pytest.mark.figure
@pytest.mark.parametrize(
    ("each", "axe_each"),
    [pytest.param(12, 4, id="some"), pytest.param(1, 1, id="all", marks=pytest.mark.long)],
)
def test_pages_hold_words_of_the_world(window, committed_demo, figure, each, axe_each):
    seen = places(committed_demo)
    written = fill(WORLD_WORDS)

    found, pages = look_at_all(window, seen, each, axe_each)

    assert found == []
    figure("Pages hold words of the world", f"{written} fields, {pages} pages")


@pytest.mark.long
@pytest.mark.figure
def test_pages_hold_strings_that_programs_stumble_over(window, committed_demo, naughty, figure):
    """One is a letter with a hundred marks, which no browser breaks: the page cuts it."""
    seen = places(committed_demo)
    written = fill(naughty)

    found, pages = look_at_all(window, seen, 1, 1, may_cut=True)

    assert found == []
    figure(
        "Pages hold strings that programs stumble over",
        f"{len(naughty)} strings, {written} fields, {pages} pages",
    )


def test_a_letter_with_a_hundred_marks_is_cut_and_moves_nothing_else(window, ada, course):
    post = factories.make_post(ada, course, title="ด" + "้" * 99)
    page = window(ada)
    page.set_viewport_size({"width": 320, "height": 700})

    go_to(page, post.get_absolute_url())
    assert page.evaluate(WIDE)  # as tests look at pages
    page.evaluate(CUT_AGAIN)

    assert page.evaluate("() => { scrollTo(99, 0); return scrollX }") == 0
