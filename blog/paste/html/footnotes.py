"""
Find footnotes in HTML: a mark links to a note, which links back.

Word calls them ``_ftn1`` and ``_ftnref1``, Google Docs ``ftnt1`` and ``ftnt_ref1``, LibreOffice
``sdfootnote1sym`` and ``…anc``, WordPress and wikis have names of their own. That two links point
at one another is the same everywhere.
"""

import re
from collections.abc import Collection
from itertools import count

from blog.paste.html.tree import Node

MARK_TEXT = re.compile(
    r"\s*[\[(]?\s*(?:\d{1,3}|[ivxlc]{1,5}|[a-z]|[*†‡§]{1,3})\s*[\])]?\s*", re.IGNORECASE
)
BACK = re.compile(r"[\s↩↑^︎⤴↵\[\]()\d.]*|jump up|back|return")
HOLDERS = {"li", "p", "div", "aside", "dd", "td"}


def take_notes(root: Node, taken: Collection[str] = ()) -> list[tuple[str, Node]]:
    """Cut the notes out of the tree, put ``<note>`` elements in place of their marks, return both.

    Returns pairs of label and note; a label is none of ``taken``. Marks whose notes were not
    copied, as from the middle of a wiki page, are removed.
    """
    links = [node for node in root.walk() if node.tag == "a" and "#" in node.attrs.get("href", "")]
    named = _named(root)
    labels = (str(n) for n in count(1) if str(n) not in taken)
    found: list[tuple[str, Node]] = []
    by_holder: dict[int, str] = {}
    for link in links:
        if link.parent is None or not MARK_TEXT.fullmatch(link.text):
            continue
        target = named.get(_aim(link))
        holder = _holder(target, link, links) if target else None
        if holder is None:
            _drop_mark(link)
            continue
        if id(holder) not in by_holder:
            by_holder[id(holder)] = next(labels)
            found.append((by_holder[id(holder)], holder))
        _replace_mark(link, by_holder[id(holder)])
    for _label, holder in found:
        _take_out(holder)
    return found


def _named(root: Node) -> dict[str, Node]:
    """Return the element of each name or id: the last of several, which is the note."""
    return {
        name: node
        for node in root.walk()
        for name in (node.attrs.get("name"), node.attrs.get("id"))
        if name
    }


def _aim(link: Node) -> str:
    return link.attrs["href"].rpartition("#")[2]


def _holder(target: Node, link: Node, links: list[Node]) -> Node | None:
    """Return the block of the note, if a link in it leads back to the mark."""
    block = target
    while block.tag not in HOLDERS and block.parent is not None:
        block = block.parent
    if block.parent is None or _is_in(link, block):
        return None
    for back in block.walk():
        if back.tag == "a" and back is not link and "#" in back.attrs.get("href", ""):
            names = {link.attrs.get("name"), link.attrs.get("id")}
            names |= {each.attrs.get("id") for each in (link.parent, *link.walk()) if each}
            if _aim(back) in names - {None} or BACK.fullmatch(back.text.strip().lower()):
                return block
    return None


def _is_in(node: Node, other: Node) -> bool:
    above: Node | None = node
    while above is not None and above is not other:
        above = above.parent
    return above is other


def _replace_mark(link: Node, label: str) -> None:
    """Replace the link, and the superscript around it, by a ``<note>`` element."""
    outer = link
    while (
        outer.parent is not None
        and outer.parent.tag in ("sup", "span", "b", "font")
        and not outer.parent.text.replace(outer.text, "", 1).strip(" []()")
    ):
        outer = outer.parent
    outer.replace_with(Node("note", {"label": label}))


def _drop_mark(link: Node) -> None:
    """Remove a mark that leads nowhere; a link into another page stays."""
    is_raised = link.parent is not None and link.parent.tag == "sup"
    if is_raised or any(each.tag == "sup" for each in link.walk()):
        link.replace_with()


def _take_out(holder: Node) -> None:
    """Cut the note out of the page, without its number and its link back."""
    for link in [n for n in holder.walk() if n.tag == "a" and "#" in n.attrs.get("href", "")]:
        if BACK.fullmatch(link.text.strip().lower()) and link.parent is not None:
            link.replace_with()
    for sup in [n for n in holder.walk() if n.tag == "sup" and not n.text.strip()]:
        sup.replace_with()
    parent = holder.parent
    holder.replace_with()
    while parent is not None and parent.parent is not None and not parent.text.strip():
        above = parent.parent
        _drop_rule_before(parent, above)
        parent.replace_with()
        parent = above
    if parent is not None:
        holder.parent = None


def _drop_rule_before(node: Node, parent: Node) -> None:
    """Remove the line between the text and its notes."""
    siblings = [s for s in parent.children if isinstance(s, Node) or s.strip()]
    place = next(n for n, each in enumerate(siblings) if each is node)
    before = siblings[place - 1] if place else None
    if isinstance(before, Node) and before.tag == "hr":
        before.replace_with()
