"""Pasting into the visual editor goes the way of the textarea, and breaks no content policy."""

import re

import pytest
from playwright.sync_api import expect

from blog.text import render_post
from blog.text.visual.pieces import folded
from tests.blog.paste.test_html import DOCS, FROM_DOCS, FROM_LIBRE, FROM_WORD, LIBRE, WORD
from tests.browser.visual.steps import beginning, caret_after, containing, markdown, source, text_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

# Under this heading is no list that would be taken for references.
WORD = WORD.replace("References", "What I liked")
FROM_WORD = FROM_WORD.replace("References", "What I liked")
WORD_TABLE = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name=Generator
content="Microsoft Word 15"></head><body><!--StartFragment-->
<p class=MsoNormal><b>What</b> each tie <i>is for</i></p>
<table class=MsoTableGrid border=1 style='border-collapse:collapse;mso-yfti-tbllook:1184'><tr>
<td width=312 valign=top style='border:solid windowtext 1.0pt'><p
class=MsoNormal>Tie<o:p></o:p></p></td>
<td width=312><p class=MsoNormal>Use<o:p></o:p></p></td></tr>
<tr><td><p class=MsoNormal>weak</p></td>
<td><p class=MsoNormal>news | more</p></td></tr></table>
<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><span
style='font-family:Symbol;mso-list:Ignore'>·<span>&nbsp;&nbsp; </span></span>One</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level2 lfo1'><span
style='mso-list:Ignore'>o<span>&nbsp;&nbsp; </span></span>Under it</p>
<!--EndFragment--></body></html>"""
LIBRE_PAGE = """<!DOCTYPE html><html><head><meta http-equiv="content-type"
content="text/html; charset=utf-8"/><meta name="generator" content="LibreOffice 7.4.7.2 (Linux)"/>
<style type="text/css">p { line-height: 115%; margin-bottom: 0.25cm } a:link { color: #000080 }
</style>
</head><body lang="en-GB" link="#000080" dir="ltr"><h1 class="western">What I read</h1>
<p style="margin-bottom: 0cm">Ties <b>carry</b> <i>news</i>, says <a
href="https://example.org/a">this page</a>.</p>
<ol><li><p style="margin-bottom: 0cm">First</p><ul><li><p>Under it</p></li></ul></li>
<li><p>Second</p></li></ol>
<table width="100%" cellpadding="4" cellspacing="0"><col width="128*"/><col width="128*"/>
<tr valign="top"><td style="border: 1px solid #000000"><p>Tie</p></td><td><p>Use</p></td></tr>
<tr valign="top"><td><p>weak</p></td><td><p>news | more</p></td></tr></table>
<blockquote>Words of somebody else.</blockquote></body></html>"""
HOSTILE = '<p style="color:red">Red <img src="x" onerror="alert(1)"><b style="x">bold</b></p>'

BRING = """(text, [kind, plain, html]) => {
  const data = new DataTransfer();
  data.setData("text/plain", plain);
  if (html) data.setData("text/html", html);
  const box = text.getBoundingClientRect();
  const common = { bubbles: true, cancelable: true, clientX: box.left + 30, clientY: box.top + 30 };
  const event = kind === "drop"
    ? new DragEvent("drop", { ...common, dataTransfer: data })
    : new ClipboardEvent("paste", { ...common, clipboardData: data });
  text.focus();
  text.dispatchEvent(event);
}"""


def bring(page, plain, html="", kind="paste"):
    text_of(page).evaluate(BRING, [kind, plain, html])


def published(text: str) -> str:
    """Return the HTML of a text, with its blanks and the empty lines of its lists folded."""
    return re.sub(r"</?p\b[^<>]*>|\s+", " ", folded(render_post(text).html)).replace(" ", "")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        pytest.param(WORD, FROM_WORD, id="Word"),
        pytest.param(DOCS, FROM_DOCS, id="Google Docs"),
        pytest.param(LIBRE, FROM_LIBRE, id="LibreOffice"),
    ],
)
def test_a_page_becomes_what_it_becomes_in_markdown(write, html, expected):
    page = write("")

    bring(page, "as plain text", html)

    expect(page.get_by_text("to get the plain text back.")).to_be_visible()
    assert published(markdown(page)) == published(expected)
    text_of(page).focus()
    page.keyboard.press("Control+z")
    expect(source(page)).to_have_value("as plain text")


@pytest.mark.parametrize(
    "html",
    [
        pytest.param(WORD_TABLE, id="Word"),
        pytest.param(DOCS, id="Google Docs"),
        pytest.param(LIBRE_PAGE, id="LibreOffice"),
    ],
)
def test_a_page_is_the_same_in_both_editors(write, html):
    page = write("")
    field = page.locator("textarea[name=text]")
    told = page.get_by_text("to get the plain text back.")
    bring(page, "as plain text", html)
    expect(told).to_be_visible()
    visual = markdown(page)

    page.get_by_role("radio", name="Markdown").check()
    field.fill("")
    field.evaluate(BRING, ["paste", "as plain text", html])

    expect(field).not_to_have_value("as plain text")
    expect(told).to_be_visible()
    assert published(visual) == published(markdown(page))
    assert "|" in visual
    assert "**" in visual


def test_a_page_with_styles_and_scripts_is_words(write):
    page = write("Before")
    caret_after(page, "Before")

    bring(page, "Red bold", HOSTILE)

    expect(text_of(page).get_by_text("bold")).to_be_visible()
    expect(page.locator(".page-text strong, .page-text b")).to_have_text("bold")
    expect(source(page)).to_have_value("BeforeRed **bold**")


def test_what_is_dropped_is_pasted(write):
    page = write("Before")

    bring(page, "Red bold", HOSTILE, kind="drop")

    expect(page.locator(".page-text strong")).to_have_text("bold")


def test_plain_text_stays_without_the_site(write):
    page = write("Before")
    caret_after(page, "Before")
    page.context.set_offline(True)

    bring(page, "one (Luna, 2020)\ntwo", "<p>one <b>(Luna, 2020)</b></p><p>two</p>")

    expect(source(page)).to_have_value(containing("one (Luna, 2020)"))
    expect(source(page)).to_have_value(containing("two"))


def test_own_copies_keep_citations_and_notes(write):
    page = write("Say [@granovetter1973][^1]\n\nEnd\n\n[^1]: Note")
    page.evaluate(
        """() => {
          const { editor } = document.querySelector(".page-text");
          const data = new DataTransfer();
          const options = { clipboardData: data, bubbles: true, cancelable: true };
          editor.chain().focus().setTextSelection({ from: 1, to: 6 }).run();
          editor.view.dom.dispatchEvent(new ClipboardEvent("copy", options));
          editor.commands.setTextSelection(editor.state.doc.content.size - 8);
          window.copied = data;
        }"""
    )
    caret_after(page, "End")
    page.evaluate(
        """() => {
          const options = { clipboardData: window.copied, bubbles: true, cancelable: true };
          document.querySelector(".page-text").dispatchEvent(new ClipboardEvent("paste", options));
        }"""
    )

    expect(source(page)).to_have_value(
        beginning("Say [@granovetter1973][^1]\n\nEndSay [@granovetter1973]\n\n[^1]: Note")
    )


def test_changes_are_asked_about_before_they_are_made(write):
    page = write("")
    plain = (
        "It is so (Granovetter, 1973). Networks carry what nobody near us knows, as we saw here."
    )

    bring(page, plain)

    dialog = page.get_by_role("dialog", name="Tidy up what you pasted?")
    expect(dialog).to_be_visible()
    expect(source(page)).to_have_value(plain)
    dialog.get_by_role("button", name="Apply these changes").click()
    expect(page.get_by_role("img", name="Citation (Granovetter, 1973)")).to_be_visible()
    expect(source(page)).to_have_value(beginning("It is so [@granovetter1973]."))
