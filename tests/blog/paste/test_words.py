"""Every word that a page shows is in the text, or in a part that is counted as left out."""

import re

from hypothesis import given
from hypothesis import strategies as st

from blog.paste.html import read_html, read_source
from blog.text import render_comment, render_post
from tests.blog.paste.trees import page_of, pages, words_in

TAG = re.compile(r"<[^<>]*>")
TAGS = [
    *(
        "p",
        "b",
        "i",
        "a",
        "ul",
        "ol",
        "li",
        "table",
        "tr",
        "td",
        "th",
        "caption",
        "h1",
        "blockquote",
    ),
    *("sup", "br", "span", "div", "pre", "code", "hr", "img", "dl", "dt", "dd", "menu", "form"),
]
# Tags in any order, opened and closed where they should not be.
soups = st.lists(
    st.one_of(
        st.sampled_from(TAGS).map("<{}>".format),
        st.sampled_from(TAGS).map("</{}>".format),
        st.sampled_from(["{}", " {} ", "\n\n{}", "<a href='#x' name='y'>[1]</a>", "&nbsp;", "- "]),
    ),
    max_size=40,
).map(lambda pieces: page_of("".join(pieces)))


@given(pages)
def test_every_shown_word_is_in_the_text_once(page):
    read = read_html(page.html)

    assert sorted(words_in(read.text)) == sorted(page.shown)
    assert bool(read.left_out) >= bool(page.counted)


@given(pages)
def test_every_shown_word_is_in_a_comment_once(page):
    text = read_html(page.html, for_comment=True).text

    assert sorted(words_in(text)) == sorted(page.shown)
    html = render_comment(text).html
    assert sorted(words_in(TAG.sub(" ", html))) == sorted(page.shown)


@given(pages)
def test_every_shown_word_is_rendered_once(page):
    html = render_post(read_html(page.html).text).html

    assert sorted(words_in(TAG.sub(" ", html))) == sorted(page.shown)


@given(soups)
def test_every_word_between_any_tags_is_in_the_text_once(page):
    for read in (
        read_html(page.html),
        read_source(page.html),
        read_html(page.html, for_comment=True),
    ):
        assert sorted(words_in(read.text)) == sorted(page.shown)
