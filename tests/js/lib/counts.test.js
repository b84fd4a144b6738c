import assert from "node:assert/strict";
import { test } from "node:test";
import { countedIn, shownNumber } from "../../../static/js/lib/counts.js";

const speak = (lang) => {
  globalThis.document = { documentElement: { lang } };
};
const element = (forms) => ({ dataset: { counts: JSON.stringify(forms) } });
const ARABIC = element({ zero: "0", one: "1", two: "2", few: "few %s", many: "many %s", other: "other %s" });

for (const [number, said] of [
  [0, "0"],
  [1, "1"],
  [2, "2"],
  [3, "few 3"],
  [10, "few 10"],
  [11, "many 11"],
  [99, "many 99"],
  [100, "other 100"],
  [102, "other 102"],
  [103, "few 103"],
  [2.5, "other 2.5"],
]) {
  test(`Arabic has its own form for ${number}`, () => {
    speak("ar");
    assert.equal(countedIn(ARABIC, number), said);
  });
}

test("a form that is as the others is not repeated", () => {
  speak("en");
  const points = element({ one: "%s point", other: "%s points" });
  assert.deepEqual(
    [0, 1, 2, 1.5].map((number) => countedIn(points, number)),
    ["0 points", "1 point", "2 points", "1.5 points"],
  );
});

test("French has one form for none, for one and for what is between", () => {
  speak("fr-ca");
  const points = element({ zero: "%s point", one: "%s point", other: "%s points" });
  assert.deepEqual(
    [0, 1, 1.5, 2, 1_000_000].map((number) => countedIn(points, number).replace(/\s/g, " ")),
    ["0 point", "1 point", "1,5 point", "2 points", "1 000 000 points"],
  );
});

for (const lang of ["en", "fr-ca", "ar", "fr-xa"]) {
  test(`numbers have the digits of fields in ${lang}`, () => {
    speak(lang);
    assert.match(shownNumber(12.5), /^12[.,]5$/);
  });
}
