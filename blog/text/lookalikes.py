"""Letters of other scripts that look like Latin ones, in names and addresses (ADR 0064)."""

import re
import unicodedata
from functools import cache

from blog.text.titles import HONORIFICS, JOINED, ROLES, SMALL_WORDS

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
# So many letters are the same in two names by no chance, wherever their blanks are.
MIN_JOINED_CHARS = 8
MODIFIER_LETTERS = re.compile("[\u02b0-\u02ff]")  # strokes and small dots beside a letter
WORD = re.compile(r"[^\W\d_]+")


def skeleton(name: str) -> str:
    """Return what a name looks like: two names that few tell apart have the same.

    Accents and dots do not count, as readers miss them.
    """
    letters = "".join(sign for sign in _plain(name) if sign.isalnum() or sign in " |")
    return " ".join(_alike(letters).split())


def passes_for(name: str, other: str) -> bool:
    """Return whether a name would be read as another: as a whole, or with titles and roles only.

    As “Dr. Ines Vandermeer” and “InesVandermeer (instructor)”, but not “Ines Vandermeer Smith”:
    many people have somebody’s names among theirs.
    """
    words = _words(name)
    return any(
        all(_says_nothing(word) for word in (*words[:start], *words[end:]))
        for start, end in _places(words, _core(_words(other)))
    ) or _is_joined_with_title(words, _core(_words(other)))


def has_name_of(name: str, other: str) -> bool:
    """Return whether a name has another among its words, and is none that passes for it.

    A single word is in many names.
    """
    words, core = _words(name), _core(_words(other))
    return len(core) > 1 and bool(_places(words, core)) and not passes_for(name, other)


def _places(words: list[str], wanted: list[str]) -> list[tuple[int, int]]:
    """Return where words stand among others, from the first of them to behind the last.

    Blanks and hyphens may part them in other places only if there are so many letters that this is
    no chance: “An Na” is not in “Anna Smith”.
    """
    if not wanted:
        return []
    shapes, whole = [_alike(word) for word in words], [_alike(word) for word in wanted]
    found = [
        (at, at + len(whole))
        for at in range(len(shapes) - len(whole) + 1)
        if shapes[at : at + len(whole)] == whole
    ]
    joined = _alike("".join(wanted))
    if found or len(joined) < MIN_JOINED_CHARS:
        return found
    ends = range(len(words) + 1)
    return [(i, j) for j in ends for i in range(j) if _alike("".join(words[i:j])) == joined]


def _core(words: list[str]) -> list[str]:
    """Return the words of a name without the titles before it."""
    while len(words) > 1 and _alike(words[0]) in _shapes(HONORIFICS):
        words = words[1:]
    return words


def _says_nothing(word: str) -> bool:
    """Return whether a word beside a name is a title, a role, a small word or a number."""
    return word.isdecimal() or _alike(word) in _shapes(HONORIFICS + ROLES + SMALL_WORDS)


def _is_joined_with_title(words: list[str], core: list[str]) -> bool:
    """Return whether a title is written to a name without a blank: 王伟老师."""
    whole, name = "".join(words), "".join(core)
    titles = ["".join(_words(title)) for title in JOINED]
    return bool(name) and any(whole in (name + title, title + name) for title in titles)


@cache
def _shapes(text: str) -> frozenset[str]:
    """Return what the words of a list look like."""
    return frozenset(_alike(word) for word in _words(text))


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
