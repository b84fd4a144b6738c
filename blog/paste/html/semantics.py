"""Restore headings and quotations that word processors only paint."""

import re
from collections.abc import Callable

from blog.paste.html.lengths import indent, points
from blog.paste.html.list_signs import take_sign
from blog.paste.html.lists import MIN_INDENT_POINTS, restore_lists
from blog.paste.html.tree import Node
from blog.paste.html.typed_lists import find_typed_lists

QUOTES = re.compile(r"(mso)?(intense)?quote|msoblocktext|quotations?|blockquote", re.IGNORECASE)
TITLES = re.compile(r"msotitle|title", re.IGNORECASE)
HEADING = re.compile(r"h[1-6]")
BESIDE = {"li", "td", "th", "blockquote"}


def tidy(root: Node) -> None:
    """Give every part of a tree the element for its meaning, in place."""
    for node in root.walk():
        if node.tag == "p" and any(TITLES.fullmatch(name) for name in node.classes):
            node.tag = "h1"
        if HEADING.fullmatch(node.tag):
            take_sign(node)
    find_typed_lists(root)
    restore_lists(root)
    wanted = _indented_in(root)
    for node in list(root.walk()):
        if any(wanted(child) for child in node.elements):
            _gather_quotes(node, wanted)


def _gather_quotes(node: Node, wanted: Callable[[Node], bool]) -> None:
    """Replace each row of neighbouring paragraphs that are ``wanted`` by a quotation."""
    new: list[Node | str] = []
    quote: Node | None = None
    for child in node.children:
        if isinstance(child, Node) and wanted(child):
            if quote is None:
                quote = Node("blockquote")
                new.append(quote)
            quote.add(child)
        elif quote is None or (child.strip() if isinstance(child, str) else child.tag):
            quote = None
            new.append(child)
    node.set_children(new)


def _indented_in(root: Node) -> Callable[[Node], bool]:
    """Return a test for quotations: paragraphs that are indented, among others that are not.

    A hanging indent is a reference, and a page that is indented as a whole has no quotations.
    """
    plain = any(
        node.tag == "p" and indent(node) < MIN_INDENT_POINTS / 2 and node.has_text
        for node in root.walk()
    )

    def wanted(node: Node) -> bool:
        if node.tag != "p" or not node.has_text:
            return False
        if any(QUOTES.fullmatch(name) for name in node.classes):
            return node.parent is None or node.parent.tag != "blockquote"
        hanging = points(node.style.get("text-indent", "")) < 0
        beside = node.parent is not None and node.parent.tag in BESIDE
        return plain and not hanging and not beside and indent(node) >= MIN_INDENT_POINTS

    return wanted
