import assert from "node:assert/strict";
import { test } from "node:test";

import { matchNames, typedName } from "../../../static/js/editor/names.js";

const NAMES = ["Ada Lovelace", "Zoë Ångström", "Ann O’Neil", "Jean-Luc de Vries", "李 明"];

test("a name is typed behind an @ that begins a word, up to the end", () => {
  for (const [before, expected] of [
    ["@", ""],
    ["So @Ada", "Ada"],
    ["(@Ada Love", "Ada Love"],
    ["“@Zoë Å", "Zoë Å"],
    ["@Ann O’Ne", "Ann O’Ne"],
    ["@Jean-Luc", "Jean-Luc"],
    ["@Dr. M (she", "Dr. M (she"],
    ["@李", "李"],
    ["first @Ada, then @Bob", "Bob"],
    ["@Ada\n@Bob", "Bob"],
    ["@Ada ", "Ada "],
    [`@${"a".repeat(60)}`, "a".repeat(60)],
  ])
    assert.equal(typedName(before), expected, before);
});

test("an @ in a word, in an address, or before a blank begins no name", () => {
  for (const before of [
    "",
    "Ada",
    "ada@example",
    "x.org/@ada",
    "\\@ada",
    "@@ada",
    "@ ada",
    "@Ada, then",
    "@Ada\nthen",
    `@${"a".repeat(61)}`,
  ])
    assert.equal(typedName(before), null, before);
});

test("names match by the beginning of any of their words, without case and accents", () => {
  for (const [typed, expected] of [
    ["", NAMES],
    ["ada", ["Ada Lovelace"]],
    ["LOVE", ["Ada Lovelace"]],
    ["ada l", ["Ada Lovelace"]],
    ["angst", ["Zoë Ångström"]],
    ["de v", ["Jean-Luc de Vries"]],
    ["luc", []],
    ["李", ["李 明"]],
    ["Ada Lovelace ", []],
    ["nobody", []],
  ])
    assert.deepEqual(matchNames(NAMES, typed), expected, typed);
});
