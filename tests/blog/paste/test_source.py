"""The source of pages among pasted texts, and the paragraphs of an old editor’s text view."""

import pytest

from blog.paste import prepare
from blog.paste.html import is_html


@pytest.mark.parametrize(
    ("source", "markdown"),
    [
        (
            "First paragraph.\n\n<ul>\n <li>one</li>\n <li>two</li>\n</ul>\nSecond paragraph.",
            "First paragraph.\n\n- one\n- two\n\nSecond paragraph.",
        ),
        ("<h2>Part</h2>\nFirst one.\n\nSecond one.", "## Part\n\nFirst one.\n\nSecond one."),
        (
            'See <a href="https://example.org">this</a>.\n\nSecond one.',
            "See [this](https://example.org).\n\nSecond one.",
        ),
        (
            '[caption id="a" width="3"]<img src="x.png"/> The caption[/caption]\n\nMore.',
            "The caption\n\nMore.",
        ),
        ('[caption caption="Words"]<img src="x.png"/>[/caption]', "Words"),
        ("<em>A line</em>\nand another\n\n<b>more</b>", "*A line*  \nand another\n\n**more**"),
        ("<pre>a\n\nb</pre>\nafter", "```\na\n\nb\n```\n\nafter"),
        ("<p>wrapped\nsource</p>", "wrapped source"),
        (
            "<tr><td>a</td><td>b</td></tr>\n<tr><td>c</td><td>d</td></tr>",
            "| a | b |\n| --- | --- |\n| c | d |",
        ),
        ("<p>a</p>[embed]https://x.org/v[/embed]", "a\n\nhttps://x.org/v"),
    ],
)
def test_source_is_read_as_the_page_it_makes(source, markdown):
    assert is_html(source)
    assert prepare(source).text == markdown


@pytest.mark.parametrize(
    "text",
    [
        "A <b>bold</b> word",
        "I write `<ul>` and </ul> in class",
        "- a list\n\n<ul><li>x</li></ul>",
        "## Mine\n\nSee <a href='https://x.org'>this</a>.",
        "[caption] is a word",
        "1 < 2 and <ul> is a tag",
    ],
)
def test_words_and_markdown_are_no_source(text):
    assert not is_html(text)


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        (
            "My ideas are these:\n• ask more\n• share more\nThat is all.",
            "My ideas are these:\n\n- ask more\n- share more\n\nThat is all.",
        ),
        ("•\tone\n•\ttwo", "- one\n- two"),
        ("o\tone\n–\ttwo", "- one\n- two"),
        ("So:\n1)\tFirst\n2)\tSecond", "So:\n\n1. First\n2. Second"),
        ("A line\n- typed\nanother", "A line\n- typed\nanother"),
    ],
)
def test_signs_of_plain_text_become_lists_apart_from_other_lines(text, markdown):
    assert prepare(text).text == markdown


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("Name\tAge\nAnn\t3", "| Name | Age |\n| --- | --- |\n| Ann | 3 |"),
        (
            "So:\n\nName\tAge\tTown\r\nAnn\t3\t\r\n\r\nMore.",
            "So:\n\n| Name | Age | Town |\n| --- | --- | --- |\n| Ann | 3 |  |\n\nMore.",
        ),
        ("a|b\tc\nd\te", "| a\\|b | c |\n| --- | --- |\n| d | e |"),
        ("Name\tAge", "Name\tAge"),
        ("Name\tAge\nAnn", "Name\tAge\nAnn"),
        ("Name\tAge\nAnn\t3\t4", "Name\tAge\nAnn\t3\t4"),
        ("\tIndented one.\n\tIndented two.", "\tIndented one.\n\tIndented two."),
        ("•\tone\n•\ttwo", "- one\n- two"),
        ("1.\tone\n2.\ttwo", "1. one\n2. two"),
    ],
)
def test_cells_of_a_spreadsheet_become_a_table(text, markdown):
    assert prepare(text).text == markdown
