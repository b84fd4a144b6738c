import assert from "node:assert/strict";
import { test } from "node:test";

import {
  citationAt,
  parseCitation,
  shownLocator,
  writeCitation,
  writtenLocator,
} from "../../../static/js/editor/citation-source.js";

const item = (fields) => ({ key: "luna2020", prefix: "", isYearOnly: false, locator: "", via: "", ...fields });

test("the source of a citation says what one can change", () => {
  for (const [source, isNarrative, items] of [
    ["[@luna2020]", false, [item()]],
    ["[see @luna2020, p. 12]", false, [item({ prefix: "see", locator: "p. 12" })]],
    ["[-@luna2020, para. 3 and more]", false, [item({ isYearOnly: true, locator: "para. 3 and more" })]],
    ["[@luna2020; cf. @sol2019, 4–6]", false, [item(), item({ key: "sol2019", prefix: "cf.", locator: "4–6" })]],
    ["[@luna2020, as cited in @sol2019, p. 5]", false, [item({ via: "sol2019", locator: "p. 5" })]],
    ["@luna2020", true, [item()]],
    ["@luna2020 [p. 12]", true, [item({ locator: "p. 12" })]],
    ["@luna2020 [as cited in @sol2019, p. 5]", true, [item({ via: "sol2019", locator: "p. 5" })]],
    ["[@{https://x.org/a;b}, p. 1]", false, [item({ key: "https://x.org/a;b", locator: "p. 1" })]],
  ]) {
    assert.deepEqual(parseCitation(source), { isNarrative, items }, source);
  }
});

test("what one did not change is written as it was", () => {
  for (const source of [
    "[@luna2020]",
    "[see @luna2020, p. 12]",
    "[-@luna2020, para. 3]",
    "[@luna2020; cf. @sol2019, 4–6]",
    "[@luna2020, as cited in @sol2019, p. 5]",
    "@luna2020 [p. 12]",
    "@luna2020 [as cited in @sol2019, p. 5]",
  ]) {
    assert.equal(writeCitation(parseCitation(source)), source);
  }
});

test("a source with more than the card knows is left to Markdown", () => {
  for (const source of [
    "[words]",
    "@luna2020 [p. 3; @sol2019]",
    "[@luna2020, p. 3, as cited in @sol2019]",
    "[@a and @b]",
  ]) {
    assert.equal(parseCitation(source), null, source);
  }
});

test("a page is typed as a number", () => {
  for (const [locator, shown] of [
    ["p. 12", "12"],
    ["pp. 12–15", "12–15"],
    ["para. 3", "para. 3"],
    ["", ""],
  ]) {
    assert.equal(shownLocator(locator), shown);
    assert.equal(writtenLocator(shown), locator);
  }
  assert.equal(writtenLocator(" 4] @x "), "4 x");
});

test("the caret is in a citation from its first sign to its last", () => {
  const line = "So [see @luna2020, p. 3] and @sol2019 [p. 4] say; ada@sol2019.org.";
  assert.equal(citationAt(line, 3).source, "[see @luna2020, p. 3]");
  assert.equal(citationAt(line, 10).source, "[see @luna2020, p. 3]");
  assert.equal(citationAt(line, 32).source, "@sol2019 [p. 4]");
  assert.equal(citationAt(line, 1), null);
  assert.equal(citationAt(line, 58), null);
});
