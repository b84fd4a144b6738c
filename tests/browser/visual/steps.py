"""Steps and checks of the tests of the visual editor."""

import re

from playwright.sync_api import Locator, Page, expect


def text_of(page: Page) -> Locator:
    """Return the text that one writes on."""
    return page.get_by_role("textbox", name="Text of the post")


def source(page: Page) -> Locator:
    """Return the field that holds the text in Markdown, for tests that wait for what it holds."""
    return page.locator("textarea[name=text]")


def markdown(page: Page) -> str:
    """Return the text in the form now; who has just typed asks `source` until it is there."""
    return source(page).input_value()


def beginning(words: str) -> re.Pattern:
    return re.compile(f"^{re.escape(words)}")


def containing(words: str) -> re.Pattern:
    return re.compile(re.escape(words))


def ending(words: str) -> re.Pattern:
    return re.compile(f"{re.escape(words)}$")


def select(page: Page, words: str) -> None:
    """Select the first of some words, as a double click or Shift and arrows would."""
    page.evaluate(
        """(words) => {
          const { editor } = document.querySelector(".page-text");
          let found;
          editor.state.doc.descendants((node, place) => {
            const index = node.isText && !found ? node.text.indexOf(words) : -1;
            if (index >= 0) found = { from: place + index, to: place + index + words.length };
          });
          editor.chain().focus().setTextSelection(found).run();
        }""",
        words,
    )
    expect(text_of(page)).to_be_focused()  # which the editor asks for a frame later


def caret_after(page: Page, words: str) -> None:
    select(page, words)
    page.evaluate(COLLAPSE, "to")


def caret_before(page: Page, words: str) -> None:
    select(page, words)
    page.evaluate(COLLAPSE, "from")


def outline(page: Page) -> list:
    """Return the document in short: names of nodes, words with their marks."""
    return page.evaluate(OUTLINE)


# By the editor: keys that follow each other at once would be faster than the browser tells it.
COLLAPSE = """(edge) => {
  const { editor } = document.querySelector(".page-text");
  editor.commands.setTextSelection(editor.state.selection[edge]);
}"""

# White space is folded: a line break in a source is a space on the page.
OUTLINE = """() => {
  const outline = (node) => {
    if (node.isTextblock) {
      const words = [];
      node.forEach((child) => {
        const marks = child.marks
          .filter(({ type }) => type.name !== "literal")
          .map((mark) => mark.type.name + (mark.attrs.href ?? ""))
          .sort();
        const attributes = child.isText ? "" : JSON.stringify(child.attrs);
        const signs = child.isText ? [...child.text] : [child.type.name + attributes];
        for (const sign of signs) {
          if (/^(\\s+|hardBreak.*)$/.test(sign)) {
            const blank = sign.startsWith("hardBreak") ? "\\n" : " ";
            if (words.length && words.at(-1) !== " " && words.at(-1) !== "\\n") words.push(blank);
            else if (blank === "\\n" && words.length) words[words.length - 1] = blank;
          } else words.push(marks.length ? `${sign}{${marks}}` : sign);
        }
      });
      while ([" ", "\\n"].includes(words.at(-1))) words.pop();
      return [node.type.name, node.attrs.level ?? "", words.join("")];
    }
    const inside = [];
    const isCell = /Cell|Header/.test(node.type.name);
    node.forEach((child) => {
      const part = outline(child);
      const mayBeEmpty = ["paragraph", "heading", "blockquote"].includes(part[0]);
      const isEmpty = mayBeEmpty && part[2].length === 0;
      if (!isEmpty || isCell) inside.push(part);
    });
    // A table of heads alone has an empty row when it is read.
    if (node.type.name === "table" && inside.length === 2) {
      const isEmpty = inside[1][2].every(([, , [[, , words]]]) => words === "");
      if (isEmpty) inside.pop();
    }
    return [node.type.name, node.attrs.start ?? "", inside];
  };
  return outline(document.querySelector(".page-text").editor.state.doc);
}"""


def select_node(page: Page, kind: str) -> None:
    """Select the first node of a kind, as a click or an arrow key would."""
    page.evaluate(
        """(kind) => {
          const { editor } = document.querySelector(".page-text");
          let found = null;
          editor.state.doc.descendants((node, place) => {
            if (node.type.name === kind) found ??= place;
          });
          editor.chain().focus().setNodeSelection(found).run();
        }""",
        kind,
    )


def select_range(page: Page, first: str, last: str) -> None:
    """Select from some words to some others."""
    caret_before(page, first)
    start = page.evaluate(PLACE)
    caret_after(page, last)
    page.evaluate(
        """(from) => {
          const { editor } = document.querySelector(".page-text");
          editor.commands.setTextSelection({ from, to: editor.state.selection.to });
        }""",
        start,
    )


PLACE = """() => document.querySelector(".page-text").editor.state.selection.from"""


def copy(page: Page, kind: str = "copy") -> str:
    """Copy or cut what is selected, for `paste_copy`; return its plain text."""
    return page.evaluate(
        """(kind) => {
          const clipboardData = new DataTransfer();
          window.copied = { clipboardData, bubbles: true, cancelable: true };
          const text = document.querySelector(".page-text");
          text.dispatchEvent(new ClipboardEvent(kind, window.copied));
          return clipboardData.getData("text/plain");
        }""",
        kind,
    )


def paste_copy(page: Page) -> None:
    page.evaluate(
        """() => document.querySelector(".page-text")
          .dispatchEvent(new ClipboardEvent("paste", window.copied))"""
    )


def drag(page: Page, words: str, *, is_copied: bool = False) -> None:
    """Drag what is selected to before some words; with the key that copies, if `is_copied`."""
    page.evaluate(DRAG, [words, is_copied])


DRAG = """([words, ctrlKey]) => {
  const { editor } = document.querySelector(".page-text");
  const { view } = editor;
  const dataTransfer = new DataTransfer();
  const drag = (kind, place) => {
    const { left, top, bottom } = view.coordsAtPos(place);
    const at = { clientX: left, clientY: (top + bottom) / 2 };
    const options = { bubbles: true, cancelable: true, dataTransfer, ctrlKey, ...at };
    view.dom.dispatchEvent(new DragEvent(kind, options));
  };
  let target;
  editor.state.doc.descendants((node, place) => {
    const index = node.isText ? node.text.indexOf(words) : -1;
    if (index >= 0) target ??= place + index;
  });
  drag("dragstart", editor.state.selection.from);
  drag("drop", target);
  drag("dragend", target);
}"""
