import assert from "node:assert/strict";
import { test } from "node:test";

import { shownForms } from "../../../static/js/lib/citation-forms.js";

test("a reference is cited in brackets and in a sentence", () => {
  for (const [label, bracketed, narrative] of [
    ["Granovetter, 1973", "(Granovetter, 1973)", "Granovetter (1973)"],
    ["Luna & Sol, 2020a", "(Luna & Sol, 2020a)", "Luna and Sol (2020a)"],
    ["Bui et al., n.d.", "(Bui et al., n.d.)", "Bui et al. (n.d.)"],
  ]) {
    assert.deepEqual(shownForms(label), { bracketed, narrative });
  }
});
