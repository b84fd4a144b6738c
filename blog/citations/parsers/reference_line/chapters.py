"""Parse a part of a book: the people after “In”, the book, its pages and its publisher."""

import re

from blog.citations.parsers.reference_line.names import ROLES, direct_names, read_names
from blog.citations.parsers.reference_line.sources import published, sentences
from blog.citations.parsers.reference_line.titles import ended, read_details

# “En” and “Dans” are those of other languages, where an editor follows.
IN_A_BOOK = re.compile(r"(?P<end>[.?!]|[\])”’\"])\s+(?P<word>In|On|En|Em|Dans):?\s+(?=[\w“\"‘'¿(])")
EDITED = re.compile(r"\s*\((?P<role>[^()]{2,40})\),?\s+(?=\S)")
PARTS_PLACE = re.compile(
    r"\s*\((?P<inside>[^()]*(?:\bpp?\.|\bS\. \d|\bVols?\.|\bed\.|\bedn\b|\bchap\.|\bEd\.)[^()]*)\)",
    re.IGNORECASE,
)
INVERTED = re.compile(r"[^\W\d_][\w’' -]+, (?:[^\W\d_]\.[ -]?)+(?:,|&|$| )?")
MAX_MAKERS_CHARS = 1_000


def part(text: str) -> tuple[str, dict] | None:
    """Split “Title. In A. Luna (Ed.), Book (pp. 3–9). Press” into the title and the rest."""
    for found in IN_A_BOOK.finditer(text):
        rest = text[found.end() :]
        has_brackets = found["end"] == "]"
        people, rest = _makers(rest)
        source = _book(rest)
        if found["word"] not in {"In", "On"} and not people:
            continue
        is_sure = people or "page" in source or has_brackets or source.pop("is_placed", False)
        if is_sure or found["end"] in {".", ")"} or _is_entry(source["container-title"]):
            title = text[: found.start() + 1]
            return title, {**people, **source, "word": found["word"]}
    return None


def book(text: str) -> dict:
    """Parse what follows “In”: people, container, its details, publisher."""
    people, rest = _makers(text)
    source = _book(rest)
    source.pop("is_placed", None)
    return {**people, **source}


def _makers(text: str) -> tuple[dict, str]:
    """Split the people before a container: A. Luna & B. Sol (Eds.), & C. Mar (Trans.), Book."""
    people: dict = {}
    place = 0
    for found in EDITED.finditer(text[:MAX_MAKERS_CHARS]):
        roles = next((names for sign, names in ROLES if sign.fullmatch(found["role"])), None)
        names = text[place : found.start()]
        if not roles or re.search(r"[a-z]{3}[.?!]\s+[A-Z][a-z]{3}", names):
            break
        makers = _names(re.sub(r"^&\s+", "", names))
        people |= {"editor" if role == "director" else role: makers for role in roles}
        place = found.end()
    return people, text[place:]


def _names(text: str) -> list[dict]:
    """Parse the names before a container: B. Bell & C. Sol, but also Bell, B., & Sol, C."""
    return read_names(text) if INVERTED.match(text) else direct_names(text)


def _book(text: str) -> dict:
    if (place := PARTS_PLACE.search(text)) and (details := read_details(place["inside"])):
        container, rest = text[: place.start()], text[place.end() :]
        details["is_placed"] = True
    else:
        pieces = sentences(text)
        details, container, rest = {}, pieces[0], " ".join(pieces[1:])
    edited = {}
    if found := re.fullmatch(r"(?P<book>.+?)\s+\((?P<people>[^()]+, Eds?\.)\)", container.strip()):
        container, edited = found["book"], read_details(found["people"])
    return {
        "container-title": ended(container),
        **edited,
        **published(rest.strip(" .")),
        **details,
    }


def _is_entry(container: str) -> bool:
    return bool(part_type(container))


def part_type(container: str) -> str:
    """Return the type of a part by the name of its whole; "" where that says nothing."""
    if re.search(r"\bdictionary|wörterbuch|diccionario|dictionnaire", container, re.I):
        return "entry-dictionary"
    if re.search(r"wikip|encyclop|enciclop|encyclopédie|britannica|lexikon", container, re.I):
        return "entry-encyclopedia"
    return ""
