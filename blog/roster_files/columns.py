"""Meanings of the columns of a roster: by heading, by texts, or by a person's answers."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from blog.roster_files.cells import email_of, is_section, looks_like_name
from blog.roster_files.people import Question
from blog.spreadsheets import Table, heading_key, meaning

SAMPLE_ROWS = 200
PREVIEW_ROWS = 3
MAX_ASKED_COLUMNS = 12
NAMES = ("name", "sortable_name", "short_name", "family_name", "given_name")
IDENTIFIERS = (
    *("sis_id", "login", "lms_id", "username", "org_defined_id", "student_id", "integration_id"),
    *("source_id", "participant_id"),
)
SINGLE = ("email", *NAMES, *IDENTIFIERS, "section", "pod", "role", "status")
MORE = ("available", "suspended", "enrolment_suspended", "deleted")
# What a person may say that a column holds.
CHOICES = (
    "",
    "email",
    "name",
    "family_name",
    "given_name",
    "student_id",
    "username",
    "section",
    "pod",
)
NO_COLUMN = "none"
NUMBER = re.compile(r"[A-Za-z]{0,3}\d{5,9}")  # of a student; a telephone's is longer
PERCENT = re.compile(r"\s*[\d.,]+\s*%\s*|\s*\d+[.,]\d+\s*")


@dataclass(frozen=True, slots=True)
class Columns:
    """``places`` maps a meaning to its column; ``questions`` are what could not be told."""

    places: Mapping[str, int]
    questions: tuple[Question, ...] = ()

    def __contains__(self, sense: str) -> bool:
        return sense in self.places

    @property
    def name_people(self) -> bool:
        return "email" in self or any(sense in self for sense in (*NAMES, *IDENTIFIERS))


def columns_of(table: Table, answers: Mapping[str, str]) -> Columns:
    """Return the columns of a table; ``answers`` are a person's, by the names of questions."""
    senses = [_meaning(text, table.headings) for text in table.headings]
    answered = {place: answers.get(f"column-{place}") for place in range(table.width)}
    found: dict[str, list[int]] = {}
    for place in range(table.width):
        sense = senses[place] if place < len(senses) else ""
        chosen = answered[place]
        if chosen is not None and chosen in CHOICES:
            sense = chosen
        if sense in ("section", "pod") and chosen is None and _is_percent(table.column(place)):
            continue
        if sense in (*SINGLE, *MORE):
            found.setdefault(sense, []).append(place)
    _tell_names_apart(table, found)
    places, questions = {}, []
    for sense, candidates in found.items():
        places[sense], question = _chosen(table, sense, candidates, answers)
        if question:
            questions.append(question)
    content, question = _by_content(table, places, senses, answers)
    places |= content
    questions += [question] if question else []
    questions += _unknown(table, places, senses, answers)
    return Columns({sense: place for sense, place in places.items() if place >= 0}, (*questions,))


def _tell_names_apart(table: Table, found: dict[str, list[int]]) -> None:
    """Take “Name” for the one part of names that has no column, as in “Name, Vorname”."""
    parts = [sense for sense in ("family_name", "given_name") if sense in found]
    if "name" not in found or len(parts) != 1:
        return
    wholes, known = table.column(found["name"][0]), table.column(found[parts[0]][0])
    pairs = [(whole, part.strip()) for whole, part in zip(wholes, known, strict=True) if part]
    if not pairs or 2 * sum(part in whole for whole, part in pairs) > len(pairs):
        return
    other = "given_name" if parts == ["family_name"] else "family_name"
    found[other] = found.pop("name")


def _meaning(text: str, headings: Sequence[str]) -> str:
    """Return what a heading means among the others: an ID of Canvas is none of the university."""
    sense, keys = meaning(text), set(map(heading_key, headings))
    if sense == "id":
        is_of_lms = keys & {"student", "sisloginid", "sisuserid", "idnumber"} or "username" in keys
        return "lms_id" if is_of_lms else "student_id"
    if sense == "canvas_id":
        return "lms_id"
    if heading_key(text) == "userid" and keys & {"loginid", "sectionid", "canvasuserid"}:
        return "sis_id"
    return sense


def _chosen(
    table: Table, sense: str, candidates: list[int], answers: Mapping[str, str]
) -> tuple[int, Question | None]:
    """Return the column of a meaning, and a question where two have the same heading."""
    same = [place for place in candidates if _key(table, place) == _key(table, candidates[0])]
    if len(same) > 1 or sense in answers:
        return _one_of(table, sense, same if len(same) > 1 else candidates, answers)
    filled = [place for place in candidates if any(map(str.strip, table.column(place)))]
    return (filled or candidates)[0], None


def _one_of(
    table: Table, sense: str, candidates: list[int], answers: Mapping[str, str]
) -> tuple[int, Question | None]:
    """Return the answered column, or the first with texts, and a question if others differ."""
    answer = answers.get(sense, "")
    if answer.isdecimal() and int(answer) in candidates:
        return int(answer), None
    filled = [place for place in candidates if any(map(str.strip, table.column(place)))]
    differing = {table.column(place): place for place in reversed(filled)}
    if len(differing) < 2:
        return (filled or candidates)[0], None
    preview = {str(place): _preview(table, place) for place in sorted(differing.values())}
    return filled[0], Question(sense, tuple(preview), preview)


def _key(table: Table, place: int) -> str:
    return heading_key(table.headings[place]) if place < len(table.headings) else ""


def _by_content(
    table: Table, places: Mapping[str, int], senses: Sequence[str], answers: Mapping[str, str]
) -> tuple[dict[str, int], Question | None]:
    """Return the columns of addresses and names that no heading named.

    And a question where two columns have addresses.
    """
    found: dict[str, int] = {}
    question = None
    free = [
        place
        for place in range(table.width)
        if (place >= len(senses) or not senses[place]) and f"column-{place}" not in answers
    ]
    mails = [place for place in free if _share(table.column(place), _is_mail) > 0.5]
    if mails and "email" not in places:
        found["email"], question = _one_of(table, "email", mails, answers)
    elif "email" not in places:
        of_login, question = _mails_of_logins(table, places, answers)
        found |= of_login
    sections = [place for place in free if _share(table.column(place), is_section) > 0.7]
    if sections and "section" not in places and ("email" in found or "email" in places):
        found["section"] = sections[0]
    numbers = [place for place in free if _holds_numbers(table.column(place))]
    if len(numbers) == 1 and not table.heading_row and "student_id" not in places:
        found["student_id"] = numbers[0]
    if not any(sense in places for sense in NAMES):
        names = [
            place
            for place in free
            if place not in mails and _share(table.column(place), looks_like_name) > 0.7
        ]
        is_sure = names and (len(names) == 1 or _share(table.column(names[0]), _has_parts) > 0.5)
        is_unnamed = names and not _key(table, names[0])
        if is_sure and ("email" in found | dict(places) or (is_unnamed and table.heading_row)):
            found["name"] = names[0]
    return found, question


def _mails_of_logins(
    table: Table, places: Mapping[str, int], answers: Mapping[str, str]
) -> tuple[dict[str, int], Question | None]:
    """Return the column of logins as that of addresses, if they are written like some.

    They mostly reach people, and a person can say that here they do not.
    """
    for sense in ("login", "username"):
        place = places.get(sense, -1)
        if place < 0 or _share(table.column(place), _is_mail) <= 0.5:
            continue
        if answers.get("email") == NO_COLUMN:
            return {}, None
        preview = {str(place): _preview(table, place), NO_COLUMN: ()}
        question = Question("email", tuple(preview), preview, assumed=str(place))
        return {"email": place}, None if "email" in answers else question
    return {}, None


def _unknown(
    table: Table, places: Mapping[str, int], senses: Sequence[str], answers: Mapping[str, str]
) -> list[Question]:
    """Return questions about columns without a known heading, if people have no names yet."""
    if any(senses) or any(sense in places for sense in NAMES):
        return []
    asked = [
        place
        for place in range(table.width)
        if place not in places.values()
        and f"column-{place}" not in answers
        and any(map(str.strip, table.column(place)))
    ][:MAX_ASKED_COLUMNS]
    if any(answers.get(f"column-{place}") for place in range(table.width)):
        return []
    if not any(_share(table.column(place), looks_like_name) > 0.7 for place in asked):
        return []
    return [Question(f"column-{place}", CHOICES, {"": _preview(table, place)}) for place in asked]


def _preview(table: Table, place: int) -> tuple[str, ...]:
    """Return the first texts of a column."""
    texts = (text.strip() for text in table.column(place))
    return tuple([text[:80] for text in texts if text][:PREVIEW_ROWS])


def _share(texts: Iterable[str], is_one: Callable[[str], bool]) -> float:
    """Return the share of a kind among the first texts that are not blank."""
    filled = [text for text in texts if text.strip()][:SAMPLE_ROWS]
    return sum(map(is_one, filled)) / len(filled) if filled else 0.0


def _is_mail(text: str) -> bool:
    return bool(email_of(text)[0])


def _holds_numbers(texts: Sequence[str]) -> bool:
    """Return whether a column has a number of a student in most rows, and none twice."""
    filled = [text.strip() for text in texts if text.strip()]
    is_number = _share(filled, lambda text: bool(NUMBER.fullmatch(text))) > 0.9
    return is_number and len(set(filled)) == len(filled)


def _has_parts(text: str) -> bool:
    return len(text.replace(",", " ").split()) > 1


def _is_percent(texts: Sequence[str]) -> bool:
    return _share(texts, lambda text: bool(PERCENT.fullmatch(text))) > 0.5
