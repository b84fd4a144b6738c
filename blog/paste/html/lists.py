"""
Restore lists as the word processor meant them.

Word writes each item as a paragraph with its level and its sign in front, Word for the web as a
list of its own, Google’s exported pages as lists beside one another with their level in a class.
All of them become rows of items, and those nested lists again. Other programs only paint a bullet.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from blog.paste.html.lengths import indent, points
from blog.paste.html.list_numbers import next_number, number_in
from blog.paste.html.list_signs import CHECK_MARKS, find_sign, number_of, take_sign
from blog.paste.html.tree import Node

LIST_STYLE = re.compile(r"l(\d+)\s+level(\d)")
EXPORTED = re.compile(r"lst-kix_[\w-]{1,60}-(\d)")
LIST_CLASSES = ("msolistcontinue", "msolistparagraph")
QUOTE_CLASSES = ("quote", "quotations", "blockquote", "msoquote", "msointensequote")
POINTS_A_LEVEL = 36
SAME_INDENT_POINTS = 3
MIN_INDENT_POINTS = 24
MAX_LOOK_AHEAD = 12


@dataclass
class Item:
    """An item of a list: its level from 1, its number if it has one, and where its words begin.

    A continuing item is one more paragraph of the item before it, or of one above that.
    """

    level: int
    nodes: list[Node | str]
    is_ordered: bool = False
    number: int | None = None
    is_lettered: bool = False
    indent: float = 0
    list_id: str = ""
    is_continuing: bool = False
    attrs: dict[str, str] = field(default_factory=dict)


def restore_lists(root: Node) -> None:
    """Give every list of a tree its elements, in place."""
    for node in list(root.walk()):
        _regroup(node, _exported_items)
        _regroup(node, _online_items)
    for node in list(root.walk()):
        if node.tag in ("ul", "ol"):
            _put_lists_into_items(node)
            _show_boxes(node)
    for node in list(root.walk()):
        _gather_paragraphs(node)
        _join_continued(node)


def build(items: Sequence[Item]) -> list[Node]:
    """Return items as nested lists; no level is skipped, and none is above the first."""
    top: list[Node] = []
    path: list[tuple[int, Node]] = []
    last: dict[Node, int] = {}  # number of each list
    for item in items:
        while len(path) > 1 and path[-1][0] > item.level:
            path.pop()
        if path and path[-1][0] > item.level:
            path = [(item.level, path[-1][1])]
        if item.is_continuing and path:
            path[-1][1].elements[-1].add(*item.nodes)
            continue
        tag = "ol" if item.is_ordered else "ul"
        if path and path[-1][0] >= item.level and path[-1][1].tag != tag:
            path.pop()
        if not path or path[-1][0] < item.level:
            new = Node(tag, _numbering(item))
            if path:
                path[-1][1].elements[-1].add(new)
            else:
                top.append(new)
            path.append((item.level, new))
        here = path[-1][1]
        expected = last[here] + 1 if here in last else item.number or 1
        last[here] = expected if item.number is None else item.number
        own = {} if last[here] == expected else {"value": str(last[here])}
        element = Node("li", item.attrs | own)
        element.add(*item.nodes)
        here.add(element)
    return top


def _numbering(item: Item) -> dict[str, str]:
    """Return the attributes of the list that an item begins."""
    if not item.is_ordered or not item.number:
        return {}
    return {"start": str(item.number)} | ({"type": "a"} if item.is_lettered else {})


def _put_lists_into_items(node: Node) -> None:
    """Move a list right inside a list into the item before it; Google Docs writes such lists.

    Where there is none, its items are taken for items of this list.
    """
    children, node.children = node.children, []
    item = None
    for child in children:
        if isinstance(child, str) or child.tag not in ("ul", "ol"):
            item = child if isinstance(child, Node) and child.tag == "li" else item
            node.add(child)
        elif item is not None:
            item.add(child)
        else:
            _put_lists_into_items(child)
            node.add(*child.children)
            item = next((each for each in reversed(node.elements) if each.tag == "li"), None)


def _show_boxes(node: Node) -> None:
    """Write whether an item of a check list is done, as Google Docs says in an attribute."""
    for item in node.elements:
        state = item.attrs.get("aria-checked") if item.attrs.get("role") == "checkbox" else None
        if state is not None:
            first = next((each for each in item.elements if each.has_text), item)
            paragraph = first if first.tag == "p" else item
            box = "☑ " if state == "true" else "☐ "
            paragraph.set_children([box, *paragraph.children])
            del item.attrs["role"]


def _regroup(node: Node, items_of: Callable[[Node], list[Item]]) -> None:
    """Replace neighbouring lists by what their ``items_of`` make together."""
    rows = [items_of(child) for child in node.elements]
    if not any(rows):
        return
    new: list[Node | str] = []
    row: list[Item] = []
    found = iter(rows)
    for child in node.children:
        if isinstance(child, str):
            if row and not child.strip():
                continue
            items: list[Item] = []
        else:
            items = next(found)
            if row and not child.tag:
                continue
        if not items:
            new += [*build(row), child]
            row = []
        row += items
    node.set_children([*new, *build(row)])


def _exported_items(node: Node) -> list[Item]:
    """Return the items of one of Google’s exported lists, which say their level in a class."""
    if node.tag not in ("ul", "ol"):
        return []
    level = next((int(m[1]) for name in node.classes if (m := EXPORTED.fullmatch(name))), None)
    return [] if level is None else _items_of(node, lambda item: level + 1)


def _online_items(node: Node) -> list[Item]:
    """Return the items of a list of Word for the web, each in a list and a ``div`` of its own."""
    inner = node.elements
    if node.tag == "div" and len(inner) == 1 and "ListContainerWrapper" in node.classes:
        node = inner[0]
    items = [item for item in node.elements if item.tag]
    if node.tag not in ("ul", "ol") or not items:
        return []
    if not all(item.attrs.get("data-aria-level", "").isdecimal() for item in items):
        return []
    return _items_of(node, lambda item: int(item.attrs["data-aria-level"][:2]))


def _items_of(node: Node, level_of: Callable[[Node], int]) -> list[Item]:
    number = number_in(node, "start")
    found: list[Item] = []
    for child in node.children:
        if isinstance(child, Node) and child.tag == "li":
            level, ordered = level_of(child), node.tag == "ol"
            own = number_in(child, "value")
            number = number if own is None else own
            found.append(Item(level, child.children, ordered, number, attrs=child.attrs))
            number = None if number is None else number + 1
        elif isinstance(child, Node) or child.strip():
            if found:
                found.append(replace(found[-1], nodes=[child], is_continuing=True))
            else:
                return []
    return found


def _join_continued(node: Node) -> None:
    """Move indented paragraphs between two parts of a numbered list into the item before."""
    if sum(child.tag == "ol" for child in node.elements) < 2:
        return
    new: list[Node | str] = []
    numbered: Node | None = None
    between: list[Node | str] = []
    for child in node.children:
        if isinstance(child, Node) and child.tag == "ol":
            if numbered is not None and child.attrs.get("start") == str(next_number(numbered)):
                numbered.elements[-1].add(*between)
                numbered.add(*child.children)
            else:
                new += [*between, child]
                numbered = child if child.elements else None
            between = []
        elif numbered is not None and (not _has_words(child) or _is_set_in(child)):
            between.append(child)
        else:
            new += [*between, child]
            numbered, between = None, []
    node.set_children([*new, *between])


def _has_words(child: Node | str) -> bool:
    return bool(child.strip()) if isinstance(child, str) else child.has_text


def _is_set_in(child: Node | str) -> bool:
    """Return whether a paragraph is indented, and neither a quotation by name nor a reference."""
    return (
        isinstance(child, Node)
        and child.tag == "p"
        and indent(child) >= MIN_INDENT_POINTS
        and points(child.style.get("text-indent", "")) > -SAME_INDENT_POINTS
        and not any(name.lower() in QUOTE_CLASSES for name in child.classes)
    )


def _is_painted(child: Node | str) -> bool:
    """Return whether a paragraph is an item of a list, by its style or by its sign."""
    if not isinstance(child, Node) or child.tag not in ("p", "div"):
        return False
    if not child.has_text or (child.parent is not None and child.parent.tag == "li"):
        return False
    if LIST_STYLE.search(child.style.get("mso-list", "")):
        return True
    is_leaf = child.tag == "p" or not any(inner.is_block for inner in child.elements)
    return is_leaf and find_sign(child) is not None


def _gather_paragraphs(node: Node) -> None:
    """Replace each row of painted items in an element by lists."""
    children, new, place = node.children, list[Node | str](), 0
    while place < len(children):
        if not _is_painted(children[place]):
            new.append(children[place])
            place += 1
            continue
        row: list[Item] = []
        while place < len(children):
            after = _past_blanks(children, place)
            child = children[after] if after < len(children) else ""
            if isinstance(child, Node) and _is_painted(child):
                row.append(_item(child, row))
            elif isinstance(child, Node) and (item := _continuing(children, after, row)):
                row.append(item)
            else:
                break
            place = after + 1
        new += build(row)
    node.set_children(new)


def _past_blanks(children: Sequence[Node | str], place: int) -> int:
    while place < len(children) and not _has_words(children[place]):
        place += 1
    return place


def _item(paragraph: Node, row: Sequence[Item]) -> Item:
    """Return a paragraph as the item after those of a row, without its sign."""
    style = LIST_STYLE.search(paragraph.style.get("mso-list", ""))
    margin = indent(paragraph)
    level = int(style[2]) if style else max(1, round(margin / POINTS_A_LEVEL))
    before = next((item for item in reversed(row) if item.level <= level), None)
    sign = take_sign(paragraph)
    last = before.number if before is not None and before.level == level else None
    number = number_of(sign, expected=1 if last is None else last + 1)
    if mark := CHECK_MARKS.get(sign):
        paragraph.set_children([f"{mark} ", *paragraph.children])
    return Item(
        level=level,
        nodes=[paragraph] if paragraph.tag == "div" else list(paragraph.children),
        is_ordered=number is not None,
        number=number,
        is_lettered=sign.strip(" ().") == "a",
        indent=margin,
        list_id=style[1] if style else "",
    )


def _continuing(children: Sequence[Node | str], place: int, row: Sequence[Item]) -> Item | None:
    """Return a paragraph as one more of an item of the row, if its indent or its style says so."""
    paragraph = children[place]
    if not row or isinstance(paragraph, str) or not _is_set_in(paragraph):
        return None
    margin = indent(paragraph)
    for item in reversed(row):
        if abs(item.indent - margin) <= SAME_INDENT_POINTS:
            return Item(item.level, [paragraph], is_continuing=True, indent=margin)
    named = any(name.lower().startswith(LIST_CLASSES) for name in paragraph.classes)
    if named or _goes_on(children, place, row[-1].list_id):
        return Item(row[-1].level, [paragraph], is_continuing=True, indent=margin)
    return None


def _goes_on(children: Sequence[Node | str], place: int, list_id: str) -> bool:
    """Return whether the same list of Word comes again after a few indented paragraphs."""
    for child in children[place : place + MAX_LOOK_AHEAD]:
        if isinstance(child, Node) and _is_painted(child):
            style = LIST_STYLE.search(child.style.get("mso-list", ""))
            return bool(list_id and style and style[1] == list_id)
        if _has_words(child) and not _is_set_in(child):
            return False
    return False
