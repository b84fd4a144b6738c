import assert from "node:assert/strict";
import test from "node:test";

import { hasMarkdown } from "../../../static/js/lib/markdown-signs.js";

const MARKDOWN = [
  "Some **bold** words",
  "**All of it**",
  "*Emphasis* and more",
  "_Emphasis_ and more",
  "~~gone~~",
  "The function `f(x)` here",
  "See [the page](https://example.org/a_b).",
  "- one",
  "- one\n- two",
  "Words:\n\n1. one\n2. two\n\nMore.",
  "* one\n\n* two",
  "• one\n• two",
  "▪ one",
  "Words:\n– one\n– two",
  "a) one\nb) two",
  "c. one\nd. two",
  "(1) one\n    more\n    still\n(2) two",
  "(a) one\n(b) two",
  "1. one\n\n   more\n2. two",
  "- one\n  more\n- two\n\nWords.",
  "> What she said",
  "```\ncode\n```",
];
const OF_POSTS = [
  "## Head",
  "Words.\n\n## Head\nMore.",
  "# Head",
  "# Head\n\nWords.",
  "| a | b |\n| --- | :-: |\n| c | d |",
  "a | b\n--- | ---\nc | d",
  "Words.[^1]\n\n[^1]: The note.",
  "It is so [@granovetter1973, p. 3].",
  "It is so [-@granovetter1973].",
];
const WORDS = [
  "",
  "Plain words.",
  "Two lines\nof words.",
  "*p < .05, **p < .01, ***p < .001",
  "*p<.05,**p<.01,***p<.001",
  "3 * 4 * 5 and 2**3**4",
  "__init__.py and snake_case_name",
  "He said\n- no more than that -\nand went.",
  "Then:\n- Hello.\nShe left.",
  "2014. A year\n2015. Another",
  "– no more than that",
  "– one\n\n– two",
  "a) one",
  "a) one\na) again",
  "a) one\nb. two",
  "e. coli\nand e. g. others",
  "(2) and (3)\nand more",
  "A. Luna\nB. Mara",
  "  poems\n  are set in",
  "import x\n# load the data\ny = x.load()",
  "#hashtag and #1",
  "a > b\n>> y",
  "[1] and (see https://example.org)",
  "[a](b) of the list",
  "Write to [me@example.org].",
  "``quoted'' in TeX",
  "A line\n---\nand another",
  "\\*\\*no bold\\*\\*",
];

for (const text of MARKDOWN) {
  test(`Markdown: ${JSON.stringify(text)}`, () => {
    assert.equal(hasMarkdown(text), true);
    assert.equal(hasMarkdown(text, { isComment: true }), true);
  });
}

for (const text of OF_POSTS) {
  test(`Markdown of a post: ${JSON.stringify(text)}`, () => {
    assert.equal(hasMarkdown(text), true);
    assert.equal(hasMarkdown(text, { isComment: true }), false);
  });
}

for (const text of WORDS) {
  test(`words: ${JSON.stringify(text)}`, () => {
    assert.equal(hasMarkdown(text), false);
  });
}
