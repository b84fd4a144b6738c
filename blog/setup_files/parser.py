"""Read the file of a set-up, and say where it is wrong."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from blog.citations.parsers import without_key
from blog.setup_files.fields import (
    CRITERION_FIELDS,
    FORBIDDEN,
    LEVEL_FIELDS,
    LINK_NAME,
    NORM_FIELDS,
    PROMPT_FIELDS,
    PROMPT_RUBRICS,
    RUBRIC_TITLE,
    SETTINGS_FIELDS,
    Field,
    refuse,
)
from blog.setup_files.setup import (
    FORMAT,
    VERSION,
    Setup,
    SetupCriterion,
    SetupFile,
    SetupLevel,
    SetupNorm,
    SetupProblem,
    SetupPrompt,
    SetupRefused,
    SetupRubric,
)

MAX_BYTES = 1_000_000
MAX_NORMS, MAX_RUBRICS, MAX_PROMPTS, MAX_WORKS = 60, 60, 100, 60
# More criteria than anybody grades by: it bounds what one form costs, not what a rubric can say.
MAX_CRITERIA, MAX_LEVELS = 100, 7
MAX_WEIGHT, MAX_POINTS = 10_000, 100_000  # in hundredths
MAX_PROBLEMS = 12  # more of them say no more
MAX_UNKNOWN = 20
CITABLE = ("title", "author", "editor", "container-title", "URL", "DOI", "genre")


def read_setup(data: bytes | str, *, max_bytes: int = MAX_BYTES) -> SetupFile:
    """Return the set-up in a file. Raise SetupRefused with all that is wrong with it."""
    content = _parsed(data, max_bytes)
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise refuse("other_format", "")
    version = content.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise refuse("no_version", "version")
    if version > VERSION:
        raise refuse("newer", "version", version=version, known=VERSION)
    reader = _Reader()
    setup = reader.setup(content)
    if reader.problems or setup is None:
        raise SetupRefused(*reader.problems[:MAX_PROBLEMS])
    return SetupFile(setup, tuple(reader.unknown[:MAX_UNKNOWN]))


def _parsed(data: bytes | str, max_bytes: int) -> object:
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    if len(raw) > max_bytes:
        raise refuse("too_large", "", limit=max_bytes // 1000)
    if not raw.strip():
        raise refuse("empty", "")
    try:
        return json.loads(raw.decode("utf-8-sig"), parse_constant=_no_number)
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise refuse("undecodable", "", line=line) from error
    except json.JSONDecodeError as error:
        raise refuse("no_json", "", line=error.lineno, column=error.colno) from error
    except (ValueError, RecursionError) as error:
        raise refuse("too_deep", "") from error


def _no_number(name: str) -> object:
    raise ValueError(name)


def _texts(value: object) -> Iterator[str]:
    """Yield all texts of a value that JSON can have."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (text for one in value.items() for part in one for text in _texts(part))
    elif isinstance(value, list):
        yield from (text for one in value for text in _texts(one))


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, ZoneInfoNotFoundError):
        return False
    return True


def _printable(text: str) -> str:
    """Return the beginning of a text that may hold what no page takes."""
    return FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text[:60])


def _at(place: str, *parts: str | int) -> str:
    return " › ".join([*([place] if place else []), *map(str, parts)])


class _Reader:
    """A reader of the parts of a file, which records errors and unknown parts on its way."""

    def __init__(self) -> None:
        self.problems: list[SetupProblem] = []
        self.unknown: list[str] = []

    def setup(self, content: Mapping[str, Any]) -> Setup | None:
        known = ("format", "version", "course", "charter", "rubrics", "prompts")
        self._note_unknown(content, known, "")
        settings = self._settings(content.get("course"))
        norms = self._all(content, "charter", MAX_NORMS, self._norm)
        rubrics = self._all(content, "rubrics", MAX_RUBRICS, self._rubric)
        prompts = self._all(content, "prompts", MAX_PROMPTS, self._prompt)
        self._refuse_twice(norms, "charter", lambda norm: norm.name.casefold())
        self._refuse_twice(rubrics, "rubrics", lambda rubric: rubric.title)
        titles = {rubric.title for rubric in rubrics}
        for number, prompt in enumerate(prompts, start=1):
            for name in PROMPT_RUBRICS:
                title = getattr(prompt, name)
                if title and title not in titles:
                    place = _at("prompts", number, name)
                    self._note("no_such_rubric", place, title=_printable(title))
        if settings is None:
            return None
        return Setup(settings, tuple(norms), tuple(rubrics), tuple(prompts))

    def _settings(self, content: object) -> dict[str, Any] | None:
        if not isinstance(content, dict):
            self._note("not_an_object" if content is not None else "missing", "course")
            return None
        settings = self._values(SETTINGS_FIELDS, content, "course")
        self._note_unknown(content, [field.name for field in SETTINGS_FIELDS], "course")
        if settings is None:
            return None
        if not _is_zone(settings["time_zone"]):
            self._note("no_zone", _at("course", "time_zone"))
        if settings["ends_on"] < settings["starts_on"]:
            self._note("ends_early", _at("course", "ends_on"))
        if settings["default_audience"] > settings["widest_audience"]:
            self._note("too_wide", _at("course", "default_audience"))
        return settings

    def _norm(self, content: dict, place: str) -> SetupNorm | None:
        values = self._values(NORM_FIELDS, content, place)
        self._note_unknown(content, ["name", "sentence"], place)
        return SetupNorm(**values) if values else None

    def _rubric(self, content: dict, place: str) -> SetupRubric | None:
        values = self._values((RUBRIC_TITLE,), content, place)
        self._note_unknown(content, ["title", "criteria"], place)
        criteria = self._all(content, "criteria", MAX_CRITERIA, self._criterion, place, lowest=1)
        return SetupRubric(values["title"], tuple(criteria)) if values else None

    def _criterion(self, content: dict, place: str) -> SetupCriterion | None:
        values = self._values(CRITERION_FIELDS, content, place)
        self._note_unknown(content, ["title", "description", "weight", "levels"], place)
        weight = self._hundredths(content.get("weight", 1), _at(place, "weight"), MAX_WEIGHT)
        levels = self._all(content, "levels", MAX_LEVELS, self._level, place, lowest=1)
        points = [level.hundredths for level in levels]
        if points != sorted(points):
            self._note("points_go_down", _at(place, "levels"))
        if values is None or weight is None:
            return None
        return SetupCriterion(levels=tuple(levels), weight_hundredths=weight, **values)

    def _level(self, content: dict, place: str) -> SetupLevel | None:
        values = self._values(LEVEL_FIELDS, content, place)
        self._note_unknown(content, ["title", "description", "points"], place)
        points = self._hundredths(content.get("points"), _at(place, "points"), MAX_POINTS)
        return SetupLevel(hundredths=points, **values) if values and points is not None else None

    def _prompt(self, content: dict, place: str) -> SetupPrompt | None:
        values = self._values(PROMPT_FIELDS, content, place)
        names = [field.name for field in PROMPT_FIELDS]
        known = (*names, *PROMPT_RUBRICS, LINK_NAME.name, "required_works")
        self._note_unknown(content, known, place)
        works = self._all(content, "required_works", MAX_WORKS, self._work, place)
        rubrics = {name: self._title(content, name, place) for name in PROMPT_RUBRICS}
        named = self._values((LINK_NAME,), content, place)
        if values is None or named is None:
            return None
        self._check_prompt(values, place)
        return SetupPrompt(values, required_works=tuple(works), **rubrics, **named)

    def _title(self, content: dict, name: str, place: str) -> str:
        """Return the title of a rubric that a prompt names; an empty one stands for none."""
        title = content.get(name, "")
        if not isinstance(title, str):
            self._note("not_text", _at(place, name))
            return ""
        return title

    def _check_prompt(self, values: Mapping[str, Any], place: str) -> None:
        """Record the errors that the table of prompts would raise."""
        if values["due_at"] <= values["opens_at"]:
            self._note("due_before_open", _at(place, "due_at"))
        if values["comments_due_at"] < values["due_at"]:
            self._note("comments_before_posts", _at(place, "comments_due_at"))
        if not values["has_dates"] and not values["is_draft"]:
            self._note("dates_missing", _at(place, "has_dates"))
        if values["words_max"] is not None and values["words_max"] < values["words_min"]:
            self._note("words_out_of_order", _at(place, "words_max"))
        if values["comments_across_pods"] and not values["comments_min"]:
            self._note("no_comments_to_cross", _at(place, "comments_across_pods"))

    def _work(self, content: dict, place: str) -> dict | None:
        """Return a work that a prompt requires as clean CSL."""
        csl = without_key(content)
        if any(FORBIDDEN.search(text) for text in _texts(csl)):
            self._note("bad_character", place)
            return None
        if not any(name in csl for name in CITABLE):
            self._note("no_work", place)
            return None
        return csl

    def _values(
        self, fields: Iterable[Field], content: Mapping[str, Any], place: str
    ) -> dict[str, Any] | None:
        """Return the values of an object by the names of its fields, None if one is wrong."""
        values: dict[str, Any] = {}
        for field in fields:
            at = _at(place, field.name)
            if field.name not in content:
                if field.is_required:
                    self._note("missing", at)
                else:
                    values[field.name] = field.default
                continue
            try:
                values[field.name] = field.read(content[field.name], at)
            except SetupRefused as refusal:
                self.problems += refusal.problems
        return values if len(values) == len(list(fields)) else None

    def _all(
        self,
        content: Mapping[str, Any],
        name: str,
        highest: int,
        read: Callable[[dict, str], Any],
        place: str = "",
        *,
        lowest: int = 0,
    ) -> list:
        """Return the items of a list that can be read; a list that is left out is empty."""
        at = _at(place, name)
        items = content.get(name, [])
        if not isinstance(items, list):
            self._note("not_a_list", at)
        elif not lowest <= len(items) <= highest:
            self._note("wrong_number", at, lowest=lowest, highest=highest, number=len(items))
        else:
            return list(self._items(items, at, read))
        return []

    def _items(self, items: list, at: str, read: Callable[[dict, str], Any]) -> Iterator[Any]:
        for number, item in enumerate(items, start=1):
            if not isinstance(item, dict):
                self._note("not_an_object", _at(at, number))
            elif (found := read(item, _at(at, number))) is not None:
                yield found

    def _hundredths(self, value: object, place: str, highest: int) -> int | None:
        """Return a number with at most two decimals in hundredths."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            self._note("not_a_number" if value is not None else "missing", place)
            return None
        if not 0 <= value <= highest / 100:
            self._note("out_of_range", place, lowest=0, highest=highest // 100)
            return None
        hundredths = round(value * 100)
        if hundredths / 100 != value:
            self._note("too_many_decimals", place)
            return None
        return hundredths

    def _refuse_twice(self, items: list, name: str, key: Callable[[Any], str]) -> None:
        seen: set[str] = set()
        for number, item in enumerate(items, start=1):
            if key(item) in seen:
                self._note("twice", _at(name, number))
            seen.add(key(item))

    def _note(self, kind: str, place: str, **params: object) -> None:
        self.problems.append(SetupProblem(kind, place, params))

    def _note_unknown(self, content: Mapping[str, Any], known: Iterable[str], place: str) -> None:
        self.unknown += [_at(place, _printable(key)) for key in content if key not in set(known)]
