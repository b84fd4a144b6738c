"""Changes of the text while the site has not answered yet, in both editors."""

from collections.abc import Callable
from contextlib import contextmanager

from playwright.sync_api import Page, Route, expect

from tests.browser.steps import holding_back
from tests.browser.visual.steps import caret_after, markdown, text_of
from tests.long import all_but

# Whoever has not chosen writes in the visual editor.
MODES = all_but(["visual"], ["visual", "markdown"])


@contextmanager
def held_back(page: Page, pattern: str):
    """Hold back what the block asks the site for; yield what lets it answer, or not."""
    with holding_back(page, pattern) as waiting:

        def answer(act: Callable[[Route], None] = Route.continue_) -> None:
            for route in waiting:
                act(route)
            page.unroute(pattern)

        yield answer


def watch_requests(page: Page) -> None:
    """Let the browser show its requests: it shows none that is sent while it begins to."""
    page.route(lambda _url: False, Route.continue_)


def refuse(route: Route) -> None:
    route.fulfill(status=429, json={})


def open_at_end(write, mode: str, text: str) -> Page:
    """Open a post of one paragraph with the caret at its end."""
    page = write(text)
    watch_requests(page)
    caret_after(page, text)
    if mode == "markdown":
        use(page, mode)
        field_of(page, mode).focus()
        page.keyboard.press("Control+End")
    return page


# The key Home would be faster than the browser tells the visual editor of it.
GO_TO_START = """() => {
  const field = document.activeElement;
  if ("selectionStart" in field) field.setSelectionRange(0, 0);
  else document.querySelector(".page-text").editor.commands.setTextSelection(1);
}"""


def use(page: Page, mode: str) -> None:
    page.get_by_role("radio", name=mode.capitalize()).check()
    expect(page.locator(".frame")).to_have_attribute("data-mode", mode)


def field_of(page: Page, mode: str):
    return text_of(page) if mode == "visual" else page.locator("textarea[name=text]")


def other(mode: str) -> str:
    return "markdown" if mode == "visual" else "visual"


def has(page: Page, text: str) -> None:
    """Wait for the form to hold a text."""
    expect(page.locator("textarea[name=text]")).to_have_value(text)


def write_behind(page: Page) -> None:
    page.keyboard.type(" and on")


def write_below(page: Page) -> None:
    page.keyboard.press("Enter")
    page.keyboard.type("Next")


def write_before(page: Page) -> None:
    page.evaluate(GO_TO_START)
    page.keyboard.type("Well, ")


def write_inside(page: Page) -> None:
    for _step in range(3):
        page.keyboard.press("ArrowLeft")
    page.keyboard.type("x")


def write_title(page: Page) -> None:
    title = page.get_by_label("Title", exact=True)
    title.fill("Ties and")
    expect(title).to_be_focused()


def undo_all(page: Page) -> None:
    before = None
    while before != markdown(page):
        before = markdown(page)
        page.keyboard.press("Control+z")
