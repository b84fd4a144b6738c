"""From an empty page to a published post with two citations: by keys alone, and on a phone.

And what the editor does meanwhile: it counts, opens the references at an @, and fills the screen.
"""

import json

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect

from blog.actions.drafts import start_post
from blog.actions.references import add_reference
from blog.actions.works import add_work
from blog.models import Post
from tests import factories
from tests.browser.steps import button
from tests.browser.test_keyboard import press, tab_to

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

BOOK = {
    "type": "book",
    "author": [{"family": "Māra", "given": "Anna"}],
    "title": "Networks at sea",
    "issued": {"date-parts": [[2012]]},
    "publisher": "Tide",
}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
LONG = "Word after word " * 6


@pytest.fixture
def asking(ada, course):
    """Return a prompt with two required works that asks for twenty words and two of them cited."""
    prompt = factories.make_prompt(course, words_min=20, words_max=60, references_min=2)
    for csl in (factories.ARTICLE, BOOK):
        prompt.required_works.add(add_work(course, csl, by=ada))
    return prompt


@pytest.fixture
def post(ada, course):
    post = start_post(course, by=ada, title="Ties", text="News travel")
    for csl in (factories.ARTICLE, BOOK):
        add_reference(post, add_work(course, csl, by=ada), by=ada)
    return post


def open_desk(page, post):
    page.goto(f"/c/{post.course.slug}/posts/{post.slug}/edit/")
    return page.get_by_label("Post, in Markdown")


def options(page):
    """Return the references in the list, each by its form in brackets."""
    return page.get_by_role("listbox", name="Your references").locator(".cite-forms > :first-child")


def the_published_text():
    post = Post.objects.get()
    return post.status, [entry["key"] for entry in post.revision.references]


def test_from_an_empty_page_to_a_published_post_by_keys_alone(window, ada, course, asking):
    page = window(ada)
    page.goto(f"/c/{course.slug}/")
    press(page, "link", "Write your post")
    text = page.get_by_label("Post, in Markdown")
    tab_to(page, page.get_by_label("Title", exact=True))
    page.keyboard.type("By hand")
    for name in ("Māra, 2012", "Granovetter, 1973"):
        press(page, "button", f"Add {name}")
        expect(page.locator(".shelf")).to_contain_text(name)

    tab_to(page, text)
    page.keyboard.press("Control+End")
    page.keyboard.type("They carry @gra")
    page.keyboard.press("Enter")
    page.keyboard.type(", as ")
    page.keyboard.press("Control+b")
    page.keyboard.type("many")
    page.keyboard.press("Control+b")
    page.keyboard.type(" found: @mara")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type(f" and others.\n\n{LONG}")

    expect(text).to_have_value(
        f"They carry [@granovetter1973], as **many** found: @mara2012 and others.\n\n{LONG}"
    )
    expect(page.get_by_text("Done: References cited 2 of 2")).to_be_visible()
    press(page, "button", "Publish", key="Shift+Tab")
    expect(page.get_by_text("Your post is published.")).to_be_visible()
    assert the_published_text() == ("published", ["granovetter1973", "mara2012"])


def test_from_an_empty_page_to_a_published_post_on_a_phone(window, ada, course, asking):
    page = window(ada, **PHONE)
    page.goto(f"/c/{course.slug}/")
    page.get_by_role("link", name="Write your post").first.tap()
    page.get_by_label("Title", exact=True).tap()
    page.keyboard.type("By thumb")
    for name in ("Māra, 2012", "Granovetter, 1973"):
        button(page, f"Add {name}").tap()
        expect(page.locator(".shelf")).to_contain_text(name)

    page.get_by_label("Post, in Markdown").tap()
    page.keyboard.type("They carry @")
    expect(options(page)).to_have_count(2)
    options(page).filter(has_text="Granovetter").tap()
    page.keyboard.type(" and more")
    button(page, "Cite a reference").tap()
    options(page).filter(has_text="Māra").tap()
    page.keyboard.type(f".\n\n{LONG}")

    assert page.evaluate("document.documentElement.scrollWidth") == 390
    expect(page.get_by_text("Done: References cited 2 of 2")).to_be_visible()
    button(page, "Publish").tap()
    expect(page.get_by_text("Your post is published.")).to_be_visible()
    assert the_published_text() == ("published", ["granovetter1973", "mara2012"])


def test_what_the_prompt_asks_ticks_itself_while_typing(window, ada, course, asking):
    page = window(ada)
    page.goto(f"/c/{course.slug}/posts/new/?prompt={asking.number}")
    words = page.get_by_role("listitem").filter(has_text="Words")
    expect(words).to_contain_text("To do: Words 0 of 20–60")
    before = page.locator(".band-at").get_attribute("x")

    page.get_by_label("Post, in Markdown").press_sequentially("word " * 20)

    expect(words).to_contain_text("Done: Words 20 of 20–60")
    assert float(page.locator(".band-at").get_attribute("x")) > float(before)


def test_an_at_opens_the_references_and_typing_narrows_them(window, ada, post):
    page = window(ada)
    text = open_desk(page, post)
    text.press("End")

    page.keyboard.type(" (@")
    expect(options(page)).to_have_count(2)
    expect(text).to_have_attribute("aria-activedescendant", "cite-0")
    page.keyboard.press("ArrowDown")
    expect(options(page).nth(1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(options(page).nth(0)).to_have_attribute("aria-selected", "true")
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate(f"axe.run({json.dumps({'runOnly': ['wcag2a', 'wcag2aa', 'wcag21aa']})})")
    assert found["violations"] == []
    page.keyboard.type("sea")
    expect(options(page)).to_have_count(1)
    page.keyboard.type("x")
    expect(options(page)).to_have_count(0)
    page.keyboard.press("Backspace")
    expect(options(page)).to_have_count(1)
    page.keyboard.press("Escape")

    expect(options(page)).to_have_count(0)
    expect(text).to_be_focused()
    expect(text).to_have_value("News travel (@sea")
    page.keyboard.press("Enter")
    expect(text).to_have_value("News travel (@sea\n")


def test_a_key_joins_brackets_that_are_open(window, ada, post):
    page = window(ada)
    text = open_desk(page, post)

    for typed, after in [
        ("So [see @gra", "So [see @granovetter1973]"),
        ("So [@a; @gra", "So [@a; @granovetter1973]"),
        ("So @gra", "So [@granovetter1973]"),
    ]:
        text.fill("")
        page.keyboard.type(typed)
        expect(options(page)).to_have_count(1)
        page.keyboard.press("Enter")
        expect(text).to_have_value(after)


def test_no_references_open_in_an_address_in_code_or_without_a_match(window, ada, post):
    page = window(ada)
    text = open_desk(page, post)

    for typed in ("write to ada@gra", "`@gra", "```\n@gra", "\\@gra", "@nobody", "x.org/@gra"):
        text.fill("")
        page.keyboard.type(typed)
        expect(options(page)).to_have_count(0)
    text.fill("")
    page.keyboard.type("`code` @gra")
    expect(options(page)).to_have_count(1)


def test_the_button_says_what_to_type_where_there_are_no_references(window, ada, course):
    page = window(ada)
    text = open_desk(page, start_post(course, by=ada, title="Ties", text="News"))
    expect(page.locator(".frame")).to_have_attribute("data-mode", "markdown")
    text.press("Control+End")

    button(page, "Cite a reference").click()

    note = page.locator("[data-cite-note]")
    expect(note).to_have_text("Type a name, a title, a DOI, a link or a full APA line.")
    expect(text).to_have_value("News @")
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()


@pytest.mark.parametrize("options", [{"viewport": {"width": 1280, "height": 800}}, PHONE])
def test_full_screen_leaves_the_text_its_counts_and_its_references(window, ada, post, options):
    page = window(ada, **options)
    text = open_desk(page, post)
    full = button(page, "Full screen")

    full.click()

    expect(full).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("status").filter(has_text="Full screen. Press Escape")).to_have_count(1)
    expect(page.get_by_role("banner")).to_be_hidden()
    bar = page.get_by_role("region", name="Draft")
    references = page.get_by_role("heading", name="Your references", exact=True)
    for part in (text, references, bar.get_by_text("2 words"), button(page, "Publish"), full):
        expect(part).to_be_visible()
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width == options["viewport"]["width"]
    text.press("Escape")
    expect(page.get_by_role("banner")).to_be_visible()
    expect(full).to_have_attribute("aria-pressed", "false")
    told = page.get_by_role("status").filter(has_text="Full screen is off.")
    assert told.bounding_box()["height"] <= 1  # said, and no row of the toolbar
