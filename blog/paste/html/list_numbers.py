"""Read the numbers of lists, of which an item can have one of its own."""

from collections.abc import Sequence

from blog.paste.html.tree import Node

MAX_DIGITS = 6


def number_in(node: Node, name: str) -> int | None:
    """Return the number in an attribute; None for what a list in Markdown cannot begin with."""
    written = node.attrs.get(name, "").strip()
    is_number = written.isascii() and written.isdecimal() and len(written) <= MAX_DIGITS
    return int(written) if is_number else None


def numbers_of(node: Node, items: Sequence[Node]) -> list[int]:
    """Return the numbers of the items of an ordered list, as a browser counts them up or down.

    None is below zero: a list in Markdown has no such numbers, and is counted up then.
    """
    step = -1 if "reversed" in node.attrs else 1
    start = number_in(node, "start")
    number = start if start is not None else (1 if step == 1 else len(items))
    numbers = []
    for item in items:
        own = number_in(item, "value")
        number = number if own is None else own
        numbers.append(number)
        number += step
    return numbers if min(numbers, default=0) >= 0 else list(range(1, len(items) + 1))


def next_number(node: Node) -> int:
    """Return the number that one more item of an ordered list would have."""
    items = [item for item in node.elements if item.tag == "li"]
    return numbers_of(node, [*items, Node("li")])[-1]


def is_lettered(node: Node) -> bool:
    """Return whether the items of a numbered list have letters, as the list or its items say."""
    styles = (each.style.get("list-style-type", "") for each in (node, *node.elements[:1]))
    return node.attrs.get("type") == "a" or any(
        style in ("lower-alpha", "lower-latin") for style in styles
    )
