"""
Input of `bleach`: as little as there is to link, and never so little that it shows.

Every text is rendered twice, as it is and with all its HTML read by `bleach`; the two are the same.
"""

import json
import re
from html import escape
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blog.exceptions import TextRefused
from blog.text import render_comment, render_post, sanitise
from blog.text.addresses import EMAIL, URL, URL_IN_HTML
from blog.text.sanitise import ADDRESS_SIGN, POST_TAGS, linkify
from network import demo
from tests.examples import examples
from tests.long import few_of

DEMO = Path(demo.__file__).parent / "texts"
REL = ' rel="nofollow ugc noopener"'

generous = settings(max_examples=examples(400), suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture
def read(monkeypatch):
    """Return the list of what `bleach` has read."""
    read = []
    bleach = sanitise._bleach
    monkeypatch.setattr(sanitise, "_bleach", lambda html: read.append(html) or bleach(html))
    return read


def whole():
    """Let `bleach` read everything, as if nothing it is given were known to be plain."""
    return mock.patch.object(sanitise, "PIECE", re.compile("(?!)"))


# --- what is read -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<p>Nothing to link: a.b, a/b &amp; &ldquo;c&rdquo;&hellip; e.g. 3&#160;pp.</p>\n<hr />",
        '<p><a class="cite" href="#ref-a">Bui (2023)</a></p>',
        f'<p><a href="https://a.org/?b&amp;c"{REL}>www.a.org, <em>me@a.org</em></a></p>',
        "<p><code>http://a.org</code></p>\n<pre><code>me@a.org &copy</code></pre>",
        '<p><img alt="www.a.org" class="decorative" src="/pictures/a" /></p>',
    ],
)
def test_nothing_is_read_where_there_is_nothing_to_link(read, html):
    assert linkify(html) == html
    assert read == []


def test_existing_link_is_marked_and_not_read(read):
    html = '<a href="http://a.org/?b&amp;c" title="T">a</a> <a href="/b" rel="x">b</a>'

    assert linkify(html) == html.replace(' title="T"', f' title="T"{REL}').replace(' rel="x"', "")
    assert linkify('<a href="www.a.org">a</a>') == f'<a href="https://www.a.org"{REL}>a</a>'
    assert read == []


@pytest.mark.parametrize(
    ("html", "given_to_bleach"),
    [
        ("<p>a <b>b www.a.org</b> c</p><p>d</p>", ["b www.a.org"]),
        ("<p>at http://a.org</p><p>d</p><p>me@a.org</p>", ["at http://a.org<hr>me@a.org"]),
        ("<p>&copyright; HTTPS://a.org</p>", ["&copyright; HTTPS://a.org"]),
        ('<p>a <a href="javascript:b">b</a></p>', ['<a href="javascript:b">b</a>']),
        ('<p>a <a href="/a" title="&ldquo;">b</a></p>', ['<a href="/a" title="&ldquo;">b</a>']),
        ('<p>a <a href="/a">b &foo;</a></p>', ['<a href="/a">b &foo;</a>']),
    ],
)
def test_only_what_holds_an_address_or_is_odd_is_read(read, html, given_to_bleach):
    linkify(html)

    assert read == given_to_bleach


@pytest.mark.parametrize(
    "html",
    [
        '<a href="/a">a <a href="/b">b</a></a>',
        '<a href="/a">a <sup><a href="#b">1</a></sup></a>',
        '<p><img alt="&ldquo;" /></p>',
        "<p>a < b</p>",
        "<!-- a -->",
    ],
)
def test_html_that_is_not_plain_is_read_whole(read, html):
    linkify(html)

    assert read == [html]


@generous
@given(st.one_of(st.from_regex(URL), st.from_regex(URL_IN_HTML), st.from_regex(EMAIL)))
def test_every_address_has_a_sign_of_one(text):
    assert ADDRESS_SIGN.search(text)


# --- the same as read whole -------------------------------------------------------------------

ADDRESSES = [
    *("http://a.org", "https://a.org/b_(c)?d=1&e=2#f", "HTTP://A.ORG/", "http\u017f://a.org"),
    *(
        "www.a.org",
        "WWW.a.museum",
        "www.a",
        "ww",
        "w.a.org",
        "a.co",
        "a.com",
        "x.org/y",
        "ftp://a.b",
    ),
    *("me@a.org", "me@a.co.uk", "me@a.b", "me@a.museum", f"me@a.{'x' * 25}", "me@", "@a.org", "@"),
    *("://", "http:", "//a.org", "mailto:me@a.org", "http://", 'http://a/"b?c&d', "http://é.fr"),
]
SIGNS = [*" .,:;!?'\"()[]{}/\\|_*-+%&#=~", "\n", "&amp;", "&copy;", "&copy", "&copyx;", "&ampx;"]
SIGNS += ["&lt;b", "&ltb;", "&#64;", "&#x40;", "&#0;", "&#x80;", "&ldquo;", "&foo;", "a", "1", "é"]
SIGNS += ["\u00a0", "\u2028", "日"]
TEXTS = st.lists(st.sampled_from([*ADDRESSES, *SIGNS, " ", " "]), max_size=12).map("".join)
HREFS = st.sampled_from([*ADDRESSES, "#a", "/a?b&copy=1", "/a b", "javascript:a", "", "?a", "/é"])

MARKDOWN = [
    *ADDRESSES,
    *SIGNS,
    *("<me@a.org>", "<http://a.org/x>", "[x](http://a.org)", "[x](www.a.org)", "[x](javascript:a)"),
    *("[x](http://www.a.org 't')", "[x](/a?b&copy=1)", '[x](/a "&ldquo;t&rdquo;")', "[x y](#a)"),
    *("![a](http://a.org/x.png)", "[x", "](", "[r]", "\n[r]: http://a.org/?x&y \"t 'q'\"\n", "`"),
    *("[^1]", "\n\n[^1]: www.a.org\n", "`www.a.org`", "**", "<sub>", "</sub>", "<q>", "</q>"),
    *("<br>", "@a", "[@a]", "[@a, www.a.org]", "\n\n", "\n- ", "\n> ", "\n# ", "\n~~~\n"),
    "\n|a|b|\n|-|-|\n",
]
WORKS = {
    "a": {
        "type": "webpage",
        "title": "See www.a.org, <i>me@a.org</i> &copyx;",
        "author": [{"family": "O'N&ltx;", "given": "http://b.org"}],
        "URL": "https://a.org/?a&b\"c'd",
    }
}


def tag(name, inside):
    return inside.map(lambda html: f"<{name}>{html}</{name}>")


def link(href, title, label):
    quoted = f' title="{escape(title)}"' if title else ""
    return f'<a href="{escape(href)}"{quoted}>{label}</a>'


# Text and attributes with entities left in, as Markdown leaves those that are typed.
WRITTEN = TEXTS.map(lambda text: escape(text).replace("&amp;", "&"))
MARKED = WRITTEN | tag("em", WRITTEN) | tag("code", TEXTS.map(escape)) | st.just("<br />")
LINKS = st.builds(link, HREFS, TEXTS, st.lists(MARKED, max_size=3).map("".join))
INLINE = st.recursive(
    MARKED | LINKS,
    lambda inner: tag("b", st.lists(inner, max_size=3).map("".join)),
    max_leaves=8,
)
BLOCKS = st.sampled_from(["p", "li", "blockquote", "h2"]).flatmap(
    lambda name: tag(name, st.lists(INLINE, max_size=5).map("".join))
)


@generous
@given(st.lists(BLOCKS, min_size=1, max_size=3).map("\n".join))
def test_any_html_is_the_same_as_read_whole(html):
    shown = sanitise.sanitise(linkify(html), POST_TAGS)

    with whole():
        assert shown == sanitise.sanitise(linkify(html), POST_TAGS)


def rendered(source):
    for render in (lambda text: render_post(text, WORKS), render_comment):
        try:
            yield render(source)
        except TextRefused as refusal:
            yield str(refusal)


def assert_same(source):
    plain = list(rendered(source))

    with whole():
        assert plain == list(rendered(source))


@generous
@given(st.lists(st.sampled_from(MARKDOWN), max_size=30).map("".join))
def test_any_text_is_the_same_as_read_whole(source):
    assert_same(source)


@pytest.mark.parametrize(
    "path", sorted(DEMO.rglob("*.md")), ids=lambda path: f"{path.parent.name}/{path.stem}"
)
def test_text_of_the_demo_is_the_same_as_read_whole(path):
    sources = re.split(r"^(?:===|---|\+\+\+) .*\n", path.read_text(encoding="utf-8"), flags=re.M)

    for source in sources:
        assert_same(source)


@pytest.mark.slow
@pytest.mark.parametrize("every", few_of([5, 1], 2))
def test_real_text_is_the_same_as_read_whole(real_data, every):
    markdown = [*real_data.rglob("*.md"), *real_data.glob("markdown/**/*.txt")]
    spec = json.loads((real_data / "markdown" / "commonmark-spec-0.31.json").read_text())
    strings = json.loads((real_data / "unicode" / "blns.json").read_text())

    sources = [path.read_text(encoding="utf-8") for path in sorted(markdown)]
    sources += [case["markdown"] for case in spec]
    sources += [text for string in strings for text in (string, f'[{string}]({string} "{string}")')]
    assert len(sources) > 1500
    for source in sources[::every]:
        assert_same(source)
