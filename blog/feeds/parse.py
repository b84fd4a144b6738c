"""Parse a feed, in a process of its own: ``parse.py < line of JSON and the bytes of the feed``.

Started by ``blog.feeds.reader``, without Django. Answers JSON: the title and address of the blog,
and its entries as the feed has them. A feed that uses up the time or the memory ends this process
and nothing else.

feedparser reads no external entity and expands none of a document type. Its own sanitiser is off:
nothing of this is printed before the renderer has made it safe. Relative addresses are resolved,
as nobody else knows against what.
"""

import contextlib
import io
import json
import sys
from calendar import timegm
from typing import Any

import feedparser

try:
    import resource
except ImportError:  # on Windows there are no such limits
    resource = None  # type: ignore[assignment]

# A feed of 3 MB takes three seconds and 40 MB.
MAX_CPU_SECONDS = 4
MAX_MEMORY_BYTES = 200_000_000
MAX_ENTRIES = 100
MAX_ENTRY_CHARS = 200_000  # as much HTML is no text for a post (blog/feeds/reader.py)
MAX_CHARS = 2_000  # of a title or an address


def main() -> None:
    """Answer on standard output; a feed that is none has ``is_feed`` false."""
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_CPU, (MAX_CPU_SECONDS, MAX_CPU_SECONDS))
        with contextlib.suppress(ValueError, OSError):  # where the system has no such limit
            resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY_BYTES, MAX_MEMORY_BYTES))
    head, _newline, data = sys.stdin.buffer.read().partition(b"\n")
    given = json.loads(head)
    json.dump(parse(data, given["url"], given["content_type"]), sys.stdout)


def parse(data: bytes, url: str, content_type: str) -> dict[str, Any]:
    """Return a feed as plain values."""
    headers = {"content-location": url}
    if content_type:
        headers["content-type"] = content_type
    found = feedparser.parse(
        io.BytesIO(data),  # never a name: feedparser would open a file or an address
        response_headers=headers,
        resolve_relative_uris=True,
        sanitize_html=False,
    )
    return {
        "is_feed": bool(found.version or found.entries),
        "title": _cut(found.feed.get("title", "")),
        "link": _cut(found.feed.get("link", "")),
        "entries": [_entry(one) for one in found.entries[:MAX_ENTRIES]],
        "left_out": max(0, len(found.entries) - MAX_ENTRIES),
    }


def _entry(entry: Any) -> dict[str, Any]:
    text, kind = _text(entry)
    return {
        "guid": _cut(entry.get("id", "")),
        "link": _cut(entry.get("link", "")),
        "title": _cut(entry.get("title", "")),
        "has_plain_title": entry.get("title_detail", {}).get("type") == "text/plain",
        "text": text,
        "is_html": kind != "text/plain",
        "is_draft": any(
            name.endswith("draft") and str(value).strip().lower() == "yes"
            for name, value in entry.items()
        ),
        "published": _seconds(entry.get("published_parsed") or entry.get("updated_parsed")),
    }


def _text(entry: Any) -> tuple[str, str]:
    """Return the longest text of an entry, with its type; a summary where there is nothing more."""
    texts = [(one.get("value", ""), one.get("type", "")) for one in entry.get("content", [])]
    summary = entry.get("summary_detail", {})
    texts.append((summary.get("value", ""), summary.get("type", "")))
    value, kind = max(texts, key=lambda one: len(one[0]))
    return value[: MAX_ENTRY_CHARS + 1], kind


def _seconds(time: Any) -> int | None:
    """Return a date in seconds since 1970, None for one that no calendar has."""
    try:
        return timegm(time) if time else None
    except (ValueError, OverflowError):
        return None


def _cut(value: Any) -> str:
    return value[:MAX_CHARS] if isinstance(value, str) else ""


if __name__ == "__main__":
    main()
