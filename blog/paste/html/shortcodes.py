"""
Read the shortcodes of classic WordPress: ``[gallery ids="1,2"]``, ``[caption]…[/caption]``.

Only the program that knows them can show most. What stands between two of them stays, an address
becomes a link, and what cannot come along is counted. Any other words in brackets stay as they are.
"""

import re
from collections.abc import Iterable, Iterator

from blog.paste.html.tree import Node

VALUE = (
    r"(?:\"[^\"\[\]]{0,1000}\"|“[^”\[\]]{0,1000}”|″[^″\[\]]{0,1000}″|'[^'\[\]]{0,1000}'"
    r"|[^\s\"“”″'\[\]=]{1,1000})"
)
ATTRIBUTE = re.compile(rf"(?P<name>[a-z][\w-]{{0,40}})\s?=\s?(?P<value>{VALUE})")
SHORTCODE = re.compile(
    rf"\[(?P<closes>/?)(?P<name>[a-z][a-z0-9_-]{{1,40}})"
    rf"(?P<attributes>(?:\s+(?:[a-z][\w-]{{0,40}}\s?=\s?)?{VALUE}){{0,20}}+)\s*/?\]"
)
QUOTED = re.compile(r"=\s?[\"“″']")
KNOWN = {"audio", "caption", "embed", "gallery", "playlist", "video", "wp_caption"}
PLAYERS = {"audio", "playlist", "video"}
ADDRESSES = ("src", "mp4", "m4v", "webm", "ogv", "mp3", "m4a", "ogg", "wav", "flac")
AS_TYPED = {"code", "kbd", "pre", "samp", "tt", "listing", "plaintext", "textarea", "xmp"}
MAX_PICTURES = 100  # counted of one gallery


def has_shortcodes(text: str) -> bool:
    """Return whether a text has a shortcode of WordPress, and so comes from there."""
    return any(found["name"] in KNOWN for found in _shortcodes(text, _paired([text])))


def replace_shortcodes(root: Node) -> None:
    """Replace the shortcodes in the words of a tree with elements, in place."""
    paired = _paired(root.strings())
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.tag in AS_TYPED:
            continue
        waiting.extend(node.elements)
        if any(isinstance(child, str) and "[" in child for child in node.children):
            node.set_children([new for child in node.children for new in _read(child, paired)])


def _paired(texts: Iterable[str]) -> set[str]:
    """Return the names of which one shortcode opens and another closes.

    People write [rant]…[/rant] for fun; a name that WordPress does not know is only sure with
    attributes, or with a prefix as those of plugins have.
    """
    opened, closed = set(), set()
    for found in (found for text in texts for found in SHORTCODE.finditer(text)):
        name = found["name"]
        if found["closes"]:
            closed.add(name)
        elif name in KNOWN or "_" in name or QUOTED.search(found["attributes"]):
            opened.add(name)
    return opened & closed


def _shortcodes(text: str, paired: set[str]) -> Iterator[re.Match]:
    """Yield the shortcodes of a text: they have attributes or a partner, or stand alone."""
    for found in SHORTCODE.finditer(text):
        attributes = ATTRIBUTE if found["name"] in KNOWN else QUOTED
        is_alone = found["name"] == "gallery" and found[0] == text.strip()
        if (
            attributes.search(found["attributes"])
            or is_alone
            or (found["name"] in paired and not found["attributes"])
        ):
            yield found


def _read(child: Node | str, paired: set[str]) -> list[Node | str]:
    if isinstance(child, Node):
        return [child]
    parts: list[Node | str] = []
    place = 0
    for found in _shortcodes(child, paired):
        parts += [child[place : found.start()], *_elements(found)]
        place = found.end()
    return [*parts, child[place:]]


def _elements(found: re.Match) -> list[Node]:
    """Return the replacement of a shortcode; an empty ``div`` separates its neighbours."""
    name = found["name"]
    attributes = {
        a["name"]: a["value"].strip("\"“”″'") for a in ATTRIBUTE.finditer(found["attributes"])
    }
    if name == "gallery":
        pictures = [each for each in attributes.get("ids", "").split(",") if each.strip()]
        return [Node("img") for _ in pictures[:MAX_PICTURES] or [""]]
    if name in PLAYERS and not found["closes"]:
        address = next((attributes[each] for each in ADDRESSES if each in attributes), "")
        return [Node("video", {"src": address})]
    if name in ("caption", "wp_caption"):
        caption = Node("figcaption")
        caption.add(attributes.get("caption", ""))
        return [caption]
    if name == "embed":
        address = attributes.get("src", "")
        return [Node("iframe", {"src": address})] if address else [Node("div")]
    return [] if found["closes"] else [Node("shortcode")]
