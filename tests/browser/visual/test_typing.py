"""Typing: signs are signs, typed text is in the form at once, citing, composing, undoing."""

import re

import pytest
from playwright.sync_api import expect

from blog.models import Draft
from blog.text import render_post
from blog.text.plain import blocks_of
from tests import factories
from tests.browser.steps import wait_until
from tests.browser.visual.steps import (
    beginning,
    caret_after,
    caret_before,
    ending,
    markdown,
    select,
    source,
    text_of,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

# By one step of the editor, as a soft keyboard or a spell checker writes: no rule changes it.
INSERT = """(words) => {
  const { view } = document.querySelector(".page-text").editor;
  const { tr, doc } = view.state;
  view.dispatch(tr.delete(0, doc.content.size).insertText(words));
}"""
SIGNS = [
    *("*", "a * b", "*a*", "_x_", "__x__", "[a]", "[a](b)", "[a]: b", "<b>x</b>", "a < b > c"),
    *("1. ", "1) x", "# ", "# x", "> x", "- x", "+ x", "• x", "– x", "a. x", "@name", "`", "`x`"),
    *("|", "a | b", "\\", "\\*", "C:\\dir", "www.x_y_z.org", "![a](b)", "~~x~~", "***", "[^1]"),
    *("<!-- -->", "a --> b", "<!--x", "<br>", "&amp;", "&copy;", "===", "**a", "(1) x"),
    *("2020. A year", "[^1]: x"),
]

PUT_CARET = """(place) => {
  const { editor } = document.querySelector(".page-text");
  let cell;
  editor.state.doc.descendants((node, at) => { if (node.text === "c") cell = at + 1; });
  const first = editor.state.doc.firstChild.nodeSize;
  editor.chain().focus().setTextSelection({ start: 1, behind: first - 1, cell }[place]).run();
}"""


def published(text: str) -> str:
    return "\n".join(block.text for block in blocks_of(render_post(text).html))


def test_signs_are_published_as_signs(write):
    page = write("")

    for words in SIGNS:
        page.evaluate(INSERT, words)
        shown = published(markdown(page)).strip()
        assert shown == words.strip().replace("• ", "•\u00a0").replace("– ", "–\u00a0")


@pytest.mark.parametrize(
    "words",
    [
        "3 * 4 * 5 = 60",
        "2 * 3 * 4 and *5 to *6 each",
        "def __init__(self): a_b_c and _x",
        "a ~~ b ~~ c",
        "2014. was a good year",
        "a*b*c * d",
    ],
)
def test_signs_that_are_typed_key_by_key_stay(write, words):
    page = write("")
    text_of(page).focus()

    page.keyboard.type(words)

    expect(text_of(page)).to_have_text(words)
    assert published(markdown(page)).strip() == words


def test_a_letter_is_in_the_form_at_once_and_saves_itself(write):
    page = write("Words")
    caret_after(page, "Words")

    page.keyboard.type("!")

    expect(source(page)).to_have_value("Words!")
    expect(page.get_by_text(re.compile("^Saved"))).to_be_visible()
    wait_until(page, lambda: Draft.objects.get().text == "Words!")


def test_markdown_signs_make_blocks_and_marks_as_one_types(write):
    page = write("")
    text_of(page).focus()

    page.keyboard.type("## Head\n- one\ntwo\n\n3. three\n\n> said\n\n\n**bold** and *it* _so_ `c`")

    expect(source(page)).to_have_value(
        "## Head\n\n- one\n- two\n\n3. three\n\n> said\n\n**bold** and *it* *so* `c`"
    )


@pytest.mark.parametrize("end", [" ", "\n"])
def test_three_hyphens_make_a_rule_and_undo_takes_it_back(write, end):
    page = write("One")
    caret_after(page, "One")

    page.keyboard.type(f"\n---{end}")
    expect(text_of(page).locator("hr")).to_be_visible()
    page.keyboard.type("two")
    expect(source(page)).to_have_value("One\n\n***\n\ntwo")

    for _ in range(4):  # as many as there are pauses between the keys, however slow the machine is
        page.keyboard.press("Control+z")
        if text_of(page).locator("hr").count() == 0:
            break
    expect(text_of(page).locator("hr")).to_have_count(0)
    expect(text_of(page)).to_contain_text("One")


@pytest.mark.parametrize(
    "text",
    ["| h | i |\n|---|---|\n| jj | kk |", "- jj", "> jj", "## jj", "One[^1].\n\n[^1]: jj"],
)
def test_three_hyphens_within_another_block_stay(write, text):
    page = write(text)
    select(page, "jj")

    page.keyboard.type("--- ")

    expect(text_of(page).locator("hr")).to_have_count(0)
    expect(text_of(page)).to_contain_text("---")


def test_an_empty_text_says_what_to_do(write):
    page = write("")

    expect(page.locator(".is-empty")).to_have_attribute("data-placeholder", "Write here.")
    text_of(page).focus()
    page.keyboard.type("a")
    expect(page.locator(".is-empty")).to_have_count(0)


def test_a_reference_is_cited_by_a_list_and_one_undo_takes_it_back(write):
    page = write("So it is")
    caret_after(page, "So it is")

    page.keyboard.type(" @gra")
    expect(page.get_by_role("listbox", name="Your references")).to_be_visible()
    expect(text_of(page)).to_have_attribute("aria-activedescendant", "cite-0")
    page.keyboard.press("Enter")
    expect(page.get_by_role("img", name="Citation (Granovetter, 1973)")).to_be_visible()
    expect(source(page)).to_have_value("So it is [@granovetter1973]")
    page.keyboard.press("Control+z")
    expect(source(page)).to_have_value("So it is @gra")

    page.keyboard.type("n")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.keyboard.press("Backspace")
    page.keyboard.press("Shift+Enter")
    expect(page.get_by_role("img", name="Citation Granovetter (1973)")).to_be_visible()
    expect(source(page)).to_have_value("So it is @granovetter1973")
    page.keyboard.press("Backspace")
    expect(source(page)).to_have_value("So it is")


@pytest.mark.parametrize("before", ["mail ada", "`code ", "x.org/"])
def test_the_list_does_not_open_in_code_or_behind_a_word(write, before):
    page = write("`code here` mail ada x.org/")
    caret_after(page, before.replace("`", ""))

    page.keyboard.type("@gra")

    expect(page.get_by_role("listbox")).to_be_hidden()


def test_the_markdown_of_a_citation_becomes_a_citation(write):
    page = write("")
    text_of(page).focus()

    page.keyboard.type("So [see @granovetter1973, p. 3] it is.")

    expect(page.get_by_role("img", name="Citation (see Granovetter, 1973, p. 3)")).to_be_visible()
    expect(source(page)).to_have_value("So [see @granovetter1973, p. 3] it is.")


def test_the_markdown_of_a_citation_that_is_taken_back_stays_signs(write):
    page = write("")
    text_of(page).click()
    page.keyboard.type("See [@granovetter1973]")
    expect(text_of(page).locator("[data-cite]")).to_be_visible()

    page.keyboard.press("Backspace")

    expect(text_of(page)).to_have_text("See [@granovetter1973]")
    expect(source(page)).to_have_value("See \\[\\@granovetter1973\\]")
    shown = render_post(markdown(page), {"granovetter1973": factories.ARTICLE}).html
    assert "See [@granovetter1973]" in shown


def test_the_buttons_beside_cite_too(write):
    page = write("So")
    caret_after(page, "So")

    page.get_by_role("button", name="Cite Granovetter, 1973").click()

    expect(page.get_by_role("img", name="Citation (Granovetter, 1973)")).to_be_visible()
    expect(source(page)).to_have_value("So [@granovetter1973]")


def test_words_are_composed_beside_a_citation_and_in_a_cell(write):
    page = write("[@granovetter1973]\n\n| a | b |\n|---|---|\n| c | d |")
    session = page.context.new_cdp_session(page)

    for place in ("start", "behind", "cell"):
        page.evaluate(PUT_CARET, place)
        expect(text_of(page)).to_be_focused()  # which the editor asks for a frame later
        for part in ("に", "にほ", "にほん"):
            fields = {"selectionStart": len(part), "selectionEnd": len(part), "text": part}
            session.send("Input.imeSetComposition", fields)
        session.send("Input.insertText", {"text": "日本"})

    expect(source(page)).to_have_value(
        "日本[@granovetter1973]日本\n\n| a | b |\n| --- | --- |\n| c日本 | d |"
    )


def test_a_note_has_its_mark_and_its_words_at_the_end(write):
    page = write("A claim.\n\nMore[^a].\n\n[^a]: Old.")
    caret_after(page, "A claim.")

    page.get_by_role("button", name="Footnote").click()
    page.keyboard.type("The note")

    expect(source(page)).to_have_value("A claim.[^1]\n\nMore[^a].\n\n[^a]: Old.\n\n[^1]: The note")
    marks = page.locator(".note-mark")
    assert [mark.get_attribute("aria-label") for mark in marks.all()] == [
        "Footnote 1",
        "Footnote 2",
    ]


def test_a_link_is_set_by_its_dialog_and_by_pasting_over_words(write):
    page = write("See this page and that.")
    select(page, "this page")

    page.keyboard.press("Control+k")
    page.get_by_label("Address").fill("example")
    page.get_by_role("button", name="Add link").click()
    expect(page.get_by_text("Write an address")).to_be_visible()
    page.get_by_label("Address").fill("example.org/a_b")
    page.get_by_role("button", name="Add link").click()
    field = page.locator("textarea[name=text]")
    expect(field).to_have_value("See [this page](https://example.org/a_b) and that.")

    select(page, "that")
    text_of(page).evaluate(
        """(text) => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/plain", "https://example.org/that");
          const options = { clipboardData, bubbles: true, cancelable: true };
          text.dispatchEvent(new ClipboardEvent("paste", options));
        }"""
    )
    expect(source(page)).to_have_value(ending("and [that](https://example.org/that)."))


def test_tables_and_lists_are_made_by_buttons(write):
    page = write("One")
    caret_after(page, "One")

    page.get_by_role("button", name="List", exact=True).click()
    expect(page.get_by_role("button", name="List", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    page.get_by_role("button", name="List", exact=True).click()
    page.get_by_role("button", name="Table", exact=True).click()
    page.keyboard.type("Head")
    page.get_by_role("button", name="Add column").click()
    page.get_by_role("button", name="Delete row").click()

    expect(source(page)).to_have_value(
        beginning("One\n\n|  |  |  |\n| --- | --- | --- |\n|  |  |  |")
    )
    page.get_by_role("button", name="Delete table").click()
    expect(source(page)).to_have_value("One")


def test_a_lettered_list_stays_one_whatever_is_done_to_its_items(write):
    page = write("a) x\nb) y\nc) z\n\n***\n\na. alpha\nb. beta")
    caret_after(page, "y")
    page.keyboard.press("Enter")
    page.keyboard.press("Backspace")
    page.keyboard.type("because so")
    caret_before(page, "beta")
    page.keyboard.press("Backspace")

    written = "a) x\nb) y\n\n   because so\nc) z\n\n***\n\n1. alpha\n\n   beta"
    expect(page.locator("textarea[name=text]")).to_have_value(written)
    expect(page.locator("[data-state]")).to_contain_text("Saved")
    page.reload()
    expect(page.locator(".frame")).to_have_attribute("data-mode", "visual")
    expect(text_of(page).locator("ol[type=a] > li")).to_have_text(["x", "ybecause so", "z"])
    expect(text_of(page).locator("ol:not([type]) > li")).to_have_text(["alphabeta"])
    expect(text_of(page).locator("[data-source]")).to_have_count(0)
    expect(source(page)).to_have_value(written)


def test_copied_text_is_markdown(write):
    page = write("*One* word[^1].\n\n- a\n- b\n\n[^1]: Note")

    copied = page.evaluate(
        """() => {
          const { editor } = document.querySelector(".page-text");
          editor.commands.selectAll();
          const clipboardData = new DataTransfer();
          const options = { clipboardData, bubbles: true, cancelable: true };
          editor.view.dom.dispatchEvent(new ClipboardEvent("copy", options));
          return clipboardData.getData("text/plain");
        }"""
    )

    assert copied == "*One* word[^1].\n\n- a\n- b\n\n[^1]: Note"
