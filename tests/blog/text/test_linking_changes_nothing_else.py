"""Linking changes the citations of a text, and nothing around them."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from blog.text import render_post
from blog.text.lines import lines_of
from blog.text.rewriting import link_citations, typed_links
from tests.blog.citations.consistency.test_exact import book

WORKS = {
    "calder": book("Calder, Bea"),
    "pair": book("Luna, Ana", "Sol, B.", year=2010),
    "who": book("World Health Organization", year=2019),
    "ties": book(year=2018, title="How Ties Form"),
}
CITED = re.compile(r'<a class="cite"[^<>]*>(.*?)</a>')
# All as a key prints them, so that the words of the page are the same afterwards.
CITATIONS = [
    "(Calder, 2014)",
    "Calder (2014)",
    "The World Health Organization (2019)",
    "How Ties Form (2018)",
    "As Calder (2014)",
    "Calder’s (2014)",
    "(see *also* Calder, 2014, my *own* words)",
    "(Calder, 2014; Luna & Sol, 2010)",
    "(Calder, 2014, https://example.org/a_b_c; Luna & Sol, 2010)",
    r"(Calder, 2014, file\_name)",
    "(Luna & Sol, 2010, as in _all_ of it)",
    "Calder (2014; Luna & Sol, 2010)",
]
TOKEN = "a" * 32
AROUND = [
    *("*{}*", "**{}**", "_{}_", "~~{}~~", "`{}`", "“{}”", "> {}", "- {}", "## {}", "\n\n{}\n\n"),
    *("[{}](https://example.org/a_b)", "[*more* {}](https://example.org/a)", "<b>{}</b>"),
    *(f"![{{}}](picture:{TOKEN})", '[a](https://example.org/a "{}")'),
    *('<a href="https://example.org/a">{}</a>', "a_b_c {} c_d_e", "*a* {} *b*", r"\*{}\*"),
    *("({})", "[{}]", "As {} says.", "The {} study", "**As** {}", "*a {}", "{}* b", "{}(a)"),
    *("{}: a", "{}[a]", "{} [p. 3]", "a[^1] {}\n\n[^1]: {}", "|a|b|\n|-|-|\n|c|{}|", "{}\na"),
]
BEHIND_AN_ADDRESS = ["https://example.org/a_b/{}", "https://example.org/Calder_(2014) {}"]


@st.composite
def texts(draw):
    """Return a text of citations, each in something that may not change."""
    pieces = []
    for _number in range(draw(st.integers(1, 4))):
        piece = draw(st.sampled_from(CITATIONS))
        if draw(st.booleans()):
            piece = draw(st.sampled_from(BEHIND_AN_ADDRESS)).replace("{}", piece)
        for around in draw(st.lists(st.sampled_from(AROUND), max_size=2)):
            piece = around.replace("{}", piece)
        pieces.append(piece)
    return draw(st.sampled_from([" ", " and ", "\n\n"])).join(pieces)


def page(text):
    """Return the words, the emphasis and the links of a page, without those to its references."""
    html = CITED.sub(lambda cited: re.sub(r"</?i>", "", cited[1]), render_post(text, WORKS).html)
    html = re.sub(r" id=\"h-[^\"]*\"", "", html)
    html = html.replace("<i>", "<em>").replace("</i>", "</em>").replace("\u00a0", " ")
    return unescape(html)


@given(texts())
def test_linking_all_changes_nothing_but_the_citations(text):
    links = typed_links(text, lines_of(render_post(text, WORKS).html), WORKS)
    keys = {citation: key for link in links for citation, key in link.keys.items()}

    linked = link_citations(text, keys, WORKS)

    assert page(linked) == page(text)
    in_place = text
    for link in reversed(links):
        assert text[link.start : link.end] == link.written
        in_place = in_place[: link.start] + link.linked + in_place[link.end :]
    assert in_place == linked
