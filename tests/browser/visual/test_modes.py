"""Between the two editors: openings that fail, that come late, and that meet another."""

import pytest
from playwright.sync_api import expect

from blog.actions.drafts import start_post
from tests.browser.steps import (
    WAIT_FOR_COPIES,
    button,
    failure,
    holding_back,
    press_until_at,
    wait_until,
)
from tests.browser.visual.steps import caret_after, source, text_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

FAILED = "The visual editor could not open."
PIECES = "**/visual/"
MODULE = "**/django_prose_editor/editor.js*"
PUT = """(field, text) => {
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}"""


def field_of(page):
    return page.locator("textarea[name=text]")


def mode(page, name):
    return page.get_by_role("radio", name=name)


def shows(page, name):
    expect(page.locator(".frame")).to_have_attribute("data-mode", name)
    expect(mode(page, name.capitalize())).to_be_checked()


@pytest.fixture
def opening(window, writer, course):
    """Return a page whose visual editor waits for the site, and the requests that wait."""
    post = start_post(course, by=writer, title="Ties", text="One *tide*.")
    page = window(writer)
    with holding_back(page, PIECES) as waiting:
        page.goto(f"/c/{course.slug}/posts/{post.slug}/edit/")
    return page, waiting


def test_a_copy_that_is_used_offline_is_all_there_and_goes_on_in_markdown(write):
    page = write("Words.")
    context, address = page.context, page.url
    caret_after(page, "Words.")
    context.set_offline(True)
    page.keyboard.type(" More of *them*")
    expect(failure(page)).to_contain_text("Not saved:")
    page.evaluate(WAIT_FOR_COPIES, {"words": "More of *them*"})
    page.close()

    context.set_offline(False)
    page = context.new_page()
    page.goto(address)
    shows(page, "visual")
    context.set_offline(True)
    button(page, "Use this text").click()
    expect(page.get_by_text(FAILED)).to_be_visible()
    shows(page, "markdown")
    expect(field_of(page)).to_be_focused()
    page.keyboard.press("Control+End")
    page.keyboard.type(" and on")

    expect(source(page)).to_have_value("Words. More of *them* and on")
    page.evaluate(WAIT_FOR_COPIES, {"words": "Words. More of *them* and on"})
    context.set_offline(False)
    expect(failure(page)).to_be_hidden()
    expect(page.get_by_text(FAILED)).to_have_count(0)
    mode(page, "Visual").check()
    expect(text_of(page)).to_have_text("Words. More of them and on")


def test_the_failure_is_not_told_any_more_once_the_site_is_back(write):
    page = write("Old.")
    page.route("**/c/**", lambda route: route.abort())
    field_of(page).evaluate(PUT, "Another *text*.")
    expect(page.get_by_text(FAILED)).to_be_visible()
    expect(failure(page)).to_contain_text("Not saved:")

    page.unroute("**/c/**")
    field_of(page).press("!")

    expect(page.get_by_text(FAILED)).to_have_count(0)
    shows(page, "markdown")


def test_a_copy_that_is_used_has_the_focus(write):
    page = write("Words.")
    context, address = page.context, page.url
    caret_after(page, "Words.")
    context.set_offline(True)
    page.keyboard.type(" More")
    page.evaluate(WAIT_FOR_COPIES, {"words": "More"})
    page.close()

    context.set_offline(False)
    page = context.new_page()
    page.goto(address)
    shows(page, "visual")
    button(page, "Use this text").click()

    expect(text_of(page)).to_have_text("Words. More")
    expect(text_of(page)).to_be_focused()
    press_until_at(page, "end")
    page.keyboard.type(" and on")
    expect(source(page)).to_have_value("Words. More and on")


@pytest.mark.parametrize("status", [422, 429, 403])
def test_a_text_that_the_site_does_not_read_is_shown_as_markdown(write, status):
    page = write("Old.")
    page.route(PIECES, lambda route: route.fulfill(status=status, json={}))

    field_of(page).evaluate(PUT, "Another *text*.")

    expect(page.get_by_text(FAILED)).to_be_visible()
    shows(page, "markdown")
    expect(page.get_by_label("Post, in Markdown")).to_be_visible()
    expect(source(page)).to_have_value("Another *text*.")


def test_nothing_goes_over_a_text_that_is_still_being_read(write):
    page = write("Old.")
    with holding_back(page, PIECES) as waiting:
        field_of(page).evaluate(PUT, "Another *text*.")
    page.evaluate("document.querySelector('.page-text').editor.commands.insertContent('x')")
    expect(source(page)).to_have_value("Another *text*.")
    waiting[0].continue_()

    expect(text_of(page)).to_have_text("Another text.")
    caret_after(page, "Another")
    page.keyboard.type(" new")
    expect(source(page)).to_have_value("Another new *text*.")


def test_markdown_chosen_while_the_visual_editor_opens_stays(opening):
    page, waiting = opening

    mode(page, "Markdown").check()
    with page.expect_response(PIECES):
        waiting[0].continue_()
    page.evaluate("() => new Promise((go) => requestAnimationFrame(() => setTimeout(go)))")

    shows(page, "markdown")
    field_of(page).press("Control+End")
    page.keyboard.type(" More")
    expect(source(page)).to_have_value("One *tide*. More")
    shows(page, "markdown")
    page.unroute(PIECES)
    mode(page, "Visual").check()
    expect(text_of(page)).to_have_text("One tide. More")


@pytest.mark.parametrize("typed", ["", " More"])
def test_a_module_that_comes_late_opens_the_text_or_is_offered_over_new_words(
    window, writer, course, typed
):
    post = start_post(course, by=writer, title="Ties", text="One *tide*.")
    page = window(writer)
    page.clock.install()
    with holding_back(page, MODULE) as waiting:
        page.goto(f"/c/{course.slug}/posts/{post.slug}/edit/")
    expect(page.locator(".frame")).to_have_attribute("data-mode", "opening")

    page.clock.fast_forward(9000)
    shows(page, "markdown")
    expect(page.get_by_text("The visual editor is still loading.")).to_be_visible()
    field_of(page).press("Control+End")
    page.keyboard.type(typed)
    waiting[0].continue_()

    if typed:
        expect(page.get_by_text("The visual editor is ready.")).to_be_visible()
        shows(page, "markdown")
        button(page, "Show my text in the visual editor").click()
    expect(text_of(page)).to_have_text(f"One tide.{typed}")
    expect(text_of(page)).to_be_focused()
    shows(page, "visual")
    expect(page.get_by_text("The visual editor is ready.")).to_have_count(0)
    expect(source(page)).to_have_value(f"One *tide*.{typed}")


def test_switching_to_and_fro_makes_one_editor(window, writer, course):
    page = window(writer)
    with holding_back(page, MODULE) as waiting:
        page.goto(f"/c/{course.slug}/posts/new/")

    mode(page, "Markdown").check()
    mode(page, "Visual").check()
    waiting[0].continue_()

    shows(page, "visual")
    expect(page.locator(".page-text")).to_have_count(1)
    text_of(page).focus()
    page.keyboard.type("Words")
    expect(source(page)).to_have_value("Words")


def test_what_fails_in_the_editor_itself_leaves_markdown_and_is_heard(write):
    page = write("Old.")
    page.evaluate("""() => {
      window.heard = [];
      addEventListener("unhandledrejection", (event) => {
        heard.push(event.reason.message);
        event.preventDefault();
      });
      DOMParser.prototype.parseFromString = () => { throw new Error("a fault of ours"); };
    }""")

    field_of(page).evaluate(PUT, "Another *text*.")

    expect(page.get_by_text(FAILED)).to_be_visible()
    shows(page, "markdown")
    wait_until(page, lambda: page.evaluate("heard.includes('a fault of ours')"))
