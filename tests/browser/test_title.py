"""The title of a post: no way to write, paste or drop loses words in it."""

import re

import pytest
from playwright.sync_api import expect

from blog.models import Draft
from tests.browser.steps import button, loading
from tests.browser.test_axe import examine
from tests.long import all_but

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

# Whoever has not chosen writes in the visual editor.
MODES = all_but(["visual"], ["visual", "markdown"])
DESKTOP = {"viewport": {"width": 1280, "height": 800}}
PHONE = {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True}
PARAGRAPHS = [f"Paragraph {number} says what room {number} hears." * 3 for number in range(4)]
ESSAY = "\n\n".join(PARAGRAPHS)
HTML = (
    '<meta charset="utf-8"><b style="font-weight:normal">'
    '<h1 style="color:red">Weak <i>ties</i></h1>'
    '<p>They <i>carry</i> <a href="https://example.org/">news</a>.</p><p>So they do.</p></b>'
)

BRING = """(title, [kind, plain, html]) => {
  const data = new DataTransfer();
  data.setData("text/plain", plain);
  if (html) data.setData("text/html", html);
  const box = title.getBoundingClientRect();
  const common = { bubbles: true, cancelable: true, clientX: box.left + 30, clientY: box.top + 30 };
  const event = kind === "drop"
    ? new DragEvent("drop", { ...common, dataTransfer: data })
    : new ClipboardEvent("paste", { ...common, clipboardData: data });
  title.focus();
  return title.dispatchEvent(event);
}"""
# What an input method does: it asks nobody before.
COMPOSE = """(title) => {
  title.focus();
  title.dispatchEvent(new CompositionEvent("compositionstart"));
  title.value = "Weak ties\\nThey carry news.";
  title.dispatchEvent(new InputEvent("input", { bubbles: true, isComposing: true }));
  title.dispatchEvent(new CompositionEvent("compositionend"));
}"""


@pytest.fixture
def begin(window, ada, course):
    """Return a function that opens a new post in a mode; it returns the page."""

    def open_new(mode, **options):
        ada.editor = "" if mode == "visual" else mode
        ada.save()
        page = window(ada, **(options or DESKTOP))
        page.goto(f"/c/{course.slug}/posts/new/")
        expect(page.locator(".frame")).to_have_attribute("data-mode", mode)
        return page

    return open_new


def title_of(page):
    return page.get_by_role("textbox", name="Title", exact=True)


def text_of(page):
    return page.locator("textarea[name=text]")


def bring(page, plain, html="", kind="paste"):
    title_of(page).evaluate(BRING, [kind, plain, html])


@pytest.mark.parametrize(
    ("mode", "options", "key"),
    [
        pytest.param("visual", PHONE, "Shift+Enter", id="visual-320-shift"),
        pytest.param("markdown", DESKTOP, "Enter", id="markdown-1280"),
    ],
)
def test_enter_leads_from_the_title_into_the_text(begin, mode, options, key):
    page = begin(mode, **options)

    title_of(page).focus()
    page.keyboard.type("Weak ties")
    page.keyboard.press(key)
    for paragraph in PARAGRAPHS:
        page.keyboard.type(paragraph)
        page.keyboard.press("Enter")
        if mode == "markdown":
            page.keyboard.press("Enter")

    expect(title_of(page)).to_have_value("Weak ties")
    expect(text_of(page)).to_have_value(re.compile(re.escape(ESSAY)))
    with loading(page):
        page.keyboard.press("Control+s")
    draft = Draft.objects.get()
    assert (draft.title, draft.text.strip()) == ("Weak ties", ESSAY)


def test_enter_in_a_title_leaves_its_words_and_leads_before_the_first_of_the_text(begin):
    page = begin("markdown")
    text_of(page).fill("Old words.")
    title_of(page).fill("Weak ties")
    title_of(page).press("Home")

    page.keyboard.press("Enter")
    page.keyboard.type("New words. ")

    expect(title_of(page)).to_have_value("Weak ties")
    expect(text_of(page)).to_have_value("New words. Old words.")


def test_enter_in_the_title_shows_the_text_that_the_preview_hides(begin):
    page = begin("markdown")
    button(page, "Preview").click()
    title_of(page).fill("Weak ties")

    title_of(page).press("Enter")
    page.keyboard.type("News.")

    expect(text_of(page)).to_have_value("News.")


@pytest.mark.parametrize("kind", ["paste", "drop"])
@pytest.mark.parametrize("mode", MODES)
def test_of_many_lines_the_first_is_the_title_and_the_others_are_the_text(begin, mode, kind):
    page = begin(mode)

    bring(page, f"\n Weak  ties \r\n\r\n{ESSAY}\n", kind=kind)

    expect(title_of(page)).to_have_value("Weak ties")
    expect(text_of(page)).to_have_value(ESSAY)
    expect(page.get_by_text("The lines after the first are in the text.")).to_be_attached()


@pytest.mark.parametrize("mode", MODES)
def test_a_copied_page_keeps_its_marks_behind_the_title(begin, mode):
    page = begin(mode)

    bring(page, "Weak ties\n\nThey carry news.\n\nSo they do.", HTML)
    expect(title_of(page)).to_have_value("Weak ties")
    expect(text_of(page)).to_have_value("They *carry* [news](https://example.org/).\n\nSo they do.")


@pytest.mark.parametrize("mode", MODES)
def test_a_pasted_text_stands_before_what_was_there(begin, mode):
    page = begin(mode)
    written = page.locator(".page-text") if mode == "visual" else text_of(page)
    written.press_sequentially("Old words.")
    expect(text_of(page)).to_have_value("Old words.")

    bring(page, "Weak ties\nOne line")

    expect(title_of(page)).to_have_value("Weak ties")
    expect(text_of(page)).to_have_value("One line\n\nOld words.")


@pytest.mark.parametrize("mode", MODES)
def test_undo_after_a_paste_takes_the_text_away_and_no_other_word(begin, mode):
    page = begin(mode)
    title_of(page).fill("On ")
    title_of(page).press("End")
    bring(page, "weak ties\nThey carry\nnews.")
    expect(text_of(page)).to_have_value(re.compile("news"))

    page.keyboard.press("Control+z")

    expect(text_of(page)).to_have_value("")
    expect(title_of(page)).to_have_value("On weak ties")
    page.keyboard.press("Control+Shift+z")
    expect(text_of(page)).to_have_value(re.compile("They carry\\s+news."))


@pytest.mark.parametrize("mode", MODES)
def test_lines_that_come_without_a_key_are_title_and_text(begin, mode):
    page = begin(mode)
    title_of(page).focus()

    page.keyboard.insert_text("Weak ties\nThey carry news.")

    expect(title_of(page)).to_have_value("Weak ties")
    expect(text_of(page)).to_have_value("They carry news.")


@pytest.mark.parametrize("mode", MODES)
def test_lines_of_an_input_method_are_title_and_text(begin, mode):
    page = begin(mode)

    title_of(page).evaluate(COMPOSE)

    expect(title_of(page)).to_have_value("Weak ties")
    expect(text_of(page)).to_have_value("They carry news.")


def test_an_essay_without_a_title_is_text(begin):
    page = begin("visual")
    essay = "\n\n".join(paragraph * 3 for paragraph in PARAGRAPHS)  # too long for a title

    bring(page, essay)

    expect(title_of(page)).to_have_value("")
    expect(text_of(page)).to_have_value(essay)


def test_a_title_that_is_too_long_is_counted_and_kept(begin):
    page = begin("visual")

    title_of(page).press_sequentially("x" * 203)

    said = page.get_by_text("This title has 203 characters. At most 200 can be saved.")
    expect(said).to_be_visible()
    expect(title_of(page)).to_have_value("x" * 203)
    expect(page.locator("[data-failure-words]")).to_contain_text("This one has 203.")
    assert list(examine(page)) == []
    for _ in range(3):
        page.keyboard.press("Backspace")
    expect(said).to_be_hidden()
    expect(page.locator("[data-failure-words]")).to_be_hidden()
    assert title_of(page).get_attribute("aria-invalid") is None


def test_without_scripts_the_lines_of_a_title_are_kept(window, ada, course):
    ada.editor = "markdown"
    ada.save()
    page = window(ada, java_script_enabled=False)
    page.goto(f"/c/{course.slug}/posts/new/")
    title_of(page).focus()
    page.keyboard.insert_text(f"Weak ties\n{ESSAY}")

    button(page, "Save draft").click()

    expect(page.get_by_role("alert")).to_contain_text("A title can have at most 200 characters.")
    expect(title_of(page)).to_have_value(f"Weak ties\n{ESSAY}")
    title_of(page).fill("Weak\nties")
    button(page, "Save draft").click()
    expect(title_of(page)).to_have_value("Weak ties")
