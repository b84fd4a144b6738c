"""A plain text of several lines that is pasted is the same in both editors."""

import re

import pytest
from playwright.sync_api import expect

from blog.models import Comment
from blog.text import render_post
from tests import factories
from tests.browser.visual.steps import caret_after, markdown, outline, source, text_of
from tests.browser.visual.test_pasting import BRING, bring
from tests.long import few_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.django_db(transaction=True),
]

WRAPPED = (
    "The ties of a network are of two kinds, as many say (Luna & Sol,\n"
    "2010). The first one is well known in the office, and people\n"
    "like it very much indeed.\n\n"
    "The second paragraph is here and it is long enough to be\n"
    "wrapped by the page."
)
JOINED = "Lines that follow each other are one paragraph now."
FORMATTED = "Your Markdown is formatted now."
TEXTS = [
    WRAPPED,
    f"{WRAPPED}\n",
    f"\n\n{WRAPPED}\n\n",
    WRAPPED.replace("\n", "\r\n"),
    "a very\nshort\nlines\nlist\nof\nwords",
    "Dear Ada,\n\n  I write to you today.\n  It rains.\n\nYours,\nBo",
    "Poem:\n  Roses are red\n    violets blue\n      sugar",
    "Luna & Sol\n12 Tide Street\nV8W 2Y2 Victoria",
    "Q: What?\nA: That.\n\nQ: Who?\nA: Her.",
    "para one  \nhard break\n\npara",
    "a\x0cb page two\x0bvt",
    "one\u2028two\u2029three",
    "trailing space \n next with lead",
    "   Leading three & spaces here.\nNext line.",
    "“Quote” — she said…\n‘single’",
    "[1] Luna, A. (2010). Ties. Tide.\n[2] Sol, B. (2011). Knots. Tide.",
    "https://example.org/a_b_c\nhttps://example.org/d",
    "#hashtag start\nand next",
    "Term: def\n: colon line",
    "~~~\nnot closed",
    "| a | b |\n| 1 | 2 |",
    "* * *\n\nafter",
    "-----\nafter line",
    "Word\n=====\nunder",
    "A line\n---\nand another",
    "# Heading like\ntext",
    "5 * 3 * 2 = 30\nand _this_ too",
    "C:\\Users\\ada\\file.txt\nand \\* stars",
    "1986. What a year\nnext",
    "    code = here()\n    more(code)",
    "– no more than that\nshe said",
    "Then:\n- Hello.\nShe left.",
    "(a) first\n(b) second",
    "> quoted mail\n> more\nreply",
]


def rendered(text: str) -> str:
    return re.sub(r"\s+", " ", render_post(text).html).replace("> <", "><").strip()


def paste_in_both(page, plain):
    """Paste a text into both editors; return what each makes of it."""
    field = page.locator("textarea[name=text]")
    with page.expect_response("**/visual/"):
        bring(page, plain)
    expect(page.locator("[data-paste-told]")).to_have_text(re.compile("."))
    visual = markdown(page)

    page.get_by_role("radio", name="Markdown").check()
    field.fill("")
    with page.expect_response("**/paste/changes/"):
        field.evaluate(BRING, ["paste", plain, ""])
    return visual, markdown(page)


@pytest.mark.parametrize("plain", few_of(TEXTS, 5))
def test_lines_are_the_same_in_both_editors(write, plain):
    page = write("")

    visual, plain = paste_in_both(page, plain)

    assert rendered(visual) == rendered(plain)


def test_wrapped_lines_are_paragraphs_and_undo_leads_back(write):
    page = write("Before.")
    caret_after(page, "Before.")
    page.keyboard.press("Enter")

    bring(page, WRAPPED)

    expect(page.get_by_text(JOINED)).to_be_visible()
    expect(source(page)).to_have_value(f"Before.\n\n{WRAPPED}")
    expect(text_of(page).locator("p")).to_have_count(3)
    page.keyboard.press("Control+z")
    expect(text_of(page).locator("p")).to_have_text(["Before.", ""])
    page.keyboard.press("Control+Shift+z")
    assert rendered(markdown(page)) == rendered(f"Before.\n\n{WRAPPED}")


def test_paragraphs_stay_without_a_word(write):
    page = write("")

    with page.expect_response("**/visual/"):
        bring(page, "x\n\n\n\ny\n\n\nz")

    expect(source(page)).to_have_value("x\n\ny\n\nz")
    expect(page.locator("[data-paste-told]")).to_have_text("")


def test_wrapped_lines_within_a_sentence_stay_in_it(write):
    page = write("Before it")
    caret_after(page, "Before ")

    bring(page, "two\nlines ")

    expect(page.get_by_text(JOINED)).to_be_visible()
    expect(source(page)).to_have_value("Before two linesit")


def test_lines_that_are_markdown_are_said_to_be_formatted(write):
    page = write("")

    bring(page, "Word\n=====\nunder")

    expect(page.get_by_text(FORMATTED)).to_be_visible()
    assert outline(page)[2] == [["heading", 1, "Word"], ["paragraph", "", "under"]]


def test_control_shift_v_keeps_each_line(write):
    page = write("")
    text_of(page).dispatch_event("keydown", {"key": "V", "ctrlKey": True, "shiftKey": True})

    bring(page, "one\ntwo")

    expect(text_of(page).locator("p")).to_have_text(["one", "two"])


def test_a_site_out_of_reach_joins_wrapped_lines_all_the_same(write):
    page = write("")
    page.route("**/paste/changes/", lambda route: route.abort())

    bring(page, WRAPPED)

    expect(page.get_by_text("What you pasted stays plain text")).to_be_visible()
    expect(text_of(page).locator("p")).to_have_count(2)


def test_a_comment_keeps_its_lines(window, writer, bob, course):
    post = factories.make_post(bob, course, "Ties")
    page = window(writer)
    page.goto(post.get_absolute_url())
    page.get_by_role("textbox", name="Your comment").click()
    text = page.locator(".page-text")
    expect(text).to_be_focused()

    with page.expect_response("**/visual/"):
        text.evaluate(BRING, ["paste", "one\ntwo\n\nthree", ""])
    expect(page.locator("textarea[name=text]")).to_have_value("one\ntwo\n\nthree")
    page.keyboard.press("Control+Enter")

    expect(page.get_by_text("Comment added.")).to_be_visible()
    assert Comment.objects.get().text == "one\ntwo\n\nthree"
