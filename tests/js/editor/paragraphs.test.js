import assert from "node:assert/strict";
import { test } from "node:test";

import { findBlock, paragraphAt } from "../../../static/js/editor/paragraphs.js";

const BLOCKS = [
  "News travel far.",
  "They travel (Granovetter, 1973) along weak ties.",
  "A list item",
  "News travel far.",
];

test("a paragraph is found by its words, whatever signs it has in Markdown", () => {
  for (const [paragraph, ratio, place] of [
    ["They travel [@granovetter1973] along **weak ties**.", 0, 1],
    ["- A [list](https://example.org/news-travel) item", 0, 2],
    ["News travel far.[^1]", 0.1, 0],
    ["News travel far.", 0.9, 3],
    ["", 1, 3],
  ]) {
    assert.equal(findBlock(BLOCKS, paragraph, ratio), place, paragraph);
  }
});

test("an empty preview has no paragraph", () => {
  assert.equal(findBlock([], "a", 0.5), -1);
});

test("the paragraph of a place is what is between empty lines", () => {
  const text = "One\ntwo\n\nthree\n \nfour";
  assert.equal(paragraphAt(text, 0), "One\ntwo");
  assert.equal(paragraphAt(text, 5), "One\ntwo");
  assert.equal(paragraphAt(text, 10), "three");
  assert.equal(paragraphAt(text, text.length), "four");
  assert.equal(paragraphAt("", 0), "");
});
