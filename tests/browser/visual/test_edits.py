"""Any edits, in any order: what is written reads as what is shown, and is published so.

``--hypothesis-profile=explore`` tries five times as many, and others at each run.
"""

import random
from functools import partial
from json import dumps as json_dumps

import pytest
from hypothesis import settings
from playwright.sync_api import expect

from blog.text import render_post
from blog.text.plain import blocks_of
from tests import factories
from tests.browser.visual.steps import OUTLINE

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]

WORDS = ["word", " ", "*", "_x_", "`", "[a]", "<b>", "1. ", "# ", "@name", "|", "\\", "![a](b)"]
WORDS += [
    "x_y_z",
    "(so)",
    "“q”",
    "~~",
    "- ",
    "> ",
    "---",
    "日本",
    "it's",
    "…",
    "**",
    "&amp;",
    "\u2028",
]
COMMANDS = ["bold", "italic", "strike", "code", "quote", "bullets", "numbers", "heading"]
COMMANDS += ["table", "rowAfter", "columnAfter", "rowDelete", "columnDelete", "footnote"]
COMMANDS += ["undo", "redo", "codeBlock"]
MARKS = ["subscript", "superscript", "highlight", "kbd", "quotation", "workTitle", "link"]
CITATIONS = ["@granovetter1973", "[@granovetter1973, p. 5]", "[see @granovetter1973; @nobody]"]
CHOICES = {"command": COMMANDS, "mark": MARKS, "cite": CITATIONS}
SMALL = ["bold", "italic", "strike", "code", "quote", "bullets", "numbers", "undo", "codeBlock"]
SMALL_CHOICES = {"command": SMALL, "mark": MARKS}

TEXT = """\
# Of ties

Weak ties **carry news** [@granovetter1973, p. 1366], *strong ones* care[^1]. See
[a page](https://example.org/a_b).

- one
- two
    1. three

> A quote of @granovetter1973.

a) alpha
b) beta

| Head | Other |
|------|:-----:|
| a    | b \\| c |

Last words, and `code`.

[^1]: A note.
"""

EDIT = """async ([steps, outline]) => {
  const { editor } = document.querySelector(".page-text");
  const { runCommand } = await import("/static/js/editor/visual/commands.js");
  const lib = await import("/static/django_prose_editor/editor.js");
  const { TextSelection } = lib.pm.state;
  for (const [kind, from, to, what] of steps) {
    const { state, view } = editor;
    const { size } = state.doc.content;
    const [start, end] = [Math.floor(from * size), Math.floor(to * size)];
    const selection = TextSelection.between(state.doc.resolve(start), state.doc.resolve(end));
    view.dispatch(state.tr.setSelection(selection));
    if (kind === "insert") view.dispatch(view.state.tr.insertText(what));
    else if (kind === "delete") editor.commands.deleteSelection();
    else if (kind === "split") editor.commands.splitBlock();
    else if (kind === "break") editor.commands.setHardBreak();
    else if (kind === "join") editor.commands.joinBackward();
    else if (kind === "cite") {
      editor.commands.insertContent({ type: "citation", attrs: { source: what } });
    } else if (kind === "mark") {
      const attributes = what === "link" ? { href: "https://example.org/x_y" } : {};
      editor.commands.toggleMark(what, attributes);
    } else runCommand(editor, lib, what, () => {});
  }
  editor.state.doc.check();
  return [document.querySelector("textarea[name=text]").value, eval_(outline)];
}"""
# The content policy forbids eval; the outline's source is put into the script instead.
EDIT = EDIT.replace("eval_(outline)", f"({OUTLINE})()").replace("[steps, outline]", "[steps]")

# Open a text as a restored copy is opened; return what is in the form then, and what is shown.
OPEN = f"""async (text) => {{
  const field = document.querySelector("textarea[name=text]");
  field.value = text;
  field.dispatchEvent(new Event("input", {{ bubbles: true }}));
  const view = document.querySelector(".page-text").editor;
  await new Promise((resolve) => {{
    const wait = () => (view.isEditable ? resolve() : setTimeout(wait, 5));
    setTimeout(wait, 0);
  }});
  return [field.value, ({OUTLINE})()];
}}"""


dumps = partial(json_dumps, ensure_ascii=False)


def steps(source: random.Random, count: int, choices: dict = CHOICES) -> list:
    found = []
    for _step in range(count):
        kinds = ["insert"] * 4 + ["command"] * 4 + ["delete", "split", "break", "join"]
        kind = source.choice([*kinds, *(kind for kind in choices if kind != "command")])
        what = "".join(source.choices(WORDS, k=source.randint(1, 3)))
        if kind in choices:
            what = source.choice(choices[kind])
        start = source.random()
        end = min(1, start + source.choice([0, 0.01, 0.05])) if kind != "delete" else start + 0.01
        found.append([kind, start, min(end, 1), what])
    return found


def letters(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())


def different(read: str, shown: str) -> tuple:
    """Return the first places of two outlines that differ."""
    if read == shown:
        return ()
    place = next((n for n, (a, b) in enumerate(zip(read, shown, strict=False)) if a != b), 0)
    return read[max(0, place - 80) : place + 120], shown[max(0, place - 80) : place + 120]


def seeds() -> list[int]:
    """Return the seeds of this run: always the same, or others where somebody looks for faults."""
    if settings.default.derandomize:
        return list(range(max(1, settings.default.max_examples // 5)))
    return random.sample(range(10**6), 100)


def test_random_edits_of_a_post_read_as_they_are_shown(write):
    page = write(TEXT)

    for seed in seeds():
        source = random.Random(seed)
        page.evaluate(OPEN, TEXT)
        for _round in range(5):
            taken = steps(source, 10)
            written, shown = page.evaluate(EDIT, [taken])
            again, read = page.evaluate(OPEN, written)
            assert again == written  # opening changes nothing
            assert different(dumps(read), dumps(shown)) == (), (seed, taken, written)
            published = render_post(written, {"granovetter1973": factories.ARTICLE})
            words = letters(" ".join(block.text for block in blocks_of(published.html)))
            for part in ("Weak", "ties"):
                assert written.count(part) == 0 or part in words


COMMENT = """\
I **agree** with ¶3, *mostly*
and [here](https://example.org/a_b) is why

- one
- two
    1. three

> Words of
> @Bob Student

Last words, and `code`.
"""


@pytest.mark.usefixtures("_no_limit")
def test_random_edits_of_a_comment_read_as_they_are_shown(window, writer, bob, course):
    page = window(writer)
    page.goto(factories.make_post(bob, course).get_absolute_url())
    page.get_by_label("Your comment").click()
    expect(page.locator(".page-text")).to_be_focused()

    for seed in seeds()[::2]:
        source = random.Random(seed)
        page.evaluate(OPEN, COMMENT)
        for _round in range(3):
            taken = steps(source, 8, SMALL_CHOICES)
            written, shown = page.evaluate(EDIT, [taken])
            again, read = page.evaluate(OPEN, written)
            assert again == written
            assert different(dumps(read), dumps(shown)) == (), (seed, taken, written)
