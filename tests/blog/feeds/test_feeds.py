"""Feeds of every kind are read, hostile ones within limits, and a page says where its feed is."""

import subprocess
from datetime import UTC, datetime

import pytest

from blog.feeds import (
    Busy,
    NotAFeed,
    TooMuch,
    entry_text,
    feed_links,
    looks_like_feed,
    read_feed,
    reader,
)
from blog.lookup.blogs import Problem
from blog.models import OwnBlog
from tests.own_blogs import atom, item

NOW = datetime(2026, 11, 30, tzinfo=UTC)
URL = "https://blog.example.org/feed/"
RSS = """<?xml version="1.0"?><rss version="2.0"
  xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>A &amp; B</title>
<link>https://blog.example.org/</link><item><title>Ties &amp;#8220;weak&amp;#8221;</title>
<link>https://blog.example.org/ties/</link><guid isPermaLink="false">https://blog.example.org/?p=7</guid>
<pubDate>Thu, 01 Oct 2026 10:00:00 +0200</pubDate><description>Short [&amp;#8230;]</description>
<content:encoded><![CDATA[<p>All of <a href="/x">it</a>.</p>]]></content:encoded>
</item></channel></rss>"""


def read(text, url=URL, **more):
    data = text if isinstance(text, bytes) else text.encode()
    return read_feed(data, url, now=NOW, **more)


def test_rss_of_wordpress():
    feed = read(RSS)

    (entry,) = feed.entries
    assert (feed.title, feed.address) == ("A & B", "https://blog.example.org/")
    assert (entry.guid, entry.address) == (
        "https://blog.example.org/?p=7",
        "https://blog.example.org/ties/",
    )
    assert entry.title == "Ties “weak”"
    assert entry.published_at == datetime(2026, 10, 1, 8, tzinfo=UTC)
    assert not entry.is_cut_off
    assert entry_text(entry) == "All of [it](https://blog.example.org/x)."


def test_atom_and_rss_in_other_encodings():
    assert read(atom(item(1, "Fähre"))).entries[0].title == "Fähre"
    in_latin = atom(item(1, "Fähre")).replace("utf-8", "iso-8859-1").encode("latin-1", "replace")
    assert read(in_latin).entries[0].title == "Fähre"


@pytest.mark.parametrize(
    "text", ["", "<html><p>Hello</p></html>", "{}", "\x00\x01", "<a>" * 50_000]
)
def test_what_is_no_feed_is_refused(text):
    with pytest.raises(NotAFeed):
        read(text)


def test_no_file_is_opened_by_name_or_entity(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("canary")
    hostile = f'<!DOCTYPE r [<!ENTITY x SYSTEM "file://{secret}">]>' + RSS.partition("?>")[2]

    found = read(hostile.replace("Short", "&x;").replace("A &amp;amp; B", "&x;"))

    assert "canary" not in repr(found)
    for name in (str(secret), f"file://{secret}", "http://127.0.0.1/"):
        with pytest.raises(NotAFeed):
            read(name)


def test_a_bomb_of_entities_is_not_opened():
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE r [<!ENTITY e0 "boom">{entities}]><rss version="2.0"><channel><item>'
    bomb += "<title>&e11;</title></item></channel></rss>"

    try:
        found = read(bomb)
    except NotAFeed:
        return
    assert len(repr(found)) < 10_000


def test_one_guid_is_one_entry():
    assert len(read(atom(item(1), item(1, "Again"))).entries) == 1


def test_a_guid_has_an_end():
    long = atom(item(1)).replace("tag:blog,2026:1", "x" * 5_000)

    assert read(long).entries[0].guid.startswith("sha256:")


def test_addresses_of_other_kinds_are_none():
    feed = read(atom(item(1)).replace('href="/1"', 'href="javascript:alert(1)"'))

    assert feed.entries[0].address == ""


def test_a_text_of_any_length_is_told():
    (entry,) = read(atom(item(1, text="x" * 300_000))).entries

    assert entry.is_too_long


def test_beginnings_are_known():
    texts = ["<p>One [&hellip;]</p>", "<p>One […]</p>", '<p>One <a href="/1">Read more</a></p>']

    entries = read(atom(*(item(n, text=text) for n, text in enumerate(texts)))).entries

    assert [entry.is_cut_off for entry in entries] == [True] * 3


def test_pictures_are_links_and_counters_go():
    text = '<p><img src="https://c.example/p.gif" width="1"><img src="/a%20b.jpg?x=1&amp;y=2"></p>'

    (entry,) = read(atom(item(1, text=text))).entries

    assert entry_text(entry) == r"[a%20b.jpg](https://blog.example.org/a%20b.jpg?x=1&y=2)"


def test_links_to_feeds_of_posts_come_first():
    page = """<link rel='alternate' type='application/rss+xml' title='Comments Feed' href='/c/'>
      <LINK TYPE="application/rss+xml; charset=utf-8" REL="home alternate"
        HREF="feed.xml?a=1&amp;b=2">
      <link rel="alternate" type="application/json" href="/json">
      <link rel="alternate" hreflang="fr" href="/fr">
      <link rel="alternate" type="application/atom+xml" href="javascript:x">"""

    assert feed_links(page, "https://blog.example.org/me/") == [
        "https://blog.example.org/me/feed.xml?a=1&b=2",
        "https://blog.example.org/c/",
    ]


def test_feeds_look_like_feeds():
    assert looks_like_feed(RSS.encode())
    assert looks_like_feed(atom().encode("utf-16"))
    assert not looks_like_feed(b"<!doctype html><html>")


def test_every_feed_of_a_real_collection_is_read_or_refused(real_data):
    for path in sorted((real_data / "feeds" / "feedparser").glob("*.xml"))[::4]:
        try:
            feed = read(path.read_bytes())
        except NotAFeed:
            continue
        for entry in feed.entries:
            entry_text(entry)
            entry.title.encode()


def test_hostile_xml_is_no_feed(real_data):
    for path in sorted((real_data / "xml-hostile").glob("*.xml")):
        with pytest.raises(NotAFeed):
            read(path.read_bytes())


# What takes too much


def test_a_feed_of_signs_alone_is_not_begun():
    with pytest.raises(TooMuch):
        read("<rss>" + "<a>" * 700_000)


def test_the_time_of_a_feed_is_that_of_whoever_waits(monkeypatch):
    asked = []

    def run(*_args, timeout, **_more):
        asked.append(timeout)
        raise subprocess.TimeoutExpired("parse", timeout)

    monkeypatch.setattr("blog.feeds.reader.subprocess.run", run)

    with pytest.raises(TooMuch):
        read(RSS, seconds=2)
    assert 0 < asked[0] <= 2


def test_one_feed_at_a_time_is_read():
    with reader.PARSING, pytest.raises(Busy):
        read(RSS, seconds=0.01)
    assert read(RSS, seconds=10).title == "A & B"


def test_the_model_knows_each_problem():
    assert set(OwnBlog.Problem.values) == {problem.value for problem in Problem}
