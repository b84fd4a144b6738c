"""
Find footnotes in HTML: a mark links to a note, which links back.

Word calls them ``_ftn1`` and ``_ftnref1``, Google Docs ``ftnt1`` and ``ftnt_ref1``, LibreOffice
``sdfootnote1sym`` and ``…anc``, WordPress and wikis have names of their own. That two links point
at one another is the same everywhere; and where a browser has left the names out or put the
address of a page before them, that the two names have one stem.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import count

from blog.paste.html.tree import Node

MARK_TEXT = re.compile(
    r"\s*[\[(]?\s*(?:\d{1,3}|[ivxlc]{1,5}|[a-z]|[*†‡§]{1,3})\s*[\])]?\s*", re.IGNORECASE
)
BACK = re.compile(r"[\s↩↑^︎⤴↵\[\]()\d.]*|jump up|back|return")
HOLDERS = {"li", "p", "div", "aside", "dd", "td"}
# What programs add to the names of marks and notes: the rest is the same for both.
STEM = re.compile(r"ref|note|anchor|anc|sym|back|link|bottom|top|return|[^a-z0-9]")
# Each of these notes has a block of its own, for all its paragraphs.
IN_OWN_BLOCK = re.compile(r"_?(?:ftn|edn|ftnt)_?(?:ref)?\d+|sd(?:foot|end)note\d+\w*")
AROUND_NUMBER = " \t\n\u00a0[]()."
AROUND_MARKS = {"sup", "span", "b", "font"}
MAX_BACK_LINKS = 30  # of one note


@dataclass
class _Links:
    """The links of a page to places in pages, and the blocks and names that they are found by."""

    links: list[Node]
    named: dict[str, Node] = field(default_factory=dict)
    inside: dict[Node, list[Node]] = field(default_factory=lambda: defaultdict(list))
    by_stem: dict[str, list[Node]] = field(default_factory=lambda: defaultdict(list))


def take_notes(root: Node, taken: Collection[str] = ()) -> list[tuple[str, Node]]:
    """Cut the notes out of the tree, put ``<note>`` elements in place of their marks, return both.

    Returns pairs of label and note; a label is none of ``taken``. A mark whose note was not
    copied, as from the middle of a wiki page, stays as text.
    """
    page = _links_of(root)
    labels = (str(n) for n in count(1) if str(n) not in taken)
    marks: list[tuple[Node, Node]] = []
    by_holder: dict[Node, str] = {}
    shown: dict[Node, set[str]] = defaultdict(set)  # on the marks of each note
    for link in page.links:
        if not MARK_TEXT.fullmatch(link.text):
            continue
        holder = _holder(link, page)
        if holder is None or any(above in by_holder for above in (link, *link.ancestors())):
            continue
        by_holder[holder] = by_holder.get(holder) or next(labels)
        marks.append((link, holder))
        shown[holder].add(_shown(link))
    for link, holder in marks:
        _replace_mark(link, by_holder[holder])
    return [(label, _take_out(holder, shown[holder])) for holder, label in by_holder.items()]


def _links_of(root: Node) -> _Links:
    page = _Links([node for node in root.walk() if node.tag == "a" and _aim(node)])
    for node in root.walk():
        for name in (node.attrs.get("name"), node.attrs.get("id")):
            if name:
                page.named[name] = node  # the last of several, which is the note
    for link in page.links:
        page.by_stem[_stem(link)].append(link)
        for above in link.ancestors():
            if above.tag in HOLDERS and len(page.inside[above]) < MAX_BACK_LINKS:
                page.inside[above].append(link)
    return page


def _aim(link: Node) -> str:
    return link.attrs.get("href", "").partition("#")[2]


def _stem(link: Node) -> str:
    return STEM.sub("", _aim(link).lower())


def _holder(link: Node, page: _Links) -> Node | None:
    """Return the block of the note that a mark leads to, if a link in it leads back."""
    target = page.named.get(_aim(link))
    block = _block_of(target) if target is not None else None
    if block is not None and not _is_in(link, block) and _leads_back(block, link, page):
        return _whole(block, _aim(link))
    note = next((each for each in _later_of_stem(link, page) if _begins_its_block(each)), None)
    block = _block_of(note) if note is not None else None
    if block is None or _is_in(link, block):
        return None
    return _whole(block, _aim(link))


def _block_of(node: Node) -> Node | None:
    above = (each for each in (node, *node.ancestors()) if each.tag in HOLDERS)
    return next((each for each in above if each.parent is not None), None)


def _leads_back(block: Node, link: Node, page: _Links) -> bool:
    near = (link, link.parent, *link.elements)
    names = {each.attrs.get(name) for each in near if each for name in ("id", "name")}
    return any(
        _aim(back) in names - {None} or BACK.fullmatch(back.text.strip().lower())
        for back in page.inside[block]
        if back is not link
    )


def _later_of_stem(link: Node, page: _Links) -> Iterator[Node]:
    """Yield the links after a mark that have its name’s stem and its label, and not its name."""
    alike = page.by_stem[_stem(link)] if any(map(str.isdigit, _aim(link))) else []
    seen = False
    for each in alike[:MAX_BACK_LINKS]:
        if seen and _aim(each) != _aim(link) and _label(each) == _label(link):
            yield each
        seen = seen or each is link


def _label(link: Node) -> str:
    return re.sub(r"\W", "", link.text)


def _begins_its_block(link: Node) -> bool:
    block = _block_of(link)
    first = next(filter(str.strip, block.strings()), "") if block is not None else ""
    return bool(first) and next(filter(str.strip, link.strings()), None) is first


def _whole(block: Node, name: str) -> Node:
    """Return the block of a whole note, which may have several paragraphs."""
    above = block.parent
    if above is None or above.tag != "div" or above.parent is None:
        return block
    first = next((each for each in above.elements if each.has_text), None)
    return above if first is block and IN_OWN_BLOCK.fullmatch(name.lower()) else block


def _is_in(node: Node, other: Node) -> bool:
    return node is other or any(above is other for above in node.ancestors())


def _replace_mark(link: Node, label: str) -> None:
    """Replace the link, and the superscript around it, by a ``<note>`` element."""
    outer = link
    while (
        outer.parent is not None
        and outer.parent.tag in AROUND_MARKS
        and len(outer.parent.children) <= 5
        and not outer.parent.text.replace(outer.text, "", 1).strip(" []()")
    ):
        outer = outer.parent
    outer.become("note", label=label)


def _shown(link: Node) -> str:
    return link.text.strip(AROUND_NUMBER)


def _take_out(holder: Node, marks: Collection[str]) -> Node:
    """Cut the note out of the page, without its link back, which may show one of its ``marks``."""
    for link in holder.walk():
        if link.tag != "a" or not _aim(link):
            continue
        if BACK.fullmatch(link.text.strip().lower()) or _shown(link) in marks:
            link.remove()
    for raised in holder.walk():
        if raised.tag == "sup" and not raised.text.strip(AROUND_NUMBER):
            raised.remove()
    return holder.take()
