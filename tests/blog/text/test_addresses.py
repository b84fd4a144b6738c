"""Ends of addresses, links that lead somewhere, and links that are typed as HTML."""

import re
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blog.text import render_comment, render_post
from blog.text.addresses import resolve
from tests.examples import examples

LINK = re.compile(r'<a href="([^"]*)"[^<>]*>(.*?)</a>', re.DOTALL)


def links(source):
    """Return the address and the label of each link, the same in a post and in a comment."""
    post, comment = (LINK.findall(render(source).html) for render in (render_post, render_comment))
    assert post == [(href, label.replace("<br>", "")) for href, label in comment]
    return post


BARE = ["https://example.org", "https://example.org/a_b/c--d", "http://example.org/?a=b#c"]
AROUND = [
    *(('"', '"'), ("'", "'"), ("“", "”"), ("‘", "’"), ("«", "»"), ("„", "“"), ("‹", "›")),
    *(("(", ")"), ("[", "]"), ("[", "]."), ("<", ">"), ("x>", "<y")),
    *(("**", "**"), ("*", "*"), ("_", "_"), ("", "."), ("", ","), ("", "!?"), ("", ":")),
    *(("", "—then"), ("", "–then"), ("", "…"), ("", "..."), ("", "。"), ("", "、"), ("", "，")),
    *(("「", "」"), ("（", "）"), ("", "؟"), ("", "|x"), ("| ", " |"), ("", "\n"), ("", "'s page")),
    *(('href="', '"'), ("“", "”."), ('("', '"),'), ("请看", "。"), ("", "\u00a0x"), ("", "`")),
]


@pytest.mark.parametrize("address", BARE)
@pytest.mark.parametrize(("before", "after"), AROUND)
def test_bare_address_ends_where_a_reader_ends_it(address, before, after):
    if after == "'s page" and address != BARE[0]:
        after = " page"

    assert links(f"See {before}{address}{after}") == [(address.replace("&", "&amp;"), address)]


@pytest.mark.parametrize(
    "query", ["b=1&section=2", "b&copy=1", "b&lt=2&amp=3", "b&#38", "b&none;c"]
)
def test_an_ampersand_in_the_address_of_a_link_is_one_unless_it_is_a_whole_entity(query):
    [(href, _label)] = links(f"[a](https://example.org/?{query})")
    [(same, _label)] = links(f"[a](https://example.org/?{query.replace('&', '&amp;')})")

    assert unescape(href) == unescape(same) == f"https://example.org/?{query}"


@pytest.mark.parametrize(
    "address",
    [
        "https://en.wikipedia.org/wiki/Dunbar's_number",
        "https://en.wikipedia.org/wiki/Tie_(network)",
        "https://example.org/a/(b)/c.",
        "https://例え.jp/ページ",
        "https://bücher.example:8080/x",
        "www.example.org/a*b",
    ],
)
def test_address_keeps_what_belongs_to_it(address):
    [(href, label)] = links(f"See {address} now")

    assert label == address.removesuffix(".")
    assert href.removeprefix("https://") == label.removeprefix("https://")


def test_escaped_signs_belong_to_an_address():
    assert links(r"https://example.org/a\_b\_c") == [("https://example.org/a_b_c",) * 2]


def test_address_in_a_link_is_its_label():
    assert links("[https://a.org/x_y_z](https://b.org)") == [
        ("https://b.org", "https://a.org/x_y_z")
    ]


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("example.org", "https://example.org"),
        ("example.org/page", "https://example.org/page"),
        ("docs.example.co.uk/a/b.html?c=d#e", "https://docs.example.co.uk/a/b.html?c=d#e"),
        ("localhost.example:8000/x", "https://localhost.example:8000/x"),
        ("www.example.org", "https://www.example.org"),
        ("10.1234/abc.1", "https://doi.org/10.1234/abc.1"),
        ("doi:10.1234/abc.1", "https://doi.org/10.1234/abc.1"),
        ("ada@example.org", "mailto:ada@example.org"),
        ("https://example.org/my file.pdf", "https://example.org/my%20file.pdf"),
        ("#p2", "#p2"),
        ("/c/course/", "/c/course/"),
    ],
)
def test_link_without_a_scheme_leads_where_it_is_meant_to(typed, address):
    assert links(f"[x]({typed})") == [(address, "x")]
    if " " not in typed:
        assert links(f"[x][1]\n\n[1]: {typed}") == [(address, "x")]
        assert links(f'<a href="{typed}">x</a>') == [(address, "x")]


@pytest.mark.parametrize(
    "typed",
    [
        "notes.pdf",
        "page.html",
        "ftp://a.example/b",
        "tel:123",
        "foo",
        "../a",
        "javascript:alert(1)",
    ],
)
def test_link_that_leads_nowhere_shows_as_it_was_typed(typed):
    for source in (f"[x]({typed})", f"![x]({typed})", f"[x]\n\n[x]: {typed}"):
        html = render_post(source).html

        assert "<a" not in html
        assert re.sub("<[^<>]*>", "", html).split() == source.split()


def test_nothing_in_an_address_that_is_shown_is_read():
    rendered = render_post('[a "b"](@c--*e*)')

    assert (rendered.unknown, rendered.citations) == ((), 0)
    assert rendered.html == '<p dir="auto" id="p1">[a “b”](@c--*e*)</p>'


@pytest.mark.parametrize(
    ("source", "address", "label"),
    [
        ('<a href="https://example.org">this page</a>', "https://example.org", "this page"),
        ("<a href='https://example.org'>this</a>", "https://example.org", "this"),
        ("<A HREF=https://example.org/a_b_c>this</A>", "https://example.org/a_b_c", "this"),
        (
            '<a class="x" href="https://example.org" target="_blank" rel="noopener">*this*</a>',
            "https://example.org",
            "<em>this</em>",
        ),
        ("<a href=“https://example.org”>this</a>", "https://example.org", "this"),
        ('<a\nhref="www.example.org">two\nlines</a>', "https://www.example.org", "two\nlines"),
        (
            '<a href="https://example.org/?a=1&amp;b=2">x</a>',
            "https://example.org/?a=1&amp;b=2",
            "x",
        ),
        ('<a href="https://example.org"><b>x</b></a>', "https://example.org", "<b>x</b>"),
    ],
)
def test_link_typed_as_html_is_a_link(source, address, label):
    [(found, shown)] = links(f"See {source}.")

    assert (found, shown) == (address, label)


@pytest.mark.parametrize(
    "source",
    [
        '<a href="javascript:alert(1)">x</a>',
        '<a href="https://example.org">no end',
        "<a name=x>x</a>",
        '<img src="a_b_c.png" alt="*x*">',
        '<div class="a--b">',
        "<!-- a -- b -->",
        "<script>",
    ],
)
def test_other_html_shows_as_it_was_typed(source):
    html = render_post(f"See {source} now").html

    shown = re.sub("</?[pa]\\b[^<>]*>", "", html).replace("&lt;", "<").replace("&gt;", ">")
    assert shown.replace("&amp;", "&") == f"See {source} now"
    assert "href" not in re.sub("&lt;.*?&gt;", "", html)


HOSTS = st.from_regex(r"[a-z]{2,8}\.(org|com|example)", fullmatch=True)
PATHS = st.from_regex(r"(/[a-z0-9_~-]{1,6}){0,3}(\?[a-z]=[a-z0-9]{1,3})?", fullmatch=True)
OPENING = st.sampled_from(["", " ", '"', "'", "“", "«", "(", "[", "**", "_", ">", "—"])
CLOSING = st.sampled_from([*"\"'”»)].,;:!?。…—|<>", "\n", " "])


@settings(max_examples=examples(300))
@given(HOSTS, PATHS, OPENING, CLOSING, st.sampled_from(["", ".", ",", " x", "\n"]))
def test_any_address_is_linked_whole_and_alone(host, path, before, after, last):
    address = f"https://{host}{path}".rstrip("_~")
    if before in ("**", "_"):
        after = before

    assert [label for _address, label in links(f"x {before}{address}{after}{last}")] == [address]


@pytest.mark.parametrize("typed", ["&#" + "1" * 9_000 + ";", "", " ", "https://", "10.1234"])
def test_address_that_is_none_is_none(typed):
    assert resolve(typed) is None
