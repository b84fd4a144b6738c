"""
Addresses: which of them may be linked, and where one ends that stands bare in a text.

A bare address ends where a reader would end it: before the sign that closes the sentence, the
quotation or the bracket around it, and before a dash, a bar or an angle bracket.
"""

import re
from html import escape, unescape
from html.entities import html5
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as etree

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.util import INLINE_PLACEHOLDER_RE

WITHIN = re.compile(r"#[\w.%:-]+|/(?![/\\])[^\s\\]*")
AWAY = re.compile(r"https?://[^\s/?#@\\]+([/?#][^\s\\]*)?", re.IGNORECASE)
MAIL = re.compile(r"mailto:[^\s:/\\]+@[^\s:/\\]+", re.IGNORECASE)
DOI = re.compile(r"(?:doi:\s?)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
# A host without its scheme, and not the name of a file such as `notes.pdf`.
HOST = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}(?P<top>[a-z]{2,24})(?::\d{1,5})?"
    r"(?P<path>[/?#][^\s\\]*)?",
    re.IGNORECASE,
)
FILES = {
    *("html", "htm", "php", "aspx", "pdf", "doc", "docx", "odt", "rtf", "txt", "md", "csv", "xls"),
    *("xlsx", "ppt", "pptx", "epub", "png", "jpg", "jpeg", "gif", "webp", "svg", "heic", "mp3"),
    *("mp4", "mov", "zip", "py", "js", "css", "json", "xml"),
}

# As in CommonMark, with its semicolon: without one, `&section=2` is a part of many an address.
ENTITY = re.compile(r"&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][\da-z]{0,31});", re.IGNORECASE)
HREF = re.compile(r"\bhref\s*+=\s*+([\"'“”‘’]?)([^\s\"'“”‘’<>]+)\1?", re.IGNORECASE)
TAG_END = re.compile(r"</?a[\s>]>?", re.IGNORECASE)
ESCAPED = re.compile("\x02(\\d+)\x03")
MAX_LINK_CHARS = 2_000

CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
# Signs that no address has where people type one: white space, quotation marks, dashes, brackets
# and stops of other scripts, and the marks that our own code puts into a text.
NEVER = (
    r"\s<>()\"`|\u00ab\u00bb\u2010-\u201f\u2026\u2039\u203a"
    r"\u3000-\u303f\uff00-\uff20\uff3b-\uff40\uff5b-\uff65\u060c\u061b\u061f\u06d4\u0964"
    r"\ufdd0-\ufdef\x02\x03"
)
LAST = r".,;:!?'\[\]{}*_~\\"
BRACKETS = rf"\([^{NEVER}]*\)"
# A host ends where the script changes: 请看https://example.org谢谢.
LABELS = rf"(?:(?![{CJK}])[^\W_])++(?:[._-]++(?:(?![{CJK}])[^\W_])++)*+"
START = (
    rf"(?:(?<![\w@/{{])|(?<=[{CJK}_]))(?:https?://|www\.)"
    rf"(?:{LABELS}|[^\W_]++(?:[._-]++[^\W_]++)*+)(?::\d{{1,5}}+)?"
)


def host_of(url: str) -> str:
    """Return the host of an address, as people know it: without “www.”."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _url(more: str = "(?!)", unless: str = "(?!)") -> re.Pattern:
    """Return the pattern of a bare address. No part can start like another: it is linear."""
    inside = rf"(?!{unless})[^{NEVER}]|{BRACKETS}|{more}"
    last = rf"(?!{unless})[^{NEVER}{LAST}]|{BRACKETS}|{more}"
    return re.compile(rf"{START}(?:(?=[/?#])(?:{inside})*(?:{last}))?", re.IGNORECASE)


URL = _url()
# In a paragraph of Markdown, where an escaped sign is a placeholder.
TYPED_URL = _url(more=INLINE_PLACEHOLDER_RE.pattern.replace("(", "(?:"))
# In HTML, where some signs are entities.
URL_IN_HTML = _url(unless="&(?:lt|gt|quot|nbsp|[lr][sd]quo|hellip|[nm]dash|#3[49]|#x2[27]);")
EMAIL = re.compile(
    r"(?<![\w.+%@-])[\w+%-]{1,32}(?:\.[\w+%-]{1,32}){0,4}"
    r"@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,5}\.[a-z]{2,24}(?![\w@-])",
    re.IGNORECASE,
)
PLACEHOLDER = re.compile("\ufdd2(\\d+)\ufdd3")


def may_lead_to(href: str) -> bool:
    return any(kind.fullmatch(href) for kind in (WITHIN, AWAY, MAIL))


def resolve(address: str) -> str | None:
    """
    Return the address that a link of a text leads to, None where it may lead nowhere.

    What people leave out is added: the scheme, the resolver of a DOI, `mailto:`.
    """
    href = ENTITY.sub(_read_entity, address).strip().replace(" ", "%20")
    if may_lead_to(href):
        return href
    if doi := DOI.fullmatch(href):
        return f"https://doi.org/{doi[1]}"
    if EMAIL.fullmatch(href):
        return f"mailto:{href}"
    host = HOST.fullmatch(href)
    if host and (host["path"] or host["top"].lower() not in FILES):
        return f"https://{href}"
    return None


def _read_entity(entity: re.Match) -> str:
    is_known = entity[0][1] == "#" or entity[0][1:] in html5
    return unescape(entity[0]) if is_known else entity[0]


class Addresses(Extension):
    """Link bare addresses, whose text is stashed so that nothing in it is read as markup."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def extendMarkdown(self, md: Markdown) -> None:
        md.inlinePatterns.register(BareAddress(md, self), "address", 107)
        md.inlinePatterns.register(TypedLink(md), "typed_link", 118)

    def stash(self, address: str) -> str:
        """Stash an address and return its placeholder."""
        self.found.append(address)
        return f"\ufdd2{len(self.found) - 1}\ufdd3"

    def restore(self, html: str) -> str:
        return PLACEHOLDER.sub(lambda match: escape(self.found[int(match[1])]), html)


class BareAddress(InlineProcessor):
    def __init__(self, md: Markdown, addresses: Addresses):
        super().__init__(TYPED_URL.pattern, md)
        self.compiled_re = TYPED_URL
        self.addresses = addresses

    def handleMatch(self, match: re.Match[str], data: str) -> tuple[Any, Any, Any]:
        """Return a link, or in the text of another link the address alone."""
        inline = self.md.treeprocessors["inline"]
        found: re.Match[str] | None = match
        for mark in INLINE_PLACEHOLDER_RE.finditer(match[0]):
            if not self._is_escape(inline.stashed_nodes.get(mark[1])):  # code, a link, a citation
                found = TYPED_URL.match(data, match.start(), match.start() + mark.start())
                break
        if found is None:
            return None, None, None
        typed = ESCAPED.sub(lambda code: chr(int(code[1])), self.unescape(found[0]))
        text = self.addresses.stash(typed)
        address = f"https://{typed}" if typed[:4].lower() == "www." else typed
        if "a" in inline.ancestors or not may_lead_to(address):
            return text, found.start(), found.end()
        link = etree.Element("a", {"href": address})
        link.text = text
        return link, found.start(), found.end()

    def _is_escape(self, stashed: object) -> bool:
        return isinstance(stashed, str) and bool(ESCAPED.fullmatch(stashed))


class TypedLink(InlineProcessor):
    """Read `<a href="…">…</a>` as the link that its writer meant."""

    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, md: Markdown):
        super().__init__(r"<a\s[^<>]{1,2000}>", md)
        self.compiled_re = re.compile(self.pattern, re.IGNORECASE)

    def handleMatch(self, match: re.Match[str], data: str) -> tuple[Any, Any, Any]:
        end = TAG_END.search(data, match.end(), match.end() + MAX_LINK_CHARS)
        found = HREF.search(match[0])
        if end is None or end[0][1] != "/" or found is None:
            return None, None, None
        address = resolve(ESCAPED.sub(lambda code: chr(int(code[1])), self.unescape(found[2])))
        if address is None:
            return None, None, None
        link = etree.Element("a", {"href": address})
        link.text = data[match.end() : end.start()]
        return link, match.start(), end.end()
