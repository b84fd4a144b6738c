import assert from "node:assert/strict";
import { test } from "node:test";

import { matchTexts, typedSlash } from "../../../static/js/editor/saved-texts.js";

const TEXTS = ["Which source would somebody need?", "Keep this sentence.", "Zwei Behauptungen: “Äußere”, innere"];

test("what is typed behind a slash that begins a word", () => {
  for (const [before, expected] of [
    ["/", ""],
    ["Good. /so", "so"],
    ["(/2", "2"],
    ["a line\n/keep th", "keep th"],
    ["/äuß", "äuß"],
    ["and/or", null],
    ["https://", null],
    ["/ ", null],
    ["/so\nmore", null],
    ["", null],
  ]) {
    assert.equal(typedSlash(before), expected, before);
  }
});

test("a number is a place, a word the beginning of one", () => {
  for (const [typed, expected] of [
    ["", TEXTS],
    ["1", [TEXTS[0]]],
    ["3", [TEXTS[2]]],
    ["4", []],
    ["0", []],
    ["s", [TEXTS[0], TEXTS[1]]],
    ["this sent", [TEXTS[1]]],
    ["ausere", []],
    ["auße", [TEXTS[2]]],
    ["entence", []],
  ]) {
    assert.deepEqual(matchTexts(TEXTS, typed), expected, typed);
  }
});
