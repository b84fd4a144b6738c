"""Letters of other scripts that look like Latin ones, in names and addresses (ADR 0064)."""

import re
import unicodedata
from functools import cache

# What a reader takes for a Latin letter, by case: the tables of Unicode's confusables have
# thousands of rows, of which these are the letters that names and addresses are written with.
_CYRILLIC = dict(zip("аеорсухіјѕԁһԛԝӏкмт", "aeopcyxijsdhqwlkmt", strict=True))
_CYRILLIC |= dict(zip("АВЕКМНОРСТУХІЈЅԌԚԜӀ", "ABEKMHOPCTYXIJSGQWI", strict=True))
_GREEK = dict(zip("αορνυικτχεγω", "aopvuiktxeyw", strict=True))
_GREEK |= dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX", strict=True))
_OTHERS = dict(zip("ıɑɡօոսհցǀ", "iagonuhgl", strict=True))
LOOKS_LATIN = str.maketrans(_CYRILLIC | _GREEK | _OTHERS)
# Of Latin signs that look alike in many typefaces, each counts as one of them.
ALIKE = str.maketrans({"i": "l", "1": "l", "|": "l", "0": "o"})
SCRIPTS_THAT_MIX_WITH_NONE = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"})
WORD = re.compile(r"[^\W\d_]+")


def skeleton(name: str) -> str:
    """Return what a name looks like: two names that nobody tells apart have the same."""
    latin = unicodedata.normalize("NFKC", " ".join(name.split())).translate(LOOKS_LATIN)
    letters = "".join(sign for sign in latin.casefold() if sign.isalnum() or sign in " |")
    alike = letters.translate(ALIKE).replace("rn", "m").replace("vv", "w")
    return " ".join(alike.split())


def mixes_scripts(text: str) -> bool:
    """Return whether a word of a text has letters of two alphabets that look alike: pаypal."""
    words = WORD.findall(unicodedata.normalize("NFKC", text))
    return any(len({*map(_script, word)} & SCRIPTS_THAT_MIX_WITH_NONE) > 1 for word in words)


def passes_for_latin(text: str) -> bool:
    """Return whether a text that is not plain Latin letters could be read as if it were."""
    return not text.isascii() and text.translate(LOOKS_LATIN).isascii()


@cache
def _script(sign: str) -> str:
    """Return the script of a letter, as its name in Unicode begins with it."""
    return unicodedata.name(sign, "").partition(" ")[0]
