"""Names of people as written on one line: their initials, and their place in an alphabet. Pure."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Mapping
from functools import lru_cache
from typing import TypeVar

from blog.citations.csl.fields import folded

Key = TypeVar("Key", bound=Hashable)

MAX_NAMES_KEPT = 5000  # what follows from a name, for as long as the process runs

# “Ada Luna (she/her)”, “Ada Luna, PhD”: what follows is no part of the name.
ADDITION = re.compile(r"[(\[{].*|,\s+.*", re.DOTALL)
SUFFIXES = {"jr", "sr", "ii", "iii", "iv"}

# Languages in which the family name comes first.
FAMILY_NAME_FIRST = {"hu", "ja", "ko", "vi", "zh"}
# Alphabets with letters of their own, each in the place where the language sorts it. Letters that
# are not listed sort as the letter without its sign, as in most languages.
ALPHABETS = {
    "cs": "abcčdefghijklmnopqrřsštuvwxyzž",
    "da": "abcdefghijklmnopqrstuvwxyzæøå",
    "es": "abcdefghijklmnñopqrstuvwxyz",
    "et": "abcdefghijklmnopqrsšzžtuvwõäöüxy",
    "fi": "abcdefghijklmnopqrstuvwxyzåäö",
    "hr": "abcčćdđefghijklmnopqrsštuvwxyzž",
    "hu": "abcdefghijklmnoöpqrstuüvwxyz",
    "is": "aábcdðeéfghiíjklmnoópqrstuúvwxyýzþæö",
    "lt": "abcčdefghijklmnopqrsštuvwxyzž",
    "lv": "abcčdefgģhijkķlļmnņopqrsštuvwxyzž",
    "nb": "abcdefghijklmnopqrstuvwxyzæøå",
    "nn": "abcdefghijklmnopqrstuvwxyzæøå",
    "no": "abcdefghijklmnopqrstuvwxyzæøå",
    "pl": "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż",
    "ro": "aăâbcdefghiîjklmnopqrsștțuvwxyz",
    "sk": "aäbcčdefghijklmnoôpqrsštuvwxyzž",
    "sl": "abcčdefghijklmnopqrsštuvwxyzž",
    "sv": "abcdefghijklmnopqrstuvwxyzåäö",
    "tr": "abcçdefgğhıijklmnoöpqrsştuüvwxyz",
}


@lru_cache(MAX_NAMES_KEPT)
def initials(name: str) -> str:
    """Return the first letters of the first and the last word of a name: “MO”, or “” for none.

    Letters without capitals stand alone, as in Arabic or Chinese: two of them would join, or read
    as another word.
    """
    letters = [letter for word in _words(name) if (letter := _first_letter(word))]
    if not letters:
        return ""
    first, last = letters[0], letters[-1]
    if len(letters) == 1 or first == first.lower() or last == last.lower():
        return first
    return first + last


def short_names(names: Mapping[Key, str]) -> dict[Key, str]:
    """Return the first word of each name, and more of it where several begin with the same word.

    As much as tells them apart: “Ana L.” and “Ana M.”, “A. Luna” and “A. Lopez”, or all of a name.
    """
    same_first: dict[str, list[Key]] = defaultdict(list)
    for key, name in names.items():
        same_first[_first_word(name).casefold()].append(key)
    short: dict[Key, str] = {}
    for keys in same_first.values():
        different = len({names[key].casefold() for key in keys})
        for shorten in (_first_word, _with_last_initial, _with_first_initial):
            found = {key: shorten(names[key]) for key in keys}
            if all(found.values()) and len({n.casefold() for n in found.values()}) == different:
                break
        else:
            found = {key: names[key] for key in keys}
        short |= found
    return {key: short[key] for key in names}


def _first_word(name: str) -> str:
    return name.split(" ")[0]


def _with_last_initial(name: str) -> str:
    """Return “Ana L.” of “Ana Luna”, “” where the last word has no letter that stands for it."""
    first, *others = _words(name) or [name]
    if not others:
        return name
    letter = _first_letter(others[-1])
    # A letter without capitals is no abbreviation.
    return f"{first} {letter}." if letter != letter.lower() else ""


def _with_first_initial(name: str) -> str:
    """Return “A. Luna” of “Ana Luna”, “” where the first word has no letter that stands for it."""
    first, *others = _words(name) or [name]
    if not others:
        return name
    letter = _first_letter(first)
    return f"{letter}. {others[-1]}" if letter != letter.lower() else ""


@lru_cache(MAX_NAMES_KEPT)
def sort_key(name: str, language: str, *, family_name: str = "") -> tuple:
    """Return the key that sorts a name by its family name, as a language sorts letters.

    The family name is the last word, unless somebody has said what it is.
    """
    words = _words(name)
    if family_name:
        return tuple(_places(word, language) for word in [*family_name.split(), *words])
    if len(words) > 1 and words[-1].rstrip(".").casefold() in SUFFIXES:
        words.pop()
    if _base(language) not in FAMILY_NAME_FIRST:
        words = words[-1:] + words[:-1]
    return tuple(_places(word, language) for word in words)


def numbered_key(name: str) -> tuple:
    """Return the key that sorts names of groups by the numbers in them: “Pod 2” before “Pod 10”."""
    parts = re.split(r"(\d+)", name.casefold())
    return tuple(int(part) if place % 2 else part for place, part in enumerate(parts)), name


def title_key(title: str, language: str) -> tuple:
    """Return the key that sorts a title by its words, as a language sorts letters."""
    return tuple(_places(word, language) for word in title.split())


def _words(name: str) -> list[str]:
    """Return the words of a name; all there is, if nothing stands before a bracket or a comma."""
    return ADDITION.sub("", name).split() or name.split()


def _first_letter(word: str) -> str:
    """Return the first letter of a word, as a capital where there is one, with its signs."""
    composed = unicodedata.normalize("NFC", word)
    for place, sign in enumerate(composed):
        if sign.isalnum():
            rest = composed[place + 1 :]
            signs = rest[: next((n for n, s in enumerate(rest) if not _is_mark(s)), len(rest))]
            capital = sign.upper()
            return (capital if len(capital) == 1 else sign) + signs
    return ""


def _is_mark(sign: str) -> bool:
    return unicodedata.category(sign).startswith("M")


def _places(word: str, language: str) -> tuple:
    """Return the places of a word's letters in an alphabet; the word itself decides equals."""
    alphabet = ALPHABETS.get(_base(language), "")
    lower = unicodedata.normalize("NFC", word).lower()
    return tuple(_place(letter, alphabet) for sign in lower for letter in _plain(sign, alphabet))


def _plain(sign: str, alphabet: str) -> str:
    """Return a sign as the alphabet has it: as it is, or without additions to its letter."""
    return sign if sign in alphabet else folded(sign)


def _place(sign: str, alphabet: str) -> tuple[int, str]:
    return (alphabet.find(sign) if sign in alphabet else len(alphabet), sign)


def _base(language: str) -> str:
    return language.split("-")[0].lower()
