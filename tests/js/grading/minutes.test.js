import assert from "node:assert/strict";
import { test } from "node:test";
import { createStopwatch, MAX_PAUSE_MS } from "../../../static/js/grading/minutes.js";

const measured = (...moments) => {
  let time = 0;
  const watch = createStopwatch(() => time);
  for (const moment of moments) {
    time = moment;
    watch.begin();
    watch.goOn();
  }
  return watch.seconds();
};

test("counts from the first key or click", () => {
  assert.equal(measured(60_000, 90_000, 100_000), 40);
});

test("nothing counts before the first key or click", () => {
  let time = 0;
  const watch = createStopwatch(() => time);
  time = 5000;
  watch.goOn();
  assert.equal(watch.seconds(), 0);
});

test("leaves out pauses of more than five minutes", () => {
  assert.equal(measured(0, 10_000, 10_000 + MAX_PAUSE_MS + 1, 20_000 + MAX_PAUSE_MS + 1), 20);
});

test("counts a pause of five minutes", () => {
  assert.equal(measured(0, MAX_PAUSE_MS), 300);
});
