"""The text of a post that places are counted in."""

import pytest

from blog.text import render_post
from blog.text.passages import read

TEXT = """First **bold** [link](https://example.org) text.[^1]

## A heading

| a | b |
|---|---|
| c & d | d |

- item one
  more
  - nested

> quoted

```
code  here
```

Last line \\
broken, 👩‍💻 😀.

[^1]: A note.
"""


def test_each_block_is_a_line_without_signs_of_footnotes():
    source = read(render_post(TEXT).html)

    assert source.text.split("\n") == [
        "First bold link text.",
        "A heading",
        "a",
        "b",
        "c & d",
        "d",
        "item one more",
        "nested",
        "quoted",
        "code here",
        "Last line broken, 👩‍💻 😀.",
        "A note.",
    ]


def test_pieces_are_the_words_of_the_html_at_their_places():
    source = read(render_post(TEXT).html)

    for piece in source.pieces:
        assert source.text[piece.start : piece.end] == piece.text
        if not piece.is_entity:
            assert source.html[piece.html_start : piece.html_end] == piece.text


def test_paragraphs_are_those_with_numbers():
    rendered = render_post(TEXT)
    source = read(rendered.html)

    texts = tuple(source.text[start:end] for start, end in source.paragraphs.values())
    assert list(source.paragraphs) == [1, 2]
    assert texts == rendered.paragraphs
    assert source.paragraph_at(3) == 1
    assert source.paragraph_at(source.text.index("nested")) is None


@pytest.mark.parametrize(("word", "section"), [("First", 0), ("c & d", 2), ("nested", 3)])
def test_a_place_is_in_a_section(word, section):
    source = read(render_post(TEXT).html)

    assert source.section_at(source.text.index(word)) == section


def test_a_rule_and_a_picture_hold_no_place():
    source = read('<hr>\n<p id="p1">One.</p>\n<p class="picture"><img src="x"></p><p id="p2">T</p>')

    assert [source.section_at(source.text.index(word)) for word in ("One", "T")] == [1, 3]


def test_an_empty_post_has_no_text():
    assert read("").text == ""
