import assert from "node:assert/strict";
import { test } from "node:test";

import { citation, isReference, isSearch, matchReferences, typedQuery } from "../../../static/js/editor/citations.js";

const REFERENCES = [
  { key: "granovetter1973", label: "Granovetter, 1973. The strength of weak ties" },
  { key: "mara2012", label: "Māra, 2012. Networks at sea" },
];
const keys = (typed) => matchReferences(REFERENCES, typed).map(({ key }) => key);

test("a query is typed after an @ that begins a word, and goes on over spaces", () => {
  for (const [before, expected] of [
    ["@", { typed: "", index: 0 }],
    ["So (@gra", { typed: "gra", index: 4 }],
    ["So [see @gra", { typed: "gra", index: 8 }],
    ["[@one; @gra", { typed: "gra", index: 7 }],
    ["“@élan_1", { typed: "élan_1", index: 1 }],
    ["@weak ties", { typed: "weak ties", index: 0 }],
    ["So @https://x.org/@me?a=b", { typed: "https://x.org/@me?a=b", index: 3 }],
    ["first\n@10.1086/225469", { typed: "10.1086/225469", index: 6 }],
    ["write to ada@gra", null],
    ["x.org/@gra", null],
    ["\\@gra", null],
    ["[@gra] and", null],
    ["@ gra", null],
    ["@gra\nmore", null],
    ["", null],
  ]) {
    assert.deepEqual(typedQuery(before), expected, before);
  }
});

test("a DOI, a link, an ISBN and a line with a year are more than a search", () => {
  for (const typed of [
    "10.1086/225469",
    "doi:10.1086/225469",
    "https://example.org/a",
    "978-0-262-03384-8",
    "Granovetter, M. (1973). The strength of weak ties. American Journal of Sociology, 78(6), 1360–1380.",
  ]) {
    assert.ok(isReference(typed), typed);
    assert.ok(isSearch(typed), typed);
  }
  assert.ok(!isReference("weak ties"));
  assert.ok(isSearch("The strength of weak ties"));
  assert.ok(!isSearch("ada said that she would come on Monday with her dog"));
});

test("references are found by any part of their key or label, without marks", () => {
  assert.deepEqual(keys(""), ["granovetter1973", "mara2012"]);
  assert.deepEqual(keys("SEA"), ["mara2012"]);
  assert.deepEqual(keys("māra"), ["mara2012"]);
  assert.deepEqual(keys("seax"), []);
});

test("a key that is typed in full needs no list, nor what goes on behind it", () => {
  assert.deepEqual(keys("mara2012"), []);
  assert.deepEqual(keys("mara2012, p. 3"), []);
  assert.deepEqual(keys("sea networks"), ["mara2012"]);
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
