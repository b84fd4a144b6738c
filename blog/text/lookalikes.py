"""Letters of other scripts that look like Latin ones, in names and addresses (ADR 0064)."""

import re
import unicodedata
from functools import cache

# What a reader takes for a Latin letter, by case: the tables of Unicode's confusables have
# thousands of rows, of which these are the letters that names and addresses are written with.
_CYRILLIC = dict(zip("аеорсухіјѕԁһԛԝӏкмтѵ", "aeopcyxijsdhqwlkmtv", strict=True))
_CYRILLIC |= dict(zip("АВЕКМНОРСТУХІЈЅԌԚԜӀ", "ABEKMHOPCTYXIJSGQWI", strict=True))
_GREEK = dict(zip("αορνυικτχεγω", "aopvuiktxeyw", strict=True))
_GREEK |= dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX", strict=True))
_OTHERS = dict(zip("ıɑɡօոսհցǀȷɩ", "iagonuhglji", strict=True))
_LISU = dict(zip("ꓐꓑꓓꓔꓖꓗꓙꓚꓜꓝꓟꓠꓡꓢꓣꓦꓧꓪꓫꓬꓮꓰꓲꓳꓴ", "BPDTGKJCZFMNLSRVHWXYAEIOU", strict=True))
_SMALL_CAPITALS = dict(zip("ᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdeghijklmnoprstuvwyz", strict=True))
LOOKS_LATIN = str.maketrans(_CYRILLIC | _GREEK | _OTHERS | _LISU | _SMALL_CAPITALS)
# Of Latin signs that look alike in many typefaces, each counts as one of them.
ALIKE = str.maketrans({"i": "l", "1": "l", "|": "l", "0": "o"})
SCRIPTS_THAT_MIX_WITH_NONE = frozenset(
    {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "LISU"}
)
MODIFIER_LETTERS = re.compile("[\u02b0-\u02ff]")  # strokes and small dots beside a letter
WORD = re.compile(r"[^\W\d_]+")


def skeleton(name: str) -> str:
    """Return what a name looks like: two names that few tell apart have the same.

    Accents and dots do not count, as readers miss them.
    """
    letters = "".join(sign for sign in _plain(name) if sign.isalnum() or sign in " |")
    return " ".join(_alike(letters).split())


def passes_for(name: str, other: str) -> bool:
    """Return whether a name would be read as another: as a whole, or with words around it.

    As “Dr. Ines Vandermeer” and “InesVandermeer (instructor)”. A single word is in many names.
    """
    words, whole = _words(name), _alike("".join(_words(other)))
    if not whole or len(_words(other)) < 2:
        return _alike("".join(words)) == whole != ""
    places = range(len(words) + 1)
    return any(_alike("".join(words[i:j])) == whole for j in places for i in range(j))


def _plain(name: str) -> str:
    """Return a name in small Latin letters where it has others that look so, and their accents."""
    line = unicodedata.normalize("NFKD", " ".join(name.split()))
    return MODIFIER_LETTERS.sub("", line.translate(LOOKS_LATIN)).casefold()


def _words(name: str) -> list[str]:
    """Return the words of a name, without accents; hyphens and other signs come between words."""
    kept = [sign for sign in _plain(name) if unicodedata.category(sign)[0] not in "MC"]
    return "".join(sign if sign.isalnum() or sign == "|" else " " for sign in kept).split()


def _alike(text: str) -> str:
    return text.translate(ALIKE).replace("rn", "m").replace("vv", "w")


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
