"""Pasting in a real browser: at once as plain text, then made ready, then undone by one key."""

import pytest
from playwright.sync_api import expect

from blog.actions.drafts import start_post
from blog.models import Draft
from tests.blog.paste.test_html import DOCS, FROM_DOCS, FROM_LIBRE, FROM_WORD, LIBRE, WORD
from tests.browser.test_axe import examine

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

# Under this heading is no list that would be taken for references.
WORD = WORD.replace("References", "What I liked")
FROM_WORD = FROM_WORD.replace("References", "What I liked")
LONG = "Networks carry what nobody near us knows. " * 4
TEXT = f"""{LONG}It is so (Luna & Sol, 2020). Iāve seen it in Rīgā.

References

Luna, A., & Sol, B. (2020). Ties that teach. Journal of Nets, 4(2), 1–9.
https://doi.org/10.1000/xyz"""
READY = f"{LONG}It is so [@luna2020]. I’ve seen it in Rīgā."

# What the browser does when somebody presses Ctrl+V: an event with what the clipboard holds.
PASTE = """(text, [plain, html]) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", plain);
  if (html) clipboardData.setData("text/html", html);
  const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
  text.focus();
  return text.dispatchEvent(event);
}"""


@pytest.fixture
def post(ada, course):
    return start_post(course, by=ada, title="Ties")


@pytest.fixture
def page(window, ada, post):
    page = window(ada)
    page.goto(f"/c/{post.course.slug}/posts/{post.slug}/edit/")
    return page


def editor(page):
    return page.get_by_label("Post, in Markdown")


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        pytest.param(WORD, FROM_WORD, id="Word"),
        pytest.param(DOCS, FROM_DOCS, id="Google Docs"),
        pytest.param(LIBRE, FROM_LIBRE, id="LibreOffice"),
    ],
)
def test_a_page_becomes_markdown_and_undo_gives_the_plain_text_back(page, html, markdown):
    editor(page).evaluate(PASTE, ["as plain text", html])

    expect(editor(page)).to_have_value(markdown)
    expect(page.get_by_text("to get the plain text back.")).to_be_visible()
    editor(page).press("Control+z")
    expect(editor(page)).to_have_value("as plain text")


def test_changes_are_shown_before_they_are_made(page, post):
    editor(page).evaluate(PASTE, [TEXT, ""])

    dialog = page.get_by_role("dialog", name="Tidy up what you pasted?")
    expect(dialog).to_be_visible()
    expect(editor(page)).to_have_value(TEXT)
    assert post.references.count() == 0
    dialog.get_by_role("button", name="Apply these changes").click()

    expect(editor(page)).to_have_value(READY)
    expect(page.locator(".shelf")).to_contain_text("Cited in ¶1")
    editor(page).press("Control+z")
    expect(editor(page)).to_have_value(TEXT)


def test_what_is_unticked_stays_and_what_follows_from_it_goes(page, post):
    editor(page).evaluate(PASTE, [TEXT, ""])
    dialog = page.get_by_role("dialog")

    dialog.get_by_label("Luna, A., & Sol, B.").uncheck()
    expect(dialog.get_by_text("Citations, linked to your references")).to_be_hidden()
    dialog.get_by_role("button", name="Apply these changes").click()

    expect(editor(page)).to_have_value(TEXT.replace("Iāve", "I’ve"))
    assert post.references.count() == 0


def test_escape_keeps_the_text_as_it_was_pasted(page):
    editor(page).evaluate(PASTE, [TEXT, ""])
    expect(page.get_by_role("dialog")).to_be_visible()

    page.keyboard.press("Escape")

    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(editor(page)).to_have_value(TEXT)
    expect(editor(page)).to_be_focused()
    page.keyboard.type("!")
    expect(editor(page)).to_have_value(f"{TEXT}!")


def test_it_goes_in_at_the_caret_between_blank_lines(page):
    editor(page).fill("Before. After.")
    editor(page).evaluate("text => text.setSelectionRange(8, 8)")

    editor(page).evaluate(PASTE, ["a b", "<h2>A</h2><p>b</p>"])

    expect(editor(page)).to_have_value("Before. \n\n## A\n\nb\n\nAfter.")


def test_an_address_pasted_over_words_makes_them_a_link(page):
    editor(page).fill("See this page.")
    editor(page).evaluate("field => field.setSelectionRange(4, 13)")

    editor(page).evaluate(PASTE, ["https://example.org/a", ""])

    expect(editor(page)).to_have_value("See [this page](https://example.org/a).")
    editor(page).press("Control+z")
    expect(editor(page)).to_have_value("See this page.")


def test_control_shift_v_stays_plain(page):
    editor(page).dispatch_event("keydown", {"key": "V", "ctrlKey": True, "shiftKey": True})

    taken = editor(page).evaluate(PASTE, ["plain", "<h2>plain</h2>"])

    assert taken  # the script leaves it to the browser


def test_a_site_that_does_not_answer_leaves_the_plain_text(page):
    page.route("**/paste/changes/", lambda route: route.abort())

    editor(page).evaluate(PASTE, ["as plain text", "<h2>A heading</h2>"])

    expect(editor(page)).to_have_value("as plain text")


def test_a_new_post_takes_a_paste_once_it_has_saved_itself(window, ada, course):
    page = window(ada)
    page.goto(f"/c/{course.slug}/posts/new/")

    editor(page).evaluate(PASTE, [f"Of ties\n{LONG}\n{LONG}(Luna, 2020)", ""])
    page.get_by_role("button", name="Apply these changes").click()

    expect(page.get_by_label("Title", exact=True)).to_have_value("Of ties")
    expect(editor(page)).to_have_value(f"{LONG}\n\n{LONG}(Luna, 2020)")
    assert Draft.objects.count() == 1


def test_without_scripts_the_page_does_it_all(window, ada, post):
    page = window(ada, java_script_enabled=False)
    page.goto(f"/c/{post.course.slug}/posts/{post.slug}/edit/")
    page.get_by_role("button", name="Paste a text").click()
    page.get_by_label("Your text").fill(TEXT)
    page.get_by_role("button", name="Show changes").click()

    letters = page.get_by_role("group", name="Broken characters")
    letters.get_by_role("checkbox").uncheck()
    page.get_by_role("button", name="Insert into my draft").click()

    expect(page.get_by_text("The text is in your draft.")).to_be_visible()
    expect(editor(page)).to_have_value(READY.replace("’", "ā"))


# Whether the browser would leave the page for a file that is dropped there.
DROP = """element => {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File(["x"], "x.png", { type: "image/png" }));
  const send = (name) =>
    element.dispatchEvent(new DragEvent(name, { dataTransfer, bubbles: true, cancelable: true }));
  return [send("dragover"), send("drop")];
}"""


@pytest.mark.parametrize("place", ["h1", "main", "[name=title]"])
def test_a_file_dropped_beside_the_text_does_not_take_the_page_away(page, place):
    assert page.locator(place).first.evaluate(DROP) == [False, False]


def test_a_file_field_takes_a_file_that_is_dropped_on_it(page, post):
    page.goto(f"/c/{post.course.slug}/posts/{post.slug}/pictures/")

    assert page.locator("input[type=file]").first.evaluate(DROP) == [True, True]
    assert page.locator("h1").evaluate(DROP) == [False, False]


@pytest.mark.slow
def test_axe_finds_nothing_where_changes_are_shown(page, post):
    editor(page).evaluate(PASTE, [TEXT, ""])
    expect(page.get_by_role("dialog")).to_be_visible()
    in_dialog = list(examine(page))
    page.goto(f"/c/{post.course.slug}/posts/{post.slug}/paste/")
    page.get_by_label("Your text").fill(f"Of ties\n{LONG}\n{TEXT}")
    page.get_by_role("button", name="Show changes").click()
    expect(page.get_by_role("heading", name="Changes")).to_be_visible()

    assert in_dialog + list(examine(page)) == []
