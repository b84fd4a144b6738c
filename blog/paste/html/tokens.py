"""
Tokenise HTML in time linear in its length.

``html.parser`` needs six seconds for fifteen kilobytes of ``<a ``; a clipboard may hold anything.
"""

import re
from collections.abc import Iterator
from html import unescape

# Every repetition has an end of its own, so that a tag which never ends costs little to refuse.
TAG = re.compile(
    r"<(?P<slash>/?)(?P<name>[a-zA-Z][\w:-]{0,30}+)"
    r"(?P<rest>(?:[^<>\"']{1,2000}+|\"[^\"<]{0,4000}+\"|'[^'<]{0,4000}+'){0,60}+)>"
)
ATTRIBUTE = re.compile(
    r"([^\s\"'<>/=]{1,60}+)\s{0,20}+(?:=\s{0,20}+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++)))?"
)
DATA_ADDRESS = re.compile(r"(?<==[\"'])data:[^\"'<>\s]++")
RAW = {"script", "style"}


def tokens(html: str) -> Iterator[tuple[str, str, str]]:
    """Yield ("text", words, ""), ("style", css, ""), ("start", tag, rest) and ("end", tag, "").

    A string that only looks like a tag is text; comments and scripts are left out.
    """
    html = DATA_ADDRESS.sub("", html)
    place = 0
    while place < len(html):
        bracket = html.find("<", place)
        if bracket < 0:
            bracket = len(html)
        if bracket > place:
            yield "text", unescape(html[place:bracket]), ""
            place = bracket
            continue
        match = TAG.match(html, place)
        if match is None:
            place = _past_declaration(html, place)
            if place == bracket:
                yield "text", "<", ""
                place += 1
            continue
        place = match.end()
        name = match["name"].lower()
        if name in RAW and not match["slash"]:
            end = _end_of(name, html, place)
            if name == "style":
                yield "style", html[place:end], ""
            place = end
        elif name not in RAW:
            yield ("end", name, "") if match["slash"] else ("start", name, match["rest"])


def attributes(rest: str) -> dict[str, str]:
    """Return the attributes after the name of a tag; the first of two of one name counts."""
    found: dict[str, str] = {}
    for name, *values in ATTRIBUTE.findall(rest):
        found.setdefault(name.lower(), unescape("".join(values)))
    return found


def _past_declaration(html: str, place: int) -> int:
    """Return the place after a comment or declaration; without an end it runs to the last."""
    if html.startswith("<!--", place):
        end = html.find("-->", place + 4)
        return len(html) if end < 0 else end + 3
    if html.startswith(("<!", "<?"), place):
        end = html.find(">", place)
        return len(html) if end < 0 else end + 1
    return place


def _end_of(name: str, html: str, place: int) -> int:
    match = re.compile(rf"</{name}", re.IGNORECASE).search(html, place)
    return match.start() if match else len(html)
