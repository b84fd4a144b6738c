"""Separators of the cells of a text: tried on whole records, as commas are in names too."""

import math
import re
from collections import Counter

from blog.spreadsheets.delimited import Record, records
from blog.spreadsheets.headings import SEARCHED_ROWS, known_headings

DELIMITERS = (",", ";", "\t", ":", "|")
ANY_DELIMITER = re.compile(r'[^\r\n"\w]')  # which a person or a file may name
SEPARATOR_LINE = re.compile(
    rf'"?sep=({ANY_DELIMITER.pattern}|\\t)"?[ \t]*(?=[\r\n]|\Z)', re.IGNORECASE
)
SAMPLE_CELLS = 2_000
SAMPLE_CHARS = 200_000


def declared_delimiter(text: str) -> str:
    """Return the delimiter that Excel’s first line “sep=;” names, or ""."""
    match = SEPARATOR_LINE.match(text)
    return match[1].replace("\\t", "\t") if match else ""


def find_delimiter(text: str) -> str:
    """Return the delimiter under which a text is most like a table, "" for one column."""
    best, most = "", 0.0
    for delimiter in DELIMITERS:
        score = _score(text[:SAMPLE_CHARS], delimiter)
        if score > most:
            best, most = delimiter, score
    return best


def _score(text: str, delimiter: str) -> float:
    """Return how like a table a text is: headings that are known, and rows of the same width."""
    if delimiter not in text:
        return 0
    sample = [
        record for record in records(text, delimiter, most=SAMPLE_CELLS) if _has_cells(record)
    ]
    if len(text) == SAMPLE_CHARS and len(sample) > 1:
        sample.pop()  # it may be cut
    if not sample:
        return 0
    widths = Counter(len(record.cells) for record in sample)
    width, rows = max(widths.items(), key=lambda each: (each[1] * math.log2(each[0]), each[0]))
    known = max(_known(record) for record in sample[:SEARCHED_ROWS])
    share = rows / len(sample)
    if width == 1 or (share < 0.5 and known < 2):
        return 0
    return share * math.log2(width) + (2 * known if known > 1 else 0)


def _known(record: Record) -> int:
    return known_headings(cell.text for cell in record.cells) if len(record.cells) > 1 else 0


def _has_cells(record: Record) -> bool:
    return any(cell.text.strip() for cell in record.cells)
