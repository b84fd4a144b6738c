"""Citation keys: short, readable, and unique among the references of a post."""

import re
from collections.abc import Collection, Iterable, Mapping
from itertools import count

from blog.citations.clusters import KEY_PATTERN
from blog.citations.csl.dates import read_issued
from blog.citations.csl.fields import folded, text_of, unmarked
from blog.citations.csl.names import read_names

MAX_IMPORTED_KEY_CHARS = 300  # of an id that a file gives; addresses are common

MAX_KEY_CHARS = 80  # of a key in a post


def is_key(key: str) -> bool:
    """Return whether a text can cite by this key as it is, without braces."""
    return (
        len(key) <= MAX_KEY_CHARS and re.fullmatch(KEY_PATTERN, key) is not None and "{" not in key
    )


def suggest_key(csl: Mapping, taken: Collection[str]) -> str:
    """Suggest a citation key that is not ``taken``: rajagopal2012, then rajagopal2012a."""
    stem = _stem(csl)
    suffixes = ("", *map(chr, range(ord("a"), ord("z") + 1)))
    free = (f"{stem}{suffix}" for suffix in suffixes if f"{stem}{suffix}" not in taken)
    key = next(free, None)
    return key or next(
        key for number in count(len(taken)) if (key := f"{stem}-{number}") not in taken
    )


def meant_key(written: str, keys: Iterable[str]) -> str:
    """Return the one key that differs from an unknown one in case or punctuation only, or ""."""
    alike = [key for key in keys if folded(key) == folded(written)]
    return alike[0] if len(alike) == 1 else ""


def with_keys(records: list[dict]) -> list[dict]:
    """Set a unique ``id`` on each record, in place, and return the records.

    The id from the file stays where it can, so that citations already written work; some of these
    can be typed as keys only in braces.
    """
    taken: set[str] = set()
    for record in records:
        key = record.get("id", "")
        if not key or key in taken or len(key) > MAX_IMPORTED_KEY_CHARS or set("{}") & set(key):
            key = suggest_key(record, taken)
        record["id"] = key
        taken.add(key)
    return records


def _stem(csl: Mapping) -> str:
    names = next(filter(None, (read_names(csl.get(role))[0] for role in ("author", "editor"))), ())
    if names:
        first = names[0]
        name = first.family if first.given else first.abbreviation or _first_word(first.family)
    else:
        name = _first_word(unmarked(text_of(csl.get("title"))))
    start = read_issued(csl).start
    return f"{folded(name)[:40] or 'work'}{abs(start.year) if start else 'nd'}"


def _first_word(text: str) -> str:
    words = [word for word in text.split() if folded(word)]
    if len(words) > 1 and words[0].lower() in {"a", "an", "the"}:
        words = words[1:]
    return words[0] if words else ""
