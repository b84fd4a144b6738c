"""Bold and slanted words of a page, wherever their edges are: never a star that is shown."""

from html import escape
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blog.paste.html import read_html
from blog.text import render_post
from tests.examples import examples

STYLES = {"b": "b", "strong": "b", "i": "i", "em": "i", "sub": "sub", "code": "code"}
# Letters, signs on both sides of them, and those that mean something in Markdown.
WORDS = st.text(alphabet="aé日“”!)(,:–]/*_`~<>&\\。🙂 ", min_size=1, max_size=4)
PIECES = st.one_of(
    st.tuples(WORDS, st.sets(st.sampled_from(["b", "i"]))),
    st.tuples(st.just("2"), st.sets(st.sampled_from(["b", "i", "sub"]))),
)


@pytest.mark.parametrize(
    ("page", "markdown"),
    [
        # as the renderer pairs them
        ("un<i>believ</i>able", "un*believ*able"),
        ("<b>a</b><i>b</i><b>c</b>", "**a***b***c**"),
        ("so <b>“quoted”</b>, he said", "so **“quoted”**, he said"),
        ("(<b>(a)</b>)", "(**(a)**)"),
        ("<b>So:</b>they", "**So:**they"),
        ("日<b>“本”</b>語", "日**“本”**語"),
        ("<b><i>both</i></b>", "***both***"),
        # a sign inside, a letter outside
        ("word<b>“quoted”</b>word", "word<b>“quoted”</b>word"),
        ("foo<i>“bar”</i>", "foo<i>“bar”</i>"),
        ("re<b>-do</b>ing", "re<b>-do</b>ing"),
        ("x<b>!</b>y", "x<b>!</b>y"),
        ("<i>pre-</i>and post", "<i>pre-</i>and post"),
        ("<b>$5</b>0 and 5<b>$</b>", "**$5**0 and 5<b>$</b>"),
        ("x<b>🙂</b>y", "x<b>🙂</b>y"),
        ("x<span style='font-weight:700'>(y)</span>z", "x<b>(y)</b>z"),
        ("x<b>“a” <i>so</i></b> and <b>more</b>", "x<b>“a” *so*</b> and **more**"),
        # beside one another
        ("<b>a <i>b</i></b><i>c</i>", "<b>a *b*</b>*c*"),
        ("a<b>(b)</b><i>c</i>d", "a<b>(b)</b>*c*d"),
        # where the renderer has read something else before, it sees neither a space nor a sign
        ("a<br><b>“b”</b> c", "a  \n<b>“b”</b> c"),
        ("<b>a-</b><br>b", "<b>a-</b>  \nb"),
        ("&gt;<b>“a”</b>", "\\><b>“a”</b>"),
        ("<code>a</code><b>“b”</b>", "`a`<b>“b”</b>"),
        ("x<sub>2</sub><i>(s)</i>", "x<sub>2</sub><i>(s)</i>"),
        # a tag holds no other
        ("x<b>“H<sub>2</sub>O”</b>y", "x<b>“H</b><sub>**2**</sub><b>O”</b>y"),
        ("x<b><i>“q”</i></b>y", "x<b>*“q”*</b>y"),
        ("x<b>“a” <i>-b-</i>c</b>y", "x<b>“a”</b> <b>*-b-*</b><b>c</b>y"),
        ("x<b>“1 &lt; 2 &gt; 0”</b>y", "x<b>“1 \\< 2 \\> 0”</b>y"),
        ("x<b>“a</b><br><b>b”</b>y", "x<b>“a</b>  \n<b>b”</b>y"),
        # in other blocks, and in a link
        ("<h2>x<i>“q”</i>y</h2>", "## x<i>“q”</i>y"),
        ("<ul><li>x<i>“q”</i>y</li></ul>", "- x<i>“q”</i>y"),
        ("<a href='https://x.org'>x<b>“q”</b>y</a>", "[x<b>“q”</b>y](https://x.org)"),
        ("<b><a href='https://x.org'>“q”</a></b>y", "[**“q”**](https://x.org)y"),
        (
            "<table><tr><td>a<div><b>“b”</b></div></td><td>x|<i>(y)</i></td></tr>"
            "<tr><td>c</td><td>d</td></tr></table>",
            "| a<br><b>“b”</b> | x\\|<i>(y)</i> |\n| --- | --- |\n| c | d |",
        ),
    ],
)
def test_words_in_a_style_have_stars_where_they_pair_and_tags_elsewhere(page, markdown):
    assert read_html(f"<p>{page}</p>").text == markdown
    assert _shown(render_post(markdown).html) == _shown(page)


@given(st.lists(PIECES, max_size=6))
def test_every_sign_is_shown_once_in_its_style(pieces):
    page = "".join(_in_tags(escape(words), sorted(tags)) for words, tags in pieces)

    read = read_html(f"<p>x{page}y</p>").text

    assert _shown(render_post(read).html) == _shown(f"x{page}y")


@pytest.mark.parametrize("size", [10, 2_500])
def test_a_long_passage_shows_no_stars(size):
    read = read_html(f"<p>x<b>“{'word ' * size}”</b>y</p>").text

    assert "*" not in read
    assert ("<b>" in read) is (size == 10)


@given(st.lists(st.sampled_from(["<b>“a”</b>", "x", "<i>/</i>", "<b><i>a</i></b>"]), max_size=400))
@settings(max_examples=examples(20))
def test_many_styles_in_one_paragraph_are_all_kept(pieces):
    page = "".join(pieces)

    assert _shown(render_post(read_html(f"<p>{page}</p>").text).html) == _shown(page)


def _in_tags(text, tags):
    for tag in tags:
        text = f"<{tag}>{text}</{tag}>"
    return text


class _Signs(HTMLParser):
    """The signs of a page that are not spaces, each with the styles it is in."""

    def __init__(self):
        super().__init__()
        self.open, self.signs = [], []

    def handle_starttag(self, tag, attrs):
        if tag != "br":
            self.open.append("b" if tag == "span" else STYLES.get(tag))

    def handle_endtag(self, tag):
        self.open.pop()

    def handle_data(self, data):
        styles = frozenset(filter(None, self.open))
        self.signs += [(sign, styles) for sign in data if not sign.isspace()]


def _shown(html):
    signs = _Signs()
    signs.feed(html)
    return signs.signs
