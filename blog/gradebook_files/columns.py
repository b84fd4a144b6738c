"""The columns of a gradebook that may be filled in, and the reasons why others may not."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from blog.gradebook_files.numbers import is_number_like, number_of
from blog.gradebook_files.systems import download_time_column, is_worksheet
from blog.roster_files.systems import BLACKBOARD, BRIGHTSPACE, CANVAS, MOODLE
from blog.spreadsheets import Row, Table, heading_key, meaning

# Why a column is not filled in.
READ_ONLY, TOTAL, TEXT, PERCENT, FEEDBACK = "read_only", "total", "text", "percent", "feedback"
SYMBOLS, OTHER = "symbols", "other"

CANVAS_TOTAL = re.compile(
    r"\b(?:current|final) (?:score|points|grade)|override (?:score|grade|status)", re.IGNORECASE
)
TOTAL_WORDS = re.compile(
    r"\b(?:course|category|kurs\w*|kategorie\w*|overall|weighted|running|calculated|adjusted) ?"
    r"(?:total|final|grade|gesamt\w*|summe)|\bsubtotal\b|\btotal (?:du|de|del|della|do)\b"
    r"|\bgesamt|итог|المجموع|総計|合計|总分|總分|\A\s*totale?\s*\Z|\btotal score\b",
    re.IGNORECASE,
)
FEEDBACK_WORDS = re.compile(
    r"\((?:feedback|comments?|commentaires?|kommentare?|rückmeldung|retroalimentación)\)\s*\Z"
    r"|\A(?:feedback|comments?|commentaires?)\s?:|\A\s*\* |feedback (?:to|format)|grading notes"
    r"|notes format|feedback comments",
    re.IGNORECASE,
)
OTHER_WORDS = re.compile(r"max(?:imum)? points|submission|lateness|denominator|numerator", re.I)
POINTS_OF_BLACKBOARD = re.compile(r"\[Total Pts:\s*(up to\s*)?([\d.,]+)\s*([^\]]*?)\s*\]")
# How Blackboard shows a column, which is how it reads what is written into it.
DISPLAYS_OF_BLACKBOARD = (
    (re.compile(r"per ?cent|prozent|por ?cent|pour ?cent|процент|百分", re.IGNORECASE), PERCENT),
    (re.compile(r"letter|letra|lettre|lettera|buchstabe|буквен|字母", re.IGNORECASE), SYMBOLS),
    (re.compile(r"\b(?:text|texto|texte|testo)\b|complete", re.IGNORECASE), TEXT),
)
POINTS_OF_BRIGHTSPACE = re.compile(r"MaxPoints:([\d.,]+)")
POINTS_IN_BRACKETS = re.compile(r"\[([\d.,]+)\]\s*\Z")
TOTAL_OF_BRIGHTSPACE = re.compile(r"\A(?:adjusted|calculated) final\b", re.IGNORECASE)
POINTS_GRADE = re.compile(r" Points Grade(?:\s*<|\s*\Z)")
GRADE_SYMBOL = re.compile(r"[A-Fa-f][+\-−]?")
READ_ONLY_SIGN = re.compile(r"\(read only\)", re.IGNORECASE)
# The LMS that name the kind of a column, so that a title may say “comments” or “total”.
OWN_SIGNS = {CANVAS, BRIGHTSPACE, BLACKBOARD}
COUNT_BEHIND = re.compile(r"\s*\([\d.,]*\)\Z")  # as in “Needs Grading(2)”
NO_NUMBERS = {"", "-", "–", "ex", "n/a", "null", "needs grading", "in progress", "excused"}


@dataclass(frozen=True, slots=True)
class GradeColumn:
    """A column beside those that say who somebody is.

    ``highest_points`` are what a grade in it can have, None if the file does not say; ``refusal``
    is "" or why it is not filled in.
    """

    place: int
    heading: str
    highest_points: Decimal | None = None
    refusal: str = ""

    @property
    def can_be_filled(self) -> bool:
        return not self.refusal


def grade_columns(table: Table, system: str, identity: Collection[int]) -> list[GradeColumn]:
    """Return the columns of grades with what is known of each, in their order.

    ``identity`` are the places of columns that say who somebody is. Grades stand behind them in
    every LMS; empty columns between them are departments and the like.
    """
    of_people = set(identity)
    of_people |= {at for at, text in enumerate(table.headings) if _is_of_person(text)}
    first = 1 if is_worksheet(table) else max(of_people, default=-1) + 1
    points = next((one.row for one in table.skipped if one.reason == "points"), None)
    return [
        GradeColumn(
            place,
            table.headings[place],
            _highest_points(table.headings[place], points.cell(place) if points else ""),
            _refusal(table, system, place, points),
        )
        for place in range(first, len(table.headings))
        if place not in of_people and table.headings[place]
    ]


def _is_of_person(heading: str) -> bool:
    keys = {"lastaccess", "availability", "childcourseid", "institution", "department", "notes"}
    return bool(meaning(heading)) or heading_key(heading) in keys


def _refusal(table: Table, system: str, place: int, points: Row | None) -> str:
    """Return why a column is not filled in, "" if it may be."""
    heading, cells = table.headings[place], table.column(place)
    points_cell = points.cell(place) if points else ""
    if READ_ONLY_SIGN.search(heading) or READ_ONLY_SIGN.search(points_cell):
        return READ_ONLY
    if is_worksheet(table):
        return "" if heading_key(heading) == "grade" else OTHER
    refusal = _refusal_of_system(table, system, place)
    if not refusal and system not in OWN_SIGNS:
        refusal = _refusal_by_heading(heading, cells)
    refusal = refusal or _refusal_by_content(heading, cells)
    # Blackboard writes the state of a grade in its place, in its own language: of a column that
    # has a number as well these words say nothing.
    if refusal == TEXT and system == BLACKBOARD and _shows_points(heading, cells):
        return ""
    return refusal


def _refusal_of_system(table: Table, system: str, place: int) -> str:
    heading = table.headings[place]
    if system == CANVAS and CANVAS_TOTAL.search(heading):
        return TOTAL
    if system == BRIGHTSPACE and TOTAL_OF_BRIGHTSPACE.search(heading.strip()):
        return TOTAL
    if system == BRIGHTSPACE and not POINTS_GRADE.search(heading):
        return TOTAL if OTHER_WORDS.search(heading) else OTHER
    if system == BLACKBOARD:
        match = POINTS_OF_BLACKBOARD.search(heading)
        if not match:
            return FEEDBACK if FEEDBACK_WORDS.search(heading) else OTHER
        if match[1]:
            return TOTAL
        shown = (why for words, why in DISPLAYS_OF_BLACKBOARD if words.search(match[3]))
        return next(shown, "")
    if system == MOODLE and place == download_time_column(table):
        return OTHER
    return ""


def _shows_points(heading: str, cells: Iterable[str]) -> bool:
    """Return whether a column of Blackboard has points, by its heading and at least one cell."""
    match = POINTS_OF_BLACKBOARD.search(heading)
    if match is None or any(words.search(match[3]) for words, _why in DISPLAYS_OF_BLACKBOARD):
        return False
    return any(map(is_number_like, cells))


def _refusal_by_heading(heading: str, cells: Iterable[str]) -> str:
    """Return why a column is not filled in, where only words tell a total or feedback."""
    if TOTAL_WORDS.search(heading):
        return TOTAL
    if FEEDBACK_WORDS.search(heading) and not any(map(is_number_like, cells)):
        return FEEDBACK
    if "percent" in heading.casefold():
        return PERCENT
    return OTHER if OTHER_WORDS.search(heading) else ""


def _refusal_by_content(heading: str, cells: Iterable[str]) -> str:
    """Return why a column is not filled in by its cells, whatever the LMS."""
    texts = [cell.strip() for cell in cells]
    if any(text.endswith("%") for text in texts):
        return PERCENT
    texts = [text for text in texts if COUNT_BEHIND.sub("", text).casefold() not in NO_NUMBERS]
    if all(map(is_number_like, texts)):
        return ""
    if all(map(GRADE_SYMBOL.fullmatch, texts)):
        return SYMBOLS
    return FEEDBACK if FEEDBACK_WORDS.search(heading) else TEXT


def _highest_points(heading: str, points_cell: str) -> Decimal | None:
    """Return the most points of a grade, by the row of points or by the heading."""
    known = number_of(points_cell)
    if known is not None:
        return known
    blackboard = POINTS_OF_BLACKBOARD.search(heading)
    if blackboard:
        return number_of(blackboard[2])
    match = POINTS_OF_BRIGHTSPACE.search(heading) or POINTS_IN_BRACKETS.search(heading)
    return number_of(match[1]) if match else None
