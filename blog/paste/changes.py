"""Changes to a text, each of which can be refused; they are the report of a paste too."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

MAX_CHANGES = 300  # of one step: a form can carry them all, and the rest stays as it was
CONTEXT_CHARS = 32  # shown on either side of a change
LINK = re.compile(r"!?\[([^\[\]\n]{0,300})\]\([^()\s]{1,2000}\)")
BLOCK_START = re.compile(r"^[ \t]*(?:#{1,6}|>|[-*+]|\d{1,3}[.)])[ \t]+", re.MULTILINE)
TAG = re.compile(r"</?(?:sub|sup|s|mark|b|i|em|strong|br)>")
MARKS = re.compile(r"\\([!-/:-@\[-`{-~])|[*`]|(?<!\w)_|_(?!\w)")
NOTE_MARK = re.compile(r"(?<!\\)\[\^[^\[\]\s\\]{1,20}\]:?")
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
        """Return the replaced text as its reader sees it: without Markdown, on one line."""
        return bare(self.before)


def change(kind: str, text: str, start: int, end: int, after: str, **more: Any) -> Change:
    """Return a change of ``text``, with the whole words around it on its line."""
    place = max(0, start - CONTEXT_CHARS)
    lead, tail = text[place:start], text[end : end + CONTEXT_CHARS]
    if not text[place - 1 : place].isspace() and place:
        lead = re.sub(r"\A\S+", "", lead)
    if text[end + CONTEXT_CHARS : end + CONTEXT_CHARS + 1].strip():
        tail = re.sub(r"\S+\Z", "", tail)
    lead, tail = lead.rpartition("\n")[2], tail.partition("\n")[0]
    return Change(kind, start, end, text[start:end], after, lead=lead, tail=tail, **more)


def unmarked(text: str) -> str:
    """Return Markdown as its reader sees it: without its marks, and links as their words."""
    text = NOTE_MARK.sub("", TAG.sub("", LINK.sub(r"\1", BLOCK_START.sub("", text))))
    return MARKS.sub(lambda match: match[1] or "", text)


def bare(text: str) -> str:
    """Return the words of Markdown on one line."""
    return " ".join(unmarked(text).split())


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
