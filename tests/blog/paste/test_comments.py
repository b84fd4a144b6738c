"""A page pasted into a comment: what a comment can hold, and the words of everything else."""

import pytest

from blog.paste import prepare_comment
from blog.text import render_comment
from tests.blog.paste.test_html import LIBRE, WORD

FROM_WORD = """What I read

Ties **carry** *news*.[1] See [this page](https://example.org/a).

1. First
    - Under it
2. Second

> Words of somebody else.

References

Luna, A. (2020). *Ties*.

[1] Said in *class*."""
FROM_LIBRE = """Said[1] so.

> Quoted

[1] The note"""


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        pytest.param(WORD, FROM_WORD, id="Word"),
        pytest.param(LIBRE, FROM_LIBRE, id="LibreOffice"),
        (
            'See <b>bold</b> <a href="https://x.org">link</a><ul><li>a<li>b</ul>',
            "See **bold** [link](https://x.org)\n\n- a\n- b",
        ),
        ("<p>a<br>b</p><pre>code\n  x</pre>", "a  \nb\n\n```\ncode\n  x\n```"),
        ("<h2>1. Head</h2><h3># sign</h3><hr><p>a", "1\\. Head\n\n\\# sign\n\na"),
        ("<blockquote><h2>Head</h2>a</blockquote>", "> Head\n>\n> a"),
        (
            "<table><caption>Ties</caption><tr><th>A<th>B<tr><td>a<br>b<td>c|d</table>",
            "Ties\n\nA | B\n\na b | c|d",
        ),
        ("<table><tr><td>a<td>b<tr><td><ul><li>x<li>y</ul><td>-</table>", "a | b\n\nx y | -"),
    ],
)
def test_a_comment_has_what_it_can_hold_and_the_words_of_the_rest(html, markdown):
    assert prepare_comment("as plain text", html).text == markdown


def test_what_a_comment_cannot_hold_is_counted():
    paste = prepare_comment("", "<h2>Head</h2><p>a <img src=x alt=y></p><h3></h3>")

    assert (paste.preserved, paste.left_out) == ({}, {"images": 1, "formats": 1})


def test_no_sign_of_a_table_or_a_heading_is_read_in_it():
    paste = prepare_comment("", "<h2>## Head</h2><table><tr><td>-<td>a<tr><td>1<td>2</table>")

    html = render_comment(paste.text).html
    assert html == '<p dir="auto">## Head</p>\n<p dir="auto">- | a</p>\n<p dir="auto">1 | 2</p>'


@pytest.mark.parametrize(
    "text",
    ["Plain  words.\n", "a\tb\n1\t2", "## Head\n\n- **one**", "Iāve (Luna, 2020).\n\nReferences"],
)
def test_a_plain_text_stays_as_it_is(text):
    assert prepare_comment(text).text == text


def test_the_source_of_a_page_is_read_as_the_page():
    assert prepare_comment("<p>See <b>this</b>.</p><h2>Head</h2>").text == "See **this**.\n\nHead"
