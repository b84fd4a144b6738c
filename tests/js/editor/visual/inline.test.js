import assert from "node:assert/strict";
import { test } from "node:test";

import { writeInline } from "../../../../static/js/editor/visual/inline.js";
import { mark, node, text } from "./nodes.js";

const link = (href, title = null) => mark("link", { href, title });
const citation = (source, ...marks) => ({ ...node("citation", { source }), marks: marks.map((name) => mark(name)) });
const br = node("hardBreak");

const check = (cases, options) => {
  for (const [nodes, expected] of cases) assert.equal(writeInline(nodes, options), expected);
};

test("signs that would mean something are escaped, and no others", () => {
  check([
    [
      [text("a * b, 2*3, *x*, snake_case, _x_, [z], [k](u)")],
      "a * b, 2\\*3, \\*x\\*, snake_case, \\_x\\_, [z], \\[k\\](u)",
    ],
    [
      [text("<b>, a < b, ~20, ~~x~~, C:\\dir, \\*, `c`, &amp;")],
      "\\<b>, a < b, ~20, \\~\\~x\\~\\~, C:\\dir, \\\\\\*, \\`c\\`, &amp;amp;",
    ],
    [[text("@name and [see @name]")], "@name and \\[see \\@name\\]"],
    [[text("[see @a, p. 3; @{b}] and [a@b.org]")], "\\[see \\@a, p. 3; \\@{b}\\] and \\[a@b.org\\]"],
    [[text("[^1] and ![a](b)")], "\\[^1\\] and !\\[a\\](b)"],
    [[text("it's", "literal")], "it\\'s"],
  ]);
});

test("the start of a line begins no block", () => {
  check([
    [[text("1. x")], "1\\. x"],
    [[text("# x")], "\\# x"],
    [[text("- x")], "\\- x"],
    [[text("> x")], "\\> x"],
    [[text("(a) x")], "(a\\) x"],
    [[text("• x")], "•\u00a0x"],
    [[text("***")], "\\*\\*\\*"],
    [[text("a"), br, text("- b")], "a<br>- b"],
    [[text("a"), br, text("===")], "a<br>==="],
    [[text("a"), br, text("b")], "a  \nb"],
  ]);
});

test("marks leave the blanks at their edges", () => {
  check([
    [[text("a"), text(" b ", "bold"), text("c")], "a **b** c"],
    [[text("a ", "bold"), text("b", "bold", "italic")], "**a *b***"],
    [[text(" ", "bold")], ""],
    [[text(" a", "code"), text("b")], "`a`b"],
  ]);
});

test("stars that would not pair are tags", () => {
  check([
    [[text("a"), text("(b)", "italic"), text("c")], "a<i>(b)</i>c"],
    [[text("a"), text("b", "bold"), text("c")], "a**b**c"],
    [[text("(b)", "bold"), br, text("c")], "**(b)**  \nc"],
    [[text("“b”"), text("c", "strike")], "“b”~~c~~"],
  ]);
});

test("the dashes of a comment of HTML stay as they are typed", () => {
  check([
    [[text("<!-- a -->")], "\\<!\\-\\- a \\-\\->"],
    [[text("a -- b")], "a -- b"],
  ]);
});

test("links, bare addresses and what a link cannot hold", () => {
  const here = "https://example.org/a_(b)";
  check([
    [[text("a", link(here, 'T "q"'))], `[a](${here} "T \\"q\\"")`],
    [[text("a", link("https://x.org/a(b"))], "[a](<https://x.org/a(b>)"],
    [[text("a", link("https://x.org/?a&b=2&section=3&#4"))], "[a](https://x.org/?a&b=2&section=3&#4)"],
    [[text("a", link("https://x.org/?a&copy;b&#38;"))], "[a](https://x.org/?a&amp;copy;b&amp;#38;)"],
    [[text("See "), text("https://x.org/a_b", link("https://x.org/a_b")), text(".")], "See https://x.org/a_b."],
    [[text("https://x.org/", link("https://x.org/")), text("b")], "<https://x.org/>b"],
    [[text("!"), text("a", link(here))], `\\![a](${here})`],
    [[text("a", "bold", link(here)), text(" b", "bold")], `**[a](${here}) b**`],
  ]);
});

test("citations keep their source and their distance", () => {
  check([
    [[text("So "), citation("[see @a, p. 3]"), text(".")], "So [see @a, p. 3]."],
    [[citation("@a"), text("'s")], "@a's"],
    [[citation("@a"), text("s")], "@{a}s"],
    [[text("word"), citation("@a")], "word @a"],
    [[citation("@a"), text(" [x]")], "@a \\[x\\]"],
    [[citation("[@a]"), text("(b)")], "[@a]\\(b)"],
    [[citation("@a"), text("@b")], "@a\\@b"],
    [[citation("@a", "strike"), text("b", "strike")], "<s>@{a}b</s>"],
    [[text("b", "strike"), citation("@a")], "<s>b</s>@a"],
  ]);
});

test("a tag ends at a break, and a backslash before one is a sign", () => {
  check([
    [[text("a", "subscript"), br, text("b", "subscript")], "<sub>a</sub>  \n<sub>b</sub>"],
    [[text("a\\"), br, text("b")], "a\\\\  \nb"],
  ]);
  check([[[text("a", "subscript"), br, text("b", "subscript")], "<sub>a</sub><br><sub>b</sub>"]], { inLine: true });
});

test("cells have no bars and no line breaks", () => {
  check(
    [
      [[text("a | b"), br, text("c|d", "code")], "a \\| b<br>`c|d`"],
      [[text("a", link("https://x.org/a|b"))], "[a](https://x.org/a\\|b)"],
    ],
    { inLine: true, inCell: true },
  );
});
