"""The HTML of entries: whole addresses, no pictures, and nothing else changed."""

import pytest

from blog.text import render_post
from blog.views.feeds.entry_html import for_feed, with_references

PAGE = "https://pln.example/c/x/posts/y/"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="#p3">¶3</a>', f'<a href="{PAGE}#p3">¶3</a>'),
        (
            '<a href="/c/x/?a=1&amp;b=2">x</a>',
            '<a href="https://pln.example/c/x/?a=1&amp;b=2">x</a>',
        ),
        ('<a href="z/">x</a>', f'<a href="{PAGE}z/">x</a>'),
        (
            '<a href="https://a.example/?q=%22" rel="nofollow ugc noopener">x</a>',
            '<a href="https://a.example/?q=%22" rel="nofollow ugc noopener">x</a>',
        ),
        ('<a href="mailto:a@b.example">x</a>', '<a href="mailto:a@b.example">x</a>'),
        ('<a title="href=&quot;/no&quot; > x">x</a>', '<a title="href=&quot;/no&quot; > x">x</a>'),
        ('<code>&lt;a href="/x"&gt;</code>', '<code>&lt;a href="/x"&gt;</code>'),
        ("<abbr>a</abbr>", "<abbr>a</abbr>"),
        (
            '<p class="picture"><img src="/pictures/a/small.webp" alt="A map > &lt;b&gt;"></p>',
            '<p class="picture"><em>Picture: A map &gt; &lt;b&gt;</em></p>',
        ),
        ('<p><img src="/pictures/a/small.webp" alt=""></p>', "<p></p>"),
        ('<p><img src="/pictures/a/small.webp"></p>', "<p></p>"),
        ("&lt;img alt=&quot;x&quot;&gt;", "&lt;img alt=&quot;x&quot;&gt;"),
    ],
)
def test_html_of_an_entry(html, expected):
    assert for_feed(html, PAGE) == expected


def test_a_text_without_links_and_pictures_is_left_as_it_is():
    text = 'One "two" <three> & four.\n\n> Five ¶6\n\n`<a href="/x">`\n\n|a|b|\n|-|-|\n|1|2|'
    html = render_post(text, {}).html

    assert for_feed(html, PAGE) == html


def test_every_link_that_the_renderer_makes_is_whole():
    text = "[in](/c/x/) [out](https://a.example/) [here](#p1) www.b.example[^1]\n\n[^1]: Foot."
    html = render_post(text, {}).html

    whole = for_feed(html, PAGE)

    assert 'href="/' not in whole
    assert 'href="#' not in whole
    assert whole.count("<a ") == html.count("<a ")


def test_a_post_without_references_has_no_list():
    assert with_references("<p>a</p>", []) == "<p>a</p>"
