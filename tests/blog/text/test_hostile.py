"""
Texts that attack: the cost is bounded, and nothing comes out that could act.

What may come out is listed here again, on purpose: these lists and those of the renderer are two
witnesses.
"""

import json
import re
import time
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blog.exceptions import TextRefused
from blog.text import MAX_COMMENT_CHARS, MAX_POST_CHARS, render_comment, render_post
from tests.examples import examples
from tests.long import few_of
from tests.payloads import xss_payloads

SECONDS = 2.0  # of CPU, on a slow and busy machine; measured here: all under 0.5

COMMENT_TAGS = {
    *("a", "b", "blockquote", "br", "cite", "code", "del", "em", "i", "kbd", "li", "mark", "ol"),
    *("p", "pre", "q", "s", "strong", "sub", "sup", "ul"),
}
POST_TAGS = COMMENT_TAGS | {
    *("div", "h2", "h3", "h4", "h5", "h6", "hr", "span"),
    *("table", "tbody", "td", "th", "thead", "tr"),
}
VOID = {"br", "hr"}
ATTRIBUTES = {
    "href": r"https?://[^\s/?#@\\\\]+([/?#][^\s\\\\]*)?|mailto:[^\s:/]+@[^\s:/]+"
    r"|#[\w.%:-]+|/([^/\\\s][^\s\\]*)?",
    "rel": r"nofollow ugc noopener",
    "id": r"p\d+|fn-\d+|fnref-\d+(-\d+)?|h-[\w-]+",
    "class": r"cite|cite-unknown|footnotes|footnote-ref|footnote-back|align-(left|center|right)"
    r"|language-[\w#.+-]+",
    "role": r"doc-(noteref|backlink|endnotes)",
    "scope": r"col",
    "start": r"\d+",
    "title": r"(?s).+",
    "dir": r"auto|rtl",
    "type": r"a",
}


class Judge(HTMLParser):
    """Hold HTML against what may come out; raises AssertionError with the piece that may not."""

    def __init__(self, tags):
        super().__init__(convert_charrefs=False)
        self.tags = tags
        self.open = []
        self.ids = []

    def handle_starttag(self, tag, attrs):
        assert tag in self.tags, tag
        names = [name for name, _value in attrs]
        assert len(names) == len(set(names))
        for name, value in attrs:
            assert re.fullmatch(ATTRIBUTES[name], value, re.IGNORECASE), (name, value)
        attributes = dict(attrs)
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if tag == "a":
            inside = attributes.get("href", "away").startswith(("#", "/"))
            assert ("rel" in attributes) is not inside, attributes
            assert "a" not in self.open
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_comment(self, data):
        raise AssertionError(f"comment {data}")

    handle_decl = handle_pi = unknown_decl = handle_comment

    def handle_data(self, data):
        assert "<" not in data
        assert not re.search("[\x00-\x08\x0b-\x1f\u202d\u202e\ufdd0-\ufdef]", data)


def assert_safe(html, tags):
    judge = Judge(tags)
    judge.feed(html)
    judge.close()
    assert judge.open == []
    assert len(judge.ids) == len(set(judge.ids))


def render_both(source):
    """Render `source` as a post and as a comment."""
    is_cheap_and_safe(render_post, source)
    is_cheap_and_safe(render_comment, source)


def is_cheap_and_safe(render, source):
    """Render `source`: it is safe and cheap, or refused cheaply."""
    started = time.process_time()
    try:
        html = render(source).html
    except TextRefused:
        html = ""
    assert time.process_time() - started < SECONDS
    assert_safe(html, POST_TAGS if render is render_post else COMMENT_TAGS)


# --- cost -------------------------------------------------------------------------------------


def fill(unit):
    return lambda size: (unit * (size // len(unit) + 1))[:size]


def around(before, middle, after):
    def make(size):
        times = (size - len(middle)) // (len(before) + len(after))
        return before * times + middle + after * times

    return make


def stairs(unit):
    """Return lines that each stand one level deeper than the one before."""

    def make(size):
        lines, length = [], 0
        while length < size:
            lines.append("    " * len(lines) + unit)
            length += len(lines[-1]) + 1
        return "\n".join(lines)[:size]

    return make


def rising_backticks(size):
    return " ".join("`" * n for n in range(1, int((2 * size) ** 0.5) - 5))


def wide_table(size):
    columns = size // 6
    return ("a|" * columns + "a\n" + "-|" * columns + "-\n" + "x\n" * columns)[:size]


def many_uses_of_a_long_address(size):
    return f"[a]: http://x/{'y' * (size // 3)}\n\n" + fill("[a] ")(size // 2)


FILLED = (
    r"""
[a|[a](b|[a](b)|![|![a](|[^x]|[^x|[^|[@a]|[@|[@a;|@a |@a [|@|[a][b] |[a] |[x](<|[x](a "|[x](a '
<b |<b>|<b>x</b>|<br>|<!--|<!-- a -->|<![CDATA[|<?|<div>|<http://|<a@b|<a@b.co> |<|&|&amp;|&lt;
*a **a |*|**a |*a* |a*|*a_|***a |a***b*c**|a*b_c**d__e |_|_a |`|`a` |`` a ` |>|> |> * |* |* > *
1. |+ |- |-|=|#|~|"|"a" |'|it's |a--b |... |(|(c)|http://|http://a.b |http://a(b|www.|a.|a@|a@b.
a@b.co |a|a |\\|\\*|\\[|😀 |سلام |日本語
""".strip("\n")
    .replace("\n", "|")
    .split("|")
)
FILLED += [
    "<a href=",
    "<a href=x>",
    "<a b=c ",
    "<a b",
    "**a__b~~",
    "*a_b",
    "~~",
    "'til ",
    "'n' ",
    "[](",
    "[a](b ",
]
FILLED += [
    "[[a](b)",
    "[a](b)](c)",
    "http://a.b/(",
    "http://a.b/" + "_" * 9,
    "[a](<b>",
    "<!-- ",
    "<a\n",
    "请http://a ",
]
FILLED += ["|", "\t", "\r", "a\u0301\u0302", "\u202ea\u202d", "\x00a", "\ufdd00\ufdd1", "\ud800"]
FILLED += ["\x02wzxhzdk:0\x03", "\x02klzzwxh:0000\x03"]
LINES = [
    *(
        "a",
        "- a",
        "* a\n    * b",
        "* a\n\n    b\n",
        "> - a",
        "# h",
        "# h\n",
        "a\n===",
        "---",
        "a\n=",
        "",
    ),
    *("|a|", "||||", "`a`|`", "[^x]: a", "[a]: http://x", "[a]: b 'c", "[a]:", "[", "```", "```x"),
    *(
        "(1) a\n(2) b",
        "– a",
        "a. b\nb. c",
        "1. a\n  - b",
        "- a\n\n      b",
        "\ta b c",
        "a\n|-|-|",
        "<!-- -->",
    ),
    *("[a]: b/c 'd", "'til a", "<a href=x>y</a>", "<a href=x>", "[x](a.b/c)", "[x](foo)", "~~a~~"),
    *("~~~a b", "> ```", "    code", "<div>", "<!-- a -->", "a  ", "\t\t\t\t\ta", "1. a\n- b"),
]
RECIPES = (
    {unit: fill(unit) for unit in FILLED}
    | {f"{line} per line": fill(line + "\n") for line in LINES}
    | {
        "brackets in brackets": around("[", "a", "]"),
        "images in images": around("![", "a", "]"),
        "emphasis in emphasis": around("*a **a ", "x", " a** a*"),
        "round brackets": around("(", "a", ")"),
        "link to round brackets": lambda n: "[x](" + around("(", "a", ")")(n - 4),
        "list in list": stairs("* a"),
        "numbers in numbers": stairs("1. a"),
        "quote in quote": lambda n: "\n".join(">" * k + " a" for k in range(350))[:n],
        "fence and spaces": lambda n: "`" * (n // 2) + "\t" * (n // 2),
        "stars in stars": around("*", "x", "*"),
        "rising backticks": rising_backticks,
        "wide table": wide_table,
        "long table": lambda n: "|a|b|\n|-|-|\n" + fill("|x|y|\n")(n - 12),
        "used footnote": lambda n: "[^x]" * 290 + "\n\n[^x]: a",
        "footnotes": lambda n: "".join(f"[^{k}]: a\n" for k in range(290)),
        "footnote in footnote": lambda n: "[^a]\n\n[^a]: x\n\n        [^b]: y\n",
        "one long address": many_uses_of_a_long_address,
        "rule that is none": lambda n: "-" * (n - 1) + "x",
        "one fence": lambda n: "```\n" + fill('<a>&"\n')(n - 8) + "\n```",
        "address and brackets": lambda n: "http://a" + "(" * (n - 8),
        "address and stops": lambda n: "http://a" + "." * (n - 8),
        "address and ends": lambda n: "http://a" + ")" * (n - 8),
        "long host": lambda n: "a@" + fill("a.")(n - 2),
        "long key": lambda n: "@" + fill("a:")(n - 1),
        "one bracket of signs": lambda n: "[" + "@" * (n - 1),
        "long number of a character": lambda n: "&#" + "1" * (n - 3) + ";",
        "long number in a link": lambda n: "[a]\n\n[a]: http://b/&#" + "1" * (n - 20) + ";",
    }
)


@pytest.mark.slow
@pytest.mark.figure
@pytest.mark.parametrize(
    "recipe", few_of(RECIPES.values(), 5), ids=[ascii(name) for name in RECIPES]
)
def test_recipe_costs_little_at_the_largest_sizes(recipe, figure):
    is_cheap_and_safe(render_comment, recipe(MAX_COMMENT_CHARS)[:MAX_COMMENT_CHARS])
    is_cheap_and_safe(render_post, recipe(MAX_POST_CHARS)[:MAX_POST_CHARS])
    figure(
        "A text made to be slow costs little",
        f"{{recipes}} recipes at {MAX_COMMENT_CHARS:,} and {MAX_POST_CHARS:,} characters, "
        f"{SECONDS:g} s of CPU at most",
        recipes=1,
    )


@pytest.mark.parametrize("sign", ["a", "[", "*", "\n", "😀"])
def test_a_million_characters_are_refused_at_once(sign):
    started = time.process_time()

    with pytest.raises(TextRefused):
        render_post(sign * 1_000_000)
    with pytest.raises(TextRefused):
        render_comment(sign * 1_000_000)

    assert time.process_time() - started < 0.1


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("> " * 200 + "a", "inside one another"),
        ("* " * 200 + "a", "inside one another"),
        ("[^x]" * 301, "more than 300 footnote marks"),
        ("```\n" * 401, "more than 400 lines with ```"),
        ("[@a] " * 501, "more than 500 citations"),
        ("a\n\n" * 19_000, "too complex"),
    ],
)
def test_refusal_says_what_to_change(source, sentence):
    with pytest.raises(TextRefused, match=sentence):
        render_post(source, {"a": {"type": "book", "title": "A net"}})


PIECES = [
    *(
        "*",
        "**",
        "_",
        "__",
        "`",
        "``",
        "```\n",
        "~~~\n",
        "[",
        "]",
        "(",
        ")",
        "](",
        "![",
        "[^",
        "]:",
    ),
    *(
        "[^a]",
        "[^a]: ",
        "[a]: http://b ",
        "<",
        ">",
        "</",
        "<b>",
        "</b>",
        "<br>",
        "<!--",
        "-->",
        "&",
    ),
    *(
        "&lt;",
        "&#x3c;",
        "\\",
        '"',
        "'",
        "--",
        "...",
        "|",
        "|-|-|\n",
        "|a|b|\n",
        "# ",
        "===\n",
        "---\n",
    ),
    *(
        "> ",
        "* ",
        "1. ",
        "    ",
        "\t",
        "\n",
        "\n\n",
        " ",
        "  \n",
        "a",
        "b c",
        "é",
        "日",
        "\u202e",
        "\x02",
    ),
    *(
        "\x03",
        "\ufdd0",
        "0",
        "@a",
        "[@a]",
        "[-@a; @b, p. 3]",
        "@a [p. 3]",
        "me@a.org",
        "http://a.org/b",
    ),
    *(
        "www.a.org",
        "javascript:alert(1)",
        "//evil",
        " onclick=x ",
        "<script>",
        "</script>",
        "<svg/",
        "///",
    ),
]
generous = settings(max_examples=examples(250), suppress_health_check=[HealthCheck.too_slow])


@generous
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_any_markup_is_safe_or_refused(source):
    render_both(source)


@generous
@given(st.text(st.characters(), max_size=300))
def test_any_text_is_safe_or_refused(source):
    render_both(source)


@pytest.mark.slow
@settings(generous, max_examples=examples(60))
@given(st.sampled_from(PIECES), st.sampled_from(PIECES), st.sampled_from(PIECES))
def test_any_three_pieces_repeated_cost_little(a, b, c):
    render_both(fill(a + b + c)(MAX_COMMENT_CHARS))


@generous
@given(st.text(st.characters(exclude_categories=["C"]), max_size=200))
def test_code_shows_exactly_what_was_typed(source):
    rendered = render_post("~~~\n" + source.replace("~", "-") + "\n~~~\n")

    shown = ElementTree.fromstring(rendered.html.replace("&nbsp;", "\u00a0"))
    assert "".join(shown.itertext()).rstrip("\n") == re.sub(
        "[\u2028\u2029]|[\u202d\u202e\ufeff\ufdd0-\ufdef\ufffe\uffff]",
        lambda odd: "\n" if odd[0] in "\u2028\u2029" else "",
        source.replace("~", "-"),
    ).rstrip("\n")


# --- corpora ----------------------------------------------------------------------------------


COMES_OUT = "Nothing comes out of a text that could act", "{texts} texts"


def markdown_inputs(folder):
    for case in json.loads((folder / "commonmark-spec-0.31.json").read_text()):
        yield case["markdown"]
    for path in sorted(folder.glob("python-markdown/**/*.txt")):
        yield path.read_text()


@pytest.mark.slow
@pytest.mark.figure
@pytest.mark.parametrize(
    ("read", "folder", "least"), [(xss_payloads, "xss", 600), (markdown_inputs, "markdown", 600)]
)
def test_corpus_is_safe(real_data, figure, read, folder, least):
    payloads = list(read(real_data / folder))

    for payload in payloads:
        render_both(payload)
        render_both(f"[x]({payload})")
        render_both(f"> * {payload}")
    assert len(payloads) >= least
    figure(*COMES_OUT, texts=6 * len(payloads))


@pytest.mark.figure
def test_naughty_strings_are_safe(real_data, figure):
    strings = json.loads((real_data / "unicode" / "blns.json").read_text())

    for string in strings:
        render_both(string)
        render_both(f"[{string}]({string})")
    assert len(strings) > 500
    figure(*COMES_OUT, texts=4 * len(strings))
