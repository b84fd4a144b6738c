import assert from "node:assert/strict";
import { test } from "node:test";

import { footnote, table } from "../../../static/js/lib/text-blocks.js";
import {
  bold,
  breaksAfter,
  breaksBefore,
  bullets,
  code,
  continueList,
  isCode,
  italic,
  link,
  linkTo,
  numbers,
  quote,
  strike,
  style,
  styleAt,
} from "../../../static/js/lib/text-edits.js";

const EDITS = {
  ...{ bold, italic, strike, code, quote, bullets, numbers, link, footnote },
  ...{ paragraph: style("paragraph"), heading: style("heading"), subheading: style("subheading") },
};

// A bar stands for the caret, two for what is selected.
const parse = (marked) => {
  const [before, selected, after] = marked.split("|");
  const isCaret = after === undefined;
  return {
    value: isCaret ? before + selected : before + selected + after,
    from: before.length,
    to: isCaret ? before.length : before.length + selected.length,
  };
};
const format = ({ value, from, to }) =>
  `${value.slice(0, from)}|${from === to ? "" : `${value.slice(from, to)}|`}${value.slice(to)}`;
const change = ({ value }, { from, to, text, select }) => ({
  value: value.slice(0, from) + text + value.slice(to),
  from: select[0],
  to: select[1],
});
const run = (name, state) => change(state, EDITS[name](state.value, state.from, state.to));

const EXAMPLES = {
  bold: [
    ["a |b| c", "a **|b|** c"],
    ["a **|b|** c", "a |b| c"],
    ["a |**b**| c", "a |b| c"],
    ["a *|b|* c", "a ***|b|*** c"],
    ["wo|rd", "**|word|**"],
    ["a | b", "a **|** b"],
    ["a **b|** c", "a **b**| c"],
    ["|a\n**b**|", "|**a**\n**b**|"],
    ["|- one\n- two\n\nthree|", "|- **one**\n- **two**\n\n**three**|"],
  ],
  italic: [
    ["***|b|***", "**|b|**"],
    ["| b |", " *|b|* "],
    ["élè|ve", "*|élève|*"],
  ],
  strike: [
    ["a |b| c", "a ~~|b|~~ c"],
    ["a ~~|b|~~ c", "a |b| c"],
    ["wo|rd", "~~|word|~~"],
  ],
  code: [
    ["a |b| c", "a `|b|` c"],
    ["a `|b|` c", "a |b| c"],
  ],
  paragraph: [["## b|c", "b|c"]],
  heading: [
    ["a\nb|c", "a\n## b|c"],
    ["### b|c", "## b|c"],
    ["# b|c", "## b|c"],
    ["|", "## |"],
  ],
  subheading: [
    ["## b|c", "### b|c"],
    ["b|c", "### b|c"],
  ],
  footnote: [
    ["a|b", "a[^1]b\n\n[^1]: |"],
    ["a|\n\nb\n", "a[^1]\n\nb\n\n[^1]: |"],
    ["a[^1] b|\n\n[^1]: One\n", "a[^1] b[^2]\n\n[^1]: One\n[^2]: |"],
    ["a |b| c", "a b[^1] c\n\n[^1]: |"],
  ],
  quote: [
    ["p\n|a\n\nb|\nq", "p\n\n|> a\n>\n> b|\n\nq"],
    ["|> a\n> b|", "|a\nb|"],
    ["|a\n|b", "|> a|\n\nb"],
    ["p\n|", "p\n\n> |"],
  ],
  bullets: [
    ["|a\nb|", "|- a\n- b|"],
    ["|1. a\n2. b|", "|- a\n- b|"],
    ["x\n|", "x\n\n- |"],
  ],
  numbers: [
    ["|a\n\nb|", "|1. a\n\n2. b|"],
    ["|- a\n- b|", "|1. a\n2. b|"],
  ],
  link: [
    ["see |this| now", "see [this](|https://|) now"],
    ["see |https://example.org| now", "see [|](https://example.org) now"],
    ["see |", "see [|](https://)"],
  ],
};

for (const [name, examples] of Object.entries(EXAMPLES)) {
  test(`${name} changes what is selected`, () => {
    for (const [before, after] of examples) assert.equal(format(run(name, parse(before))), after);
  });
}

test("a table comes behind its paragraph, and the caret into its first cell", () => {
  const rows = "|   |   |\n| --- | --- |\n|   |   |\n|   |   |";
  for (const [value, caret, before, after] of [
    ["", 0, "", "\n\n"],
    ["ab\n\nc", 1, "ab\n\n", "\n\nc"],
    ["ab", 2, "ab\n\n", "\n\n"],
  ]) {
    const changed = change({ value }, table(value, caret, caret));
    assert.equal(changed.value, before + rows + after);
    assert.deepEqual([changed.from, changed.to], [before.length + 2, before.length + 2]);
  }
});

test("the list of styles shows that of the line", () => {
  assert.deepEqual(
    ["a\n## b", "a", "### b", "# b"].map((value) => styleAt(value, value.length)),
    ["heading", "paragraph", "subheading", "heading"],
  );
});

test("an address pasted over words makes them a link", () => {
  for (const [address, before, after] of [
    ["https://example.org/a", "see |this page| now", "see [this page](https://example.org/a)| now"],
    ["www.example.org", "see |this |now", "see [this](https://www.example.org)| now"],
    ["https://x.org/a_(b)", "|*words*|", "[*words*](<https://x.org/a_(b)>)|"],
  ]) {
    const state = parse(before);
    assert.equal(format(change(state, linkTo(address, state.value, state.from, state.to))), after);
  }
});

test("an address is pasted as it is where it makes no link", () => {
  for (const [address, before] of [
    ["https://example.org", "here|"],
    ["https://example.org", "| |"],
    ["https://example.org", "|two\nlines|"],
    ["https://example.org", "a |[link](https://x.org)|"],
    ["https://example.org", "|https://x.org|"],
    ["https://example.org", "`|code|`"],
    ["example", "|words|"],
    ["https://example.org and more", "|words|"],
  ]) {
    const { value, from, to } = parse(before);
    assert.equal(linkTo(address, value, from, to), null, before);
  }
});

test("Enter goes on with a list and ends it", () => {
  for (const [before, after] of [
    ["- a|", "- a\n- |"],
    ["  * a|\n", "  * a\n  * |\n"],
    ["9. a|", "9. a\n10. |"],
    ["1) a|", "1) a\n2) |"],
    ["> a|", "> a\n> |"],
    ["- a\n- |", "- a\n|"],
  ]) {
    const state = parse(before);
    assert.equal(format(change(state, continueList(state.value, state.from))), after);
  }
});

test("Enter stays Enter in a paragraph and in the middle of a line", () => {
  for (const marked of ["a|", "- a|b", "-a|", "|"]) {
    const { value, from } = parse(marked);
    assert.equal(continueList(value, from), null);
  }
});

test("code is what stands in backticks, in a fence or behind four spaces", () => {
  for (const [marked, expected] of [
    ["`a|", true],
    ["`a` b|", false],
    ["``a`|", true],
    ["`a\n\nb|", false],
    ["```\na|", true],
    ["```\na\n```\nb|", false],
    ["~~~\n```\na|", true],
    ["a\n\n    b|", true],
    ["a\n    b|", false],
  ]) {
    const { value, from } = parse(marked);
    assert.equal(isCode(value, from), expected, marked);
  }
});

test("line breaks are added as far as an empty line needs them", () => {
  assert.deepEqual(["a", "a\n", "a\n\n", "a\n\n\n", ""].map(breaksAfter), ["\n\n", "\n", "", "", "\n\n"]);
  assert.deepEqual(["a", "\na", "\n\na", ""].map(breaksBefore), ["\n\n", "\n", "", "\n\n"]);
});

/* The same numbers in every run (the generator of Numerical Recipes). */
const createRandom = (seed) => {
  let state = seed;
  return (below) => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};

test("a tool used twice leaves the text as it was", () => {
  const random = createRandom(7);
  const withoutSpace = (text) =>
    text
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean)
      .join("\n");
  // What may differ is the white space around the lines of a list or quote.
  const tools = { bold: String, italic: String, quote: withoutSpace, bullets: withoutSpace, numbers: withoutSpace };
  for (const [name, normalize] of Object.entries(tools)) {
    for (let example = 0; example < 200; example += 1) {
      const value = Array.from({ length: random(30) }, () => "abc é\n"[random(6)]).join("");
      const [from, to] = [random(value.length + 1), random(value.length + 1)].sort((a, b) => a - b);

      const on = run(name, { value, from, to });
      const off = run(name, on);

      const told = `${name} ${JSON.stringify({ value, from, to })}`;
      assert.equal(normalize(off.value), normalize(value), told);
      assert.ok(on.from <= on.to && on.to <= on.value.length, told);
    }
  }
});
