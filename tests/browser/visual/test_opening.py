"""Opening changes nothing; an edit changes its block, and undo gives the bytes back."""

import difflib
import json
import random
import re
from contextlib import suppress

import pytest
from hypothesis import settings
from playwright.sync_api import expect

from blog.exceptions import TextRefused
from blog.models import Draft, DraftSnapshot
from blog.text.visual import pieces_of
from tests.blog.text.visual.test_pieces import LINES, demo_texts
from tests.browser.visual.steps import (
    beginning,
    caret_after,
    caret_before,
    containing,
    markdown,
    outline,
    source,
    text_of,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

TEXT = """\

# Title of it

A text with **bold**, __bold__, *italic*, ***both***, ~~gone~~, `code`, <kbd>Ctrl</kbd>,
H<sub>2</sub>O, a [link](https://example.org/a_b "Title"), https://example.org/x, "quotes" -- it's.
## Heading right below
Heading
-------

* one
* two
    - nested
        3. deep


1) first

2) loose

> Quote with _stress_
>
> > in a quote
lazy

Left | Right
:---|---:
a \\| b | [@granovetter1973]
`x` | **y**

Note[^1] and another[^long]. As @granovetter1973 [p. 3] says [see @granovetter1973, p. 12].

![alt *x*](picture:0123456789abcdef0123456789abcdef)

break  \nhere and <q>said</q>, <cite>Work</cite>

~~~python
code = "<b>"

more
~~~

    indented = 1;

See [it][r] and [@nobody] and @name and \\@name.

[r]: https://example.org/r

- - x

***

[^1]: The note.
[^long]: Long note

    with two paragraphs
"""

# Open each text through the editor's own way, and say which did not come back.
OPEN_ALL = """async (texts) => {
  const { editor } = document.querySelector(".page-text");
  const field = document.querySelector("textarea[name=text]");
  const frame = document.querySelector(".frame");
  const visual = document.querySelector(".mode input[value=visual]");
  const changed = [];
  for (const text of texts) {
    field.value = text;
    field.dispatchEvent(new Event("input"));
    await new Promise((resolve, reject) => {
      const last = Date.now() + 30_000;
      const wait = () => {
        if (editor.isEditable) return resolve();
        if (Date.now() > last) return reject(new Error(`This never opens: ${text}`));
        // A machine that is busy takes longer than the editor lets one wait: it is asked again.
        if (frame.dataset.mode === "markdown") visual.click();
        return setTimeout(wait, 5);
      };
      wait();
    });
    const { from } = editor.state.selection;
    editor.view.dispatch(editor.state.tr.insertText("x", from).delete(from, from + 1));
    if (field.value !== text) changed.push([text, field.value]);
  }
  return changed;
}"""


# Open texts by the switch and go back to Markdown; return those that are not what they were, and
# what the page has heard of it: an edit, a save.
SWITCH_ALL = """async (texts) => {
  const { fetch } = window;
  const asked = [];
  window.fetch = (address, options) => {
    asked.push(address);
    if (address.endsWith("/me/editor/")) return Promise.resolve(new Response());
    return fetch(address, options);
  };
  const heard = [];
  const hear = ({ target }) => heard.push(target.name);
  document.addEventListener("input", hear);
  const frame = document.querySelector(".frame");
  const field = document.querySelector("textarea[name=text]");
  const visual = document.querySelector(".mode input[value=visual]");
  const markdown = document.querySelector(".mode input[value=markdown]");
  const become = (radio) => {
    radio.checked = true;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const changed = [];
  become(markdown);
  for (const text of texts) {
    field.value = text;
    become(visual);
    await new Promise((resolve) => {
      const wait = () => (frame.dataset.mode === "opening" ? setTimeout(wait, 2) : resolve());
      wait();
    });
    const mode = frame.dataset.mode;
    become(markdown);
    if (mode !== "visual" || field.value !== text) changed.push([text, mode, field.value]);
  }
  document.removeEventListener("input", hear);
  window.fetch = fetch;
  const isQuestion = (address) => /\\/(visual|visual\\/check|me\\/editor)\\/$/.test(address);
  return [changed, heard, asked.filter((address) => !isQuestion(address))];
}"""


def sources(page) -> list[str]:
    return page.locator(".source-block").all_inner_texts()


def changed_lines(before: str, after: str) -> list[str]:
    lines = difflib.unified_diff(before.split("\n"), after.split("\n"), lineterm="", n=0)
    return [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]


def test_opening_changes_nothing_and_saves_nothing(write):
    page = write(TEXT)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    heard = page.evaluate_handle(
        """() => {
          const heard = [];
          document.addEventListener("input", ({ target }) => heard.push(target.name));
          return heard;
        }"""
    )

    page.get_by_role("radio", name="Markdown").check()
    page.get_by_role("radio", name="Visual").check()
    expect(text_of(page)).to_be_visible()

    expect(source(page)).to_have_value(TEXT)
    assert sources(page) == ["[r]: https://example.org/r"]
    assert "text" not in heard.json_value()
    assert [url for url in asked if "/draft/" in url] == []
    assert Draft.objects.get().text == TEXT


def test_demo_texts_come_back_when_something_was_typed_and_deleted(write):
    page = write("A text.")

    assert page.evaluate(OPEN_ALL, demo_texts()) == []


def any_texts(count: int) -> list[str]:
    """Return texts of lines in any order, the same at each run."""
    source = random.Random(8)
    return ["\n".join(source.choices(LINES, k=source.randint(1, 14))) for _text in range(count)]


def readable(texts: list[str]) -> list[str]:
    """Return the texts that the site reads, with line ends as a form has them."""
    found = []
    for text in texts:
        text = re.sub("\r\n?", "\n", text)
        with suppress(TextRefused):
            pieces_of(text)
            found.append(text)
    return found


@pytest.mark.slow
@pytest.mark.long
def test_any_text_is_opened_and_closed_without_a_trace(write):
    page = write("A text.")
    count = 50 if settings.default.derandomize else 500  # --hypothesis-profile=explore

    assert page.evaluate(SWITCH_ALL, readable(any_texts(count))) == [[], [], []]
    assert Draft.objects.get().text == "A text."
    assert DraftSnapshot.objects.count() == 0


@pytest.mark.slow
@pytest.mark.long
def test_real_texts_are_opened_and_closed_without_a_trace(write, real_data):
    folder = real_data / "markdown"
    spec = json.loads((folder / "commonmark-spec-0.31.json").read_text())
    files = [path.read_text() for path in sorted(folder.rglob("*.txt"))]
    page = write("A text.")

    step = 8 if settings.default.derandomize else 1  # --hypothesis-profile=explore
    texts = readable([*(case["markdown"] for case in spec), *files])[::step]
    assert len(texts) > 600 / step
    assert page.evaluate(SWITCH_ALL, texts) == [[], [], []]
    assert Draft.objects.get().text == "A text."


def test_an_edit_changes_its_block_alone(write):
    page = write(TEXT)

    for words, line in [
        ("nested", "- nested now"),
        ("Quote with ", "Quote with now"),
        ("Heading right below", "## Heading right below now"),
        ("The note.", "[^1]: The note. now"),
    ]:
        before = markdown(page)
        caret_after(page, words)
        page.keyboard.type(" now" if not words.endswith(" ") else "now")
        block = changed_lines(before, markdown(page))
        assert any(line in text for text in block), (words, block)
        assert len([text for text in block if text.startswith("+")]) < 10

    expect(source(page)).to_have_value(
        beginning("\n# Title of it\n\nA text with **bold**, __bold__")
    )
    expect(source(page)).to_have_value(
        containing("[r]: https://example.org/r\n\n- - x\n\n***\n\n[^1]")
    )


def test_undo_gives_the_bytes_back(write):
    page = write(TEXT)

    for words in ["bold", "nested", "in a quote", "Right", "The note."]:
        caret_after(page, words)
        page.keyboard.type(" and more")
        assert markdown(page) != TEXT
        page.get_by_role("button", name="Undo").click()
        expect(source(page)).to_have_value(TEXT)


def test_undo_of_a_mark_on_all_gives_each_of_two_equal_blocks_its_own_bytes_back(write):
    text = "Say __so__.\n\nYes.\n\nmid\n\n\nSay **so**.\n\nYes.\n\n\n\nend"
    page = write(text)
    caret_after(page, "mid")

    page.keyboard.press("Control+a")
    page.keyboard.press("Control+b")
    expect(page.locator("textarea[name=text]")).not_to_have_value(text)
    page.keyboard.press("Control+z")

    expect(page.locator("textarea[name=text]")).to_have_value(text)


def test_a_source_block_is_edited_as_source_and_deleted_as_a_whole(write):
    page = write("One.\n\n[r]: https://example.org/r\n\nTwo.")

    caret_after(page, "example.org/r")
    page.keyboard.type("s")
    expect(page.locator("textarea[name=text]")).to_have_value(
        "One.\n\n[r]: https://example.org/rs\n\nTwo."
    )
    caret_before(page, "Two.")
    page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")

    expect(source(page)).to_have_value("One.\n\nTwo.")


def test_all_of_a_text_can_be_deleted_and_brought_back(write):
    page = write(TEXT)
    text_of(page).focus()

    page.keyboard.press("Control+a")
    page.keyboard.press("Backspace")
    page.keyboard.type("New")
    assert markdown(page).strip() == "New"
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")

    expect(source(page)).to_have_value(TEXT)


def test_what_the_editor_writes_opens_as_it_is_shown(write):
    page = write(TEXT)
    shown = outline(page)

    written = page.evaluate(
        """async () => {
          const { editor } = document.querySelector(".page-text");
          const { writeBlocks } = await import("/static/js/editor/visual/blocks.js");
          return writeBlocks(editor.state.doc.content.content);
        }"""
    )
    page.locator("textarea[name=text]").evaluate(
        """(field, text) => {
          field.value = text;
          field.dispatchEvent(new Event("input", { bubbles: true }));
        }""",
        written,
    )
    expect(page.locator(".source-block")).to_have_count(1)
    expect(text_of(page)).to_have_attribute("contenteditable", "true")

    assert outline(page) == shown


def test_a_restored_copy_and_a_conflict_reopen_the_text(write):
    page = write("Here.")
    post_text = page.locator("textarea[name=text]")

    post_text.evaluate(
        """(field) => {
          field.value = "*Another* text.";
          field.dispatchEvent(new Event("input", { bubbles: true }));
        }"""
    )

    expect(text_of(page)).to_have_text("Another text.")
    expect(source(page)).to_have_value("*Another* text.")


def test_a_reference_of_another_post_is_unknown(write):
    page = write("So [@nobody, p. 3] and [@granovetter1973].")

    unknown = page.get_by_role("img", name="Citation [@nobody, p. 3]: not in your references")
    expect(unknown).to_be_visible()
    expect(page.get_by_role("img", name="Citation (Granovetter, 1973)")).to_be_visible()
