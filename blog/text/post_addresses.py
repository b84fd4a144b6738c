"""The posts that a rendered text links to, by their addresses; it knows no database."""

import re
from collections.abc import Callable
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

HREF = re.compile(r'<a\b[^>]*? href="([^"]+)"')
IN_COURSE = re.compile(r"/c/([-\w]+)/posts/([-\w]+)/?")
PUBLIC = re.compile(r"/p/([1-9]\d{0,17})(?:/[-\w]*)?/?")


class PostAddresses(NamedTuple):
    """The slugs of a course's posts, and the keys of posts on their public pages."""

    slugs: frozenset[str]
    keys: frozenset[int]


def post_addresses(html: str, course: str, is_own_host: Callable[[str], bool]) -> PostAddresses:
    """Return which posts of a course a text links to, whatever comes after # or ? in the address.

    ``html`` is what the renderer wrote, ``course`` the course's slug. Links to other hosts are
    left out; one without a host leads to this one.
    """
    slugs, keys = set(), set()
    for path in _own_paths(html, is_own_host):
        in_course, public = IN_COURSE.fullmatch(path), PUBLIC.fullmatch(path)
        if in_course and in_course[1] == course:
            slugs.add(in_course[2])
        elif public:
            keys.add(int(public[1]))
    return PostAddresses(frozenset(slugs), frozenset(keys))


def _own_paths(html: str, is_own_host: Callable[[str], bool]) -> set[str]:
    paths = set()
    for href in HREF.findall(html):
        try:
            address = urlsplit(unescape(href))
            host = address.hostname or ""
        except ValueError:  # brackets that are no address of the sixth version
            continue
        is_here = not address.scheme and not host
        if is_here or address.scheme in ("http", "https") and is_own_host(host):
            paths.add(unquote(address.path))
    return paths
