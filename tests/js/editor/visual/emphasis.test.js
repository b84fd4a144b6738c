import assert from "node:assert/strict";
import { test } from "node:test";

import { pairEmphasis } from "../../../../static/js/editor/visual/emphasis.js";

/* The same examples as tests/blog/text/test_emphasis.py, each with the words of its pairs. */
const wordsOf = (text) => pairEmphasis(text).pairs.map(({ mark, start, end }) => `${mark}: ${text.slice(start, end)}`);

test("marks pair as the site's reader pairs them", () => {
  for (const [source, expected] of [
    ["*a* **b** ***c***", ["italic: a", "bold: b", "bold: c", "italic: **c**"]],
    ["_a_ snake_case_name", ["italic: a"]],
    ["*a**b**c*", ["bold: b", "italic: a**b**c"]],
    ["2 * 3 * 4 and 2*3", []],
    ["**So:**they", ["bold: So:"]],
    ["a*(b)*c", []],
    ["~~gone~~ ~20 and ~~~", ["strike: gone"]],
    ["*a~~b* ~~c~~d", ["italic: a~~b", "strike: c"]],
    ["これは*強調*です", ["italic: 強調"]],
  ]) {
    assert.deepEqual(wordsOf(source), expected, source);
  }
});
