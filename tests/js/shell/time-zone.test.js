import assert from "node:assert/strict";
import { test } from "node:test";

import { optionOf } from "../../../static/js/shell/time-zone.js";

const options = ["UTC", "Asia/Kolkata", "Europe/Amsterdam", "Europe/Brussels", "Nowhere/New"].map((value) => ({
  value,
}));

test("a zone is found by its name", () => {
  assert.equal(optionOf(options, "Europe/Amsterdam").value, "Europe/Amsterdam");
});

test("a zone is found by the older name that a browser has for it", () => {
  const old = Intl.DateTimeFormat(undefined, { timeZone: "Asia/Kolkata" }).resolvedOptions().timeZone;

  assert.equal(optionOf(options, old).value, "Asia/Kolkata");
});

test("a zone that is not offered is none", () => {
  assert.equal(optionOf(options, "Mars/Base"), undefined);
});
