"""Read the numbers of lists: of the list, of an item that has its own, counted up or down."""

from collections.abc import Iterator

from blog.paste.html.tree import Node

MAX_DIGITS = 6


def number_in(node: Node, name: str) -> int | None:
    """Return the number in an attribute; None for anything else, which browsers ignore too."""
    written = node.attrs.get(name, "").strip()
    is_number = written.isascii() and written.isdecimal() and len(written) <= MAX_DIGITS
    return int(written) if is_number else None


def numbers_of(node: Node) -> Iterator[int]:
    """Yield the numbers of the items of an ordered list as a browser counts them, without end."""
    items = [item for item in node.elements if item.tag == "li"]
    step = -1 if "reversed" in node.attrs else 1
    start = number_in(node, "start")
    number = start if start is not None else (1 if step > 0 else len(items))
    for item in items:
        own = number_in(item, "value")
        number = number if own is None else own
        yield number
        number += step
    while True:
        yield number
        number += step


def is_lettered(node: Node) -> bool:
    """Return whether the items of a numbered list have letters, as the list or its items say."""
    styles = (each.style.get("list-style-type", "") for each in (node, *node.elements[:1]))
    return node.attrs.get("type") == "a" or any(
        style in ("lower-alpha", "lower-latin") for style in styles
    )
