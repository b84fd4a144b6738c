"""
The fields of settings and prompts in a file of a set-up.

A field of a model that courses take along is one line here: its name is that of the model's field
and of the file's key. What a file leaves out has the default.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from blog.setup_files.setup import SetupProblem, SetupRefused
from blog.text.lists import comma_list

# What no database and no page takes: NUL, and halves of a pair of UTF-16.
FORBIDDEN = re.compile("[\x00\ud800-\udfff]")
# Years in which a date can be moved to any term without leaving the calendar.
FIRST_YEAR, LAST_YEAR = 1900, 2200


def refuse(kind: str, place: str, **params: object) -> SetupRefused:
    """Return the refusal of a value; a reader raises it, or notes it and goes on."""
    return SetupRefused(SetupProblem(kind, place, params))


@dataclass(frozen=True, slots=True)
class Text:
    """Words of at most so many characters."""

    name: str
    max_chars: int
    is_required: bool = False
    default: str = ""

    def read(self, value: object, place: str) -> str:
        if not isinstance(value, str):
            raise refuse("not_text", place)
        if FORBIDDEN.search(value):
            raise refuse("bad_character", place)
        if len(value) > self.max_chars:
            raise refuse("too_long", place, limit=self.max_chars, length=len(value))
        if self.is_required and not value.strip():
            raise refuse("missing", place)
        return value

    def write(self, value: str) -> str:
        return str(value)


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number in a range; None stands for no limit where that is the default."""

    name: str
    lowest: int = 0
    highest: int = 32_767
    default: int | None = 0
    is_required: ClassVar[bool] = False

    def read(self, value: object, place: str) -> int | None:
        if value is None and self.default is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool):
            raise refuse("not_a_number", place)
        if not self.lowest <= value <= self.highest:
            raise refuse("out_of_range", place, lowest=self.lowest, highest=self.highest)
        return value

    def write(self, value: int | None) -> int | None:
        return value


@dataclass(frozen=True, slots=True)
class Flag:
    """Yes or no."""

    name: str
    default: bool = False
    is_required: ClassVar[bool] = False

    def read(self, value: object, place: str) -> bool:
        if not isinstance(value, bool):
            raise refuse("not_yes_or_no", place)
        return value

    def write(self, value: bool) -> bool:
        return value


@dataclass(frozen=True, slots=True)
class Choice:
    """One of some words, each with the value that it stands for."""

    name: str
    choices: Mapping[str, Any]
    default: Any
    is_required: ClassVar[bool] = False

    def read(self, value: object, place: str) -> Any:
        if not isinstance(value, str) or value not in self.choices:
            raise refuse("not_a_choice", place, choices=comma_list(self.choices))
        return self.choices[value]

    def write(self, value: Any) -> str:
        return next(word for word, stored in self.choices.items() if stored == value)


@dataclass(frozen=True, slots=True)
class Day:
    """A day such as 2026-09-07."""

    name: str
    is_required: bool = True
    default: date | None = None

    def read(self, value: object, place: str) -> date:
        try:
            day = date.fromisoformat(value if isinstance(value, str) else "")
        except ValueError:
            raise refuse("not_a_day", place) from None
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise refuse("not_a_day", place)
        return day

    def write(self, value: date) -> str:
        return value.isoformat()


@dataclass(frozen=True, slots=True)
class Moment:
    """A time on the course's clock, such as 2026-09-07T23:59; it has no zone."""

    name: str
    is_required: bool = True
    default: datetime | None = None

    def read(self, value: object, place: str) -> datetime | None:
        if value is None and not self.is_required:
            return None
        try:
            moment = datetime.fromisoformat(value if isinstance(value, str) else "")
        except ValueError:
            raise refuse("not_a_moment", place) from None
        is_in_range = FIRST_YEAR <= moment.year <= LAST_YEAR
        if moment.tzinfo is not None or "T" not in str(value) or not is_in_range:
            raise refuse("not_a_moment", place)
        return moment

    def write(self, value: datetime | None) -> str | None:
        return None if value is None else value.isoformat().removesuffix(":00")


Field = Text | Number | Flag | Choice | Day | Moment

MAX_WORDS = 2_147_483_647  # what the table holds
AUDIENCES = {
    "only-me": 0,
    "instructors": 10,
    "pod": 20,
    "course": 30,
    "signed-in": 40,
    "public": 50,
}

SETTINGS_FIELDS: tuple[Field, ...] = (
    Text("title", 120, is_required=True),
    Text("term", 60),
    Text("about", 2000),
    Day("starts_on"),
    Day("ends_on"),
    Text("time_zone", 64, default="UTC"),
    Text("language", 12),
    Choice("default_audience", AUDIENCES, default=30),
    Choice("widest_audience", AUDIENCES, default=30),
    Choice("guest_comments", {word: word for word in ("off", "moderated", "filtered")}, "off"),
)
PROMPT_FIELDS: tuple[Field, ...] = (
    Text("title", 120, is_required=True),
    Text("question", 4000, is_required=True),
    Moment("opens_at"),
    Moment("due_at"),
    Moment("comments_due_at"),
    Number("words_min", highest=MAX_WORDS),
    Number("words_max", highest=MAX_WORDS, default=None),
    Number("references_min"),
    Number("comments_min"),
    Flag("comments_across_pods"),
    Choice("rota", {"none": "", "pods": "pods", "mixed": "mixed"}, default=""),
    Number("rota_posts", lowest=1, highest=6, default=2),
    Flag("own_post_first"),
    Flag("asks_for_help"),
    Flag("is_anonymous"),
    Flag("is_draft"),
    Flag("has_dates", default=True),
    Choice("late_posts", {word: word for word in ("accept", "late", "close")}, "late"),
    Number("late_days", lowest=1, highest=365, default=None),
    Choice("widest_audience", {"as-course": None, **AUDIENCES}, None),
)
NORM_FIELDS: tuple[Field, ...] = (
    Text("name", 60, is_required=True),
    Text("sentence", 240, is_required=True),
)
# The fields of a prompt that name a rubric of the file by its title.
PROMPT_RUBRICS = ("rubric", "comments_rubric")
LINK_NAME = Text("link_name", 40)
RUBRIC_TITLE = Text("title", 120, is_required=True)
CRITERION_FIELDS = (Text("title", 120, is_required=True), Text("description", 600))
LEVEL_FIELDS = (Text("title", 60, is_required=True), Text("description", 600))
MOMENTS = tuple(field.name for field in PROMPT_FIELDS if isinstance(field, Moment))


def write_values(fields: tuple[Field, ...], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values as a file has them; those that are the default are left out."""
    return {
        field.name: field.write(values[field.name])
        for field in fields
        if field.is_required or values[field.name] != field.default
    }
