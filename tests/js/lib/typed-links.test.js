import assert from "node:assert/strict";
import { test } from "node:test";

import { linkAll } from "../../../static/js/lib/typed-links.js";

const LINKS = [
  { written: "(Calder, 2014)", linked: "[@calder]" },
  { written: "Calder (2014)", linked: "@calder" },
  { written: "Bea Calder (2014)", linked: "Bea @calder" },
  { written: "Luna (2010)", linked: "@luna" },
];

const linked = (value) => {
  const edit = linkAll(value, LINKS);
  return edit && value.slice(0, edit.from) + edit.text + value.slice(edit.to);
};

test("every place is linked, of two that overlap the longer, and nothing around them changes", () => {
  for (const [value, expected] of [
    ["So (Calder, 2014) and (Calder, 2014).", "So [@calder] and [@calder]."],
    ["Calder (2014) and Luna (2010)\n\n(Calder, 2014)!", "@calder and @luna\n\n[@calder]!"],
    ["Bea Calder (2014) and Calder (2014)", "Bea @calder and @calder"],
    ["McCalder (2014), Calder (2014)", "McCalder (2014), @calder"],
    ["`Calder (2014)` and Calder (2014)", "`Calder (2014)` and @calder"],
  ])
    assert.equal(linked(value), expected, value);
});

test("where nothing can be linked there is no edit", () => {
  for (const value of ["", "Calder, 2014", "`(Calder, 2014)`", "    Calder (2014)"])
    assert.equal(linkAll(value, LINKS), null, value);
});

test("the edit is as small as it can be, and the caret is behind it", () => {
  assert.deepEqual(linkAll("One Luna (2010) and Luna (2010) end", LINKS), {
    from: 4,
    to: 31,
    text: "@luna and @luna",
    select: [19, 19],
  });
});
