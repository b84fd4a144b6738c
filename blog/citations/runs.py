"""
Runs: the pieces of text that citations and list entries are made of.

Everything is assembled as runs and escaped once, at the end. No module here ever joins markup by
hand, so a script in an author's name can only come out as the characters somebody typed.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby

WEB_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
STOPS = ".?!…。！？؟"
LOOSE = ",;: "  # what a sentence does not end with
CLOSING_QUOTES = "”’\"'»"


@dataclass(frozen=True)
class Run:
    """A piece of output; ``key`` is that of the work to whose entry it links."""

    text: str
    key: str | None = None
    italic: bool = False


@dataclass(frozen=True)
class Entry:
    """One entry of the reference list; without runs for a work that is in the text alone."""

    key: str
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        return plain(self.runs)

    @property
    def html(self) -> str:
        return "".join(
            _html(italic, plain(group))
            for italic, group in groupby(self.runs, key=lambda run: run.italic)
        )


@dataclass(frozen=True)
class Formatted:
    """The formatted citations of a text: one tuple of runs per cluster, and the entries.

    ``unknown`` has the keys without a work, in the order of the text.
    """

    in_text: tuple[tuple[Run, ...], ...]
    entries: tuple[Entry, ...]
    unknown: tuple[str, ...]


def plain(runs: Iterable[Run]) -> str:
    """Return the text of runs."""
    return "".join(run.text for run in runs)


def closed(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Return a sentence with its period, inside a closing quotation mark, unless it has a stop."""
    runs = _trimmed(runs)
    text = plain(runs)
    if not text or text.rstrip(CLOSING_QUOTES)[-1:] in STOPS:
        return tuple(runs)
    if not _ends_quotation(text):
        return (*runs, Run("."))
    *before, last = runs
    body = last.text.rstrip(CLOSING_QUOTES)
    return (*before, Run(f"{body}.{last.text[len(body) :]}", last.key, last.italic))


def sentences(parts: Iterable[Sequence[Run]]) -> tuple[Run, ...]:
    """Join parts as sentences; a web address stays bare, as a period would break it."""
    runs: list[Run] = []
    for part in parts:
        if not plain(part).strip(LOOSE):
            continue
        if runs:
            runs.append(Run(" "))
        runs.extend(part if WEB_ADDRESS.fullmatch(part[-1].text) else closed(part))
    return tuple(runs)


def joined(parts: Iterable[Sequence[Run]], separator: str) -> tuple[Run, ...]:
    """Join the parts that are not empty."""
    runs: list[Run] = []
    for part in parts:
        if not plain(part):
            continue
        if runs:
            runs.append(Run(separator))
        runs.extend(part)
    return tuple(runs)


def _trimmed(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Return runs without a comma, a colon or a space at their end."""
    *before, last = runs or (Run(""),)
    text = last.text.rstrip(LOOSE)
    if text == last.text:
        return tuple(runs)
    return (*before, replace(last, text=text)) if text else _trimmed(before)


def _ends_quotation(text: str) -> bool:
    """Return whether a text ends with a quotation mark, and not with an apostrophe."""
    opening = {"”": "“", "’": "‘", "»": "«", '"': '"', "'": "'"}.get(text[-1:])
    return opening is not None and any(
        text.startswith(opening, place) and (place == 0 or not text[place - 1].isalnum())
        for place in range(len(text) - 1)
        if text[place] == opening
    )


def _html(italic: bool, text: str) -> str:
    pieces, place = [], 0
    for match in WEB_ADDRESS.finditer(text):
        address = match[0] if match.end() == len(text) else match[0].rstrip(".,;:)]”\"'")
        pieces.append(escape(text[place : match.start()]))
        pieces.append(f'<a href="{escape(address)}" rel="nofollow noopener">{escape(address)}</a>')
        place = match.start() + len(address)
    body = "".join(pieces) + escape(text[place:])
    return f"<i>{body}</i>" if italic else body
