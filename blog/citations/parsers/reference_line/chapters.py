"""Parse a part of a book: the people after “In”, the book, its pages and its publisher."""

import re

from blog.citations.parsers.reference_line import words
from blog.citations.parsers.reference_line.names import (
    direct_names,
    read_names,
    vancouver_names,
)
from blog.citations.parsers.reference_line.people import ROLES
from blog.citations.parsers.reference_line.sources import published, sentences
from blog.citations.parsers.reference_line.titles import ended, pages, read_details

# “En” and “Dans” are those of other languages, where an editor follows.
IN_A_BOOK = re.compile(r"(?P<end>[.?!]|[\])”’\"])\s+(?P<word>In|On|En|Em|Dans):?\s+(?=[\w“\"‘'¿(])")
# “, in” and “’ in” may be words of a title, and a book may have no “In”: an editor is needed.
MAYBE_IN_A_BOOK = re.compile(
    r"(?P<end>[,;]|[”’'\"],?)\s+[Ii]n:?\s+(?=[^\W\d_])"
    r"|(?P<ended>[.?!])\s+(?=[^\W\d_a-z][\w’'-]*[., ])"
)
EDITED = re.compile(r"\s*\((?P<role>[^()]{2,40})\),?\s+(?=\S)")
PARTS_PLACE = re.compile(
    r"\s*\((?P<inside>[^()]*(?:\bpp?\.|\bS\. \d|\bVols?\.|\bed\.|\bedn\b|\bchap\.|\bEd\.)[^()]*)\)",
    re.IGNORECASE,
)
INVERTED = re.compile(r"[^\W\d_][\w’' -]+, (?:[^\W\d_]\.[ -]?)+(?:,|&|$| )?")
MAX_MAKERS_CHARS = 1_000
# “Sol B, Mar C, editors. ” as Vancouver has it.
EDITOR_WORD = re.compile(r"(?P<names>[^.()\d]{3,300}), editors?\.\s+(?=\S)")
PAGES_AT_END = re.compile(
    r"[.,]?\s+pp?\.\s?(?P<pages>[\w.]{1,8}(?:\s?[–-]\s?[\w.]{1,8})?)\s*\.?$", re.IGNORECASE
)
# “Book of ties, London: Moor Press” and “Book of ties, Moor Press, London”.
IMPRINT = re.compile(
    r"(?P<book>.{3,300}?),\s+(?:(?P<place>[A-Z][^:.,]{1,40}):\s+(?P<name>[^:.,]{2,80})"
    r"|(?P<first>[^:.,]{2,80}),\s+(?P<last>[A-Z][^:.,]{1,40}))"
)


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
    return _edited_part(text)


def _edited_part(text: str) -> tuple[str, dict] | None:
    """Split “Title, in A. Luna (Ed.), Book” and “Title. A. Luna (Ed.), Book”."""
    for found in MAYBE_IN_A_BOOK.finditer(text):
        people, rest = _makers(text[found.end() :])
        editors = people.get("editor", [])
        if editors and all(person.get("given") for person in editors):
            source = _book(rest)
            source.pop("is_placed", None)
            end = found["ended"] or found["end"].strip(",;")
            return text[: found.start()] + end, {**people, **source}
    return None


def book(text: str) -> dict:
    """Parse what follows “In”: people, container, its details, publisher."""
    people, rest = _makers(text)
    source = _book(rest)
    source.pop("is_placed", None)
    return {**people, **source}


def _makers(text: str) -> tuple[dict, str]:
    """Split the people before a container: A. Luna & B. Sol (Eds.), & C. Mar (Trans.), Book."""
    if found := EDITOR_WORD.match(text):
        editors = vancouver_names(found["names"])
        return ({"editor": editors}, text[found.end() :]) if editors else ({}, text)
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
    if place := PAGES_AT_END.search(text):
        source = _book(text[: place.start()])
        return {**source, "page": pages(place["pages"]), "is_placed": True}
    if (place := PARTS_PLACE.search(text)) and (details := read_details(place["inside"])):
        container, rest = text[: place.start()], text[place.end() :]
        details["is_placed"] = True
    else:
        pieces = sentences(text)
        details, container, rest = {}, pieces[0], " ".join(pieces[1:])
        container, rest = (container, rest) if rest else _without_imprint(ended(container))
    edited = {}
    if found := re.fullmatch(r"(?P<book>.+?)\s+\((?P<people>[^()]+, Eds?\.)\)", container.strip()):
        container, edited = found["book"], read_details(found["people"])
    return {
        "container-title": ended(container.rstrip(" ,")),
        **edited,
        **published(rest.strip(" .,")),
        **details,
    }


def _without_imprint(text: str) -> tuple[str, str]:
    """Split “Book of ties, London: Moor Press” into the book and “London: Moor Press”."""
    found = IMPRINT.fullmatch(text)
    if found and found["place"]:
        return found["book"], f"{found['place']}: {found['name']}"
    if found and words.PUBLISHER.search(found["first"]):
        return found["book"], f"{found['last']}: {found['first']}"
    return text, ""


def _is_entry(container: str) -> bool:
    return bool(part_type(container))


def part_type(container: str) -> str:
    """Return the type of a part by the name of its whole; "" where that says nothing."""
    if re.search(r"\bdictionary|wörterbuch|diccionario|dictionnaire", container, re.I):
        return "entry-dictionary"
    if re.search(r"wikip|encyclop|enciclop|encyclopédie|britannica|lexikon", container, re.I):
        return "entry-encyclopedia"
    return ""
