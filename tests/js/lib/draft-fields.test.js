import assert from "node:assert/strict";
import { test } from "node:test";

import {
  applyFields,
  checkedWords,
  checkMore,
  draftFields,
  fitFields,
  isDraftField,
  recordSaved,
  servedFields,
} from "../../../static/js/lib/draft-fields.js";

/* As much of form fields as the module reads. */
const text = (name, value, defaultValue) => ({ name, type: "textarea", value, defaultValue });
const box = (value, checked, defaultChecked = false) => ({
  name: "used_comments",
  type: "checkbox",
  value,
  checked,
  defaultChecked,
  labels: [{ textContent: ` Bob\n  Student: number ${value}` }],
});
const formOf = (...fields) => ({
  elements: Object.assign([...fields], Object.fromEntries(fields.map((field) => [field.name, field]))),
});

test("texts and checked boxes are read, as they are and as the page came", () => {
  const form = formOf(text("text", "new", "old"), text("seq", "1", "1"), box("5", true), box("7", false, true));

  assert.deepEqual(draftFields(form), { text: "new", used_comments: ["5"] });
  assert.deepEqual(servedFields(form), { text: "old", used_comments: ["7"] });
  assert.deepEqual(["text", "used_comments", "seq"].map(isDraftField), [true, true, false]);
});

test("a form without boxes has none checked", () => {
  assert.deepEqual(draftFields(formOf(text("text", "new", ""))), { text: "new", used_comments: [] });
});

test("a copy checks the boxes that are there and leaves out those that are gone", () => {
  const form = formOf(text("text", "", ""), box("5", true), box("7", false));
  const copy = { text: "kept", used_comments: ["7", "9"] };

  applyFields(form, copy);

  assert.deepEqual(draftFields(form), fitFields(form, copy));
  assert.deepEqual(fitFields(form, copy), { text: "kept", used_comments: ["7"] });
  assert.deepEqual(checkedWords(form, copy), ["Bob Student: number 7"]);
});

test("a copy from before there were boxes changes none", () => {
  const form = formOf(text("text", "", ""), box("5", true));

  applyFields(form, { text: "kept" });

  assert.deepEqual(draftFields(form), { text: "kept", used_comments: ["5"] });
  assert.deepEqual(fitFields(form, { text: "kept" }), { text: "kept" });
  assert.deepEqual(checkedWords(form, { text: "kept" }), []);
});

test("boxes that another tab has checked are checked here too", () => {
  const form = formOf(text("text", "mine", ""), box("5", true), box("7", false), box("9", false));

  checkMore(form, [7, 11]);

  assert.deepEqual(draftFields(form), { text: "mine", used_comments: ["5", "7"] });
});

test("what was saved is what the page came with, and later choices stay", () => {
  const form = formOf(text("text", "later", "old"), box("5", false), box("7", true));

  recordSaved(form, { text: "saved", used_comments: ["5"] });

  assert.deepEqual(servedFields(form), { text: "saved", used_comments: ["5"] });
  assert.deepEqual(draftFields(form), { text: "later", used_comments: ["7"] });
});
