"""Quotation marks, apostrophes, dashes and ellipses, across emphasis and links."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blog.text import render_comment, render_post
from tests.examples import examples


def shown(source):
    return re.sub("<[^<>]*>", "", render_comment(source).html)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("\"It's\" -- she said --- 'so' ...", "“It’s” – she said — ‘so’ …"),
        ("In the '90s and '08 we didn't.", "In the ’90s and ’08 we didn’t."),
        ("'Tis rock 'n' roll, 'twas fun", "’Tis rock ’n’ roll, ’twas fun"),
        ("Get 'em, 'cause it's 'bout time", "Get ’em, ’cause it’s ’bout time"),
        ("the word 'cause' and 'round and round'", "the word ‘cause’ and ‘round and round’"),
        ("class of '08.", "class of ’08."),
        ("'**Quoted**'", "‘Quoted’"),
        ('"**Quoted**"', "“Quoted”"),
        ('"*one*," she said', "“one,” she said"),
        ("*Sol*'s and **Luna**'s", "Sol’s and Luna’s"),
        ("[Luna](https://example.org)'s", "Luna’s"),
        ('"[Luna](https://example.org)"', "“Luna”"),
        ("\"`code`\" and '`code`'", "“code” and ‘code’"),
        ("5'10\" tall", "5’10” tall"),
        ("\"'Yes,' he said\"", "“‘Yes,’ he said”"),
        ("('a') [\"b\"] {'c'}", "(‘a’) [“b”] {‘c’}"),
        ('"a"—"b" a--\'b\'', "“a”—“b” a–‘b’"),
        ('said:"Yes" a="b"', "said:“Yes” a=“b”"),
        ("the students' work and James's", "the students’ work and James’s"),
        ("\\\"straight\\\" \\'this\\'", "\"straight\" 'this'"),
        ('צה"ל', 'צה"ל'),
        ('"שלום" "سلام"', "“שלום” “سلام”"),
        (r"\--- and a \... b", "--- and a ... b"),
        ("a -- b --- c ---- d .. e .... f", "a – b — c ---- d .. e .... f"),
        ('`--` "`\'`"', "-- “'”"),
        ('"a"\n"b"', "“a”\n“b”"),
    ],
)
def test_marks(source, expected):
    assert shown(source) == expected


def test_marks_in_every_block():
    rendered = render_post('# "a"\n\n- \'b\'\n- c\n\n> "d"\n\n|"e"|\n|-|\n|\'f\'|\n\n"g"')

    assert re.sub("<[^<>]*>|\n", "", rendered.html) == "“a”‘b’c“d”“e”‘f’“g”"


@settings(max_examples=examples(200))
@given(
    st.lists(st.sampled_from(["a", "b c", " ", '"', "'", "*", "--", "...", "(", ")"]), max_size=20)
)
def test_any_marks_keep_the_letters(pieces):
    source = "x" + "".join(pieces)

    assert re.findall("[abcx]", shown(source)) == re.findall("[abcx]", source)


@settings(max_examples=examples(200))
@given(
    st.lists(st.sampled_from(["one", "two three"]), min_size=1, max_size=5), st.sampled_from("\"'")
)
def test_any_quotation_opens_and_closes(words, mark):
    opening, closing = {'"': "“”", "'": "‘’"}[mark]

    quoted = ", ".join(f"{mark}{word}{mark}" for word in words)
    assert shown(f"So {quoted}.") == f"So {', '.join(f'{opening}{w}{closing}' for w in words)}."
