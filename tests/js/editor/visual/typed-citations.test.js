import assert from "node:assert/strict";
import { test } from "node:test";

import { rangesOf } from "../../../../static/js/editor/visual/typed-citations.js";

const markType = (name) => ({ name, isInSet: (marks) => marks.find(({ type }) => type.name === name) });
const marks = { code: markType("code"), link: markType("link") };
const CODE = { type: marks.code, attrs: {} };
const linkTo = (href) => ({ type: marks.link, attrs: { href } });

/* A document of one paragraph, [words, ...marks] after one another, in the shape of ProseMirror's. */
const documentOf = (...pieces) => {
  let at = 1;
  const nodes = pieces.map(([text, ...own]) => {
    const place = at;
    at += text.length;
    return { isText: true, text, marks: own, nodeSize: text.length, place };
  });
  const words = nodes.map(({ text }) => text).join("");
  const paragraph = {
    isTextblock: true,
    type: { spec: {} },
    content: { size: words.length },
    textBetween: () => words,
  };
  return {
    type: { schema: { marks } },
    descendants: (visit) => visit(paragraph, 0),
    nodesBetween(from, to, visit) {
      for (const node of nodes) if (node.place < to && from < node.place + node.nodeSize) visit(node, node.place);
    },
  };
};

const CALDER = { read: "Calder (2014)", linked: "@calder" };
const found = (doc, ...places) => rangesOf(doc, places).map(({ from, linked }) => [from, linked]);

test("what is in a link, in code, in an address or in a word is none of the places", () => {
  for (const piece of [
    ["Calder (2014)", linkTo("https://example.org/a")],
    ["more by Calder (2014)", linkTo("https://example.org/a")],
    ["Calder (2014)", CODE],
    ["McCalder (2014)"],
  ])
    assert.deepEqual(found(documentOf(["Calder (2014), "], piece), CALDER), [[1, "@calder"]], piece[0]);
  const read = "Calder(2014)";
  assert.deepEqual(found(documentOf(["https://example.org/Calder(2014) Calder(2014)"]), { ...CALDER, read }), [
    [34, "@calder"],
  ]);
});

test("an address between the words of a citation stays in it", () => {
  const [address, read] = ["https://example.org/a", "(Calder, 2014, https://example.org/a)"];
  const place = { read, linked: "[@calder, https://example.org/a]" };
  assert.deepEqual(found(documentOf(["(Calder, 2014, "], [address, linkTo(address)], [")"]), place), [
    [1, place.linked],
  ]);
  assert.deepEqual(
    found(documentOf(["(Calder, 2014, "], [address, linkTo("https://example.org/b")], [")"]), place),
    [],
  );
});

test("what reads alike becomes what each of them is, in order, and nothing where there are more than the site knows", () => {
  const other = { ...CALDER, linked: "Calder [-@calder]" };
  const twice = documentOf(["Calder (2014) and Calder (2014)"]);
  assert.deepEqual(found(twice, CALDER, other), [
    [1, "@calder"],
    [19, "Calder [-@calder]"],
  ]);
  assert.deepEqual(found(twice, CALDER), []);
});
