"""The submission of a rubric from a page older than the first grade: only words still count."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from blog.forms.grading.rubric_rows import CriterionRow, LevelRow, read_rows
from blog.text.lists import comma_list


@dataclass
class SentCriteria:
    """The submitted criteria of a rubric that somebody has graded with.

    ``rows`` are the stored criteria with the words that were sent for them. ``refused`` is what can
    no longer change, each as a name and a text.
    """

    rows: list[CriterionRow] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)


def sent_to_used_rubric(data: Mapping[str, str], stored: list[CriterionRow]) -> SentCriteria:
    """Return the submitted words of the stored criteria, and the other submitted values.

    Criteria may have been moved, added or removed on the page: the keys of their rows tell which is
    which. A form without keys has them in their places.
    """
    sent = read_rows(data)
    keys = [row.row for row in stored]
    if not any(row.row for row in sent):
        for row, key in zip(sent, keys, strict=False):
            row.row = key
    places = {row.row: place for place, row in enumerate(sent, start=1) if row.row in keys}
    result = SentCriteria()
    for old in stored:
        place = places.get(old.row)
        new = _with_words(sent[place - 1], old, place, data, result) if place else old
        result.rows.append(new)
    for place, row in enumerate(sent, start=1):
        if places.get(row.row) != place:
            result.refused += _texts(row, place)
    _refuse_order(sent, stored, places, result)
    return result


def _with_words(
    sent: CriterionRow,
    stored: CriterionRow,
    place: int,
    data: Mapping[str, str],
    result: SentCriteria,
) -> CriterionRow:
    """Return a stored criterion with the words that were sent for it in a place."""
    # A page on which a number is fixed sends none.
    if not _is_same_number(data.get(f"weight-{place}", stored.weight), stored.weight):
        name = _("Criterion %(place)s, weight") % {"place": place}
        result.refused.append((name, sent.weight))
    levels = stored.levels
    if len(sent.levels) == len(stored.levels):
        levels = []
        for number, (new, old) in enumerate(zip(sent.levels, stored.levels, strict=True), start=1):
            levels.append(LevelRow(new.level, old.points, new.text))
            typed = data.get(f"points-{place}-{number}", old.points)
            if not _is_same_number(typed, old.points):
                names = {"place": place, "level": number}
                name = _("Criterion %(place)s, points of level %(level)s") % names
                result.refused.append((name, typed))
    else:
        result.refused += _texts(CriterionRow(levels=sent.levels), place)
    return CriterionRow(sent.criterion, sent.about, stored.weight, stored.row, levels)


def _texts(row: CriterionRow, place: int) -> list[tuple[str, str]]:
    """Return the texts of a criterion, each with its name."""
    texts = [
        (_("Criterion %(place)s") % {"place": place}, row.criterion),
        (_("Criterion %(place)s, description") % {"place": place}, row.about),
    ]
    for number, level in enumerate(row.levels, start=1):
        name = _("Criterion %(place)s, level %(level)s") % {"place": place, "level": number}
        texts.append((name, ": ".join(filter(None, (level.level, level.text)))))
    return [(name, text) for name, text in texts if text.strip()]


def _refuse_order(
    sent: list[CriterionRow],
    stored: list[CriterionRow],
    places: Mapping[str, int],
    result: SentCriteria,
) -> None:
    """Add what the page did to the criteria themselves: moved or removed."""
    kept = [row for row in stored if row.row in places]
    moved = sorted(kept, key=lambda row: places[row.row])
    if moved != kept:
        titles = comma_list(sent[places[row.row] - 1].criterion for row in moved)
        result.refused.append((_("Order of the criteria"), titles))
    gone = [row.criterion for row in stored if row.row not in places]
    if gone:
        result.refused.append((_("Criteria that you removed"), comma_list(gone)))


def _is_same_number(sent: str, stored: str) -> bool:
    try:
        return Decimal(sent.strip().replace(",", ".")) == Decimal(stored)
    except InvalidOperation:
        return False
