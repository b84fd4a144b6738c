import assert from "node:assert/strict";
import { test } from "node:test";

import { writeBlock, writeBlocks } from "../../../../static/js/editor/visual/blocks.js";
import { node, paragraph, text } from "./nodes.js";

const item = (...children) => node("listItem", {}, ...children);
const list = (attrs, ...items) => node("bulletList", attrs, ...items);
const cell = (words, align = null) => node("tableCell", { align }, paragraph(words));

test("lists keep their mark, their start and their looseness", () => {
  assert.equal(
    writeBlock(list({ mark: "*" }, item(paragraph("a"), list({}, item(paragraph("b")))), item())),
    "* a\n  - b\n*",
  );
  assert.equal(
    writeBlock(node("orderedList", { start: 9, mark: "1)", loose: true }, item(paragraph("a")), item(paragraph("b")))),
    "9) a\n\n10) b",
  );
});

test("a list whose mark the reader doubts is near its second item, or has another mark", () => {
  const [x, y, z] = ["x", "y", "z"].map((words) => item(paragraph(words)));
  const two = item(paragraph("y"), paragraph("so"));
  const inner = item(paragraph("x"), node("orderedList", { mark: "a)" }, y, z));
  const long = item(node("codeBlock", {}, text("1\n".repeat(12))));
  for (const [attrs, items, expected] of [
    [{ mark: "a)" }, [x, y], "a) x\nb) y"],
    [{ mark: "(1)" }, [x, two, z], "(1) x\n(2) y\n\n    so\n(3) z"],
    [{ mark: "a)", loose: true }, [x, two, z], "a) x\nb) y\n\n   so\n\nc) z"],
    [{ mark: "a." }, [x], "1. x"],
    [{ mark: "(a)", start: 2 }, [x], "2. x"],
    [{ mark: "a.", loose: true }, [two, z], "1. y\n\n   so\n\n2. z"],
    [{ mark: "a)" }, [inner, z], "1. x\n\n   a) y\n   b) z\n2. z"],
    [{ mark: "(1)" }, [long, z], `1. \`\`\`\n${"   1\n".repeat(12)}\n   \`\`\`\n2. z`],
    [{ mark: "a.", start: 0 }, [x, y], "0. x\n1. y"],
    [{ mark: "a.", start: 26 }, [x, y], "26. x\n27. y"],
  ]) {
    assert.equal(writeBlock(node("orderedList", attrs, ...items)), expected);
  }
  assert.equal(writeBlock(list({ mark: "–" }, x)), "- x");
  assert.equal(writeBlock(list({ mark: "–", loose: true }, x, y, z)), "– x\n– y\n\n– z");
  assert.equal(
    writeBlocks([node("orderedList", { mark: "a." }, x), node("orderedList", { mark: "(1)" }, y)]),
    "1. x\n\n1) y",
  );
});

test("two lists in a row have two marks", () => {
  assert.equal(writeBlocks([list({}, item(paragraph("a"))), list({}, item(paragraph("b")))]), "- a\n\n* b");
});

test("quotes, code and notes have their signs on each line", () => {
  assert.equal(writeBlock(node("blockquote", {}, paragraph("a"), paragraph("b"))), "> a\n>\n> b");
  assert.equal(writeBlock(node("codeBlock", { info: "py" }, text("a\n```\n"))), "````py\na\n```\n\n````");
  assert.equal(writeBlock(node("noteDefinition", { label: "x" }, paragraph("a"), paragraph("b"))), "[^x]: a\n\n    b");
});

test("tables have heads, and a row under them", () => {
  const row = (...cells) => node("tableRow", {}, ...cells);
  assert.equal(
    writeBlock(node("table", {}, row(cell("a", "left"), cell("b|c")), row(cell("1"), cell("")))),
    "| a | b\\|c |\n| :-- | --- |\n| 1 |  |",
  );
  assert.equal(writeBlock(node("table", {}, row(cell("a")))), "| a |\n| --- |\n|  |");
});

test("headings end in no sign of a heading, and empty blocks are left out", () => {
  assert.equal(writeBlock(node("heading", { level: 2 }, text("In C#"))), "## In C\\#");
  assert.equal(writeBlocks([node("heading", { level: 2 }), paragraph(), paragraph("a")]), "a");
});

test("a list in a tight item that would be a line of its paragraph is set apart", () => {
  const numbered = (start, ...items) => node("orderedList", { start }, ...items);
  const write = (inner) => writeBlock(list({}, item(paragraph("a"), inner)));
  assert.equal(write(numbered(1, item(paragraph("b")))), "- a\n  1. b");
  assert.equal(write(numbered(3, item(paragraph("b")))), "- a\n\n  3. b");
  assert.equal(write(numbered(1, item())), "- a\n\n  1.");
});

test("an end of a line that only the reader sees is a blank, and a line in code", () => {
  for (const sign of ["\n", "\r\n", "\v", "\f", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"]) {
    const words = (before = "") => text(`a${sign}${before}b`);
    for (const [block, expected] of [
      [node("heading", { level: 2 }, words()), "## a b"],
      [list({}, item(paragraph(words("- ")))), "- a - b"],
      [node("table", {}, node("tableRow", {}, node("tableCell", {}, paragraph(words())))), "| a b |\n| --- |\n|  |"],
      [list({}, item(node("codeBlock", {}, words()))), "- ```\n  a\n  b\n  ```"],
      [node("codeBlock", { info: `a${sign}b` }, text("c")), "```a b\nc\n```"],
      [paragraph(text(`a ${sign} b`, "code")), "`a b`"],
      [paragraph(node("citation", { source: `@a${sign}# b` })), "@a # b"],
      [node("noteDefinition", { label: `1${sign}2` }, paragraph("a")), "a"],
    ]) {
      assert.equal(writeBlock(block), expected, JSON.stringify(sign));
    }
  }
});
