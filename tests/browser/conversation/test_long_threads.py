"""A post with many comments costs a browser what is in view, and nobody loses anything by it."""

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.browser.steps import wait_until

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
# How many comments were laid out at once, each time.
WATCH = """
window.atOnce = [];
new MutationObserver((changes) => {
  const laidOut = changes.filter(({ target }) => target.matches(".comment.is-laid-out"));
  if (laidOut.length) atOnce.push(laidOut.length);
}).observe(document, { subtree: true, attributeFilter: ["class"] });
"""
# Somebody scrolls in each frame; frames count from the first comments that are laid out.
SCROLL = """
window.isScrolling = true;
window.framesSeen = 0;
const scroll = () => {
  document.dispatchEvent(new Event("scroll"));
  if (document.querySelector(".comment.is-laid-out")) framesSeen += 1;
  if (isScrolling) requestAnimationFrame(scroll);
};
scroll();
"""


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

    wait_until(page, lambda: page.evaluate("listeners") == few)
    assert [url for url in asked if url.endswith("/editor/small.js")] == []
    with page.expect_request("**/editor/small.js"):
        page.get_by_role("textbox", name="Your comment").focus()


def test_comments_are_laid_out_a_few_at_a_time_and_then_all_are_read_out(
    window, ada, post, comments
):
    page = window(ada)
    page.add_init_script(WATCH)
    page.goto(f"{post.get_absolute_url()}#c{comments[-1].pk}")
    last = page.locator(f"#c{comments[-1].pk}")

    expect(page.locator(".comment:not(.is-laid-out)")).to_have_count(0)
    assert page.evaluate("atOnce") == [10] * 6
    expect(last).to_be_in_viewport()
    cdp = page.context.new_cdp_session(page)
    nodes = cdp.send("Accessibility.getFullAXTree")["nodes"]
    said = {node.get("name", {}).get("value") for node in nodes}
    assert {f"The door number{number}." for number in range(60)} <= said


def test_nothing_is_laid_out_under_whoever_scrolls(window, ada, post, comments):
    page = window(ada)
    page.add_init_script(SCROLL)
    page.goto(post.get_absolute_url())

    wait_until(page, lambda: page.evaluate("framesSeen") > 30)
    assert page.locator(".comment.is-laid-out").count() == 10  # those that came with the page
    page.evaluate("isScrolling = false")

    expect(page.locator(".comment:not(.is-laid-out)")).to_have_count(0)


def test_without_a_script_all_comments_are_laid_out(window, ada, post, comments):
    page = window(ada, java_script_enabled=False)
    page.goto(post.get_absolute_url())

    styles = page.locator(f"#c{comments[-1].pk} > div:last-child")

    expect(styles).to_have_css("content-visibility", "visible")
