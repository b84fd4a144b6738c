"""The text of an entry as Markdown, by the same converter as pastes."""

import re
from html import unescape
from urllib.parse import urlsplit

from blog.feeds.reader import Entry, sha256_of
from blog.paste.html import read_html

PICTURE = re.compile(r"<img\b([^<>]{0,5000})>", re.IGNORECASE)
SOURCE = re.compile(r"\bsrc\s*=\s*(?:\"([^\"]{1,2000})\"|'([^']{1,2000})')", re.IGNORECASE)
WORDS = re.compile(r"\balt\s*=\s*(?:\"([^\"]{0,500})\"|'([^']{0,500})')", re.IGNORECASE)
TINY = re.compile(r"\b(?:width|height)\s*=\s*[\"']?[01]\b", re.IGNORECASE)  # it counts readers


def entry_text(entry: Entry) -> str:
    """Return the text of an entry as Markdown. A picture is a link to it: none is fetched."""
    return read_html(PICTURE.sub(_link, entry.html)).text.strip()


def entry_digest(title: str, text: str) -> str:
    """Return a digest that shows whether an entry has changed since it was taken."""
    return sha256_of(f"{title}\n{text}")


def _link(picture: re.Match[str]) -> str:
    source, words = SOURCE.search(picture[1]), WORDS.search(picture[1])
    address = unescape(source[1] or source[2]) if source else ""
    if TINY.search(picture[1]) or not address.startswith(("http://", "https://")):
        return ""
    try:
        name = urlsplit(address).path.rpartition("/")[2]
    except ValueError:
        return ""
    described = words and (words[1] or words[2])
    shown = " ".join(unescape(described or name).split()) or address
    return f' <a href="{_quoted(address)}">{_quoted(shown)}</a> '


def _quoted(words: str) -> str:
    signs = {"&": "&amp;", '"': "&quot;", "<": "&lt;", ">": "&gt;"}
    return "".join(signs.get(sign, sign) for sign in words)
