import assert from "node:assert/strict";
import { test } from "node:test";

import { Originals, writeAnew, writeDocument } from "../../../../static/js/editor/visual/document.js";
import { node, paragraph } from "./nodes.js";

const opened = () =>
  new Originals(
    [
      { node: paragraph("one"), source: "one", gap: "\n\n\n" },
      { node: paragraph("two"), source: "__two__", gap: "\n" },
      { node: node("bulletList", {}, node("listItem", {}, paragraph("a"))), source: "* a", gap: "\n\n" },
      { node: paragraph("end"), source: "end", gap: "\n" },
    ],
    "\n",
  );
const nodesOf = ({ pieces }) => pieces.map((piece) => piece.node);

test("what nobody changed keeps its bytes", () => {
  const originals = opened();
  assert.equal(writeDocument(nodesOf(originals), originals), "\none\n\n\n__two__\n* a\n\nend\n");
});

test("a changed block keeps the empty lines around it, and gets one where there was none", () => {
  const originals = opened();
  const [one, , list, end] = nodesOf(originals);
  assert.equal(
    writeDocument([paragraph("new"), ...nodesOf(originals).slice(1)], originals).slice(0, 8),
    "\nnew\n\n\n_",
  );
  assert.equal(writeDocument([one, paragraph("new"), list, end], originals), "\none\n\n\nnew\n\n* a\n\nend\n");
});

test("an undo gives the bytes back, though its node is another", () => {
  const originals = opened();
  const [one, , list, end] = nodesOf(originals);
  assert.equal(writeDocument([one, paragraph("two"), list, end], originals), "\none\n\n\n__two__\n* a\n\nend\n");
});

test("an undo gives equal blocks their own bytes and gaps back", () => {
  const copies = (...words) => words.map((one) => paragraph(one));
  const originals = () =>
    new Originals([
      { node: paragraph("so"), source: "__so__", gap: "\n\n" },
      { node: paragraph("mid"), source: "mid", gap: "\n\n\n" },
      { node: paragraph("so"), source: "**so**", gap: "\n\n\n\n" },
      { node: paragraph("so"), source: "<b>so</b>", gap: "\n" },
    ]);
  const all = "__so__\n\nmid\n\n\n**so**\n\n\n\n<b>so</b>\n";
  for (const [change, expected] of [
    [() => copies("so", "mid", "so", "so"), all],
    [(_first, mid, second, last) => [...copies("so"), mid, second, last], all],
    [(first, mid, _second, last) => [first, mid, ...copies("so"), last], all],
    [(first, mid, second) => [first, mid, second, ...copies("so")], all],
    [(_first, ...others) => others, "mid\n\n\n**so**\n\n\n\n<b>so</b>\n"],
    [(first, ...others) => [paragraph("so"), first, ...others], `__so__\n\n${all}`],
    [() => copies("mid", "so", "so"), "mid\n\n\n**so**\n\n\n\n<b>so</b>\n"],
    [(first, ...others) => [first, first, ...others], `__so__\n\n${all}`],
  ]) {
    const opened = originals();
    assert.equal(writeDocument(change(...nodesOf(opened)), opened), expected);
  }
});

test("a block that was given its bytes back keeps them when its equals go", () => {
  const originals = new Originals([
    { node: paragraph("so"), source: "__so__", gap: "\n\n" },
    { node: paragraph("so"), source: "**so**", gap: "" },
  ]);
  const undone = [paragraph("so"), paragraph("so")];
  assert.equal(writeDocument(undone, originals), "__so__\n\n**so**");

  assert.equal(writeDocument(undone.slice(1), originals), "**so**");
});

test("blocks that are new neighbours have one empty line between them", () => {
  const originals = opened();
  const [one, two, list, end] = nodesOf(originals);
  assert.equal(writeDocument([one, list, end], originals), "\none\n\n* a\n\nend\n");
  assert.equal(writeDocument([one, two, paragraph(), list, end], originals), "\none\n\n\n__two__\n* a\n\nend\n");
  assert.equal(writeDocument([two, one], originals), "\n__two__\n\none");
});

test("lists and indented lines that meet are written so that they stay apart", () => {
  const list = (mark) => node("bulletList", { mark }, node("listItem", {}, paragraph("a")));
  const originals = new Originals([
    { node: list("-"), source: "- a", gap: "\n\n" },
    { node: paragraph("x"), source: "x", gap: "\n\n" },
    { node: list("-"), source: "- a", gap: "\n\n" },
    { node: paragraph("y"), source: "  y", gap: "" },
  ]);
  const [first, , second, last] = nodesOf(originals);
  assert.equal(writeDocument([first, second], originals), "- a\n\n* a");
  assert.equal(writeDocument([first, last], originals), "- a\n\ny");
});

test("each piece is written anew for the guard", () => {
  assert.deepEqual(writeAnew(opened()), [
    ["one", "\n\n\n"],
    ["two", "\n\n"],
    ["- a", "\n\n"],
    ["end", "\n"],
  ]);
});
