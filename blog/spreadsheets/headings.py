"""Headings of columns that say who somebody is, and the row that they stand in."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from blog.spreadsheets.heading_words import WORDS
from blog.spreadsheets.table import Row

SEARCHED_ROWS = 20  # title lines before a heading row have not been more than six

# A single one of these is enough to see a heading row by.
STRONG = {"email", "name", "student_id", "username", "family_name", "org_defined_id", "login"}
STRONG |= {"rubric", "group_id"}
NUMBER_SIGN = re.compile("[#№]")
NOT_LETTERS = re.compile(r"[\W_]+")
MAIL = re.compile(r"[^\s@]@[^\s@]")
DATA = re.compile(r"[^\s@]@[^\s@]|\d{4,}|\A\W*\d[\d.,]*\W*\Z")


def heading_key(text: str) -> str:
    """Return a heading in small letters, without blanks, signs and accents."""
    if len(text) > 200:
        return ""
    # The Turkish ı is a letter of its own, and an i in every list of headings without accents.
    small = NUMBER_SIGN.sub(" number", text.casefold()).replace("ı", "i")
    decomposed = unicodedata.normalize("NFKD", small)
    plain = "".join(sign for sign in decomposed if unicodedata.category(sign) != "Mn")
    return NOT_LETTERS.sub("", plain)


def meaning(text: str) -> str:
    """Return the meaning of a column of this heading, a key of WORDS, or ""."""
    return MEANINGS.get(heading_key(text), "")


def known_headings(cells: Iterable[str]) -> int:
    """Return the number of different meanings of a row's cells, 0 for a row with an email."""
    cells = tuple(cells)
    if any(map(MAIL.search, cells)):
        return 0
    found = {sense for cell in cells if (sense := meaning(cell))}
    return len(found) if len(found) > 1 or found & STRONG else 0


def heading_row(rows: Sequence[Row]) -> Row | None:
    """Return the row that holds the headings: one with known words, or unlike those below it."""
    searched = [row for row in rows if not row.is_blank][:SEARCHED_ROWS]
    best, most = None, 0
    for place, row in enumerate(searched):
        if _is_title(row, searched[place + 1 :]):
            continue
        found = known_headings(row.cells)
        if found > most:
            best, most = row, found
    if best is not None or not searched:
        return best
    first, below = searched[0], searched[1:]
    if any(map(DATA.search, first.cells)) or _is_title(first, below) or _is_first_of_pairs(below):
        return None
    return first if _data_column(below) else None


def _is_title(row: Row, below: Sequence[Row]) -> bool:
    """Return whether a row has one cell, as “Students:”, and most below have an address in more."""
    wide = sum(_filled(each) > 1 and any(map(MAIL.search, each.cells)) for each in below)
    return _filled(row) == 1 and 2 * wide > len(below)


def _is_first_of_pairs(below: Sequence[Row]) -> bool:
    """Return whether single cells stand in lines, of which some have an address and others none.

    So do names, each in a line of its own above an address.
    """
    has_mail = {bool(MAIL.search(cell)) for row in below for cell in row.cells if cell.strip()}
    return all(_filled(row) == 1 for row in below) and len(has_mail) > 1


def _filled(row: Row) -> int:
    return sum(bool(cell.strip()) for cell in row.cells)


def duplicates(cells: Iterable[str]) -> list[str]:
    """Return the headings that stand over several columns, as they are first written."""
    texts = [text.strip() for text in cells if text.strip()]
    counts = Counter(text.casefold() for text in texts)
    first = {text.casefold(): text for text in reversed(texts)}
    return [first[key] for key, count in counts.items() if count > 1]


def _data_column(rows: Sequence[Row]) -> bool:
    """Return whether a column holds numbers or mails in most rows."""
    width = max((len(row.cells) for row in rows), default=0)
    return any(
        2 * sum(bool(DATA.search(row.cell(place))) for row in rows) > len(rows)
        for place in range(width)
    )


MEANINGS = {heading_key(word): sense for sense, words in WORDS.items() for word in words.split()}
