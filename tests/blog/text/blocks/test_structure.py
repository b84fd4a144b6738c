"""Blocks as people type them on GitHub, in a forum or a chat, and as language models write them."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blog.text import render_comment, render_post
from tests.examples import examples


def shape(source):
    """Return a post's HTML without attributes and line ends."""
    html = re.sub(r"<(\w+)[^<>]*>", r"<\1>", render_post(source).html)
    return re.sub(r"\n(?=<(?!/code))|(?<=>)\n", "", html)


TWO = "<li>a</li><li>b</li>"
LOOSE = "<li><p>a</p></li><li><p>b</p></li>"
TABLE = (
    "<table><thead><tr><th>a</th><th>b</th></tr></thead>"
    "<tbody><tr><td>1</td><td>2</td></tr></tbody></table>"
)
ROWS = "| a | b |\n|---|---|\n| 1 | 2 |"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Three:\n- a\n- b", f"<p>Three:</p><ul>{TWO}</ul>"),
        ("Three:\n* a\n* b", f"<p>Three:</p><ul>{TWO}</ul>"),
        ("Steps:\n1. a\n2. b", f"<p>Steps:</p><ol>{TWO}</ol>"),
        ("Steps:\n1) a\n2) b", f"<p>Steps:</p><ol>{TWO}</ol>"),
        ("Go on:\n3. a\n4. b", f"<p>Go on:</p><ol>{TWO}</ol>"),
        ("Ideas:\n• a\n• b", f"<p>Ideas:</p><ul>{TWO}</ul>"),
        ("> Three:\n> - a\n> - b", f"<blockquote><p>Three:</p><ul>{TWO}</ul></blockquote>"),
        ("- x\n\n  Three:\n  - a\n  - b", f"<ul><li><p>x</p><p>Three:</p><ul>{TWO}</ul></li></ul>"),
        ("## Three\n- a\n- b", f"<h2>Three</h2><ul>{TWO}</ul>"),
        (f"Before\n{ROWS}\nafter", f"<p>Before</p>{TABLE}<p>after</p>"),
        ("Before\na | b\n- | -\n1 | 2", f"<p>Before</p>{TABLE}"),
        (f"{ROWS}\n- a\n- b", f"{TABLE}<ul>{TWO}</ul>"),
        (
            "> Before\n> " + ROWS.replace("\n", "\n> "),
            f"<blockquote><p>Before</p>{TABLE}</blockquote>",
        ),
        ("Before\n```\nx\n```\nafter", "<p>Before</p><pre><code>x\n</code></pre><p>after</p>"),
    ],
)
def test_block_begins_straight_after_a_sentence(source, expected):
    assert shape(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        "The number of windows is\n14. The number of doors is 6.",
        "It was colder than\n- ",
        "He said\n– no, never – and left.",
        "See (1) here\n(3) not there.",
        "a\n| b |\n| c |",
    ],
)
def test_line_of_a_paragraph_begins_no_block(source):
    assert "<li>" not in shape(source)
    assert "<table>" not in shape(source)


@pytest.mark.parametrize("bullet", ["-", "*", "+", "•", "◦", "▪", "·", "–"])
def test_bullets(bullet):
    assert shape(f"{bullet} a\n{bullet} b") == f"<ul>{TWO}</ul>"
    assert shape(f"{bullet}  a\n{bullet}\tb") == f"<ul>{TWO}</ul>"


@pytest.mark.parametrize(
    ("first", "second", "attributes"),
    [
        ("1.", "2.", ""),
        ("1)", "2)", ""),
        ("(1)", "(2)", ""),
        ("7)", "8)", ' start="7"'),
        ("a.", "b.", ' type="a"'),
        ("a)", "b)", ' type="a"'),
        ("(c)", "(d)", ' start="3" type="a"'),
    ],
)
def test_numbers(first, second, attributes):
    html = render_post(f"{first} x\n{second} y").html

    assert re.sub(r" dir=\"\w+\"", "", html) == f"<ol{attributes}>\n<li>x</li>\n<li>y</li>\n</ol>"


@pytest.mark.parametrize(
    "source", ["– only one", "(1) only one", "a. only one", "A. Luna\nB. Sol", "(a) one\n\n(b) two"]
)
def test_doubtful_mark_that_nothing_follows_is_text(source):
    assert "<li>" not in shape(source)


NESTED = "<li>a{}<li>b</li><li>c</li>{}</li><li>d</li>"


@pytest.mark.parametrize("indent", ["  ", "   ", "    ", "\t"])
@pytest.mark.parametrize(
    ("outer", "inner"), [("- ", "- "), ("* ", "1. "), ("1. ", "- "), ("1) ", "a) "), ("1. ", "1. ")]
)
def test_sublist_by_two_spaces_or_more(indent, outer, inner):
    second = {"1. ": "2. ", "a) ": "b) ", "1) ": "2) "}
    lines = [f"{outer}a", f"{indent}{inner}b", f"{indent}{second.get(inner, inner)}c"]
    lines += [f"{second.get(outer, outer)}d"]
    ul, ol = ("<ul>", "</ul>"), ("<ol>", "</ol>")
    outside, inside = ((ol if mark[0].isalnum() else ul) for mark in (outer, inner))

    assert shape("\n".join(lines)) == outside[0] + NESTED.format(*inside) + outside[1]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("- a\n\n  more\n\n- b", "<ul><li><p>a</p><p>more</p></li><li><p>b</p></li></ul>"),
        ("1. a\n\n   more\n\n2. b", "<ol><li><p>a</p><p>more</p></li><li><p>b</p></li></ol>"),
        ("1. a\n\n  more\n\n2. b", "<ol><li><p>a</p><p>more</p></li><li><p>b</p></li></ol>"),
        ("1. a\n\n    more\n2. b", "<ol><li><p>a</p><p>more</p></li><li><p>b</p></li></ol>"),
        ("100. a\n\n    more\n101. b", "<ol><li><p>a</p><p>more</p></li><li><p>b</p></li></ol>"),
        ("- a\n\n- b", f"<ul>{LOOSE}</ul>"),
        ("- a\n    - b\n    1. c", "<ul><li>a<ul><li>b</li></ul><ol><li>c</li></ol></li></ul>"),
        (
            "- a\n\n  > q\n- b",
            "<ul><li><p>a</p><blockquote><p>q</p></blockquote></li><li><p>b</p></li></ul>",
        ),
        ("- a\n- b\n\nAfter", f"<ul>{TWO}</ul><p>After</p>"),
        ("- a\nlazy\n- b", "<ul><li>a\nlazy</li><li>b</li></ul>"),
        (f"- a\n\n  {ROWS.replace(chr(10), chr(10) + '  ')}", f"<ul><li><p>a</p>{TABLE}</li></ul>"),
    ],
)
def test_parts_of_an_item(source, expected):
    assert shape(source) == expected


@pytest.mark.parametrize("indent", ["  ", "   ", "    ", "      "])
@pytest.mark.parametrize("fence", ["```", "~~~~"])
def test_fence_in_an_item(indent, fence):
    source = f"- a\n\n{indent}{fence}\n{indent}- x\n{indent}  y\n\n{indent}{fence}\n- b"

    assert shape(source) == (
        "<ul><li><p>a</p><pre><code>- x\n  y\n\n</code></pre></li><li><p>b</p></li></ul>"
    )


@pytest.mark.parametrize("indent", ["", " ", "  ", "   ", "    "])
def test_fence_that_is_indented(indent):
    lines = ["```js", "a", "  b", "```"]

    assert shape("\n".join(indent + line for line in lines)) == "<pre><code>a\n  b\n</code></pre>"


def test_fence_that_never_closes_is_text():
    assert shape("```\na\n\n- b") == "<p>```\na</p><ul><li>b</li></ul>"


@pytest.mark.parametrize("line", ["#edci338 is ours", "#Title", "##", "#1", "####### seven"])
def test_hash_without_a_space_is_a_word(line):
    text = f"{line} and more of it" if line == "##" else line
    rendered = render_post(text.replace("## and", "##and"))

    assert len(rendered.paragraphs) == 1
    assert rendered.words > 0


SENTENCE = "Networks grow slowly. They need care, and that is what I learned."


@pytest.mark.parametrize("indent", ["\t", "    ", "     ", "        ", "\t\t"])
@pytest.mark.parametrize(
    "lines",
    [
        [SENTENCE, "", SENTENCE],
        [f"“{SENTENCE}”"],
        ["Ada Luna", "12 Main Street", "Victoria"],
        ["roses are quite red", "violets are quite blue"],
        ["הרשת שלי"],
        ["社会的ネットワーク"],
        ["My title"],
        ["Q & A with the author, in which we say much."],
        ["peace & quiet"],
        ["black / white and grey"],
        ["Roses are red;", "violets are blue;"],
        ["so much depends", "upon", "", "a red wheel", "barrow"],
        ["i carry your heart", "with me", "i carry it"],
        ["Ties carry news (Luna & Sol, 2010), and that is why they matter to me."],
        ["As Luna (2010) has it: work = play;"],
        ["news + ties (Luna, 2010)"],
        ["My mother & I read it together, as we do."],
    ],
)
def test_indentation_for_the_eye_is_no_code(indent, lines):
    source = "\n".join(indent + line if line else line for line in lines)

    assert render_post(source).paragraphs == render_post("\n".join(lines)).paragraphs
    assert render_comment(source).html == render_comment("\n".join(lines)).html
    assert shape(f"Before.\n\n{source}") == f"<p>Before.</p>{shape(chr(10).join(lines))}"


@pytest.mark.parametrize(
    "lines",
    [
        ["def f(x):", "    return x + 1"],
        ["<b>", "</b>"],
        ["make test"],
        ["x = 1;"],
        ["2 + 2 = 5"],
        ["git add . && git commit"],
        ["cat names | sort"],
        ["return x;"],
        ["names: list = []", "total = 0", "while names:", "    total += 1"],
        ["$ git push origin main"],
        ["name     size", "a        12"],
    ],
)
def test_indented_code_is_code(lines):
    code = "\n".join(lines)
    source = "\n".join(f"    {line}" for line in lines)

    assert render_post(f"So:\n\n{source}\n\nend").html.count("<pre") == 1
    assert shape(source) == shape(f"```\n{code}\n```")
    assert "<pre" not in render_comment(source).html


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("     - a\n     - b", f"<ul>{TWO}</ul>"),
        ("\t1. a\n\t2. b", f"<ol>{TWO}</ol>"),
        ("    > a\n    > b", "<blockquote><p>a\nb</p></blockquote>"),
        ("    * * *", "<hr>"),
    ],
)
def test_block_that_is_indented_as_a_whole(source, expected):
    assert shape(source) == expected


def test_comment_has_the_same_lists():
    html = re.sub(
        r' dir="\w+"', "", render_comment("Ideas:\n- a\n  - b\n> q\n# no\n1) x\n2) y").html
    )

    assert html == (
        "<p>Ideas:</p>\n<ul>\n<li>a<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>\n"
        "<blockquote>\n<p>q<br>\n# no</p>\n</blockquote>\n<ol>\n<li>x</li>\n<li>y</li>\n</ol>"
    )


# --- properties -------------------------------------------------------------------------------

WORD = st.text(st.characters(categories=["Ll", "Lu"]), min_size=2, max_size=8)
WORDS = st.lists(WORD, min_size=1, max_size=6).map(" ".join)
ITEMS = st.recursive(
    WORDS.map(lambda words: (words, [])),
    lambda inner: st.tuples(WORDS, st.lists(inner, max_size=3)),
    max_leaves=8,
)


def written(items, marks, step, depth=0):
    """Return the lines of nested items, each level `step` columns deeper than the one above."""
    mark = marks[depth % len(marks)]
    for number, (words, inner) in enumerate(items, start=1):
        yield f"{' ' * (step * depth)}{mark.format(number)} {words}"
        yield from written(inner, marks, step, depth + 1)


def as_html(items, marks, depth=0):
    if not items:
        return ""
    tag = "ol" if "{}" in marks[depth % len(marks)] else "ul"
    inside = "".join(
        f"<li>{words}{as_html(inner, marks, depth + 1)}</li>" for words, inner in items
    )
    return f"<{tag}>{inside}</{tag}>"


@settings(max_examples=examples(150))
@given(
    st.lists(ITEMS, min_size=1, max_size=4),
    st.sampled_from([["-"], ["*", "-"], ["{}."], ["{})", "-"], ["•"], ["-", "{}."]]),
    st.sampled_from([2, 3, 4]),
    st.sampled_from(["", "Said:\n", "# Said\n"]),
)
def test_any_nested_list_has_its_levels(items, marks, step, before):
    if step == 2 and "{}" in "".join(marks):
        step = 3
    source = before + "\n".join(written(items, marks, step))

    start = shape(before) if before else ""
    assert shape(source) == start + as_html(items, marks)


@settings(max_examples=examples(150))
@given(st.lists(WORDS, min_size=1, max_size=5), st.integers(0, 9))
def test_any_paragraphs_are_the_same_with_a_first_line_indent(paragraphs, indent):
    sentences = [f"So {words} it is." for words in paragraphs]
    source = "\n\n".join(" " * indent + sentence for sentence in sentences)

    assert render_post(source).paragraphs == tuple(sentences)


@settings(max_examples=examples(200))
@given(st.text(st.sampled_from(" -*1.)>#`|ab\n"), max_size=80))
def test_any_blocks_keep_their_letters(source):
    def letters(text):
        return "".join(re.findall("[ab]", text))

    assert letters(re.sub("<[^<>]*>", "", render_post(source).html)) == letters(source)
