"""Feeds as a feed reader has them, and what RFC 4287 says that they must be."""

import re
from datetime import datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree

import feedparser

ATOM = "{http://www.w3.org/2005/Atom}"
THREADING = "{http://purl.org/syndication/thread/1.0}"
# The order is free; these are all that we write.
IN_FEED = {"title", "link", "id", "updated", "entry"}
IN_ENTRY = {"title", "link", "published", "updated", "author", "id", "category", "content"}
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def read(answer):
    """Return what a feed reader makes of an answer, which must be valid."""
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert_valid(answer.content)
    parsed = feedparser.parse(answer.content)
    assert not parsed.bozo
    assert parsed.version == "atom10"
    return parsed


def titles(answer):
    return [entry.title for entry in read(answer).entries]


def assert_valid(body):
    """Check the rules of RFC 4287 with MUST about the content of our feeds."""
    feed = ElementTree.fromstring(body)
    assert feed.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated"):  # 4.1.1
        assert len(feed.findall(ATOM + name)) == 1
    assert {child.tag.removeprefix(ATOM) for child in feed} <= IN_FEED
    assert [link.get("rel") for link in feed.findall(f"{ATOM}link")] == ["alternate", "self"]
    entries = feed.findall(f"{ATOM}entry")
    for entry in entries:
        _assert_valid_entry(entry)
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids)
    for element in feed.iter():
        _assert_valid_element(element)


def _assert_valid_entry(entry):
    for name in ("id", "title", "updated", "published", "content"):  # 4.1.2
        assert len(entry.findall(ATOM + name)) == 1
    names = {child.tag.removeprefix(ATOM) for child in entry}
    assert names - IN_ENTRY <= {f"{THREADING}in-reply-to"}
    assert entry.findtext(f"{ATOM}author/{ATOM}name")  # 3.2.1, 4.2.1
    links = entry.findall(f"{ATOM}link")
    assert len([link for link in links if link.get("rel") == "alternate"]) == 1  # 4.1.1
    assert entry.find(f"{ATOM}content").get("type") == "html"  # 4.1.3.1
    assert not list(entry.find(f"{ATOM}content"))  # 3.1.1.2: escaped, no child elements


def _assert_valid_element(element):
    if element.tag in (f"{ATOM}updated", f"{ATOM}published"):  # 3.3
        assert RFC_3339.fullmatch(element.text)
        assert datetime.fromisoformat(element.text)
    if element.tag in (f"{ATOM}id", f"{THREADING}in-reply-to"):  # 4.2.6: an absolute IRI
        assert urlsplit(element.text or element.get("ref")).scheme == "tag"
    if element.get("href"):
        assert urlsplit(element.get("href")).netloc
    if element.tag == f"{ATOM}category":  # 4.2.2.1
        assert element.get("term")
