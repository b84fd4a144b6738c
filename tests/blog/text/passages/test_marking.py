"""Passages marked in the HTML of a post."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.text import render_post
from blog.text.passages import Place, Quotation, find_quotation, link_numbers, mark_passages, read

MARK = re.compile(r"</?mark[^>]*>")
MARKED = re.compile(r'<mark class="passage"[^>]*data-passages="([\d ]+)">(.*?)</mark>', re.DOTALL)
TEXT = """One **bold & brave** [link](https://example.org).[^1] 😀 End.

| a | b |
|---|---|
| c | d |

`code` and *more*.

[^1]: A note.
"""


@pytest.fixture(scope="module")
def source():
    return read(render_post(TEXT).html)


def marked(source, **words):
    places = {
        int(key[1:]): find_quotation(source.text, Quotation(text))[0] for key, text in words.items()
    }
    return mark_passages(source, places)


def pieces(html):
    return [(found[1], found[2]) for found in MARKED.finditer(html)]


def html_of(found):
    return "".join(block.html for block in found.blocks)


def test_a_passage_is_marked_between_the_tags(source):
    html = html_of(marked(source, c1="One bold & brave link. 😀"))

    assert pieces(html) == [
        ("1", "One "),
        ("1", "bold &amp; brave"),
        ("1", "link"),
        ("1", "."),
        ("1", " 😀"),
    ]
    assert MARK.sub("", html) == source.html


def test_cells_of_a_table_are_marked_each(source):
    assert pieces(html_of(marked(source, c1="a b c"))) == [("1", "a"), ("1", "b"), ("1", "c")]


def test_passages_that_overlap_share_marks_and_each_has_a_beginning(source):
    found = marked(source, c1="bold & brave", c2="brave link", c3="bold")

    assert pieces(html_of(found)) == [
        ("1 3", "bold"),
        ("1", " &amp; "),
        ("1 2", "brave"),
        ("2", "link"),
    ]
    assert found.anchors == {1: "passage-1", 3: "passage-1", 2: "passage-2"}


def test_a_block_ends_where_notes_on_it_can_stand(source):
    found = marked(source, c7="code and", c5="a b c d", c6="One")

    assert [block.passages for block in found.blocks] == [(6,), (5,), (7,), ()]
    assert found.blocks[0].html.endswith("</p>")
    assert found.blocks[1].html.endswith("</table>")


def test_without_passages_the_html_is_one_block(source):
    assert [block.html for block in mark_passages(source, {}).blocks] == [source.html]


class Balance(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open = []

    def handle_starttag(self, tag, attrs):
        if tag not in ("br", "hr", "img", "wbr"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


LENGTH = len(read(render_post(TEXT).html).text)
PLACES = st.tuples(st.integers(0, LENGTH - 1), st.integers(1, LENGTH)).map(
    lambda pair: Place(pair[0], min(LENGTH, pair[0] + pair[1]))
)


@given(st.lists(PLACES, max_size=5))
def test_marks_never_break_the_html_or_change_its_words(places):
    source = read(render_post(TEXT).html)

    html = html_of(mark_passages(source, dict(enumerate(places, start=1))))

    balance = Balance()
    balance.feed(html)
    assert balance.open == []
    assert MARK.sub("", html) == source.html


def test_numbers_are_links_to_comment_on_their_paragraph():
    html = link_numbers('<p dir="auto" id="p2">Two.</p><p>No.</p>', 'On "%d"')

    assert html == (
        '<p dir="auto" id="p2"><a class="on-paragraph" href="?on=2#say" '
        'aria-label="On &quot;2&quot;"></a>Two.</p><p>No.</p>'
    )
