import assert from "node:assert/strict";
import { test } from "node:test";
import { changeBetween, rangeAfter } from "../../../static/js/lib/text-changes.js";

const RANGE = { from: 4, to: 8 }; // "tide" of "The tide turns."
const CASES = [
  { what: "before", text: "Now The tide turns.", caret: 4, range: { from: 8, to: 12 } },
  { what: "at its first edge", text: "The xtide turns.", caret: 5, range: { from: 5, to: 9 } },
  { what: "at its last edge", text: "The tides turns.", caret: 9, range: RANGE },
  { what: "behind", text: "The tide turns. So.", caret: 19, range: RANGE },
  { what: "inside", text: "The tixde turns.", caret: 7, range: { from: 4, to: 9 } },
  { what: "deleted", text: "The  turns.", caret: 4, range: { from: 4, to: 4 } },
  { what: "over an edge", text: "Thde turns.", caret: 2, range: { from: 2, to: 2 } },
  { what: "of another editor", text: "Now The tide turns.", caret: null, range: { from: 8, to: 12 } },
];

for (const { what, text, caret, range } of CASES) {
  test(`a range after a change ${what}`, () => {
    assert.deepEqual(rangeAfter(RANGE, changeBetween("The tide turns.", text, caret)), range);
  });
}

test("the caret tells where a sign among its like was typed", () => {
  assert.deepEqual(changeBetween("aaa", "aaaa", 2), { from: 1, to: 1, size: 1 });
  assert.deepEqual(changeBetween("aaa", "aa", 1), { from: 1, to: 2, size: 0 });
});
