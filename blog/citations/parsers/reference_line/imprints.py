"""Parse the publisher and the place that commas part from a title, as Harvard has them."""

import re

from blog.citations.parsers.reference_line import words
from blog.citations.parsers.reference_line.titles import read_details

NAME = re.compile(r"(?:[A-Z][\w.’'-]*)(?: (?:[A-Z][\w.’'-]*|&|and|of)){0,5}")
STATE = re.compile(r"[A-Z]{2}")  # “Englewood Cliffs, NJ”
BEGINS_A_SOURCE = re.compile(r", (?:[A-Z\d]|(?:unpublished|thesis|dissertation)\b)")
SCHOOL_WORK = re.compile(r",[^,]*\b(?:thesis|dissertation)\b", re.IGNORECASE)
IN_BRACKETS = re.compile(r"\([A-Z][\w .’'-]+[,:] [A-Z][\w .&’'-]+\)$")  # (London, Penguin)
MAX_PARTS = 12


def split_imprint(text: str) -> tuple[str, dict] | None:
    """Split “Ties, 2nd edn, Moor Press, Moor” into the title and its source.

    The place may be before the publisher too, or be missing. None where no publisher is sure.
    """
    title, details, names = _without_details(_parts(text))
    publisher, count = _publisher(names)
    if not publisher:
        return None
    if not details:
        title, names = names[:-count], names[-count:]
    if not title or len(names) != count or (len(title) > 1 and NAME.fullmatch(title[-1])):
        return None
    return ", ".join(title), {"name": publisher, **details}


def may_have_imprint(text: str, *, is_apa: bool, has_address: bool) -> bool:
    """Return whether a title may end in its source: nobody can tell “Oslo, Holt” from a title.

    ``is_apa``: a full stop is before the title; in Harvard there is none, and a title has a source.
    """
    _title, details, names = _without_details(_parts(text))
    if details or SCHOOL_WORK.search(text):
        return True
    if not is_apa and not has_address:
        return bool(BEGINS_A_SOURCE.search(text) or IN_BRACKETS.search(text))
    ends_in_names = len(names) > 2 and all(map(NAME.fullmatch, names[-2:]))
    return ends_in_names and not (is_apa and has_address)


def _parts(text: str) -> list[str]:
    """Return the parts between commas, a state with its town."""
    parts: list[str] = []
    for part in text.rstrip(". ").split(", ")[:MAX_PARTS]:
        if parts and STATE.fullmatch(part):
            parts[-1] += f", {part}"
        else:
            parts.append(part)
    return parts


def _without_details(parts: list[str]) -> tuple[list[str], dict, list[str]]:
    """Return the title, its edition or volume behind it, and the names; all are names if none."""
    for place, part in enumerate(parts[1:], 1):
        details = read_details(part)
        if details and details.keys() <= {"edition", "volume"}:
            return parts[:place], details, parts[place + 1 :]
    return [], {}, parts


def _publisher(names: list[str]) -> tuple[str, int]:
    """Return the publisher at the end of names, after its place, and how many names that is."""
    last, before = [*names[::-1], "", ""][:2]
    if _is_publisher(before) and _is_place(last):
        return f"{last}: {before}", 2
    if not _is_publisher(last):
        return "", 0
    return (f"{before}: {last}", 2) if _is_place(before) else (last, 1)


def _is_publisher(name: str) -> bool:
    return bool(NAME.fullmatch(name) and words.PUBLISHER.search(name))


def _is_place(name: str) -> bool:
    town = name.partition(", ")[0]
    return bool(NAME.fullmatch(town)) and not words.PUBLISHER.search(name)
