import assert from "node:assert/strict";
import { test } from "node:test";

import { citation, matchReferences, typedKey } from "../../../static/js/editor/citations.js";

const REFERENCES = [
  { key: "granovetter1973", label: "Granovetter, 1973. The strength of weak ties" },
  { key: "mara2012", label: "Māra, 2012. Networks at sea" },
];
const keys = (typed) => matchReferences(REFERENCES, typed).map(({ key }) => key);

test("a key is typed after an @ that begins a word", () => {
  for (const [before, expected] of [
    ["@", { typed: "", index: 0 }],
    ["So (@gra", { typed: "gra", index: 4 }],
    ["So [see @gra", { typed: "gra", index: 8 }],
    ["“@élan_1", { typed: "élan_1", index: 1 }],
    ["write to ada@gra", null],
    ["x.org/@gra", null],
    ["\\@gra", null],
    ["@gra ", null],
    ["", null],
  ]) {
    assert.deepEqual(typedKey(before), expected, before);
  }
});

test("references are found by any part of their key or label, without marks", () => {
  assert.deepEqual(keys(""), ["granovetter1973", "mara2012"]);
  assert.deepEqual(keys("SEA"), ["mara2012"]);
  assert.deepEqual(keys("māra"), ["mara2012"]);
  assert.deepEqual(keys("seax"), []);
});

test("a key that is typed in full needs no list", () => {
  assert.deepEqual(keys("mara2012"), []);
});

test("a citation joins brackets that are open and else brings its own", () => {
  for (const [marked, isInSentence, expected] of [
    ["So @gra|", false, "[@k]"],
    ["So @gra|", true, "@k"],
    ["So [see @gra|", false, "@k]"],
    ["So [@a; @gra|]", false, "@k"],
    ["So [@a] @gra|", false, "[@k]"],
    ["[open\n@gra|", false, "[@k]"],
  ]) {
    const to = marked.indexOf("|");
    assert.equal(citation(marked.replace("|", ""), marked.indexOf("@gra"), to, "k", isInSentence), expected, marked);
  }
});
