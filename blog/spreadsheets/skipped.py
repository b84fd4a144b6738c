"""Rows of a table that are nobody’s: points, means and totals, and what Canvas says of posting."""

import re
from collections.abc import Collection

from blog.spreadsheets.headings import heading_key, meaning
from blog.spreadsheets.table import Row

POSTING = re.compile(r"muted|manual posting.*", re.IGNORECASE | re.DOTALL)
POINTS_WORDS = {
    *("pointspossible", "outof", "points", "maxpoints", "maximumpoints", "maximumgrade", "date"),
    *("duedate", "punktemoglich", "erreichbarepunkte", "pointspossibles", "puntosposibles"),
    *("pontospossiveis", "puntipossibili", "mogelijkepunten", "mojligapoang", "满分", "配点"),
}
SUMMARY_WORDS = {
    *("mean", "median", "average", "classaverage", "total", "totals", "totalpoints", "sum"),
    *("standarddeviation", "stddev", "count", "totalstudents", "moyenne", "mediane", "media"),
    *("promedio", "suma", "summe", "mittelwert", "durchschnitt", "anzahl", "gesamt", "totale"),
    *("gemiddelde", "medelvarde", "srednia", "итого", "среднее", "المجموع", "المتوسط", "合计"),
    *("平均", "平均分", "総計", "合計", "합계", "평균"),
}
POINTS_CELL = re.compile(r"\s*(?:x|[\d.,]{1,12})?\s*(?:points?|pts\.?)\s*", re.IGNORECASE)
# Meanings of the columns that are filled for a person and for no total.
PEOPLE = {
    *("name", "family_name", "given_name", "sortable_name", "short_name", "email", "username"),
    *("login", "sis_id", "canvas_id", "org_defined_id", "student_id", "id"),
}
DIGITS = re.compile(r"\d+")
MAIL = re.compile(r"[^\s@]@[^\s@]")


def reason_to_skip(row: Row, headings: Collection[str], who: Collection[int]) -> str:
    """Return why a row below the headings is no person’s, or "".

    ``headings`` are the keys of the heading row, ``who`` the columns that say who somebody is.
    """
    if row.is_blank:
        return "blank"
    if all(map(POINTS_CELL.fullmatch, filter(str.strip, row.cells))):
        return "points"
    filled = {place: cell for place, cell in enumerate(row.cells) if cell.strip()}
    if len(headings) > 1 and tuple(map(heading_key, row.cells)) == tuple(headings):
        return "heading"
    if all(POSTING.fullmatch(cell.strip()) for cell in filled.values()):
        return "posting"
    if any(map(MAIL.search, filled.values())):
        return ""
    first = min(filled)
    key = DIGITS.sub("", heading_key(filled[first]))
    if any(
        place in who and place != first and not DIGITS.fullmatch(filled[place].strip())
        for place in filled
    ):
        return ""
    if key in POINTS_WORDS or "pointspossible" in key or _is_indented(row, first, filled):
        return "points"
    return "summary" if key in SUMMARY_WORDS else ""


def columns_of_people(headings: Collection[str]) -> set[int]:
    """Return the places of the columns that say who somebody is."""
    return {place for place, text in enumerate(headings) if meaning(text) in PEOPLE}


def _is_indented(row: Row, first: int, filled: dict[int, str]) -> bool:
    """Return whether a row is Canvas’s row of points, whose label begins with four blanks."""
    return first == 0 and row.cells[0].startswith("    ") and len(filled) > 1
