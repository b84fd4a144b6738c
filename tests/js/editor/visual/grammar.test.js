import assert from "node:assert/strict";
import { test } from "node:test";

import { writeBlock } from "../../../../static/js/editor/visual/blocks.js";
import { isCitation, isListMark, isNoteLabel, isPictureToken } from "../../../../static/js/editor/visual/grammar.js";
import { writeInline } from "../../../../static/js/editor/visual/inline.js";
import { mark, node, paragraph, text } from "./nodes.js";

const HOSTILE = "because [my mill](https://mill.example/) wrote this";

const check = (isValid, good, bad) => {
  for (const words of good) assert.equal(isValid(words), true, words);
  for (const words of [...bad, HOSTILE, `x\n\n## injected`, "", null, undefined]) {
    assert.equal(isValid(words), false, words);
  }
};

test("what may be the source of a citation", () => {
  check(
    isCitation,
    ["[@a]", "[see @a, p. 3; also @{b:c}, chap. 2]", "[-@a]", "[@é_1:x.y]", "@a", "@a [p. 3]", "@a[p. 3]", "@{b:c}"],
    ["a", "[a@b.example]", "[@]", "@", "[@a", "[@a]]", "[[@a]]", "[@a](https://x.example)", "@a b", "[x\n@a]", "@a\n"],
  );
});

test("what may be the label of a note, the token of a picture and the mark of a list", () => {
  check(
    isNoteLabel,
    ["1", "note_2", "a b", "*", "ö-1"],
    ["1]: x", "[1", " 1", "1 ", "a  b", "a`b", "a\\", "<b>", "1\n"],
  );
  check(isPictureToken, ["0".repeat(32), "9z".repeat(16)], ["0".repeat(31), "0".repeat(33), "Z".repeat(32)]);
  check((words) => isListMark("bulletList", words), ["-", "*", "+", "•", "–"], ["1.", "--", "- x", "#"]);
  check((words) => isListMark("orderedList", words), ["1.", "1)", "(1)", "a.", "a)", "(a)"], ["-", "2.", "(1.", "1"]);
  assert.equal(isListMark("constructor", "-"), false);
});

test("what no text can have is written as what it shows", () => {
  for (const [inline, expected] of [
    [node("citation", { source: HOSTILE }), "because \\[my mill\\](https://mill.example/) wrote this"],
    [node("noteMark", { label: "1]: x\n\n## injected" }), ""],
    [node("picture", { token: "1) x", alt: "a [map]" }), "a [map]"],
    [
      text("x", mark("link", { href: "https://a.example/\n\n## injected", title: null })),
      "[x](<https://a.example/## injected>)",
    ],
    [text("x", mark("link", { href: "/a", title: 'a\n\n## "b"' })), '[x](/a "a ## \\"b\\"")'],
  ]) {
    assert.equal(writeInline([inline]), expected);
  }
  const list = (kind, attrs) => node(kind, attrs, node("listItem", {}, paragraph("a")));
  for (const [block, expected] of [
    [list("bulletList", { mark: "## injected" }), "- a"],
    [list("orderedList", { mark: "-", start: 3 }), "3. a"],
    [node("noteDefinition", { label: "1]: x\n\n## injected" }, paragraph("a")), "a"],
    [node("codeBlock", { info: "js\n```\n\n## injected" }, text("x")), "~~~js ``` ## injected\nx\n~~~"],
    [
      node("table", {}, node("tableRow", {}, node("tableHeader", { align: "constructor" }, paragraph("a")))),
      "| a |\n| --- |\n|  |",
    ],
  ]) {
    assert.equal(writeBlock(block), expected);
  }
});
