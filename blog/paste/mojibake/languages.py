"""Recognise languages that write ``ā`` themselves: Māori, and the Baltic ones."""

import re

WORD = re.compile(r"[^\W\d_]+")
CONTEXT_CHARS = 40
MACRONS = set("āēīōūĀĒĪŌŪ")
BALTIC = set("ģķļņŗšžčėįųąęĢĶĻŅŖŠŽČĖĮŲĄĘ")
# Every syllable of Māori ends in a vowel, and few consonants begin one.
MAORI = re.compile(r"(?:(?:ng|wh|[hkmnprtw])?[aeiouāēīōū])+", re.IGNORECASE)


def looks_maori(word: str) -> bool:
    """Return whether every syllable of a word could be Māori."""
    return MAORI.fullmatch(word) is not None


def foreign_beside(text: str, start: int, end: int, *, maori: bool = False) -> bool:
    """Return whether the word before or after is Baltic or, with ``maori``, Māori.

    A word that ends in a consonant is not Māori, whatever is beside it: so “the Māori worldās
    view” can be repaired.
    """
    before = WORD.findall(text[max(0, start - CONTEXT_CHARS) : start])[-1:]
    after = WORD.findall(text[end : end + CONTEXT_CHARS])[:1]
    beside = [*before, *after]
    if any(BALTIC & set(word) for word in beside):
        return True
    if any(MACRONS & set(word) and not looks_maori(word) for word in beside):
        return True
    return maori and bool(beside) and all(map(looks_maori, beside))
