import assert from "node:assert/strict";
import { test } from "node:test";

import { applyValues, currentValues, describeValues, servedValues } from "../../../static/js/lib/form-values.js";

/* As much of form fields as the module reads. */
const label = (textContent) => [{ textContent }];
const makeField = (field) => ({ name: "", type: "text", closest: () => null, labels: [], ...field });
const text = (name, value, defaultValue = "") =>
  makeField({ name, value, defaultValue, type: "textarea", labels: label(`  The\n ${name} `) });
const tick = (type, name, value, checked, defaultChecked = false) =>
  makeField({ name, type, value, checked, defaultChecked, labels: label(value.toUpperCase()) });
const list = (name, options, type = "select-one") => makeField({ name, type, options, labels: label(name) });
const option = (value, selected, defaultSelected = false) => ({ value, selected, defaultSelected, textContent: value });
const formOf = (...elements) => ({ elements });

const gradingForm = (words, level) => {
  const radios = ["1", "2"].map((value) => tick("radio", "criterion-5", value, value === level));
  for (const radio of radios) {
    radio.closest = (selector) => (selector === "fieldset" ? { querySelector: () => label("Uses evidence")[0] } : null);
  }
  return formOf(...radios, text("text", words));
};

test("texts, ticks and chosen options are read by name", () => {
  const form = formOf(
    text("question", "Why?", "What?"),
    tick("checkbox", "works", "1", true),
    tick("checkbox", "works", "2", false, true),
    list("zone", [option("UTC", false), option("Europe/Berlin", true)]),
    list("people", [option("a", true), option("b", true)], "select-multiple"),
  );

  assert.deepEqual(currentValues(form), {
    question: "Why?",
    works: ["1"],
    zone: ["Europe/Berlin"],
    people: ["a", "b"],
  });
  assert.deepEqual(servedValues(form), { question: "What?", works: ["2"], zone: ["UTC"], people: [] });
});

test("secrets, files, hidden fields and what is marked so are left out", () => {
  const marked = text("keep-title", "stored");
  marked.closest = (selector) => (selector === "[data-not-copied]" ? {} : null);
  const hidden = ["hidden", "password", "file", "submit"].map((type) => makeField({ name: type, type, value: "x" }));

  assert.deepEqual(currentValues(formOf(...hidden, marked, makeField({ value: "no name" }))), {});
});

test("values come back into the form they were read from", () => {
  const form = gradingForm("Well argued.", "2");
  const values = currentValues(form);
  const fresh = gradingForm("", null);

  applyValues(fresh, values);

  assert.deepEqual(currentValues(fresh), values);
  assert.deepEqual(values, { "criterion-5": ["2"], text: "Well argued." });
});

test("a value whose field is gone changes nothing", () => {
  const form = formOf(text("title", "Mine"));

  applyValues(form, { question: "Why?", works: ["1"] });

  assert.deepEqual(currentValues(form), { title: "Mine" });
});

test("what a copy has and the form has not is said by its labels", () => {
  const form = gradingForm("Old.", null);

  assert.equal(describeValues(form, { "criterion-5": ["2"], text: "New." }), "Uses evidence\n2\n\nThe text\nNew.");
  assert.equal(describeValues(form, currentValues(form)), "");
});

test("levels of a rubric that the form has no more are said in the words that they had", () => {
  const choices = JSON.stringify({ "criterion-5": { 1: "Voice: Not yet", 2: "Voice: Well" } });
  const values = { "criterion-5": ["2"], "criterion-6": ["1"], text: "New." };

  assert.equal(describeValues(formOf(text("text", "Old.")), values, choices), "The text\nNew.\n\nVoice: Well");
  assert.equal(describeValues(gradingForm("New.", "2"), values, choices), "");
});
