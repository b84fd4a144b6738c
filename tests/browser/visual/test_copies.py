"""Copying, cutting and dragging in the visual editor, and pasting again."""

import pytest
from playwright.sync_api import expect

from blog.actions.drafts import start_post
from tests import factories
from tests.browser.steps import wait_until
from tests.browser.test_signing_out import sign_out
from tests.browser.visual.steps import (
    beginning,
    caret_after,
    caret_before,
    containing,
    copy,
    drag,
    ending,
    paste_copy,
    select_node,
    select_range,
    source,
)
from tests.browser.visual.test_pasting import bring

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.django_db(transaction=True),
]

PICTURE = f"![one](picture:{'0' * 32})"
TABLE = "| h | i |\n|---|---|\n| jj | kk |"
NOTES = "Alpha.\n\nBeta[^1].\n\n[^1]: Note one.\n\n[^2]: Note two."


@pytest.mark.parametrize(
    ("kind", "plain"),
    [
        ("picture", PICTURE),
        ("citation", "[@granovetter1973]"),
        ("noteMark", "[^1]"),
        ("listItem", "item"),
        ("tableRow", "| h | i |\n| --- | --- |\n|  |  |"),
        ("tableCell", "| jj |\n| --- |\n|  |"),
        ("noteDefinition", "[^1]: Note."),
    ],
)
def test_each_part_is_copied_as_markdown(write, kind, plain):
    page = write(f"{PICTURE} [@granovetter1973] [^1]\n\n- item\n\n{TABLE}\n\n[^1]: Note.")
    select_node(page, kind)

    assert copy(page) == plain


def test_a_picture_is_moved(write):
    page = write(f"One.\n\n{PICTURE}\n\n- item")
    select_node(page, "picture")

    copy(page, "cut")
    expect(source(page)).not_to_have_value(containing(PICTURE))
    caret_after(page, "item")
    paste_copy(page)

    expect(source(page)).to_have_value(f"One.\n\n- item{PICTURE}")


def test_a_list_that_is_pasted_into_a_cell_is_lines(write):
    page = write(f"- one\n- two\n\n{TABLE}")
    select_range(page, "one", "two")
    copy(page)
    caret_after(page, "jj")

    paste_copy(page)

    expect(source(page)).to_have_value(ending("\n| jjone<br>two | kk |"))


def test_a_page_that_is_pasted_into_a_cell_is_lines(write):
    page = write(TABLE)
    caret_after(page, "jj")

    bring(
        page, "x", "<p>, <b>one</b></p><ul><li>two</ul><table><tr><td>3<td>4<tr><td>5<td>6</table>"
    )

    page.get_by_text("to get the plain text back.").wait_for()
    expect(source(page)).to_have_value(
        ending("\n| jj, **one**<br>two<br>3 \\| 4<br>5 \\| 6 | kk |")
    )


def test_a_copy_with_its_notes_has_them_once(write):
    page = write(NOTES)
    select_range(page, "Alpha.", "Note two.")
    copy(page)
    caret_before(page, "Alpha.")

    paste_copy(page)

    expect(source(page)).to_have_value(NOTES.replace("Alpha", "Alpha.\n\nBeta[^1].\n\nAlpha", 1))


def test_notes_that_come_into_another_text_keep_their_words(write):
    page = write(NOTES)
    select_range(page, "Alpha.", "Note two.")
    copy(page, "cut")
    page.keyboard.type("New")
    page.get_by_role("button", name="Footnote", exact=True).click()
    page.keyboard.type("Other.")
    page.keyboard.press("Escape")
    page.keyboard.type(" ")

    paste_copy(page)

    expect(source(page)).to_have_value(
        "New[^1] Alpha.\n\nBeta[^2].\n\n[^1]: Other.\n\n[^2]: Note one.\n\n[^3]: Note two."
    )


def test_words_of_several_notes_are_paragraphs_of_the_text(write):
    page = write(NOTES)
    select_range(page, "one.", "Note two")
    copy(page)
    caret_after(page, "Alpha")

    paste_copy(page)

    expect(source(page)).to_have_value(NOTES.replace("Alpha", "Alphaone.\n\nNote two"))


@pytest.mark.parametrize("is_copied", [False, True])
def test_a_text_that_is_dragged_with_its_notes_has_them_once(write, is_copied):
    page = write(NOTES.replace("Alpha", "First.\n\nAlpha"))
    select_range(page, "Alpha.", "Note two.")

    drag(page, "First.", is_copied=is_copied)

    dragged = "Alpha.\n\nBeta[^1].\n\nFirst."
    left = "\n\nAlpha.\n\nBeta[^1]." if is_copied else ""
    expect(source(page)).to_have_value(f"{dragged}{left}\n\n[^1]: Note one.\n\n[^2]: Note two.")


def test_a_note_that_is_copied_by_dragging_is_words_of_the_text(write):
    page = write(NOTES)
    select_node(page, "noteDefinition")

    drag(page, "Alpha.", is_copied=True)

    expect(source(page)).to_have_value(NOTES.replace("Alpha", "Note one.Alpha", 1))


def test_the_mark_of_a_note_that_is_gone_is_not_pasted(write):
    page = write(NOTES)
    select_range(page, "Beta", "Beta")
    page.keyboard.press("Shift+ArrowRight")
    copy(page)
    select_node(page, "noteDefinition")
    page.keyboard.press("Delete")
    caret_after(page, "Alpha.")

    paste_copy(page)

    expect(source(page)).to_have_value("Alpha.Beta\n\nBeta.\n\n[^2]: Note two.")


@pytest.fixture
def write_other(write, course, writer):
    """Return a function that opens another post in a second tab, with the same clipboard."""

    def open_other(page, text, keys=()):
        post = start_post(course, by=writer, title="Other", text=text)
        for key in keys:
            factories.make_reference(post, key=key)
        clipboard = page.evaluate(
            """() => ["text/html", "text/plain"]
              .map((kind) => [kind, window.copied.clipboardData.getData(kind)])"""
        )
        other = page.context.new_page()
        other.goto(f"/c/{course.slug}/posts/{post.slug}/edit/")
        expect(other.locator(".frame")).to_have_attribute("data-mode", "visual")
        other.evaluate(
            """(parts) => {
              const clipboardData = new DataTransfer();
              for (const [kind, part] of parts) clipboardData.setData(kind, part);
              window.copied = { clipboardData, bubbles: true, cancelable: true };
            }""",
            clipboard,
        )
        return other

    return open_other


def test_a_copy_is_whole_in_another_tab(write, write_other):
    text = f"Say [@granovetter1973][^1] {PICTURE}.\n\n{TABLE}\n\nEnd.\n\n[^1]: Note."
    page = write(text)
    select_range(page, "Say", "Note.")
    copy(page)
    other = write_other(page, "Other[^1]\n\n[^1]: Other note.", ["granovetter1973"])
    caret_before(other, "Other")

    paste_copy(other)

    expect(other.get_by_role("img", name="Citation (Granovetter, 1973)")).to_be_visible()
    expect(source(other)).to_have_value(
        text.replace("[^1]", "[^2]", 1)
        .replace("[^1]: Note.", "Other[^1]")
        .replace("|---|---|", "| --- | --- |")
        + "\n\n[^1]: Other note.\n\n[^2]: Note."
    )


def test_what_another_post_does_not_have_is_shown_as_unknown(write, write_other):
    page = write(f"Say [@granovetter1973] and @granovetter1973[^1] {PICTURE} here.\n\n[^1]: Note.")
    select_range(page, "Say", "here")
    copy(page)
    other = write_other(page, "Other[^1]\n\n[^1]: Other note.")
    caret_before(other, "Other")

    paste_copy(other)

    for written in ["[@granovetter1973]", "@granovetter1973"]:
        name = f"Citation {written}: not in your references"
        expect(other.get_by_role("img", name=name, exact=True)).to_have_text(written)
    assert other.get_by_role("img", name="one", exact=True).get_attribute("src") is None
    expect(source(other)).to_have_value(
        beginning(f"Say [@granovetter1973] and @granovetter1973 {PICTURE} hereOther[^1]")
    )


def test_a_copy_is_forgotten_by_whoever_signs_out(write):
    page = write("Words")
    select_range(page, "Words", "Words")
    copy(page)
    is_stored = "Object.values({ ...localStorage }).some((copy) => copy.includes('Words'))"
    wait_until(page, lambda: page.evaluate(is_stored))

    sign_out(page.context.new_page())

    # One tab hears of the other a little later.
    wait_until(page, lambda: not page.evaluate(is_stored))
