"""
Parse HTML to a small tree that can be changed. Never refused: clipboards hold rough HTML.

``justhtml`` reads it as browsers do. Its tree is copied into one of our own, which knows the CSS of
its elements and removes one in constant time.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from justhtml import JustHTML

from blog.paste.html.formatting import with_bounded_formatting
from blog.text.guard import LINE_END

MAX_PASTE_CHARS = 300_000  # a copied page of that size is no text for a post
MAX_DEPTH = 60  # what is deeper stays, without the elements around it
MAX_CLASSES = 8  # of an element, whose CSS is looked up

BLOCKS = {
    *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details"),
    *("div", "dl", "dt", "embedded", "fieldset", "figcaption", "figure", "footer", "form", "h1"),
    *("h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "listing"),
    *("main", "menu", "ol", "p", "plaintext", "pre", "search", "section", "summary", "table"),
    *("tbody", "td", "tfoot", "th", "thead", "tr", "ul", "xmp"),
}
# Word encloses what other programs shall not read in “conditional comments”.
CONDITIONALS = {
    "supportlists": "sign",
    "supportannotations": "remark",
    "msequation": "fallback",
    "supportlinebreaknewline": "fallback",
}
CONDITION = re.compile(r"\s*\[if\s+!(\w{1,40})\]", re.IGNORECASE)
CLASS_RULE = re.compile(r"\.([\w-]{1,60})\s*\{([^{}]{1,2000})\}")
PROPERTIES = {
    *("display", "font-style", "font-weight", "list-style-type", "margin", "margin-left"),
    *(
        "mso-element",
        "mso-hide",
        "mso-list",
        "mso-special-character",
        "padding-left",
        "text-decoration",
        "white-space",
    ),
    *("text-decoration-line", "text-indent", "vertical-align", "visibility"),
}
# A run of these is slow to read, and starts no tag.
OPEN_BRACKETS = re.compile(r"<(?=[<\s])")


@dataclass(eq=False, slots=True)
class Node:
    """An element: its tag, its attributes, its CSS as a mapping, and its children.

    A removed element stays in its place without a tag and without children.
    """

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    style: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)
    parent: "Node | None" = None

    @property
    def classes(self) -> list[str]:
        return self.attrs.get("class", "").split()

    @property
    def is_block(self) -> bool:
        return self.tag in BLOCKS

    @property
    def elements(self) -> list["Node"]:
        return [child for child in self.children if isinstance(child, Node)]

    def walk(self) -> Iterator["Node"]:
        """Yield this element and all elements in it, in the order of the text."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.elements))

    def ancestors(self) -> Iterator["Node"]:
        """Yield the elements around this one, the nearest first."""
        above = self.parent
        while above is not None:
            yield above
            above = above.parent

    @property
    def text(self) -> str:
        return "".join(self.strings())

    @property
    def has_text(self) -> bool:
        return any(words.strip() for words in self.strings())

    def strings(self) -> Iterator[str]:
        waiting: list[Node | str] = [self]
        while waiting:
            item = waiting.pop()
            if isinstance(item, str):
                yield item
            else:
                waiting.extend(reversed(item.children))

    def add(self, *children: "Node | str") -> None:
        for child in children:
            if isinstance(child, Node):
                child.parent = self
            self.children.append(child)

    def set_children(self, children: Sequence["Node | str"]) -> None:
        self.children = []
        self.add(*children)

    def become(self, tag: str, children: Sequence["Node | str"] = (), **attrs: str) -> None:
        """Turn this element into another one, in its place."""
        self.tag, self.attrs, self.style = tag, attrs, {}
        self.set_children(children)

    def remove(self) -> None:
        self.become("")

    def take(self) -> "Node":
        """Return the content of this element in a ``div`` of its own, and remove the element."""
        taken = Node("div")
        taken.set_children(self.children)
        self.remove()
        return taken


def parse(html: str) -> Node:
    """Return the tree of a page or a part of one, as deep as it is; never raises."""
    html = html[:MAX_PASTE_CHARS].replace("\r\n", "\n").replace("\r", "\n")
    html = with_bounded_formatting(OPEN_BRACKETS.sub("&lt;", html))
    root = Node("body")
    css = _copy(JustHTML(html, sanitize=False).root, root)
    _give_classes_their_style(root, css)
    return root


def flatten(root: Node) -> None:
    """Remove the elements below ``MAX_DEPTH``, and keep their words and breaks."""
    waiting = [(root, 0)]
    while waiting:
        node, depth = waiting.pop()
        if depth == MAX_DEPTH:
            node.set_children(list(_leaves(node)))
        else:
            waiting.extend((child, depth + 1) for child in node.elements)


def style_of(declarations: str) -> dict[str, str]:
    """Return the properties that mean something here, and their values, in lower case."""
    pairs = (each.partition(":") for each in declarations[:2000].lower().split(";"))
    named = ((name.strip(), value.strip()) for name, colon, value in pairs if colon)
    return {name: value for name, value in named if name in PROPERTIES}


def _leaves(node: Node) -> Iterator[Node | str]:
    waiting: list[Node | str] = list(reversed(node.children))
    edge = Node("br")
    last: Node | str = edge
    while waiting:
        item = waiting.pop()
        if isinstance(item, Node) and item.children:
            around = [edge] if item.is_block else []
            waiting += [*around, *reversed(item.children), *around]
        elif item is edge:
            if last is not edge:
                yield Node("br")
            last = edge
        else:
            yield item
            last = item


def _copy(document: Any, root: Node) -> str:
    """Copy a tree of ``justhtml`` into ``root``; return the CSS of its style sheets."""
    css: list[str] = []
    waiting: list[tuple[Any, Node]] = [(document, root)]
    while waiting:
        source, into = waiting.pop()
        if isinstance(source, Node):
            into.add(source)
        elif source.name == "#text":
            into.add(LINE_END.sub("\n", source.data or ""))
        elif source.name == "style":
            css += [child.data or "" for child in source.children or ()]
        else:
            node = into
            if source.name[0] not in "#!":
                attrs = {name: value or "" for name, value in (source.attrs or {}).items()}
                node = Node(source.name.lower(), attrs, style_of(attrs.get("style", "")))
                into.add(node)
            waiting.extend(reversed(_enclosed(source.children or (), node)))
    return "".join(css)


def _enclosed(children: Sequence[Any], into: Node) -> list[tuple[Any, Node]]:
    """Return each child with its parent: an element for the content of a conditional comment."""
    ends = [
        place
        for place, child in enumerate(children)
        if child.name == "#comment" and "[endif]" in (child.data or "")
    ]
    found: list[tuple[Any, Node]] = []
    parent = into
    for place, child in enumerate(children):
        if child.name != "#comment":
            found.append((child, parent))
            continue
        condition = CONDITION.match(child.data or "")
        kind = CONDITIONALS.get(condition[1].lower()) if condition else None
        if kind and ends and place < ends[-1]:
            parent = Node(kind)
            found.append((parent, into))
        elif "[endif]" in (child.data or ""):
            parent = into
    return found


def _give_classes_their_style(root: Node, css: str) -> None:
    """Apply the CSS of single classes, as Google’s exported pages have no other."""
    rules: dict[str, dict[str, str]] = {}
    for name, declarations in CLASS_RULE.findall(css):
        rules.setdefault(name, {}).update(style_of(declarations))
    if not rules:
        return
    for node in root.walk():
        for name in node.classes[:MAX_CLASSES]:
            node.style = rules.get(name, {}) | node.style
