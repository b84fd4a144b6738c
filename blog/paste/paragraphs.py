"""Paragraphs of a pasted text, and the title and the prompt at its head."""

import re
from collections.abc import Iterator

from blog.citations.consistency.lines import REFERENCES_HEADING
from blog.paste.changes import Change, bare, change
from blog.paste.html.list_signs import CHECK_MARKS
from blog.paste.typed_signs import with_known_signs
from blog.text.plain import count_words, prompt_sentences

# Wrapped lines are shorter: where one line is longer, each line is a paragraph.
MIN_PARAGRAPH_CHARS = 100
MAX_TITLE_CHARS = 120
ITEM = re.compile(
    r"(?P<indent>[ \t]*)(?:(?P<sign>[•·▪◦‣●○■□➢\uf0a7\uf0b7\uf0d8])[ \t\u00a0]+"
    r"|(?P<letter>[o§Øüûv–-])\t[ \t\u00a0]*|(?P<number>\d{1,3})[.)]\t[ \t\u00a0]*)"
)
# A bullet alone on its line, as documents with columns copy it, belongs to the next line.
SIGN_ABOVE = re.compile(
    r"^([ \t]*[•·▪◦‣●○■□➢\uf0a7\uf0b7\uf0d8])[ \t\u00a0]*\n(?=[ \t]*\w)", re.MULTILINE
)
# Each says something of its own, so it is no bullet.
CHECKED = re.compile(r"[ \t]*(?=[✓✔☑✅✗✘☒❌☐]\ufe0f?[ \t\u00a0])")
# The signs of the levels in a word processor, from the outermost in.
LEVELS = ("•·●\uf0b7", "o◦○", "▪■§\uf0a7")
TAB_CHARS = 4
# Lines with a tab between words, of which a spreadsheet’s have as many in each.
CELLS = re.compile(r"^(?:[^\t\n]*\t[^\n]*(?:\n|\Z))+", re.MULTILINE)
SIGN_ALONE = re.compile(r"|\W|[o§Øüûv]|\(?\w{1,3}[.)]")
POINT = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s+")
BLOCK = re.compile(r"\S[^\n]*(?:\n(?!\s*\n)[^\n]*)*")
HEADING = re.compile(r"#{1,6}\s+")
SENTENCES = re.compile(r"(?<=[.?!…])[\"”’)]*\s+")


def separate_paragraphs(text: str) -> str:
    """Return a text with its paragraphs separated by blank lines, where each line is one."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "```" not in text:
        text = with_known_signs(CELLS.sub(_table, text))
    text = _with_lists(text).strip("\n")
    lines = text.split("\n")
    separated = any(not line.strip() for line in lines) or "```" in text
    if separated or len(lines) < 2 or max(map(len, lines)) <= MIN_PARAGRAPH_CHARS:
        return text
    parts = [lines[0]]
    for before, line in zip(lines, lines[1:], strict=False):
        in_list = POINT.match(before) and POINT.match(line)
        in_table = before.lstrip().startswith("|") and line.lstrip().startswith("|")
        parts += ["\n" if in_list or in_table else "\n\n", line]
    return "".join(parts)


def _table(rows: re.Match) -> str:
    """Return lines of cells, as a spreadsheet copies them, as a table; other lines as they are."""
    cells = [line.split("\t") for line in rows[0].rstrip("\n").split("\n")]
    widths = {len(row) for row in cells}
    is_list = all(SIGN_ALONE.fullmatch(row[0].strip()) for row in cells)
    if len(cells) < 2 or len(widths) > 1 or is_list or not all(cells[0][1:]):
        return rows[0]
    head, *body = (
        f"| {' | '.join(cell.strip().replace('|', chr(92) + '|') for cell in row)} |"
        for row in cells
    )
    ending = rows[0][len(rows[0].rstrip("\n")) :]
    return "\n".join([head, "|" + " --- |" * widths.pop(), *body]) + ending


def _with_lists(text: str) -> str:
    """Return a text with the signs that word processors paint as lists, apart from other lines."""
    parts: list[str] = []
    was_item = False
    lines = SIGN_ABOVE.sub(r"\1 ", text).split("\n")
    for line, item in zip(lines, _items(lines), strict=True):
        is_item = item != line or (was_item and bool(POINT.match(line)))
        if parts and line.strip() and parts[-1].strip() and is_item != was_item:
            parts.append("")
        parts.append(item)
        was_item = is_item if line.strip() else was_item
    return "\n".join(parts)


def _items(lines: list[str]) -> Iterator[str]:
    """Yield each line, with the sign of Markdown and its level where it is an item."""
    path: list[tuple[int, int]] = []  # the indent and the kind of each level that is open
    for place, line in enumerate(lines):
        found = ITEM.match(line)
        if found is None:
            path = path if not line.strip() else []
            beside = lines[place + 1 : place + 2] + lines[max(0, place - 1) : place]
            checked = CHECKED.match(line)
            is_one_of_several = checked and any(map(CHECKED.match, beside))
            yield f"- {line[checked.end() :]}" if checked and is_one_of_several else line
            continue
        indent = len(found["indent"].expandtabs(TAB_CHARS))
        sign = found["sign"] or found["letter"] or ""
        kind = next((level for level, signs in enumerate(LEVELS, 1) if sign and sign in signs), 0)
        path = _opened(path, indent, kind)
        mark = f"{found['number']}." if found["number"] else "-"
        mark += f" {CHECK_MARKS[sign]}" if sign in CHECK_MARKS else ""
        yield f"{' ' * TAB_CHARS * (len(path) - 1)}{mark} {line[found.end() :]}"


def _opened(path: list[tuple[int, int]], indent: int, kind: int) -> list[tuple[int, int]]:
    """Return the levels that are open at an item: it is set in, or has the sign of a deeper one."""
    path = [
        level for level in path if level[0] < indent or (level[0] == indent and level[1] < kind)
    ]
    if path and path[-1][0] == indent and not path[-1][1]:
        path = path[:-1]
    return [*path, (indent, kind)]


def find_opening(text: str, *, title: str = "", prompt: str = "") -> Iterator[Change]:
    """Find the title and the prompt at the head of a text, which have a place of their own.

    Where the draft has another ``title``, the removal of a first line like a title is offered, and
    not applied.
    """
    blocks = list(BLOCK.finditer(text))
    if len(blocks) < 2:
        return
    first = blocks[0]
    if _is_title(first[0], blocks[1:]):
        known = title.strip()
        applied = known in ("", bare(first[0]))
        yield _left_out("line" if known else "title", text, first, applied=applied)
        blocks = blocks[1:]
    for block in blocks[:-1]:
        if not _repeats(block[0], prompt) and not _only_asks(block[0]):
            return
        yield _left_out("prompt", text, block)


def _left_out(kind: str, text: str, block: re.Match, *, applied: bool = True) -> Change:
    end = block.end()
    while end < len(text) and text[end] in "\n ":
        end += 1
    return change(kind, text, block.start(), end, "", applied=applied)


def _is_title(block: str, others: list[re.Match]) -> bool:
    words = bare(block)
    if REFERENCES_HEADING.fullmatch(words):
        return False
    short = 0 < len(words) <= MAX_TITLE_CHARS and "\n" not in block
    is_line = not POINT.match(block) and not words.endswith((".", ":", ";", ",", "?", "!"))
    if not HEADING.match(block):
        is_line = is_line and not block.startswith((">", "|", "[", "```", "~~~", "!"))
    elif any(HEADING.match(other[0]) for other in others):
        # One heading of many may be the first section’s; a title stands above the others.
        level = block.split()[0]
        is_line = all(len(o[0].split()[0]) > len(level) for o in others if HEADING.match(o[0]))
    return short and is_line and any(len(other[0]) > MIN_PARAGRAPH_CHARS for other in others)


def _repeats(block: str, prompt: str) -> bool:
    words = bare(block)
    return bool(prompt and words) and count_words(words, prompt_sentences(prompt)) == 0


def _only_asks(block: str) -> bool:
    """Return whether a list item has only questions: at the very start those are the prompt's."""
    sentences = SENTENCES.split(bare(block))
    return bool(POINT.match(block)) and all(each.endswith("?") for each in sentences)
