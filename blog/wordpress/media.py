"""The file of a zip of the media library for a picture of a text. Pure."""

import re
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

# WordPress makes smaller ones beside each picture: map-300x225.jpg, map-scaled.jpg.
SIZE = re.compile(r"-(?:\d{1,5}x\d{1,5}|scaled|rotated)(?=\.[A-Za-z]{3,4}$)")
PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp")


class MediaFiles:
    """The pictures of a zip, found by the ends of their paths: folders above differ."""

    def __init__(self, paths: Iterable[str] = ()):
        self._by_name: dict[str, list[str]] = {}
        for path in paths:
            if path.lower().endswith(PICTURES):
                self._by_name.setdefault(_name(path), []).append(path)

    def __bool__(self) -> bool:
        return bool(self._by_name)

    def find(self, address: str) -> str:
        """Return the path of the file at an address, or "" if the zip has none that is like it."""
        place = unquote(urlsplit_path(address))
        for wanted in dict.fromkeys([place, SIZE.sub("", place)]):
            found = self._by_name.get(_name(wanted), [])
            if found:
                return max(found, key=lambda path: _common_end(path, wanted))
        return ""


def urlsplit_path(address: str) -> str:
    """Return the path of an address; "" for one that cannot be read."""
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def _name(path: str) -> str:
    return path.rpartition("/")[2].lower()


def _common_end(one: str, other: str) -> int:
    count = 0
    for left, right in zip(
        reversed(one.lower().split("/")), reversed(other.lower().split("/")), strict=False
    ):
        if left != right:
            break
        count += 1
    return count
