"""Parse the publisher and the place that commas part from a title, as Harvard has them."""

import re

from blog.citations.parsers.reference_line import words

EDITION = re.compile(r"(?P<edition>\d{1,3})(?:st|nd|rd|th) (?:edn?|edition)\b\.?", re.IGNORECASE)
NAME = re.compile(r"[A-Z][\w.’'-]*(?: (?:[A-Z][\w.’'-]*|&|and|of)){0,5}")
STATE = re.compile(r"[A-Z]{2}")  # “Englewood Cliffs, NJ”
MAX_PARTS = 12


def split_imprint(text: str) -> tuple[str, dict] | None:
    """Split “Ties, 2nd edn, Moor Press, Moor” into the title and its source.

    The place may be before the publisher too, or be missing. None where no publisher is sure.
    """
    parts = _parts(text)
    title, edition, names = _without_edition(parts)
    publisher = _publisher(names)
    if not publisher:
        return None
    if not edition:
        title, names = names[: -len(publisher[1])], publisher[1]
    if not title or len(names) != len(publisher[1]):
        return None
    return ", ".join(title), {"name": publisher[0]} | ({"edition": edition} if edition else {})


def may_have_imprint(text: str) -> bool:
    """Return whether a title may end in a publisher and a place that nobody can tell apart."""
    parts = _parts(text)
    _title, edition, names = _without_edition(parts)
    return bool(edition) or (len(names) > 2 and all(map(NAME.fullmatch, names[-2:])))


def _parts(text: str) -> list[str]:
    """Return the parts between commas, a state with its town."""
    parts: list[str] = []
    for part in text.rstrip(". ").split(", ")[:MAX_PARTS]:
        if parts and STATE.fullmatch(part):
            parts[-1] += f", {part}"
        else:
            parts.append(part)
    return parts


def _without_edition(parts: list[str]) -> tuple[list[str], str, list[str]]:
    """Return the title, the number of the edition after it and the names; all are names if none."""
    for place, part in enumerate(parts):
        if place and (found := EDITION.fullmatch(part)):
            return parts[:place], found["edition"], parts[place + 1 :]
    return [], "", parts


def _publisher(names: list[str]) -> tuple[str, list[str]] | None:
    """Return the publisher at the end of names, after its place if it has one, and its names."""
    last, before = [*names[::-1], "", ""][:2]
    if _is_publisher(before) and _is_place(last):
        return f"{last}: {before}", names[-2:]
    if not _is_publisher(last):
        return None
    has_place = len(names) != 1 and _is_place(before)
    return (f"{before}: {last}", names[-2:]) if has_place else (last, names[-1:])


def _is_publisher(name: str) -> bool:
    return bool(NAME.fullmatch(name) and words.PUBLISHER.search(name))


def _is_place(name: str) -> bool:
    town = name.partition(", ")[0]
    return bool(NAME.fullmatch(town)) and not words.PUBLISHER.search(name)
