"""Convert a tidy tree to Markdown blocks: headings, paragraphs, lists, quotations, tables, code."""

import re
from collections import Counter

from blog.paste.html.inline import Run, TextStyle, plain, runs_of, text_style, written
from blog.paste.html.tree import Node

HEADING = re.compile(r"h[1-6]")
TOP_HEADING, BOTTOM_HEADING = 2, 6
PLAIN = TextStyle()


class Writer:
    """Convert one tree; ``preserved`` and ``left_out`` count its parts."""

    def __init__(self, root: Node):
        levels = sorted({int(n.tag[1]) for n in root.walk() if HEADING.fullmatch(n.tag)})
        self.levels = {
            level: min(BOTTOM_HEADING, TOP_HEADING + n) for n, level in enumerate(levels)
        }
        self.holding = _holding_blocks(root)
        self.preserved: Counter[str] = Counter()
        self.left_out: Counter[str] = Counter()

    def blocks(self, node: Node, style: TextStyle = PLAIN) -> list[str]:
        """Return the blocks in an element, each as Markdown."""
        blocks: list[str] = []
        line: list[Run] = []

        def end_line() -> None:
            blocks.extend(self._paragraphs(line))
            line.clear()

        for child in node.children:
            if isinstance(child, str) or not (child.is_block or child in self.holding):
                self._count_inline(child)
                line.extend(runs_of(child, style))
            else:
                end_line()
                blocks.extend(self._block(child, style))
        end_line()
        return blocks

    def _block(self, node: Node, style: TextStyle) -> list[str]:
        if HEADING.fullmatch(node.tag):
            return self._heading(node)
        if node.tag in ("ul", "ol"):
            return self._list(node, style)
        if node.tag == "blockquote":
            return self._quote(node, style)
        if node.tag == "table":
            return self._table(node, style)
        if node.tag == "pre":
            return self._code(node)
        if node.tag == "hr":
            return ["---"]
        return self.blocks(node, text_style(node, style))

    def _paragraphs(self, runs: list[Run]) -> list[str]:
        """Return runs as paragraphs: two line breaks end one, whatever element is around them."""
        text = written(runs)
        return [part.strip() for part in re.split(r"\n(?:\s*\n)+", text) if part.strip()]

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
        return ["#" * self.levels[int(node.tag[1])] + " " + text.lstrip("\\").rstrip("#")]

    def _list(self, node: Node, style: TextStyle) -> list[str]:
        items: list[str] = []
        for child in node.elements:
            parts = self.blocks(child, text_style(child, style)) if child.tag == "li" else []
            if parts:
                sign = f"{len(items) + 1}." if node.tag == "ol" else "-"
                items.append(_item(sign, parts))
        if not items:
            return []
        self.preserved["lists"] += 1
        return ["\n".join(items)]

    def _quote(self, node: Node, style: TextStyle) -> list[str]:
        text = "\n\n".join(self.blocks(node, text_style(node, style)))
        if not text:
            return []
        self.preserved["quotes"] += 1
        return ["\n".join(f"> {line}".rstrip() for line in text.split("\n"))]

    def _table(self, node: Node, style: TextStyle) -> list[str]:
        rows = [_cells(row) for row in node.walk() if row.tag == "tr" and _table_of(row) is node]
        rows = [row for row in rows if any(cell.text.strip() for cell in row)]
        width = max(map(len, rows), default=0)
        if width < 2 or len(rows) < 2:
            return [block for row in rows for cell in row for block in self.blocks(cell, style)]
        self.preserved["tables"] += 1
        lines = []
        for row in rows:
            cells = [plain(list(runs_of(cell, TextStyle()))).replace("|", "\\|") for cell in row]
            lines.append(f"| {' | '.join(cells + [''] * (width - len(cells)))} |")
        return ["\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])]

    def _code(self, node: Node) -> list[str]:
        text = node.text.strip("\n").replace("\u00a0", " ")
        fence = "~~~~" if "```" in text else "```"
        return [f"{fence}\n{text}\n{fence}"] if text.strip() else []

    def _count_inline(self, child: Node | str) -> None:
        if isinstance(child, str):
            return
        for node in child.walk():
            if node.tag == "img":
                self.left_out["images"] += 1
            elif node.tag == "a" and text_style(node, TextStyle()).href and node.text.strip():
                self.preserved["links"] += 1


def _item(sign: str, parts: list[str]) -> str:
    """Return a list item: its parts are indented by four, a list right under its words."""
    lines = parts[0].split("\n")
    for part in parts[1:]:
        if not re.match(r"(?:- |\d+\. )", part):
            lines.append("")
        lines.extend(part.split("\n"))
    first, rest = lines[0], lines[1:]
    return "\n".join([f"{sign} {first}", *(f"    {line}" if line else "" for line in rest)])


def _cells(row: Node) -> list[Node]:
    cells: list[Node] = []
    for cell in row.elements:
        if cell.tag in ("td", "th"):
            cells.append(cell)
            span = cell.attrs.get("colspan", "1")
            more = min(int(span), 20) - 1 if span.isascii() and span.isdigit() else 0
            cells.extend(Node("td") for _ in range(more))
    return cells[:20]


def _table_of(row: Node) -> Node | None:
    above = row.parent
    while above is not None and above.tag != "table":
        above = above.parent
    return above


def _holding_blocks(root: Node) -> set[Node]:
    """Return the inline elements that have blocks in them, and are treated as blocks."""
    holding: set[Node] = set()
    for node in root.walk():
        above = node.parent if node.is_block else None
        while above is not None and above not in holding:
            holding.add(above)
            above = above.parent
    return holding
