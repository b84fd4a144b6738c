"""The tools above the text: what they do to it, by button and by key, and that it can be undone."""

import pytest
from playwright.sync_api import expect

from blog.actions.drafts import start_post
from tests.browser.steps import button

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

SELECT = """(text, marked) => {
  const [before, chosen, after] = marked.split("|");
  text.focus();
  text.select();
  document.execCommand("insertText", false, before + chosen + (after ?? ""));
  const end = after === undefined ? before.length : before.length + chosen.length;
  text.setSelectionRange(before.length, end);
}"""
SELECTED = """(text) => {
  const { value, selectionStart: from, selectionEnd: to } = text;
  const chosen = from === to ? "" : value.slice(from, to) + "|";
  return value.slice(0, from) + "|" + chosen + value.slice(to);
}"""


@pytest.fixture
def page(window, ada, course):
    page = window(ada)
    post = start_post(course, by=ada, title="Ties", text="News")
    page.goto(f"/c/{course.slug}/posts/{post.slug}/edit/")
    return page


@pytest.fixture
def text(page):
    return page.get_by_label("Post, in Markdown")


# A bar stands for the caret, two for what is selected.
EDITS = [
    ("Bold", "a |b| c", "a **|b|** c"),
    ("Bold", "a **|b|** c", "a |b| c"),
    ("Bold", "a *|b|* c", "a ***|b|*** c"),
    ("Bold", "wo|rd", "**|word|**"),
    ("Bold", "a | b", "a **|** b"),
    ("Bold", "a **b|** c", "a **b**| c"),
    ("Bold", "|- one\n- two\n\nthree|", "|- **one**\n- **two**\n\n**three**|"),
    ("Italic", "***|b|***", "**|b|**"),
    ("Italic", "| b |", " *|b|* "),
    ("Strike through", "a |b| c", "a ~~|b|~~ c"),
    ("Code", "wo|rd", "`|word|`"),
    ("Footnote", "a|b", "a[^1]b\n\n[^1]: |"),
    ("Quote", "p\n|a\n\nb|\nq", "p\n\n|> a\n>\n> b|\n\nq"),
    ("Quote", "|> a\n> b|", "|a\nb|"),
    ("List", "|a\nb|", "|- a\n- b|"),
    ("List", "|1. a\n2. b|", "|- a\n- b|"),
    ("List", "x\n|", "x\n\n- |"),
    ("Numbered list", "|a\n\nb|", "|1. a\n\n2. b|"),
    ("Link", "see |this| now", "see [this](|https://|) now"),
    ("Link", "see |https://example.org| now", "see [|](https://example.org) now"),
    ("Link", "see |", "see [|](https://)"),
]


def show(text, marked):
    text.evaluate(SELECT, marked)


def test_every_tool_changes_what_is_selected_and_undo_takes_it_back(page, text):
    for name, before, after in EDITS:
        show(text, before)
        plain = text.input_value()
        button(page, name).click()
        assert text.evaluate(SELECTED) == after, name
        if text.input_value() != plain:
            page.keyboard.press("Control+z")
        expect(text).to_have_value(plain)


def test_the_list_of_styles_shows_that_of_the_paragraph_and_changes_it(page, text):
    style = page.get_by_label("Paragraph style")
    for before, shown, chosen, after in [
        ("a\nb|c", "Text", "Heading", "a\n## b|c"),
        ("## b|c", "Heading", "Small heading", "### b|c"),
        ("### b|c", "Small heading", "Text", "b|c"),
    ]:
        show(text, before)
        expect(style.locator("option:checked")).to_have_text(shown)
        style.select_option(chosen)
        assert text.evaluate(SELECTED) == after
        expect(text).to_be_focused()


def test_a_table_comes_behind_the_paragraph(page, text):
    show(text, "a|b\n\nc")

    button(page, "Table").click()
    page.keyboard.type("x")

    table = "| x  |   |\n| --- | --- |\n|   |   |\n|   |   |"
    expect(text).to_have_value(f"ab\n\n{table}\n\nc")


def test_undo_and_redo_are_tools_too(page, text):
    show(text, "a |b| c")
    button(page, "Bold").click()

    button(page, "Undo").click()
    expect(text).to_have_value("a b c")
    button(page, "Redo").click()
    expect(text).to_have_value("a **b** c")


def test_keys_do_as_their_tools(page, text):
    for key, after in [
        ("Control+b", "**|tie|**"),
        ("Control+i", "*|tie|*"),
        ("Control+k", "[tie](|https://|)"),
    ]:
        show(text, "|tie|")
        page.keyboard.press(key)
        assert text.evaluate(SELECTED) == after, key


def test_enter_goes_on_with_a_list_and_ends_it(page, text):
    for before, after in [
        ("- a|", "- a\n- |"),
        ("9. a|", "9. a\n10. |"),
        ("> a|", "> a\n> |"),
        ("- a\n- |", "- a\n|"),
        ("a|", "a\n|"),
        ("- a|b", "- a\n|b"),
    ]:
        show(text, before)
        page.keyboard.press("Enter")
        assert text.evaluate(SELECTED) == after


def test_the_tools_are_one_stop_and_arrows_lead_through_them(page, text):
    bar = page.get_by_role("toolbar", name="Formatting")
    text.focus()

    for name in ("Title", "Preview", "Write", "Paragraph style"):
        page.keyboard.press("Shift+Tab")
        expect(page.locator(":focus")).to_have_accessible_name(name)
    style = page.get_by_label("Paragraph style")
    page.keyboard.press("ArrowRight")
    expect(button(page, "Bold")).to_be_focused()
    page.keyboard.press("End")
    expect(bar.get_by_role("radio", name="Markdown")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(style).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")

    expect(button(page, "Write")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(button(page, "Bold")).to_be_focused()


def test_without_scripts_there_is_a_bare_text_field(window, ada, course):
    page = window(ada, java_script_enabled=False)
    page.goto(f"/c/{course.slug}/posts/new/")

    expect(page.get_by_label("Post, in Markdown")).to_be_editable()
    expect(page.get_by_role("toolbar")).to_have_count(0)
