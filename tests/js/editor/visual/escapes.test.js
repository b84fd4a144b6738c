/* Signs that Markdown would read, by the table that pasted pages are held to as well. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { writeInline } from "../../../../static/js/editor/visual/inline.js";
import { text } from "./nodes.js";

// Words, and the Markdown that shows them; tests/blog/paste/test_escapes.py reads it too.
const SIGNS = JSON.parse(readFileSync(new URL("../../../blog/paste/signs.json", import.meta.url)));

test("words with signs are written as a pasted page has them", () => {
  const written = SIGNS.map(([words]) => [words, writeInline([text(words)])]);

  assert.deepEqual(written, SIGNS);
});
