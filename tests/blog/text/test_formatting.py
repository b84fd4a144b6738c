"""The words of a rendered text as its reader sees them, and their formatting."""

import json

import pytest

from blog.exceptions import TextRefused
from blog.text import PictureFiles, render_comment, render_post
from blog.text.format_names import format_name
from blog.text.formatting import formatted_text

TOKEN = "a1" * 16
PICTURE = PictureFiles(
    f"/pictures/{TOKEN}/large.webp", f"/pictures/{TOKEN}/small.webp", 120, 90, 60
)
WORK = {
    "type": "book",
    "title": "Getting a job",
    "author": [{"family": "Granovetter", "given": "Mark"}],
    "issued": {"date-parts": [[1973]]},
}


def text_of(source):
    rendered = render_post(source, {"g": WORK}, pictures={TOKEN: PICTURE})
    return formatted_text(rendered.html)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("", ""),
        ("## A *heading*", "A heading"),
        ("One\nline  \nand another", "One line\nand another"),
        ("Ties [@g, p. 12] and @g [p. 3].",
         "Ties (Granovetter, 1973, p. 12) and Granovetter (1973, p. 3)."),
        ("- one\n  - two\n\n  more\n- three", "one\ntwo\nmore\nthree"),
        ("> Quoted\n> twice\n>\n> - listed", "Quoted twice\nlisted"),
        ("| A | B |\n|--|--|\n| *1* | |\n| | 2 |", "A │ B\n1 │\n│ 2"),
        ("```\nx  =  1\n\ny\n```\n\nEnd.", "x  =  1\n\ny\nEnd."),
        ("Two[^a] and[^b] again[^a].\n\n[^a]: A.\n[^b]: B.",
         "Two[footnote] and[footnote] again[footnote 1].\nA.\nB."),
        (f"![A map](picture:{TOKEN})", "[Picture: A map]"),
        (f"![](picture:{TOKEN})", "[Picture]"),
        ("One.\n\n---\n\nTwo.", "One.\n———\nTwo."),
        ("A <script>tag</script> & `code`.", "A <script>tag</script> & code."),
    ],
)  # fmt: skip
def test_words_are_those_of_a_reader(source, words):
    assert text_of(source).words == (words and words + "\n")


@pytest.mark.parametrize(
    ("source", "kinds"),
    [
        ("## A\n\nB\n\n> C", [("heading", ""), ("paragraph", ""), ("quotation", "")]),
        ("- a\n\n  b\n- c", [("item", "•"), ("item", ""), ("item", "•")]),
        ("3. a\n4. b", [("item", "3."), ("item", "4.")]),
        ("```\nx\n```", [("code", "")]),
        ("| A |\n|--|\n| 1 |", [("row", ""), ("row", "")]),
        ("A[^x]\n\n[^x]: B\n\n    C", [("paragraph", ""), ("footnote", "1"), ("footnote", "")]),
        ("---", [("rule", "")]),
    ],
)
def test_lines_know_what_they_are(source, kinds):
    assert [tuple(block) for block in text_of(source).blocks] == kinds


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("x", []),
        ("**x**", ["bold"]),
        ("<b>x</b>", ["bold"]),
        ("*x*", ["italic"]),
        ("~~x~~", ["strike through"]),
        ("`x`", ["code"]),
        ("H<sub>x</sub>", ["subscript"]),
        ("H<sup>x</sup>", ["superscript"]),
        ("<mark>x</mark>", ["highlight"]),
        ("<q>x</q>", ["short quote"]),
        ("<cite>x</cite>", ["title of a work"]),
        ("<kbd>x</kbd>", ["key to press"]),
        ("[x](https://a.org)", ["link to https://a.org"]),
        ("# x", ["heading"]),
        ("# A\n\n## x", ["small heading"]),
        ("# A\n\n## B\n\n### x", ["heading of level 3"]),
        ("- x", ["list"]),
        ("- A\n  - x", ["list", "list of level 2"]),
        ("1. x", ["numbered list"]),
        ("3. x", ["numbered list from 3"]),
        ("- A\n  1. x", ["list", "numbered list of level 2"]),
        ("> x", ["quote"]),
        ("> > x", ["quote", "quote in a quote"]),
        ("```\nx\n```", ["code block"]),
        ("| A |\n|--|\n| x |", ["table cell"]),
        ("| x |\n|:-:|\n| A |", ["table heading, centered"]),
        ("A[^a]\n\n[^a]: x", ["footnote"]),
        ("A  \nx", ["line break"]),
    ],
)
def test_formats_have_the_names_of_the_editor(source, names):
    text = text_of(source)

    formats = text.formats[text.words.rindex("x")]

    assert sorted(map(format_name, formats)) == names


def test_a_citation_and_a_picture_are_known_by_what_they_name():
    text = text_of(f"@g ![A map](picture:{TOKEN})")

    names = [format_name(one) for formats in (text.formats[0], text.formats[-2]) for one in formats]

    assert names == ["citation of “g”", "picture file a1a1a1"]


def test_every_text_of_the_specification_is_read(real_data):
    path = real_data / "markdown" / "commonmark-spec-0.31.json"

    for example in json.loads(path.read_text()):
        for render in (render_post, render_comment):
            try:
                html = render(example["markdown"]).html
            except TextRefused:
                continue
            text = formatted_text(html)
            assert len(text.formats) == len(text.words)
            assert len(text.blocks) == len(text.starts) == len(set(text.starts)) or not text.words
