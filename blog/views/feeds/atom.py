"""Entries → an Atom feed (RFC 4287), whose replies name what they reply to (RFC 4685)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from django.utils.feedgenerator import Atom1Feed, rfc3339_date

from blog.web.xml import TypedTextXMLGenerator

CONTENT_TYPE = "application/atom+xml; charset=utf-8"
FEED_TYPE = "application/atom+xml"
THREADING = "http://purl.org/syndication/thread/1.0"


@dataclass(frozen=True)
class Target:
    """The target of a reply: its ``id`` in feeds, and its page."""

    id: str
    url: str


@dataclass(frozen=True)
class Entry:
    """A post or a comment. Addresses are whole, times aware, and ``html`` is safe.

    ``replies_url`` is the feed of the comments on it. No number goes with it: nothing on this
    site counts comments.
    """

    id: str
    title: str
    url: str
    author: str
    published: datetime
    updated: datetime
    html: str
    author_url: str | None = None
    category: str = ""
    replies_url: str = ""
    last_reply_at: datetime | None = None
    in_reply_to: Target | None = None


@dataclass(frozen=True)
class Feed:
    """A feed's own data; ``since`` is its date while it is empty."""

    id: str
    title: str
    url: str  # the page
    feed_url: str
    since: datetime


def as_atom(feed: Feed, entries: Iterable[Entry]) -> bytes:
    """Return an Atom feed, the same bytes until one of its entries changes."""
    atom = ThreadedAtomFeed(
        feed.title,
        feed.url,
        description="",
        subtitle=None,
        feed_url=feed.feed_url,
        feed_guid=feed.id,
        since=feed.since,
    )
    for entry in entries:
        atom.add_item(
            entry.title,
            entry.url,
            description=None,
            author_name=entry.author,
            author_link=entry.author_url,
            pubdate=entry.published,
            updateddate=entry.updated,
            unique_id=entry.id,
            categories=[entry.category] if entry.category else [],
            entry=entry,
        )
    body = BytesIO()
    atom.write(body, "utf-8")
    return body.getvalue()


class ThreadedAtomFeed(Atom1Feed):
    """Django's feed, with whole texts and with replies."""

    def root_attributes(self):
        return super().root_attributes() | {"xmlns:thr": THREADING}

    def write(self, outfile, encoding):
        handler = TypedTextXMLGenerator(outfile, encoding, short_empty_elements=True)
        handler.startDocument()
        handler.startElement("feed", self.root_attributes())
        self.add_root_elements(handler)
        self.write_items(handler)
        handler.endElement("feed")

    def latest_post_date(self):
        """Return the date of the last change; Django's is now, for a feed without entries."""
        return max((item["updateddate"] for item in self.items), default=self.feed["since"])

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        entry = item["entry"]
        if entry.replies_url:
            handler.addQuickElement("link", None, _replies(entry))
        if entry.in_reply_to:
            target = entry.in_reply_to
            attributes = {"ref": target.id, "href": target.url, "type": "text/html"}
            handler.addQuickElement("thr:in-reply-to", None, attributes)
        handler.addQuickElement("content", entry.html, {"type": "html"})


def _replies(entry: Entry) -> dict[str, str]:
    attributes = {"rel": "replies", "type": FEED_TYPE, "href": entry.replies_url}
    if entry.last_reply_at:
        attributes["thr:updated"] = rfc3339_date(entry.last_reply_at)
    return attributes
