"""Restore lists, quotations and headings that word processors only paint."""

import re
from collections.abc import Callable

from blog.paste.html.tree import Node

LIST_STYLE = re.compile(r"l\d+\s+level(\d)")
NUMBER = re.compile(r"\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]", re.IGNORECASE)
# A bullet and the gap after it, painted as text, in Word’s symbol fonts too.
PAINTED = re.compile(
    r"^\s*([·•▪◦‣●○■□\uf0b7\uf0a7\uf0a8§–-]|o)[\u00a0\t]+[ \u00a0\t]*|^\s*([·•▪◦‣●\uf0b7])\s+"
)
QUOTES = re.compile(r"(mso)?(intense)?quote|msoblocktext|quotations?|blockquote", re.IGNORECASE)
TITLES = re.compile(r"msotitle|title", re.IGNORECASE)
LENGTH = re.compile(r"(-?[\d.]+)\s*(px|pt|in|cm|mm|em|rem)?")
POINTS = {"px": 0.75, "pt": 1, "in": 72, "cm": 28.35, "mm": 2.835, "em": 12, "rem": 12, None: 0.75}
MIN_INDENT_POINTS = 24  # less does not look indented
HEADING = re.compile(r"h[1-6]")


def tidy(root: Node) -> None:
    """Give every part of a tree the element for its meaning, in place."""
    for node in list(root.walk()):
        if node.tag == "p" and any(TITLES.fullmatch(name) for name in node.classes):
            node.tag = "h1"
    for node in list(root.walk()):
        if node.tag in ("ul", "ol"):
            _put_lists_into_items(node)
    _gather(root, _is_painted_item, _make_lists)
    _gather(root, _indented_in(root), _make_quote)


def _put_lists_into_items(node: Node) -> None:
    """Move a list right inside a list into the item before it; Google Docs writes such lists."""
    children, node.children = node.children, []
    item = None
    for child in children:
        if isinstance(child, Node) and child.tag in ("ul", "ol"):
            if item is None:
                item = Node("li")
                node.add(item)
            item.add(child)
            continue
        if isinstance(child, Node) and child.tag == "li":
            item = child
        node.add(child)


def _gather(root: Node, wanted: Callable[[Node], bool], make: Callable[[list[Node]], Node]) -> None:
    """Replace each row of neighbouring elements that are ``wanted`` by the element of ``make``."""
    for node in list(root.walk()):
        row: list[Node] = []
        new: list[Node | str] = []
        for child in [*node.children, None]:
            if isinstance(child, Node) and wanted(child):
                row.append(child)
                continue
            if isinstance(child, str) and row and not child.strip():
                continue
            if row:
                new.append(make(row))
                row = []
            if child is not None:
                new.append(child)
        node.children = []
        for child in new:
            node.add(child)


def _is_painted_item(node: Node) -> bool:
    if node.tag != "p":
        return False
    return bool(LIST_STYLE.search(node.style.get("mso-list", ""))) or bool(
        PAINTED.match(node.text) and (node.parent is None or node.parent.tag != "li")
    )


def _make_lists(row: list[Node]) -> Node:
    """Return Word’s paragraphs as nested lists, numbered where the sign before the words is."""
    top = Node("div")
    open_lists: list[tuple[int, Node]] = []
    for paragraph in row:
        style = LIST_STYLE.search(paragraph.style.get("mso-list", ""))
        level = int(style[1]) if style else _painted_level(paragraph)
        tag = "ol" if NUMBER.fullmatch(_take_sign(paragraph)) else "ul"
        while open_lists and open_lists[-1][0] > level:
            open_lists.pop()
        if open_lists and open_lists[-1][0] == level and open_lists[-1][1].tag != tag:
            open_lists.pop()
        if not open_lists or open_lists[-1][0] < level:
            into = open_lists[-1][1].elements[-1] if open_lists else top
            open_lists.append((level, Node(tag)))
            into.add(open_lists[-1][1])
        item = Node("li")
        for child in paragraph.children:
            item.add(child)
        open_lists[-1][1].add(item)
    return top


def _take_sign(paragraph: Node) -> str:
    """Remove “1.” or “·” from the start of a paragraph, and return it."""
    for node in paragraph.walk():
        if node.style.get("mso-list", "").startswith("ignore"):
            sign = node.text.strip()
            node.replace_with()
            return sign
    match = PAINTED.match(paragraph.text)
    left = match.end() if match else 0
    for node in paragraph.walk():
        for place, child in enumerate(node.children):
            if left and isinstance(child, str):
                cut = min(left, len(child))
                node.children[place] = child[cut:]
                left -= cut
    return match[0].strip() if match else ""


def _painted_level(paragraph: Node) -> int:
    return max(1, round(_indent(paragraph) / 36))


def _indented_in(root: Node) -> Callable[[Node], bool]:
    """Return a test for quotations: paragraphs that are indented, among others that are not.

    A hanging indent is a reference, and a page that is indented as a whole has no quotations.
    """
    paragraphs = [n for n in root.walk() if n.tag in ("p", "div") and n.text.strip()]
    plain = any(_indent(node) < MIN_INDENT_POINTS / 2 for node in paragraphs if node.tag == "p")

    def wanted(node: Node) -> bool:
        if node.tag != "p" or not node.text.strip():
            return False
        if any(QUOTES.fullmatch(name) for name in node.classes):
            return True
        hanging = _points(node.style.get("text-indent", "")) < 0
        beside = node.parent is not None and node.parent.tag in ("li", "td", "th", "blockquote")
        return plain and not hanging and not beside and _indent(node) >= MIN_INDENT_POINTS

    return wanted


def _make_quote(row: list[Node]) -> Node:
    quote = Node("blockquote")
    for node in row:
        quote.add(node)
    return quote


def _indent(node: Node) -> float:
    left = node.style.get("margin-left") or node.style.get("padding-left")
    if left is None:
        sides = node.style.get("margin", "").split()
        left = sides[3] if len(sides) == 4 else ""
    return _points(left)


def _points(length: str) -> float:
    match = LENGTH.match(length)
    try:
        return float(match[1]) * POINTS[match[2]] if match else 0
    except ValueError:
        return 0
