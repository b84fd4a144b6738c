"""Words that must not fall together in a language, and their check in its catalogue.

``docs/translating.md`` has a table of them. Where a sentence of the English names one thing of a
row, its translation is at fault if it has the word of another thing of that row, and not its own.
Beginnings of words are compared, so that endings do not matter; what is bent more goes unnoticed.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import polib

TABLE = Path(__file__).resolve().parent.parent / "docs" / "translating.md"
HEADING = "## Pairs that must not fall together"
# Words that say something else in other sentences too: only who reads them can tell.
AMBIGUOUS = {
    *("hide", "keep", "undo", "send", "note", "feedback", "comment", "reply", "section", "case"),
    *("heading", "figure", "backup", "release", "offer"),
}
BENT = {
    "hide": "hide|hides|hid|hidden|hiding",
    "take": "take|takes|took|taken|taking",
    "withdraw": "withdraw|withdraws|withdrew|withdrawn|withdrawing",
}
BEGINNING = 5  # letters of a French word: annul|er, retir|er, suppr|imer
SENTENCE = re.compile(r"(?<=[.!?؟:])\s+")


@dataclass(frozen=True)
class Thing:
    """A thing of a row: where the English names it, and where a translation does."""

    word: str
    english: re.Pattern
    translated: re.Pattern


def rows_of(column: int) -> list[list[Thing]]:
    """Return the rows of the table for a language, which is in a column of it."""
    table = TABLE.read_text().partition(HEADING)[2].partition("\n## ")[0]
    lines = [line.strip("| ").split(" | ") for line in table.splitlines() if line[:2] == "| "]
    rows = [[[part.strip() for part in cell.split("·")] for cell in line] for line in lines[1:]]
    return [
        [
            Thing(words[0], _english(words), _beginnings(translated))
            for words, translated in zip(map(_words, row[0]), map(_words, row[column]), strict=True)
        ]
        for row in rows
    ]


def fallen_together(entry: polib.POEntry, rows: Sequence[list[Thing]]) -> Iterator[str]:
    """Yield what an entry says by the word of another thing."""
    for text in filter(None, (entry.msgstr, *entry.msgstr_plural.values())):
        for source, translated in _sentences(f"{entry.msgid} {entry.msgid_plural}".strip(), text):
            for row in rows:
                yield from _taken_for_another(row, source, plain(translated))


def _taken_for_another(row: list[Thing], source: str, translated: str) -> Iterator[str]:
    named = [thing for thing in row if thing.english.search(source)]
    if len(named) != 1 or named[0].word in AMBIGUOUS or named[0].translated.search(translated):
        return
    for other in row:
        if other is not named[0] and other.translated.search(translated):
            yield f"{named[0].word} as if it were {other.word}"


def _sentences(source: str, text: str) -> list[tuple[str, str]]:
    """Return the sentences of a text beside those of its source, or both as a whole."""
    ours, theirs = SENTENCE.split(source), SENTENCE.split(text)
    return list(zip(ours, theirs, strict=True)) if len(ours) == len(theirs) else [(source, text)]


def _words(cell: str) -> list[str]:
    parts = re.split("[,،]", re.sub(r"\(.*?\)", "", cell))
    return [part.strip() for part in parts]


def _english(words: list[str]) -> re.Pattern:
    bent = []
    for word in words:
        first, *rest = word.split()
        stem = first.removesuffix("e")
        forms = BENT.get(first, f"{stem}(?:e|es|ed|ing|s|{stem[-1]}ed|{stem[-1]}ing)?")
        bent.append(r"\s+".join([f"(?:{forms})", *map(re.escape, rest)]))
    return re.compile(rf"\b(?:{'|'.join(bent)})\b", re.IGNORECASE)


def _beginnings(words: list[str]) -> re.Pattern:
    """Match what begins like one of some words; a word of Arabic stands behind small ones too."""
    parts = []
    for word in map(plain, words):
        is_latin = word[:1] < "\u0600"
        parts.append(rf"\b{word[:BEGINNING]}" if is_latin and " " not in word else re.escape(word))
    return re.compile("|".join(parts))


def plain(text: str) -> str:
    """Return a text without accents, vowel signs, capitals and the forms of the letter alif."""
    bare = unicodedata.normalize("NFD", text.lower())
    return "".join(one for one in bare if not unicodedata.combining(one))
