/* Signs that Markdown would read, by the table that pasted pages are held to as well. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { escapeAddress, escapeDescription, escapeTitle } from "../../../../static/js/editor/visual/escapes.js";
import { writeInline } from "../../../../static/js/editor/visual/inline.js";
import { text } from "./nodes.js";

// Words, and the Markdown that shows them; tests/blog/paste/test_escapes.py reads it too.
const SIGNS = JSON.parse(readFileSync(new URL("../../../blog/paste/signs.json", import.meta.url)));

test("words with signs are written as a pasted page has them", () => {
  const written = SIGNS.map(([words]) => [words, writeInline([text(words)])]);

  assert.deepEqual(written, SIGNS);
});

test("an address and a title are on one line", () => {
  for (const [sign, encoded] of [
    ["\v", "%0B"],
    ["\x1e", "%1E"],
    ["\x85", "%C2%85"],
    ["\u2028", "%E2%80%A8"],
  ]) {
    assert.equal(escapeAddress(`https://x.org/a${sign}b`), `https://x.org/a${encoded}b`);
    assert.equal(escapeTitle(`a${sign}b`), "a b");
    assert.equal(escapeDescription(`a${sign}b`), "a b");
  }
});
