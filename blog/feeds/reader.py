"""A feed as values: the blog it is of, and its entries that can become posts."""

import json
import os
import re
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from blog.text.addresses import host_of

PARSER = Path(__file__).with_name("parse.py")
# The parser ends itself before that; a machine may be busy.
MAX_SECONDS = 20.0
MAX_TAGS = 200_000  # a feed that is more sign than word takes most time to parse
# One parser at a time in each process: several would take the machine from everybody else.
PARSING = threading.BoundedSemaphore(1)
MAX_GUID_CHARS = 200
MAX_ADDRESS_CHARS = 1_000
MAX_TITLE_CHARS = 200
MAX_ENTRY_CHARS = 200_000
TAG = re.compile(r"<[^<>]{0,1000}>")
# Of embedding, override and isolation: a title stands in sentences.
DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")
# NUL and other signs that no text has; half a pair of signs that no database takes.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufeff]")
# What WordPress puts in the place of a text that asks for a password.
ASKS_PASSWORD = re.compile(r"post-password-form|action=postpass")
# What it ends the beginning of a text with.
CUT_OFF = re.compile(
    r"(?:\[(?:…|&#8230;|&hellip;|\.\.\.)\]|(?:Continue reading|Read more)[^<>]{0,200})"
    r"\s*(?:</\w+>\s*){0,4}\Z",
    re.IGNORECASE,
)


class NotAFeed(Exception):
    """The bytes are no feed, or one that cannot be read within the limits."""


class Busy(NotAFeed):
    """Another feed is being read for so long that this one was not begun."""


class TooMuch(NotAFeed):
    """Reading it would take more time or memory than one feed has."""


@dataclass(frozen=True)
class Entry:
    """One entry of a feed. ``guid`` names it for good, ``address`` is its page, "" without one
    at the host of the feed.

    ``html`` is its text, as the feed has it. ``published_at`` is what the blog says.
    ``is_cut_off``: the feed has its beginning alone. ``is_too_long``: it is more than a post has.
    """

    guid: str
    address: str
    title: str
    html: str
    published_at: datetime | None
    is_cut_off: bool = False
    is_too_long: bool = False


@dataclass(frozen=True)
class Feed:
    """A blog’s title and address, and its entries in the order of the feed, the newest first.

    Without an address where that is at another host than the feed. Drafts, entries that ask for a
    password and entries of a time to come are not among them. ``left_out`` counts the last ones of
    a feed that has more than are read.
    """

    title: str
    address: str
    entries: tuple[Entry, ...]
    left_out: int = 0


def read_feed(
    data: bytes,
    url: str,
    content_type: str = "",
    *,
    now: datetime,
    seconds: float = MAX_SECONDS,
) -> Feed:
    """Read a feed that came from an address, within some seconds. Raises NotAFeed."""
    found = _parsed(data, url, content_type, min(seconds, MAX_SECONDS))
    if not found.get("is_feed"):
        raise NotAFeed
    entries: dict[str, Entry] = {}
    for each in found["entries"]:
        entry = _entry(each, url, now)
        if entry is not None:
            entries.setdefault(entry.guid, entry)
    address = _address(found["link"])
    return Feed(
        _line(found["title"])[:MAX_TITLE_CHARS],
        address if is_of_site(address, url) else "",
        tuple(entries.values()),
        found["left_out"],
    )


def is_of_site(address: str, feed: str) -> bool:
    """Return whether an address is at the host of a feed, or below it.

    What a feed says of others is not so for that: it could name any newspaper as its own.
    """
    host, own = host_of(address), host_of(feed)
    return bool(own) and (host == own or host.endswith(f".{own}"))


def _parsed(data: bytes, url: str, content_type: str, seconds: float) -> dict[str, Any]:
    """Return the parser's answer; it is ended when its time or memory is used up."""
    if data.count(b"<") > MAX_TAGS:
        raise TooMuch
    ends_at = time.monotonic() + seconds
    if not PARSING.acquire(timeout=max(seconds, 0)):
        raise Busy
    try:
        return _answer(data, url, content_type, ends_at - time.monotonic())
    finally:
        PARSING.release()


def _answer(data: bytes, url: str, content_type: str, seconds: float) -> dict[str, Any]:
    head = json.dumps({"url": url, "content_type": content_type}).encode()
    try:
        parser = subprocess.run(
            [sys.executable, str(PARSER)],
            input=head + b"\n" + data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # Where this process finds feedparser; none of its secrets.
            env={"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONSAFEPATH": "1"},
            timeout=seconds,
        )
    except subprocess.TimeoutExpired:
        raise TooMuch from None
    if parser.returncode < 0:  # a signal: its time is over
        raise TooMuch
    try:
        return json.loads(parser.stdout)
    except ValueError:
        raise NotAFeed from None


def _entry(each: dict[str, Any], feed: str, now: datetime) -> Entry | None:
    """Return an entry, or None for what its blog does not show to everybody."""
    html = UNPRINTABLE.sub("", each["text"])
    published_at = _moment(each["published"])
    is_early = published_at is not None and published_at > now
    if each["is_draft"] or is_early or ASKS_PASSWORD.search(html):
        return None
    title = each["title"]
    if not each["has_plain_title"]:
        title = TAG.sub("", title)
    title = _line(title)
    address = _address(each["link"])
    named = each["guid"] or address or f"{title}\n{html}"
    return Entry(
        guid=named if len(named) <= MAX_GUID_CHARS else f"sha256:{sha256_of(named)}",
        address=address if is_of_site(address, feed) else "",
        title=title if len(title) <= MAX_TITLE_CHARS else f"{title[: MAX_TITLE_CHARS - 1]}…",
        html=html if each["is_html"] else _as_html(html),
        published_at=published_at,
        is_cut_off=bool(CUT_OFF.search(html[-500:])),
        is_too_long=len(html) > MAX_ENTRY_CHARS,
    )


def sha256_of(text: str) -> str:
    """Return the digest of a text, whatever signs it has."""
    return sha256(text.encode("utf-8", "replace")).hexdigest()


def _as_html(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    blocks = [block.strip() for block in re.split(r"\n\s*\n", escaped)]
    return "".join(f"<p>{block}</p>".replace("\n", "<br>") for block in blocks if block)


def _line(text: str) -> str:
    return " ".join(DIRECTIONS.sub("", UNPRINTABLE.sub("", unescape(text))).split())


def _address(url: str) -> str:
    """Return an address of the web, "" for anything else."""
    url = UNPRINTABLE.sub("", url).strip()
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    is_web = parts.scheme in ("http", "https") and parts.hostname and parts.username is None
    return url if is_web and len(url) <= MAX_ADDRESS_CHARS and " " not in url else ""


def _moment(seconds: int | None) -> datetime | None:
    try:
        return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None
