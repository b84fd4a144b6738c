"""Convert tables to Markdown: a row a line, and in a cell its blocks with ``<br>`` between them."""

from collections.abc import Iterator, Sequence

from blog.paste.html.inline import Run, TextStyle, cell_of, runs_of, text_style
from blog.paste.html.list_numbers import numbers_of
from blog.paste.html.tree import Node

GROUPS = {"tbody", "thead", "tfoot"}
MAX_SPAN = 20
MAX_EMPTY_CELLS = 2_000  # a table with more than these and its own is no table for a post

Grid = list[list[Node | None]]


def grid_of(table: Node) -> Grid:
    """Return the cells of a table by row and column, with None where a cell spans another place."""
    rows: Grid = []
    reserved: set[tuple[int, int]] = set()
    for number, row in enumerate(_rows(table)):
        cells: list[Node | None] = []
        for cell in row.elements:
            while (number, len(cells)) in reserved:
                cells.append(None)
            width, height = _span(cell, "colspan"), _span(cell, "rowspan")
            if len(reserved) < MAX_EMPTY_CELLS:
                reserved |= {
                    (number + down, len(cells) + across)
                    for down in range(1, height)
                    for across in range(width)
                }
            cells += [cell, *[None] * (width - 1)]
        rows.append(cells)
    return [cells for cells in rows if any(cell is not None and cell.has_text for cell in cells)]


def has_words_beside_cells(table: Node) -> bool:
    """Return whether a table has words in none of its cells, as one that was cut off may have."""
    rows = list(_rows(table))
    groups = [each for each in table.elements if each.tag in GROUPS]
    return any(
        child.strip() if isinstance(child, str) else child.tag not in expected and child.has_text
        for places, expected in (
            ([table], {"caption", "tr", *GROUPS}),
            (groups, {"tr"}),
            (rows, {"td", "th"}),
        )
        for place in places
        for child in place.children
    )


def is_table(grid: Grid) -> bool:
    """Return whether a grid has rows and columns that belong together, and can be written."""
    width = max(map(len, grid), default=0)
    cells = sum(map(len, grid))
    return width > 1 and len(grid) > 1 and width * len(grid) - cells <= MAX_EMPTY_CELLS


def write_table(grid: Grid) -> str:
    """Return a grid as a Markdown table. One whose first row heads nothing gets an empty head."""
    width = max(map(len, grid))
    lines = [_line(row, width) for row in grid]
    head = lines.pop(0) if _is_head(grid) else _line([], width)
    return "\n".join([head, "|" + " --- |" * width, *lines])


def lines_of(node: Node, style: TextStyle) -> Iterator[list[Run]]:
    """Yield the lines in a cell: its paragraphs, items and parts between line breaks."""
    line: list[Run] = []
    items = [each for each in node.elements if each.tag == "li"]
    numbers = iter(numbers_of(node, items))
    for child in node.children:
        if not isinstance(child, Node) or not _holds_lines(child):
            line.extend(runs_of(child, style))
            continue
        yield line
        line = []
        sign: list[Run] = []
        if child.tag == "li" and node.tag == "ol":
            sign = [Run(f"{next(numbers)}. ")]
        if child.tag == "embedded":
            yield list(runs_of(child, style))
        for inner in lines_of(child, text_style(child, style)):
            yield [*sign, *inner]
            sign = [] if any(run.text.strip() for run in inner) else sign
    yield line


def _holds_lines(node: Node) -> bool:
    return node.is_block or node.tag == "br" or any(each.is_block for each in node.walk())


def _line(row: Sequence[Node | None], width: int) -> str:
    cells = ["" if cell is None else _cell(cell) for cell in row]
    return f"| {' | '.join(cells + [''] * (width - len(cells)))} |"


def _cell(cell: Node) -> str:
    return cell_of(lines_of(cell, TextStyle()))


def _is_head(grid: Grid) -> bool:
    """Return whether the first row is the head: it says so, or no other cell does."""
    first = [cell for cell in grid[0] if cell is not None and cell.has_text]
    if all(cell.tag == "th" for cell in first):
        return True
    return not any(cell.tag == "th" for row in grid for cell in row if cell is not None)


def _rows(table: Node) -> Iterator[Node]:
    """Yield the rows of a table, and not those of tables inside its cells."""
    for child in table.elements:
        if child.tag == "tr":
            yield child
        elif child.tag in GROUPS:
            yield from (row for row in child.elements if row.tag == "tr")


def _span(cell: Node, name: str) -> int:
    span = cell.attrs.get(name, "1")
    return max(1, min(int(span), MAX_SPAN)) if span.isascii() and span.isdigit() else 1
