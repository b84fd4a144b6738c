import assert from "node:assert/strict";
import { test } from "node:test";

import { linkAll, placesIn, rangeOf } from "../../../static/js/lib/typed-links.js";

const CALDER = { written: "Calder (2014)", linked: "@calder", number: 0, count: 1 };
const LUNA = { written: "(Luna, 2010)", linked: "[@luna]", number: 0, count: 1 };

const linked = (value, places) => {
  const edit = linkAll(value, places);
  return edit && value.slice(0, edit.from) + edit.text + value.slice(edit.to);
};

test("the places that are named are linked, and nothing around them changes", () => {
  for (const [value, places, expected] of [
    ["As Calder (2014) says.", [CALDER], "As @calder says."],
    ["Calder (2014), *so* (Luna, 2010)!", [LUNA, CALDER], "@calder, *so* [@luna]!"],
    [
      "[Calder (2014)](https://example.org/Calder_(2014)) and Calder (2014)",
      [{ ...CALDER, number: 1, count: 2 }],
      "[Calder (2014)](https://example.org/Calder_(2014)) and @calder",
    ],
    [
      "Calder (2014), `Calder (2014)`, Calder (2014)",
      [0, 2].map((number) => ({ ...CALDER, number, count: 3 })),
      "@calder, `Calder (2014)`, @calder",
    ],
    [
      "One (2014) and Two (2014)",
      [
        { written: "(2014)", linked: "[-@one]", number: 0, count: 2 },
        { written: "(2014)", linked: "[-@two]", number: 1, count: 2 },
      ],
      "One [-@one] and Two [-@two]",
    ],
  ])
    assert.equal(linked(value, places), expected, value);
});

test("a place is found again while somebody writes elsewhere", () => {
  assert.deepEqual(rangeOf("More. Calder (2014)", CALDER), { from: 6, to: 19 });
});

test("where the text has become another there is no edit", () => {
  for (const [value, places] of [
    ["", []],
    ["Calder (2014)", []],
    ["Calder, 2014", [CALDER]],
    ["Calder (2014) and Calder (2014)", [CALDER]],
    ["Calder (2014)", [CALDER, LUNA]],
  ])
    assert.equal(linkAll(value, places), null, value);
});

test("the edit is as small as it can be, and the caret is behind it", () => {
  assert.deepEqual(linkAll("One Calder (2014) and (Luna, 2010) end", [CALDER, LUNA]), {
    from: 4,
    to: 34,
    text: "@calder and [@luna]",
    select: [23, 23],
  });
});

test("a page that names no places has none", () => {
  assert.deepEqual(placesIn({ querySelector: () => null }), []);
  assert.deepEqual(placesIn({ querySelector: () => ({ textContent: JSON.stringify([LUNA]) }) }), [LUNA]);
});
