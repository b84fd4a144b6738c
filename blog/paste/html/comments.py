"""Make plain paragraphs of what a comment cannot hold: headings, tables, rules and footnotes."""

import re

from blog.paste.html.tables import grid_of, has_words_beside_cells, is_table
from blog.paste.html.tree import Node

HEADING = re.compile(r"h[1-6]")
BETWEEN_CELLS = " | "


def without_large_blocks(root: Node) -> int:
    """Replace the headings, tables and rules of a tree by their words, in place.

    A row of a table becomes a paragraph. Returns the number of headings and tables with words.
    """
    count = 0
    for node in list(root.walk()):
        if node.tag == "hr":
            node.remove()
        elif HEADING.fullmatch(node.tag):
            count += node.has_text
            node.tag = "p"
        elif node.tag == "table" and is_table(grid_of(node)) and not has_words_beside_cells(node):
            count += 1
            _write_rows(node)
    return count


def with_plain_marks(root: Node) -> None:
    """Replace the marks of footnotes by their labels in brackets, in place."""
    for node in list(root.walk()):
        if node.tag == "note":
            node.become("span", [plain_mark(node.attrs["label"])])


def plain_mark(label: str) -> str:
    return f"[{label}]"


def _write_rows(table: Node) -> None:
    captions = [each for each in table.elements if each.tag == "caption"]
    rows = []
    for cells in grid_of(table):
        row = Node("p")
        for cell in filter(None, cells):
            _write_in_line(cell)
            row.add(*[BETWEEN_CELLS] if row.children else [], cell)
        rows.append(row)
    table.become("div", [*captions, *rows])


def _write_in_line(cell: Node) -> None:
    """Turn the blocks and line breaks of a cell into words with spaces around them."""
    for node in list(cell.walk()):
        if node.tag == "br" or (node.is_block and node.tag != "embedded"):
            node.tag = "span"
            node.set_children([" ", *node.children, " "])
