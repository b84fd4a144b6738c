"""A post with many comments costs a browser what is in view, and nobody loses anything by it."""

import pytest
from playwright.sync_api import expect

from tests import factories

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

COUNT_LISTENERS = """
window.listeners = 0;
const { addEventListener } = EventTarget.prototype;
EventTarget.prototype.addEventListener = function (...given) {
  listeners += 1;
  return addEventListener.apply(this, given);
};
"""
# Whether a browser has laid out what a comment says.
IS_LAID_OUT = (
    "(one) => one.querySelector('.prose').checkVisibility({ contentVisibilityAuto: true })"
)
# What is drawn in the middle of the last line of an open menu.
IS_WHOLE = """(sheet) => {
  const { left, bottom, width } = sheet.querySelector("li:last-child").getBoundingClientRect();
  return sheet.contains(document.elementFromPoint(left + width / 2, bottom - 4));
}"""


@pytest.fixture
def post(course, ada):
    return factories.make_post(ada, course, "Doors", "Words. " * 200)


@pytest.fixture
def comments(post, ada, bob):
    return [
        factories.make_comment(bob if number % 2 else ada, post, f"The door number{number}.")
        for number in range(60)
    ]


def opened(window, reader, address):
    """Return a page once its scripts have run, and the scripts that it asked for."""
    page, asked = window(reader), []
    page.on("request", lambda request: asked.append(request.url))
    page.add_init_script(COUNT_LISTENERS)
    page.goto(address, wait_until="networkidle")
    return page, asked


def test_scripts_do_nothing_for_each_comment_and_no_editor_comes(
    window, ada, course, post, comments
):
    other = factories.make_post(ada, course, "Windows", "Words. " * 200)
    for comment in (1, 2):
        factories.make_comment(ada, other, f"The window number{comment}.")

    page, asked = opened(window, ada, other.get_absolute_url())
    few = page.evaluate("listeners")
    page.goto(post.get_absolute_url(), wait_until="networkidle")

    assert page.evaluate("listeners") == few
    assert [url for url in asked if url.endswith("/editor/small.js")] == []
    with page.expect_request("**/editor/small.js"):
        page.get_by_role("textbox", name="Your comment").focus()


def test_what_is_far_away_is_laid_out_when_it_comes_near_and_found_before(
    window, ada, post, comments
):
    page, _asked = opened(window, ada, post.get_absolute_url())
    last = page.locator(f"#c{comments[-1].pk}")
    cdp = page.context.new_cdp_session(page)

    assert not last.evaluate(IS_LAID_OUT)
    said = [
        node.get("name", {}).get("value")
        for node in cdp.send("Accessibility.getFullAXTree")["nodes"]
    ]
    print([s for s in said if s and "number" in s], len(said))
    assert "The door number59." in said
    assert page.evaluate("find('number58')")
    expect(page.locator(f"#c{comments[-2].pk}")).to_be_in_viewport()

    page.evaluate("scrollTo(0, 0)")
    page.evaluate(f"location.hash = '#c{comments[-1].pk}'")
    expect(last).to_be_in_viewport()
    assert last.evaluate(IS_LAID_OUT)

    menu = last.locator(".dots-menu")
    menu.locator("summary").click()
    assert menu.locator(".menu-sheet").evaluate(IS_WHOLE)
