"""Changes to a text, each of which can be refused; they are the report of a paste too."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

MAX_CHANGES = 300  # of one step: a form can carry them all, and the rest stays as it was
CONTEXT_CHARS = 32  # shown on either side of a change
NOT_PLAIN = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Change:
    """A replacement of ``before`` by ``after``, from ``start`` to ``end`` of a text.

    ``kind`` is a word for programs; ``name`` is the same whichever other changes are refused, so
    that a form can name the wanted ones. ``lead`` and ``tail`` are the words around it on its
    line. ``key`` and ``csl`` belong to references.
    """

    kind: str
    start: int
    end: int
    before: str
    after: str
    name: str = ""
    lead: str = ""
    tail: str = ""
    applied: bool = True
    key: str = ""
    csl: dict | None = field(default=None, compare=False)

    @property
    def words(self) -> str:
        """Return the replaced text without the white space around it."""
        return self.before.strip()


def change(kind: str, text: str, start: int, end: int, after: str, **more: Any) -> Change:
    """Return a change of ``text``, with the words around it on its line."""
    lead = text[max(0, start - CONTEXT_CHARS) : start].rpartition("\n")[2]
    tail = text[end : end + CONTEXT_CHARS].partition("\n")[0]
    return Change(kind, start, end, text[start:end], after, lead=lead, tail=tail, **more)


def apply_changes(
    text: str, changes: Iterable[Change], chosen: Mapping[str, bool] | None = None
) -> tuple[str, list[Change]]:
    """Return the changed text, and the changes with their names; of two that overlap, the first.

    ``chosen`` maps the names of changes that a person has seen to whether they are wanted.
    """
    chosen = chosen or {}
    parts, place = [], 0
    named: list[Change] = []
    seen: Counter[str] = Counter()
    for one in sorted(changes, key=lambda each: (each.start, each.end)):
        if one.start < place:
            continue
        if len(named) == MAX_CHANGES:
            break
        stem = _stem(one)
        seen[stem] += 1
        name = f"{stem}-{seen[stem]}"
        one = replace(one, name=name, applied=chosen.get(name, one.applied))
        named.append(one)
        parts.append(text[place : one.start])
        parts.append(one.after if one.applied else one.before)
        place = one.end
    return "".join([*parts, text[place:]]), named


def _stem(one: Change) -> str:
    """Return a name from the kind of a change and its ASCII characters.

    Others may come from a broken encoding: without them a reference has the same name whether its
    authors’ names were repaired or not.
    """
    plain = NOT_PLAIN.sub("", (one.lead + one.before + one.tail).lower())
    return f"{one.kind}-{plain[:60]}"
