"""Convert a tidy tree to Markdown blocks: headings, paragraphs, lists, quotations, tables, code."""

import re
from collections import Counter
from collections.abc import Iterator

from blog.paste.html.inline import Run, TextStyle, paragraphs_of, plain, runs_of, text_style
from blog.paste.html.list_numbers import is_lettered, numbers_of
from blog.paste.html.tables import (
    grid_of,
    has_words_beside_cells,
    is_table,
    write_table,
)
from blog.paste.html.tree import Node
from blog.paste.html.written_lists import numbered_lists, part_lists, written_list

HEADING = re.compile(r"h[1-6]")
FENCE = re.compile(r"`{3,}|~{3,}")
PREFORMATTED = {"listing", "plaintext", "pre", "xmp"}
ITEMS = ("dd", "dt", "li")
TOP_HEADING, BOTTOM_HEADING = 2, 6
PLAIN = TextStyle()


class Writer:
    """Convert one tree; ``preserved`` counts its parts."""

    def __init__(self, root: Node):
        levels = sorted({int(n.tag[1]) for n in root.walk() if HEADING.fullmatch(n.tag)})
        self.levels = {
            level: min(BOTTOM_HEADING, TOP_HEADING + n) for n, level in enumerate(levels)
        }
        self.holding = _holding_blocks(root)
        links = (n for n in root.walk() if n.tag == "a" and n.has_text)
        count = sum(1 for link in links if text_style(link, PLAIN).href)
        self.preserved: Counter[str] = Counter({"links": count} if count else {})

    def blocks(self, node: Node, style: TextStyle = PLAIN) -> list[str]:
        """Return the blocks in an element, each as Markdown."""
        blocks: list[str] = []
        line: list[Run] = []

        def end_line() -> None:
            blocks.extend(paragraphs_of(line))
            line.clear()

        for child in node.children:
            if isinstance(child, str) or not (child.is_block or child in self.holding):
                line.extend(runs_of(child, style))
            else:
                end_line()
                blocks.extend(self._block(child, style))
        end_line()
        return part_lists(blocks)

    def _block(self, node: Node, style: TextStyle) -> list[str]:
        if HEADING.fullmatch(node.tag):
            return self._heading(node)
        if node.tag in ("dl", "menu", "ol", "ul"):
            return self._list(node, style)
        if node.tag == "blockquote":
            return self._quote(node, style)
        if node.tag == "table":
            return self._table(node, style)
        if node.tag in PREFORMATTED:
            return self._code(node)
        if node.tag == "embedded":
            return self._embedded(node)
        if node.tag == "hr":
            return [] if any(above.tag == "li" for above in node.ancestors()) else ["---"]
        return self.blocks(node, text_style(node, style))

    def _heading(self, node: Node) -> list[str]:
        runs = [
            Run(
                run.text.replace("\n", " "),
                TextStyle(italic=run.style.italic, href=run.style.href),
                run.note,
            )
            for run in runs_of(node, TextStyle())
        ]
        text = plain(runs)
        if not text:
            return []
        self.preserved["headings"] += 1
        closing = re.search(r"#+$", text)
        if closing:
            text = text[: closing.start()] + closing[0].replace("#", "\\#")
        return [f"{'#' * self.levels[int(node.tag[1])]} {text}"]

    def _list(self, node: Node, style: TextStyle) -> list[str]:
        """Return a list; blocks beside its items belong to the item before them."""
        before: list[str] = []
        items: list[list[str]] = []
        begun: list[Node] = []
        for child in _grouped(node):
            parts = self.blocks(child, text_style(child, style))
            begins = child.tag == "dt" or child.tag == "li" or (child.tag == "dd" and not items)
            if begins and parts:
                items.append(parts)
                begun.append(child)
            elif items:
                items[-1].extend(parts)
            else:
                before += parts
        if not items:
            return before
        self.preserved["lists"] += 1
        if node.tag != "ol":
            return [*before, written_list(items)]
        numbers = numbers_of(node, begun)
        return [*before, *numbered_lists(items, numbers, is_lettered=is_lettered(node))]

    def _quote(self, node: Node, style: TextStyle) -> list[str]:
        text = "\n\n".join(self.blocks(node, text_style(node, style)))
        if not text:
            return []
        self.preserved["quotes"] += 1
        return ["\n".join(f"> {line}".rstrip() for line in text.split("\n"))]

    def _table(self, node: Node, style: TextStyle) -> list[str]:
        grid = grid_of(node)
        if not is_table(grid) or has_words_beside_cells(node):
            return self.blocks(node, style)
        self.preserved["tables"] += 1
        captions = [each for each in node.elements if each.tag == "caption"]
        above = [block for caption in captions for block in self.blocks(caption, style)]
        return [*above, write_table(grid)]

    def _code(self, node: Node) -> list[str]:
        text = "".join(_preformatted(node)).strip("\n").replace("\u00a0", " ")
        fences = FENCE.findall(text)
        fence = "~" * (max(map(len, fences)) + 1) if fences else "```"
        return [f"{fence}\n{text}\n{fence}"] if text.strip() else []

    def _embedded(self, node: Node) -> list[str]:
        self.preserved["links"] += 1
        return paragraphs_of(list(runs_of(node, PLAIN)))


def _grouped(node: Node) -> Iterator[Node]:
    """Yield the items of a list; anything between two of them comes as one ``div``."""
    beside: list[Node | str] = []
    for child in [*_children_of_list(node), None]:
        if child is not None and (isinstance(child, str) or child.tag not in ITEMS):
            beside.append(child)
            continue
        if beside:
            yield Node("div", children=beside)
            beside = []
        if child is not None:
            yield child


def _children_of_list(node: Node) -> Iterator[Node | str]:
    for child in node.children:
        if isinstance(child, Node) and any(each.tag in ITEMS for each in child.elements):
            yield from child.children if child.tag not in (*ITEMS, "ol", "ul") else [child]
        else:
            yield child


def _preformatted(node: Node) -> Iterator[str]:
    for child in node.children:
        if isinstance(child, str):
            yield child
        elif child.tag in ("br", "embedded"):
            yield child.attrs.get("href", "") + "\n"
        else:
            yield from _preformatted(child)
            if child.is_block:
                yield "\n"


def _holding_blocks(root: Node) -> set[Node]:
    """Return the inline elements that have blocks in them, and are treated as blocks."""
    holding: set[Node] = set()
    for node in root.walk():
        if node.is_block:
            for above in node.ancestors():
                if above in holding:
                    break
                holding.add(above)
    return holding
