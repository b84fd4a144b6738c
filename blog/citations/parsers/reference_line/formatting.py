"""Formatting in an entry of a list: its links and its emphasis, read as text."""

import re
from html import unescape
from urllib.parse import unquote

IN_ANGLES = r"<(?P<enclosed>[^<>\s]+)>"
LINK = re.compile(
    r"\[(?P<words>(?:\\.|[^\[\]\\]){1,500})\]"
    rf"\((?:{IN_ANGLES}|(?P<bare>[^()\s<>]+(?:\([^()\s]*\)[^()\s<>]*)*))"
    r"(?:\s+\"[^\"]{0,300}\")?\)"
)
HTML_LINK = re.compile(
    r"<a\s(?:[^<>]{0,600}\s)?href=[\"']?(?P<address>[^\"'\s<>]+)[^<>]{0,600}>(?P<words>[^<>]{0,500})</a>",
    re.IGNORECASE,
)
# Between two links to one address, into which word processors break one link.
BROKEN_LINK = re.compile(r"\]\((<?[^()\s<>]+>?)\)\[(?=[^\[\]]*\]\(\1\))")
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
ADDRESS = r"(?:https?://|www\.|doi:|10\.\d{4,9}/)\S*"
AN_ADDRESS = re.compile(r"://|www\.|doi\.org|10\.\d{4,9}/")
# An address without its scheme, which may be cut: “example.org/a/very/lo…”.
HOST = re.compile(
    r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:[a-z]{2,12}(?=[/….]|$)|[a-z]*(?=…|\.{3}))", re.I
)
SCHEME = re.compile(r"^(?:https?://)?(?:www\.)?", re.IGNORECASE)
# What pages write for the part of an address that they leave out.
SHORTENED = re.compile(r"…|\.{3}")
SHORTENED_ADDRESS = re.compile(
    r"(?:(?:https?://|www\.|doi:)[^\s…]*?|\b10\.\d{4,9}/[^\s…]*?)(?:…|\.{3})(?![.\s]*\()",
    re.IGNORECASE,
)
EMPHASIS = r"\*+(?=\S)|(?<=\S)\*+|(?<!\w)_(?=\S)|(?<=\S)_(?!\w)"
MARKS = re.compile(rf"(?P<address>{ADDRESS})|{EMPHASIS}", re.IGNORECASE)
CLOSING_MARK = re.compile(r"([*_])\1*(?=[.,;:)\]>]*$)")


def without_links(text: str) -> str:
    """Return a text with its links as text: their words, and their addresses.

    Of a link whose words are an address this is one address: the one it leads to, where its words
    are only the beginning of it.
    """
    text = HTML_LINK.sub(lambda link: _joined(link["words"], unescape(link["address"])), text)
    return LINK.sub(_as_text, BROKEN_LINK.sub("", text))


def without_escapes(text: str) -> str:
    """Return a text without the backslashes before its signs."""
    return ESCAPED.sub(r"\1", text)


def without_emphasis(line: str) -> str:
    """Return a line without its signs of emphasis; those inside an address are its own."""
    is_open = {"*": False, "_": False}

    def plain(found: re.Match) -> str:
        address = found["address"]
        mark = CLOSING_MARK.search(address) if address else found
        if mark is None or (address and not is_open[mark[0][0]]):
            return address
        is_open[mark[0][0]] ^= True
        return address[: mark.start()] + address[mark.end() :] if address else ""

    return MARKS.sub(plain, line)


def has_shortened_address(text: str) -> bool:
    """Return whether a part of an address is left out of a text: no work is at what is left."""
    return bool(SHORTENED_ADDRESS.search(text))


def _as_text(link: re.Match) -> str:
    address = without_escapes(link["enclosed"] or link["bare"])
    return _joined(without_escapes(link["words"]), address)


def _joined(words: str, address: str) -> str:
    """Return the words of a link with its address, or the one of the two that has both."""
    before, _blank, last = words.strip().rpartition(" ")
    if AN_ADDRESS.search(last) or HOST.match(last):
        return f"{before} {_whole_address(last, address)}".strip()
    words = f"{before} {last}".strip()
    return words if AN_ADDRESS.search(words) else f"{words} {address}"


def _whole_address(words: str, address: str) -> str:
    """Return the address that the words of a link are, or the one it leads to if they are cut."""
    shown, target = (SCHEME.sub("", unquote(one).rstrip("./")) for one in (words, address))
    if SHORTENED.search(words) or (target != shown and target.startswith(shown)):
        return address
    if AN_ADDRESS.search(words):
        return words
    return address if target == shown else f"{words} {address}"
