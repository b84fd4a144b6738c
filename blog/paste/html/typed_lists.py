"""
Find lists that somebody typed into the lines of one paragraph, as in mails and chats.

A line that begins with “•”, “–”, “1.” or “a)” is an item where another line has the same sign or
the next number. Paragraphs of their own that begin so may be anything, and stay as they are.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from blog.paste.html.list_signs import cut_start
from blog.paste.html.lists import LIST_STYLE, Item, build
from blog.paste.html.tree import Node

SPACE = r"[ \t\n\u00a0]"
SIGN = re.compile(
    rf"{SPACE}*(?:(?P<bullet>[•·▪◦‣●○■□–—*-])"
    rf"|(?P<open>\(?)(?:(?P<number>\d{{1,3}})|(?P<letter>[a-z]))(?P<end>\.\)|[.)])){SPACE}+(?=\S)"
)
GOES_ON = re.compile(rf"{SPACE}*(?:[\t\u00a0]|[a-zß-ÿ])")
WITHOUT_LISTS = {"caption", "figcaption", "pre", "summary", "table", "tbody", "td", "th", "tr"}
HEADING = re.compile(r"h[1-6]")
MAX_LINES = 500  # of one paragraph
MAX_DEPTH = 5  # of the elements around a line break

Nodes = list[Node | str]


@dataclass(frozen=True)
class Sign:
    """The sign that begins a line: its kind, which all items of a list share, number and width."""

    kind: str
    number: int | None
    width: int


def find_typed_lists(root: Node) -> None:
    """Replace the lines of a tree that are typed as items with lists."""
    for node in list(root.walk()):
        if _may_have_lists(node):
            node.set_children(list(_with_lists(node.children)))


def _may_have_lists(node: Node) -> bool:
    return (
        node.is_block
        and not HEADING.fullmatch(node.tag)
        and not LIST_STYLE.search(node.style.get("mso-list", ""))
        and not any(each.tag in WITHOUT_LISTS for each in (node, *node.ancestors()))
    )


def _with_lists(children: Sequence[Node | str]) -> Iterator[Node | str]:
    """Yield the children of a block; what is between two blocks is read line by line."""
    inline: Nodes = []
    for child in children:
        if isinstance(child, Node) and any(each.is_block for each in child.walk()):
            yield from _read_lines(inline)
            yield child
            inline = []
        else:
            inline.append(child)
    yield from _read_lines(inline)


def _read_lines(inline: Nodes) -> Nodes:
    """Return the content in lines, with lists for those that are items."""
    elements = (child for child in inline if isinstance(child, Node))
    breaks = sum(each.tag == "br" for child in elements for each in child.walk())
    if not 0 < breaks < MAX_LINES:
        return inline
    lines = _split(inline)
    signs = _signs([_text(line) for line in lines])
    return _with_items(lines, signs) if any(signs) else inline


def _split(nodes: Sequence[Node | str], depth: int = 0) -> list[Nodes]:
    """Return the lines between line breaks, each in copies of the elements around it."""
    lines: list[Nodes] = [[]]
    for node in nodes:
        if isinstance(node, str) or not any(each.tag == "br" for each in node.walk()):
            lines[-1].append(node)
        elif node.tag == "br":
            lines.append([])
        elif depth == MAX_DEPTH:
            lines[-1].append(node)
        else:
            first, *rest = (_like(node, line) for line in _split(node.children, depth + 1))
            lines[-1].append(first)
            lines += [[piece] for piece in rest]
    return lines


def _like(node: Node, children: Nodes) -> Node:
    copied = Node(node.tag, dict(node.attrs), node.style)
    copied.add(*children)
    return copied


def _text(line: Nodes) -> str:
    return "".join(node if isinstance(node, str) else node.text for node in line)


def _signs(lines: Sequence[str]) -> list[Sign | None]:
    """Return the signs of the lines that are items; None for other lines."""
    signs = [_sign(line) for line in lines]
    bullets = [sign.kind for sign in signs if sign and sign.number is None]
    numbers = {(sign.kind, sign.number) for sign in signs if sign}

    def is_item(sign: Sign) -> bool:
        if sign.number is None:
            return bullets.count(sign.kind) > 1
        return any((sign.kind, sign.number + step) in numbers for step in (-1, 1))

    return [sign if sign and is_item(sign) else None for sign in signs]


def _sign(line: str) -> Sign | None:
    found = SIGN.match(line)
    if found is None or (found["open"] and found["end"] != ")"):
        return None
    if found["bullet"]:
        return Sign(found["bullet"], None, found.end())
    if found["number"]:
        return Sign(f"{found['open']}1{found['end']}", int(found["number"]), found.end())
    return Sign(f"{found['open']}a{found['end']}", ord(found["letter"]) - 96, found.end())


def _with_items(lines: Sequence[Nodes], signs: Sequence[Sign | None]) -> Nodes:
    """Return lines with lists for the items; a line that goes on in lower case belongs to one."""
    new: Nodes = []
    items: list[Item] = []
    kinds: list[str] = []  # of the lists that are open, the outer ones first
    for line, sign in zip(lines, signs, strict=True):
        if sign:
            kinds = kinds[: kinds.index(sign.kind)] if sign.kind in kinds else kinds
            kinds.append(sign.kind)
            items.append(_item(line, sign, len(kinds)))
        elif items and GOES_ON.match(_text(line)):
            items[-1].nodes += [Node("br"), *line]
        elif items and not _text(line).strip():
            items[-1].nodes += line  # nothing that can be seen
        else:
            new += [*build(items), *([] if items or not new else [Node("br")]), *line]
            items, kinds = [], []
    return [*new, *build(items)]


def _item(line: Nodes, sign: Sign, level: int) -> Item:
    holder = Node("div")
    holder.set_children(line)
    cut_start(holder, sign.width)
    return Item(
        level,
        holder.children,
        is_ordered=sign.number is not None,
        number=sign.number,
        is_lettered="a" in sign.kind,
    )
