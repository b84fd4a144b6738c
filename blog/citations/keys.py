"""Citation keys: short, speaking, and each the name of one work."""

from collections.abc import Collection, Mapping
from itertools import count

from blog.citations.csl.dates import read_issued
from blog.citations.csl.fields import folded, text_of, unmarked
from blog.citations.csl.names import read_names

MAX_KEY_CHARS = 300  # of an id that a file gives; addresses are common


def suggest_key(csl: Mapping, taken: Collection[str]) -> str:
    """Suggest a key nobody has: rajagopal2012, then rajagopal2012a."""
    stem = _stem(csl)
    letters = ("", *map(chr, range(ord("a"), ord("z") + 1)))
    free = (f"{stem}{letter}" for letter in letters if f"{stem}{letter}" not in taken)
    key = next(free, None)
    return key or next(
        key for number in count(len(taken)) if (key := f"{stem}-{number}") not in taken
    )


def with_keys(records: list[dict]) -> list[dict]:
    """Give each record an ``id`` that no other record has.

    A record keeps the one its file gave it where it can, so that citations already written hold;
    not every such id can be typed as a key without braces.
    """
    taken: set[str] = set()
    for record in records:
        key = record.get("id", "")
        if not key or key in taken or len(key) > MAX_KEY_CHARS or set("{}") & set(key):
            key = suggest_key(record, taken)
        record["id"] = key
        taken.add(key)
    return records


def _stem(csl: Mapping) -> str:
    names = next(filter(None, (read_names(csl.get(role))[0] for role in ("author", "editor"))), ())
    if names:
        first = names[0]
        called = first.family if first.given else first.abbreviation or _first_word(first.family)
    else:
        called = _first_word(unmarked(text_of(csl.get("title"))))
    start = read_issued(csl).start
    return f"{folded(called)[:40] or 'work'}{abs(start.year) if start else 'nd'}"


def _first_word(text: str) -> str:
    words = [word for word in text.split() if folded(word)]
    if len(words) > 1 and words[0].lower() in {"a", "an", "the"}:
        words = words[1:]
    return words[0] if words else ""
