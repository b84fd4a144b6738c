"""Parse HTML to a small tree. Bounded, and never refused: clipboards hold rough HTML."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from blog.paste.html.tokens import attributes, tokens

MAX_PASTE_CHARS = 300_000  # a copied page of that size is no text for a post
MAX_DEPTH = 60
MAX_ELEMENTS = 40_000

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
SKIPPED = {
    *("head", "title", "template", "noscript", "iframe", "object", "svg", "math", "select"),
    *("textarea", "audio", "video", "canvas", "xml", "nav", "dialog", "del"),
}
BLOCKS = {
    *("address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl"),
    *("dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5"),
    *("h6", "header", "hr", "html", "li", "main", "ol", "p", "pre", "section", "summary", "table"),
    *("tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
}
# An element of the first kind ends where one of the second begins, if nothing of the third is
# between them.
ENDS = {
    "li": ({"li"}, {"ul", "ol"}),
    "td": ({"td", "th"}, {"table"}),
    "th": ({"td", "th"}, {"table"}),
    "tr": ({"tr"}, {"table"}),
    "dt": ({"dt", "dd"}, {"dl"}),
    "dd": ({"dt", "dd"}, {"dl"}),
}
HIDDEN = re.compile(r"display:none|mso-hide:all|visibility:hidden")
CLASS_RULE = re.compile(r"\.([\w-]{1,60})\s*\{([^{}]{1,2000})\}")


@dataclass(eq=False)
class Node:
    """An element: its tag, its attributes, its CSS as a mapping, and its children."""

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

    @property
    def text(self) -> str:
        return "".join(self.strings())

    def strings(self) -> Iterator[str]:
        waiting: list[Node | str] = [self]
        while waiting:
            item = waiting.pop()
            if isinstance(item, str):
                yield item
            else:
                waiting.extend(reversed(item.children))

    def add(self, child: "Node | str") -> None:
        if isinstance(child, Node):
            child.parent = self
        self.children.append(child)

    def replace_with(self, *others: "Node | str") -> None:
        """Replace this element in its parent by others."""
        parent = self.parent
        assert parent is not None, "the root cannot be replaced"
        place = next(n for n, each in enumerate(parent.children) if each is self)
        parent.children[place : place + 1] = others
        for other in others:
            if isinstance(other, Node):
                other.parent = parent


class _Builder:
    """Build the tree from tags and text; an element that is not closed ends with its parent."""

    def __init__(self) -> None:
        self.root = Node("body")
        self.open = [self.root]
        self.count = 0
        self.skipping: str | None = None
        self.skipped = 0

    def start(self, tag: str, attrs: dict[str, str]) -> None:
        if self.skipping == "head" and tag == "body":
            self.skipping = None
        if self.skipping:
            self.skipped += tag == self.skipping
            return
        if tag in ("html", "body"):
            return
        if tag in SKIPPED:
            self.skipping, self.skipped = tag, 1
            return
        self.count += 1
        if self.count > MAX_ELEMENTS:
            return
        self._end_what_ends(tag)
        node = Node(tag, attrs, style_of(attrs.get("style", "")))
        self.open[-1].add(node)
        if tag not in VOID and len(self.open) < MAX_DEPTH:
            self.open.append(node)

    def end(self, tag: str) -> None:
        if self.skipping:
            self.skipped -= tag == self.skipping
            if self.skipped <= 0:
                self.skipping = None
            return
        for place in range(len(self.open) - 1, 0, -1):
            if self.open[place].tag == tag:
                del self.open[place:]
                return
            if self.open[place].tag in ("td", "th", "table") and tag not in BLOCKS:
                return

    def text(self, words: str) -> None:
        if not self.skipping and words:
            self.open[-1].add(words)

    def _end_what_ends(self, tag: str) -> None:
        if tag in BLOCKS and self.open[-1].tag == "p":
            self.open.pop()
        ended, within = ENDS.get(tag, (set(), set()))
        for place in range(len(self.open) - 1, 0, -1):
            if self.open[place].tag in within:
                return
            if self.open[place].tag in ended:
                del self.open[place:]
                return


def parse(html: str) -> Node:
    """Return the tree of a page or a part of one, without hidden elements; never raises."""
    html = html[:MAX_PASTE_CHARS].replace("\r\n", "\n").replace("\r", "\n")
    builder, css = _Builder(), []
    for kind, name, rest in tokens(html):
        if kind == "text":
            builder.text(name)
        elif kind == "style":
            css.append(name)
        elif kind == "start":
            builder.start(name, attributes(rest))
        else:
            builder.end(name)
    _give_classes_their_style(builder.root, "".join(css))
    for node in builder.root.walk():
        if HIDDEN.search(node.attrs.get("style", "").replace(" ", "").lower()):
            node.children.clear()
    return builder.root


def style_of(declarations: str) -> dict[str, str]:
    """Return the properties and values of a ``style`` attribute, in lower case."""
    pairs = (each.partition(":") for each in declarations[:2000].lower().split(";"))
    return {name.strip(): value.strip() for name, colon, value in pairs if colon}


def _give_classes_their_style(root: Node, css: str) -> None:
    """Apply the CSS of single classes, as Google’s exported pages have no other."""
    rules: dict[str, dict[str, str]] = {}
    for name, declarations in CLASS_RULE.findall(css[:MAX_PASTE_CHARS]):
        rules.setdefault(name, {}).update(style_of(declarations))
    if not rules:
        return
    for node in root.walk():
        for name in node.classes:
            node.style = rules.get(name, {}) | node.style
