"""Parse the people before the date of a reference with what they did: (Ed.), (Writer), Eds."""

import re

from blog.citations.parsers.reference_line.names import SEPARATOR, is_given, read_names
from blog.citations.parsers.reference_line.words import ACRONYM

ROLE = re.compile(r"\s*\((?P<role>[^()]{2,60})\)\.?,?")
ROLES = (
    (re.compile(r"writers? & directors?", re.I), ("script-writer", "director")),
    (re.compile(r"executive producers?", re.I), ("executive-producer",)),
    (re.compile(r"series creators?", re.I), ("series-creator",)),
    (
        re.compile(r"(?:eds?\.?|editors?)(?: &|,| and) (?:trans\.?|translators?)", re.I),
        ("editor", "translator"),
    ),
    (
        re.compile(r"(?:trans\.?|translators?)(?: &|,| and) (?:eds?\.?|editors?)", re.I),
        ("translator", "editor"),
    ),
    (
        re.compile(
            r"eds?\.?|hrsg\.?|hg\.?|coords?\.|(?:edited by|editors?|(?:ed\.|eds\.) & .*)", re.I
        ),
        ("editor",),
    ),
    (re.compile(r"directors?|dir\.", re.I), ("director",)),
    (re.compile(r"hosts?", re.I), ("host",)),
    (re.compile(r"guests?", re.I), ("guest",)),
    (re.compile(r"(?:script)?writers?", re.I), ("script-writer",)),
    (re.compile(r"trans\.?|translators?", re.I), ("translator",)),
    (re.compile(r"producers?", re.I), ("producer",)),
    (re.compile(r"composers?", re.I), ("composer",)),
    (re.compile(r"narr(?:s?\.|ators?)", re.I), ("narrator",)),
    (re.compile(r"compilers?|comps?\.", re.I), ("compiler",)),
    (re.compile(r"chairs?", re.I), ("chair",)),
    (re.compile(r"curators?", re.I), ("curator",)),
    (re.compile(r"organi[sz]ers?", re.I), ("organizer",)),
    (re.compile(r"interviewers?", re.I), ("interviewer",)),
    (re.compile(r"illus\.?|illustrators?", re.I), ("illustrator",)),
)
# “Luna, A., & Sol, B., Eds.”, as Harvard and Chicago have it.
BARE_ROLE = re.compile(
    r",?\s+(?P<role>(?:eds?|hrsg|hg|trans|comps?|illus)\.?|(?:editor|translator|compiler)s?)\.?,?$",
    re.IGNORECASE,
)


def read_people(text: str) -> dict[str, list[dict]]:
    """Return the names before a date by CSL role: “Luna, A. (Writer), & Sol, B. (Director).”"""
    text = _with_brackets(text)
    people: dict[str, list[dict]] = {}
    place = 0
    for found in ROLE.finditer(text):
        roles = _roles(found["role"])
        names = read_names(text[place : found.start()])
        if not roles:
            if ACRONYM.fullmatch(found["role"]) and len(names) == 1 and "literal" in names[0]:
                names[0]["short"] = found["role"]
            else:
                continue
        for role in roles or ("author",):
            people.setdefault(role, []).extend(names)
        place = found.end()
    if rest := read_names(text[place:]):
        people.setdefault("author", []).extend(rest)
    return people


def has_role(text: str) -> bool:
    """Return whether somebody’s role is in brackets: (Ed.), (Host)."""
    return any(_roles(found["role"]) for found in ROLE.finditer(text))


def _roles(words: str) -> tuple[str, ...]:
    return next((roles for sign, roles in ROLES if sign.fullmatch(words.strip())), ())


def _with_brackets(text: str) -> str:
    """Return names with the role at their end in brackets, if that is what it is.

    “Luna, Ed.” is Ed Luna.
    """
    found = BARE_ROLE.search(text)
    names = text[: found.start()] if found else ""
    parts = [part.strip() for part in SEPARATOR.split(names)[::2]]
    if not found or ROLE.search(names) or len(parts) < 2 or not is_given(parts[-1]):
        return text
    return f"{names} ({found['role']})"
