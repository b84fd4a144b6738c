"""Names of people as written on one line: their initials, and their place in an alphabet. Pure."""

import re
import unicodedata

from blog.citations.csl.fields import folded

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
    """Return a sign as the alphabet has it: as it is, or without what was added to its letter."""
    return sign if sign in alphabet else folded(sign)


def _place(sign: str, alphabet: str) -> tuple[int, str]:
    return (alphabet.find(sign) if sign in alphabet else len(alphabet), sign)


def _base(language: str) -> str:
    return language.split("-")[0].lower()
