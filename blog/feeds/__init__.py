"""
Read the Atom and RSS feeds of blogs elsewhere: their entries, and where a page says its feed is.

Pure: bytes in, values out. A feed may be hostile or broken, and a parser that is led astray takes
a processor with it, so feedparser runs in a process of its own, with limits of time and memory
(``parse``). What comes out is text of strangers: ``entry_text`` makes Markdown of it, which the one
renderer treats as any other.
"""

from blog.feeds.finder import feed_links, looks_like_feed
from blog.feeds.reader import Busy, Entry, Feed, NotAFeed, TooMuch, read_feed
from blog.feeds.texts import entry_digest, entry_text

__all__ = [
    "Busy",
    "Entry",
    "Feed",
    "NotAFeed",
    "TooMuch",
    "entry_digest",
    "entry_text",
    "feed_links",
    "looks_like_feed",
    "read_feed",
]
