"""
Find the feed of a member's blog elsewhere, and fetch it again politely.

The address is typed by a member, so everything goes through ``get_page``: the open web and nothing
else. Whatever is wrong has a ``Problem``, for which there are words.
"""

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urljoin

from django.utils import timezone
from django.utils.encoding import iri_to_uri

from blog.feeds import Busy, Feed, NotAFeed, TooMuch, feed_links, looks_like_feed, read_feed
from blog.feeds.reader import MAX_SECONDS
from blog.lookup.http_client import (
    Answer,
    TooLarge,
    Unavailable,
    get_page,
    is_on_web,
    origin_of,
)
from blog.lookup.throttle import pause, record_limits, take_turn

ACCEPT = "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/html;q=0.8"
FEED_SECONDS = 8.0
FIND_SECONDS = 10.0  # for all addresses that are tried, and what is read, while somebody waits
MIN_SECONDS = 0.5
TURN_WAITS = (0.5, 1.0)
MAX_FEED_BYTES = 3_000_000
MAX_ADDRESS_CHARS = 1_000
# Where programs that blogs are made with have it, for pages that do not say.
USUAL_PLACES = ("feed/", "atom.xml", "rss.xml", "index.xml")
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
GONE = {404, 410}
NOT_FOR_US = {401, 403, 407, 451}


class Problem(StrEnum):
    """The reason why a blog cannot be read now."""

    UNREACHABLE = "unreachable"  # no answer, or an error of its server
    OFF_LIMITS = "off_limits"  # not on the open web, as the address says by itself
    REFUSED = "refused"  # it asks for a password, or turns programs away
    GONE = "gone"
    TOO_LARGE = "too_large"
    NOT_A_FEED = "not_a_feed"


class BlogUnreadable(Exception):
    """A blog has no feed that can be read; ``retry_seconds`` is what it asks to wait."""

    def __init__(self, problem: Problem, retry_seconds: int = 0) -> None:
        super().__init__(problem)
        self.problem = problem
        self.retry_seconds = retry_seconds


@dataclass(frozen=True)
class Fetched:
    """A feed as fetched: None where nothing has changed since (``etag``, ``last_modified``).

    ``is_moved``: it is at its ``url`` for good, behind redirects.
    """

    feed: Feed | None
    url: str
    etag: str = ""
    last_modified: str = ""
    is_moved: bool = False


def clean_address(text: str) -> str:
    """Return a typed text as an address of the open web, "" if it is none."""
    address = text.strip()
    if not SCHEME.match(address) or re.match(r"[\w.-]+:\d", address):
        address = f"https://{address}"
    if re.search(r"\s", address):
        return ""
    address = iri_to_uri(address)
    host = origin_of(address).partition("://")[2].rpartition(":")[0]
    return address if "." in host and len(address) <= MAX_ADDRESS_CHARS else ""


def find_feed(address: str) -> Fetched:
    """Return the feed at an address, or the one that the page there names.

    An address without a feed is asked for it at a few usual places, all within ten seconds. Raises
    BlogUnreadable.
    """
    ends_at = time.monotonic() + FIND_SECONDS
    page = _get(address, {}, FIND_SECONDS / 2)
    if looks_like_feed(_bytes(page)):
        return _fetched(page, ends_at - time.monotonic())
    html = _bytes(page).decode("utf-8", "replace")
    links = feed_links(html, page.url)
    for url in links or [urljoin(page.url, place) for place in USUAL_PLACES]:
        seconds = ends_at - time.monotonic()
        if seconds < MIN_SECONDS:
            break
        try:
            found = _get(url, {}, seconds)
            if looks_like_feed(_bytes(found)):
                return _fetched(found, ends_at - time.monotonic())
        except BlogUnreadable:
            continue
    raise BlogUnreadable(Problem.NOT_A_FEED)


def fetch_feed(url: str, *, etag: str = "", last_modified: str = "") -> Fetched:
    """Return a feed if it has changed since it was fetched with these signs of its state.

    Raises BlogUnreadable.
    """
    wanted = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    answer = _get(url, {name: value for name, value in wanted.items() if value}, FEED_SECONDS)
    if answer.status == 304:
        return Fetched(None, url, etag, last_modified)
    return _fetched(answer)


def is_gone(url: str) -> bool:
    """Return whether the page of an entry is gone; one that does not answer is not."""
    try:
        return _ask(url, {}, FEED_SECONDS).status in GONE
    except BlogUnreadable:
        return False


def _get(url: str, conditions: Mapping[str, str], seconds: float) -> Answer:
    """Return the answer of a blog that has one: the page, or that nothing has changed."""
    answer = _ask(url, conditions, seconds)
    if answer.status == 200 or (answer.status == 304 and conditions):
        return answer
    if answer.status in GONE:
        raise BlogUnreadable(Problem.GONE)
    if answer.status in NOT_FOR_US:
        raise BlogUnreadable(Problem.REFUSED)
    raise BlogUnreadable(Problem.UNREACHABLE, _retry_seconds(answer))


def _ask(url: str, conditions: Mapping[str, str], seconds: float) -> Answer:
    if not is_on_web(url):
        raise BlogUnreadable(Problem.OFF_LIMITS)
    origin = origin_of(url)
    headers = {"Accept": ACCEPT, **conditions}
    try:
        _wait_for_turn(origin)
        answer = get_page(url, headers=headers, seconds=seconds, max_bytes=MAX_FEED_BYTES)
    except TooLarge:
        raise BlogUnreadable(Problem.TOO_LARGE) from None
    except Unavailable:  # OffLimits too: it would tell which names there are in a network
        raise BlogUnreadable(Problem.UNREACHABLE) from None
    if answer.status == 429:  # an error of a server is of one blog of many there
        pause(origin, answer.headers.get("retry-after", ""))
    else:
        record_limits(origin, 200, answer.headers)
    return answer


def _wait_for_turn(origin: str) -> None:
    """Take a turn at a host, on which the blogs of a whole university may be."""
    for wait in TURN_WAITS:
        try:
            return take_turn(origin)
        except Unavailable:
            time.sleep(wait)
    take_turn(origin)


def _fetched(answer: Answer, seconds: float = MAX_SECONDS) -> Fetched:
    content_type = answer.headers.get("content-type", "")
    try:
        feed = read_feed(
            _bytes(answer), answer.url, content_type, now=timezone.now(), seconds=seconds
        )
    except Busy:
        raise BlogUnreadable(Problem.UNREACHABLE) from None
    except TooMuch:
        raise BlogUnreadable(Problem.TOO_LARGE) from None
    except NotAFeed:
        raise BlogUnreadable(Problem.NOT_A_FEED) from None
    etag = answer.headers.get("etag", "")
    last_modified = answer.headers.get("last-modified", "")
    is_moved = answer.is_moved and len(answer.url) <= MAX_ADDRESS_CHARS
    return Fetched(feed, answer.url, _header(etag), _header(last_modified), is_moved)


def _bytes(answer: Answer) -> bytes:
    return answer.document if isinstance(answer.document, bytes) else b""


def _header(value: str) -> str:
    """Return a header that can be sent back, "" for one that is none."""
    return value if len(value) <= 200 and value.isascii() and value.isprintable() else ""


def _retry_seconds(answer: Answer) -> int:
    asked = answer.headers.get("retry-after", "")
    return min(int(asked), 86_400) if re.fullmatch(r"\d{1,6}", asked) else 0
