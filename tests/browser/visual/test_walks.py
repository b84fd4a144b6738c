"""From an empty page to a published post with two citations, a picture and a footnote.

By mouse, by keys alone and by thumb; and with what comes in between: a session that ends, a line
that is cut, a second tab.
"""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from blog.actions.works import add_work
from blog.models import Post
from tests import factories
from tests.browser.steps import button, failure, log_in
from tests.browser.test_editor import BOOK
from tests.browser.test_keyboard import press, tab_to
from tests.browser.test_pictures import as_file, describe
from tests.browser.visual.steps import markdown, source, text_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

PHONE = {"viewport": {"width": 390, "height": 800}, "has_touch": True, "is_mobile": True}
PUBLISHED = re.compile(
    r"Ties \[@granovetter1973\] carry news, says \[@mara2012\]\.\[\^1\]\n\n"
    r"!\[A map of ties\]\(picture:\w{32}\)\n\n(.*\n\n)?\[\^1\]: Some of it\."
)

# Whether the caret is at an edge of the first paragraph.
IS_AT = """(edge) => {
  const { $from } = document.querySelector(".page-text").editor.state.selection;
  const wanted = edge === "start" ? 0 : $from.parent.content.size;
  return $from.index(0) === 0 && $from.depth === 1 && $from.parentOffset === wanted;
}"""
# How often one goes down to the last line of the first paragraph.
LINES = """() => {
  const paragraph = document.querySelector(".page-text > p");
  const height = parseFloat(getComputedStyle(paragraph).lineHeight);
  return Math.round(paragraph.clientHeight / height) - 1;
}"""


@pytest.fixture
def prompt(ada, course):
    """Return a prompt with two required works, which the walker adds and cites."""
    prompt = factories.make_prompt(course)
    for csl in (factories.ARTICLE, BOOK):
        prompt.required_works.add(add_work(course, csl, by=ada))
    return prompt


@pytest.fixture
def begin(window, writer, course, prompt):
    """Return a function that begins a post with its title and references; it returns the page."""

    def open_page(**options):
        page = window(writer, **options)
        page.goto(f"/c/{course.slug}/posts/new/?prompt={prompt.number}")
        page.get_by_label("Title", exact=True).fill("Ties")
        for name in ("Māra, 2012", "Granovetter, 1973"):
            button(page, f"Add {name}").click()
            expect(page.locator(".shelf")).to_contain_text(name)
        expect(page.locator(".frame")).to_have_attribute("data-mode", "visual")
        return page

    return open_page


def cite(page, typed):
    """Cite the one reference that is typed after an @, by Enter."""
    page.keyboard.type(typed)
    expect(text_of(page)).to_have_attribute("aria-activedescendant", re.compile("."))
    page.keyboard.press("Enter")


def write_sentence(page):
    """Write a sentence with both citations."""
    page.keyboard.type("Ties ")
    cite(page, "@grano")
    page.keyboard.type(" carry news, says ")
    cite(page, "@mara")
    page.keyboard.type(".")
    expect(text_of(page)).to_contain_text("(Māra, 2012).")


def press_until(page, key, edge):
    """Press a key until it has its effect: the editor ignores a caret that moves at once."""
    for _press in range(300):
        page.keyboard.press(key)
        if page.evaluate(IS_AT, edge):
            return
    raise AssertionError(f"{key} never leads to the {edge}")


def add_footnote(page, tool):
    """Add a footnote, and go back to the end of the sentence above it."""
    tool("Footnote")
    page.keyboard.type("Some of it.")
    expect(page.locator("textarea[name=text]")).to_have_value(re.compile("Some of it"))
    press_until(page, "Control+Home", "start")
    for _line in range(page.evaluate(LINES)):
        page.keyboard.press("ArrowDown")
    press_until(page, "End", "end")


def add_picture(page, tool):
    tool("Picture")
    box = page.get_by_role("dialog", name="Add a picture")
    box.get_by_label("Picture", exact=True).or_(box.get_by_label("Picture*")).first.set_input_files(
        as_file()
    )
    describe(page)
    expect(text_of(page).get_by_role("img", name="A map of ties")).to_be_visible()


def publish(page):
    button(page, "Publish").click()
    is_published(page)


def is_published(page):
    expect(page.get_by_text("Your post is published.")).to_be_visible()
    post = Post.objects.get()
    assert PUBLISHED.fullmatch(post.revision.text.strip())
    assert [entry["key"] for entry in post.revision.references] == ["granovetter1973", "mara2012"]
    expect(
        page.get_by_role("article").first.get_by_role("img", name="A map of ties")
    ).to_be_visible()


def clicking(page):
    return lambda name: button(page, name).click()


def test_by_mouse(begin):
    page = begin()
    text_of(page).click()
    write_sentence(page)
    add_footnote(page, clicking(page))
    add_picture(page, clicking(page))

    publish(page)


def test_by_thumb(begin):
    page = begin(**PHONE)

    def tap(name):
        button(page, name).tap()

    text_of(page).tap()
    write_sentence(page)
    add_footnote(page, tap)
    add_picture(page, tap)

    assert page.evaluate("document.documentElement.scrollWidth") == 390
    tap("Publish")
    is_published(page)


def test_by_keys_alone(window, writer, course, prompt):
    page = window(writer)
    # A browser hands over its file chooser once somebody listens: as a key is pressed is too late.
    page.on("filechooser", lambda chooser: None)
    page.goto(f"/c/{course.slug}/posts/new/?prompt={prompt.number}")
    tab_to(page, page.get_by_label("Title", exact=True))
    page.keyboard.type("Ties")
    for name in ("Māra, 2012", "Granovetter, 1973"):
        press(page, "button", f"Add {name}")
        expect(page.locator(".shelf")).to_contain_text(name)
    expect(page.locator(".frame")).to_have_attribute("data-mode", "visual")

    def tool(name):
        """Go to the toolbar, which is one stop, and along it by arrows."""
        page.keyboard.press("Escape")
        bar = page.get_by_role("toolbar", name="Formatting")
        while not bar.evaluate("(bar) => bar.contains(document.activeElement)"):
            page.keyboard.press("Shift+Tab")
        page.keyboard.press("Home")
        while not button(page, name).evaluate("(tool) => tool === document.activeElement"):
            page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")

    tab_to(page, text_of(page))
    write_sentence(page)
    add_footnote(page, tool)
    tool("Picture")
    box = page.get_by_role("dialog", name="Add a picture")
    expect(box.locator("[type=file]:focus")).to_be_visible()
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files(as_file())
    tab_to(page, box.get_by_label("Description for people"))
    page.keyboard.type("A map of ties")
    press(page, "button", "Add the picture")
    expect(text_of(page).get_by_role("img", name="A map of ties")).to_be_visible()
    expect(text_of(page)).to_be_focused()

    page.keyboard.press("Escape")
    press(page, "button", "Publish", key="Shift+Tab")
    is_published(page)


@pytest.mark.every_database
def test_with_a_session_that_ends_in_the_middle(begin, writer):
    page = begin()
    text_of(page).click()
    write_sentence(page)
    expect(page.locator("[data-state]")).to_contain_text("Saved")
    Session.objects.all().delete()

    add_footnote(page, clicking(page))
    expect(failure(page)).to_contain_text("you are signed out")
    with page.context.expect_page() as tab:
        page.get_by_role("link", name="Sign in in another tab").click()
    log_in(tab.value, writer.email, factories.PASSWORD)
    page.bring_to_front()
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(failure(page)).to_be_hidden()
    add_picture(page, clicking(page))

    publish(page)


def test_with_a_line_that_is_cut_in_the_middle(begin):
    page = begin()
    text_of(page).click()
    write_sentence(page)
    page.context.set_offline(True)

    add_footnote(page, clicking(page))
    expect(failure(page)).to_contain_text("you are offline")
    button(page, "Publish").click()
    expect(page.get_by_text("Nothing was sent, and your text is still here.")).to_be_visible()
    page.context.set_offline(False)
    expect(failure(page)).to_be_hidden()
    text_of(page).focus()
    add_picture(page, clicking(page))

    publish(page)


@pytest.mark.every_database
def test_with_a_second_tab_in_the_middle(begin):
    page = begin()
    text_of(page).click()
    write_sentence(page)
    expect(page.locator("[data-state]")).to_contain_text("Saved")
    other = page.context.new_page()
    other.goto(page.url)
    expect(other.locator(".frame")).to_have_attribute("data-mode", "visual")
    text_of(other).click()
    other.keyboard.press("Control+End")
    other.keyboard.type(" Elsewhere.")
    expect(other.locator("[data-state]")).to_contain_text("Saved")

    page.bring_to_front()
    add_footnote(page, clicking(page))
    add_picture(page, clicking(page))
    mine = markdown(page)
    with page.expect_navigation():
        button(page, "Keep what I see here").click()
    expect(page.locator(".frame")).to_have_attribute("data-mode", "visual")

    expect(source(page)).to_have_value(mine)
    publish(page)
