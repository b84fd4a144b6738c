"""The address of a feed, as a page gives it."""

import re
from html import unescape
from urllib.parse import urljoin, urlsplit

READABLE = {"application/atom+xml", "application/rss+xml"}
MAX_HEAD_CHARS = 300_000
MAX_LINKS = 5
LINK = re.compile(r"<(?:link|a)\b([^<>]{0,3000})>", re.IGNORECASE)
ATTRIBUTE = re.compile(
    r"([\w:-]{1,40})\s*=\s*(?:\"([^\"]{0,2000})\"|'([^']{0,2000})'|([^\s\"'>]+))"
)
OF_COMMENTS = re.compile(r"comments?\b", re.IGNORECASE)
START = re.compile(rb"<(?:rss|feed|rdf:rdf|channel|atom:feed)\b", re.IGNORECASE)


def looks_like_feed(data: bytes) -> bool:
    """Return whether a document begins as a feed does; one in UTF-16 has NULs between its signs."""
    return bool(START.search(data[:4000].replace(b"\x00", b"")))


def feed_links(html: str, url: str) -> list[str]:
    """Return the addresses of feeds that a page names, those of posts before those of comments."""
    found: list[tuple[bool, str]] = []
    for match in LINK.finditer(html[:MAX_HEAD_CHARS]):
        attributes = {
            name.lower(): unescape(double or single or bare)
            for name, double, single, bare in ATTRIBUTE.findall(match[1])
        }
        kind = attributes.get("type", "").partition(";")[0].strip().lower()
        if "alternate" not in attributes.get("rel", "").lower().split() or kind not in READABLE:
            continue
        try:
            address = urljoin(url, attributes.get("href", "").strip())
            path = urlsplit(address).path
        except ValueError:
            continue
        is_of_comments = OF_COMMENTS.search(attributes.get("title", "")) or "/comments" in path
        if address.startswith(("http://", "https://")):
            found.append((bool(is_of_comments), address))
    ordered = [address for _of_comments, address in sorted(found, key=lambda one: one[0])]
    return list(dict.fromkeys(ordered))[:MAX_LINKS]
