"""Changes of the criteria in a rubric's form by its buttons, before anything is saved."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from django.utils.translation import gettext as _

from blog.forms.grading.rubric_rows import (
    MAX_CRITERIA,
    MAX_LEVELS,
    MIN_LEVELS,
    CriterionRow,
    LevelRow,
    new_criterion,
)
from blog.text.lists import isolated
from blog.web.submitted_json import read_submitted_json

MAX_REMOVED = 20


@dataclass
class Arranged:
    """The criteria after a button: the removed ones, the change, and where to go on.

    ``focus`` is the name of the field that gets the focus, or "undo"; ``up`` or ``down`` the place
    of the criterion whose button gets it instead. ``place`` is the criterion to open, 0 for none.
    """

    rows: list[CriterionRow]
    removed: list[dict] = field(default_factory=list)
    told: str = ""
    focus: str = ""
    up: int = 0
    down: int = 0
    place: int = 0


def arranged(
    rows: list[CriterionRow],
    data: Mapping[str, str],
    *,
    defaults: list[LevelRow],
    taken: CriterionRow | None = None,
) -> Arranged:
    """Return the rows as the pressed button leaves them; as they are if there is no such place."""
    state = Arranged(list(rows), read_removed(data.get("removed", "")))
    if taken is not None:
        return _add(state, taken)
    if "add_criterion" in data:
        return _add(state, new_criterion(rows, defaults))
    if "undo" in data:
        return _undo(state)
    for name, change in CHANGES.items():
        if name in data:
            place, number = _place(data[name])
            if 1 <= place <= len(rows):
                return change(state, place, number)
    return state


def read_removed(text: str) -> list[dict]:
    """Return the removed parts that can come back; none where the text is none of ours."""
    try:
        found = read_submitted_json(text)
    except ValueError:
        return []
    items = found if isinstance(found, list) else []
    return [item for item in items if _is_removed(item)][-MAX_REMOVED:]


def write_removed(removed: list[dict]) -> str:
    return json.dumps(removed[-MAX_REMOVED:], ensure_ascii=False) if removed else ""


def _add(state: Arranged, row: CriterionRow) -> Arranged:
    if len(state.rows) >= MAX_CRITERIA:
        state.told = _("A rubric has at most %(n)d criteria.") % {"n": MAX_CRITERIA}
        state.place = len(state.rows)
        state.focus = f"criterion-{state.place}"
        return state
    state.rows.append(row)
    state.place = len(state.rows)
    state.told = _("Criterion %(place)d added.") % {"place": state.place}
    state.focus = f"criterion-{state.place}"
    return state


def _add_level(state: Arranged, place: int, _number: int) -> Arranged:
    levels = state.rows[place - 1].levels
    state.place = place
    if len(levels) >= MAX_LEVELS:
        state.told = _("A criterion has at most %(n)d levels.") % {"n": MAX_LEVELS}
        state.focus = f"level-{place}-{len(levels)}"
        return state
    levels.append(LevelRow())
    state.told = _("Level %(number)d added.") % {"number": len(levels)}
    state.focus = f"level-{place}-{len(levels)}"
    return state


def _remove_criterion(state: Arranged, place: int, _number: int) -> Arranged:
    row = state.rows.pop(place - 1)
    state.removed.append({"place": place, "row": asdict(row)})
    state.told = _("Criterion “%(name)s” removed.") % {
        "name": isolated(str(row.criterion or place))
    }
    state.focus = "undo"
    return state


def _remove_level(state: Arranged, place: int, number: int) -> Arranged:
    row = state.rows[place - 1]
    state.place = place
    if len(row.levels) <= MIN_LEVELS:
        state.told = _("A criterion has at least %(n)d levels.") % {"n": MIN_LEVELS}
        state.focus = f"level-{place}-{min(number, len(row.levels)) or 1}"
    elif 1 <= number <= len(row.levels):
        level = row.levels.pop(number - 1)
        state.removed.append({"place": place, "number": number, "level": asdict(level)})
        state.told = _("Level “%(name)s” removed.") % {"name": isolated(str(level.level or number))}
        state.focus = "undo"
    return state


def _move(state: Arranged, place: int, step: int) -> Arranged:
    to = place + step
    if 1 <= to <= len(state.rows):
        row = state.rows.pop(place - 1)
        state.rows.insert(to - 1, row)
        # At an end only the button of the other direction can be pressed.
        if (step < 0) == (to not in (1, len(state.rows))):
            state.up = to
        else:
            state.down = to
        state.told = _("“%(name)s” is criterion %(place)d now.") % {
            "name": isolated(str(row.criterion or place)),
            "place": to,
        }
        for item in state.removed:  # a level that was removed goes back to its criterion
            if "level" in item:
                item["place"] = {place: to, to: place}.get(item["place"], item["place"])
    return state


def _undo(state: Arranged) -> Arranged:
    """Restore the last removed part to its place."""
    if not state.removed:
        return state
    item = state.removed.pop()
    place = item["place"]
    if "row" in item and len(state.rows) < MAX_CRITERIA:
        row = item["row"] | {"levels": [LevelRow(**level) for level in item["row"]["levels"]]}
        state.place = min(place, len(state.rows) + 1)
        state.rows.insert(state.place - 1, CriterionRow(**row))
        state.focus = f"criterion-{state.place}"
    elif "level" in item and place <= len(state.rows):
        levels = state.rows[place - 1].levels
        if len(levels) < MAX_LEVELS:
            number = min(item["number"], len(levels) + 1)
            levels.insert(number - 1, LevelRow(**item["level"]))
            state.place, state.focus = place, f"level-{place}-{number}"
    state.told = _("Restored.") if state.focus else _("It cannot be restored: the rubric is full.")
    return state


CHANGES = {
    "add_level": _add_level,
    "remove_criterion": _remove_criterion,
    "remove_level": _remove_level,
    "move_up": lambda state, place, _number: _move(state, place, -1),
    "move_down": lambda state, place, _number: _move(state, place, 1),
}


def _place(value: str) -> tuple[int, int]:
    """Return the place and the number that a button names, 0 where it names none."""
    place, _dash, number = value.partition("-")
    return _small(place), _small(number)


def _small(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 3 else 0


def _is_removed(item: object) -> bool:
    """Return whether an item is a criterion or a level in its place, all of it texts."""
    if not isinstance(item, dict) or not _is_place(item.get("place")):
        return False
    if item.keys() == {"place", "row"}:
        return _is_criterion(item["row"])
    is_level = item.keys() == {"place", "number", "level"} and _is_place(item["number"])
    return is_level and _has_texts(item["level"], asdict(LevelRow()).keys())


def _is_criterion(row: object) -> bool:
    if not isinstance(row, dict) or not isinstance(row.get("levels"), list):
        return False
    texts = {name: value for name, value in row.items() if name != "levels"}
    names = asdict(LevelRow()).keys()
    return (
        _has_texts(texts, asdict(CriterionRow()).keys() - {"levels"})
        and len(row["levels"]) <= MAX_LEVELS
        and all(_has_texts(level, names) for level in row["levels"])
    )


def _has_texts(texts: object, names) -> bool:
    return (
        isinstance(texts, dict)
        and texts.keys() == set(names)
        and all(isinstance(text, str) for text in texts.values())
    )


def _is_place(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MAX_CRITERIA
