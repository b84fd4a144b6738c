"""Letters of other scripts that look like Latin ones, in names and addresses (ADR 0064)."""

import re
import unicodedata
from collections.abc import Set
from functools import cache, lru_cache
from itertools import pairwise

from blog.citations.csl.fields import PLAIN_LETTERS
from blog.text.titles import (
    AFTER_A_NAME,
    HONORIFICS,
    JOINED,
    OF_ONESELF,
    PRONOUNS,
    ROLES,
    SMALL_WORDS,
)

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
# Letters that Unicode does not part into a letter and what is on it: “Łukasz” is read as “Lukasz”.
_STROKED = dict(zip("ħĦŧŦŋŊɓƁɗƊƙƘƴƳəƏ", "hHtTnNbBdDkKyYeE", strict=True))
# One letter with two keys: of Arabic keyboards and of Persian, Urdu or Kurdish ones.
_ARABIC = dict(zip("يىےكڪةەہھۃٱ", "یییککههههها", strict=True))
# One letter with two shapes, of which one is for the ends of Hebrew words; and one syllable in both
# scripts of Japanese.
_HEBREW = dict(zip("ךםןףץ", "כמנפצ", strict=True))
_KANA = {chr(sign): chr(sign - 0x60) for sign in range(0x30A1, 0x30F7)}
STRETCHED = "\u0640"  # a line that makes an Arabic word longer
_OF_WORDS = _ARABIC | _HEBREW | _KANA | {STRETCHED: ""}
READ_AS = LOOKS_LATIN | PLAIN_LETTERS | str.maketrans(_STROKED | _OF_WORDS)
# Families are called with the Arabic article and without it: الزهراء and زهراء.
ARTICLE = re.compile(r"\bال(?=\w{4})")
# How names are spelled where a keyboard lacks their letters: “Müller” as “Mueller”.
SPELLED_OUT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "đ": "dj", "ə": "a"}
)
# What is left of that if each of the two letters is one again, in whatever word: “Hoernasen” of
# Hörnåsen.
SPELLED = re.compile("(?<=[aou])e|(?<=a)a|(?<=d)j")
# How a name is framed to look like one of a game: xXRobinXx.
FRAME = re.compile(r"\b[xX]{2,}(?=\w)|(?<=\w)[xX]{2,}\b")
# Of Latin signs that look alike in many typefaces, each counts as one of them; what looks like two
# counts as these, so that joined words look like each of them joined.
ALIKE = str.maketrans({"i": "l", "1": "l", "|": "l", "0": "o", "m": "rn", "w": "vv"})
SCRIPTS_THAT_MIX_WITH_NONE = frozenset(
    {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "LISU"}
)
# So many letters are the same in two names by no chance, wherever their blanks are.
MIN_JOINED_CHARS = 8
NAMES_AT_ONCE = 2000  # each of a class is compared with several others
MIN_CHARS_THAT_TELL = 3  # a word of two letters is an initial or a particle
# Signs that say as much as a word of letters does: of these, two are a part of a name.
SCRIPTS_OF_SYLLABLES = frozenset({"CJK", "HANGUL", "HIRAGANA", "KATAKANA"})
LAST_JAMO = "\u11a8-\u11ff"  # the ends of syllables in Korean, which belong to what is before
MODIFIER_LETTERS = re.compile("[\u02b0-\u02ff]")  # strokes and small dots beside a letter
WORD = re.compile(r"[^\W\d_]+")
DOTTED_DEGREE = re.compile(r"(?:(?<=\bph)|(?<=\bed))\. ?(?=d\b)|(?<=\b[mb])\. ?(?=sc\b)")
ASIDE = re.compile(r"[(\[{][^()\[\]{}]*[)\]}]|,[^,()\[\]{}]*")


def skeleton(name: str) -> str:
    """Return the skeleton of a name: two names that few tell apart have the same.

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
        for start, end in _places(words, _core(other))
    )


def has_name_of(name: str, other: str) -> bool:
    """Return whether one of two names has the other among its words, and neither passes for it.

    A single word is in many names.
    """
    if passes_for(name, other):
        return False
    return any(
        len(_core(inner)) > 1 and bool(_places(_words(outer), _core(inner)))
        for outer, inner in ((name, other), (other, name))
    )


def has_part_of(name: str, other: str) -> bool:
    """Return whether a name has a part of another that tells whose it is, in any order or joined.

    That is a word of three letters, two signs of a script of syllables, or all of a short name: as
    “Robin_Lark”, “HartRobin” and “rhart” have of Robin Hart, and “Na Li” of Li Na.
    """
    if _by_syllables(name) & _by_syllables(other):
        return True
    spellings = [(name, other), (_spelled_out(name), _spelled_out(other))]
    spelled_otherwise = " ".join(word for word in other.split() if _is_spelled_out(word))
    spellings.append((_shortened(name), _shortened(spelled_otherwise)))
    return any(
        set(map(_alike, own)) <= set(map(_alike, words)) or _tells(words, own)
        for spelled, real in dict.fromkeys(spellings)
        if (own := _words(real))
        for words in {_words(one) for one in (spelled, _parted(spelled), FRAME.sub("", spelled))}
    )


def _is_spelled_out(word: str) -> bool:
    return _spelled_out(word) != unicodedata.normalize("NFC", word).casefold()


def _shortened(name: str) -> str:
    return SPELLED.sub("", _plain(name))


def _spelled_out(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold().translate(SPELLED_OUT)


def _tells(words: tuple[str, ...], own: tuple[str, ...]) -> bool:
    """Return whether words that follow each other are written with words of somebody’s own name.

    An initial is in many words, but not O’Brien with a blank. Beside a whole word it tells, and so
    does a word with “I am” or a title before it.
    """
    parts = {word for word in own if len(word) > 1}
    parts |= {first + second for first, second in pairwise(own)}
    shapes = {_alike(part) for part in parts if len(part) > 1}
    whole = {_alike(part) for part in parts if len(part) >= MIN_CHARS_THAT_TELL}
    beside = shapes | {_alike(word[0]) for word in own}
    before = beside | _shapes(HONORIFICS + ROLES + SMALL_WORDS + OF_ONESELF)
    ends = range(1, len(words) + 1)
    runs = ["".join(words[start:end]) for end in ends for start in range(end)]
    return any(
        _is_made_of(_alike(run), shapes) or _is_made_of(_alike(run), whole, before, beside)
        for run in runs
        if len(run) >= MIN_CHARS_THAT_TELL
    )


def _is_made_of(
    text: str,
    parts: Set[str],
    before: Set[str] = frozenset(),
    beside: Set[str] = frozenset(),
) -> bool:
    """Return whether a text is one of some parts, or several of them, one after the other.

    Others may stand ``before`` the first of them, and ``beside`` it or between them.
    """
    without, reached = {0}, set()  # how far one gets before the first part, and with it
    for at in range(len(text)):
        if at in without:
            without |= _ends(text, at, before)
            reached |= _ends(text, at, parts)
        if at in reached:
            reached |= _ends(text, at, parts | beside)
    return len(text) in reached


def _ends(text: str, at: int, pieces: Set[str]) -> set[int]:
    """Return the ends of those pieces that are in a text from a place on."""
    return {at + len(piece) for piece in pieces if text.startswith(piece, at)}


def _parted(name: str) -> str:
    """Return a name with blanks where a word begins within another: RobinHart, Robin2."""
    begins = (
        (sign.isupper() and before.islower()) or sign.isdecimal() != before.isdecimal()
        for before, sign in pairwise(f" {name}")
    )
    return "".join(f" {sign}" if new else sign for sign, new in zip(name, begins, strict=True))


def _by_syllables(name: str) -> set[frozenset[str]]:
    """Return which signs of scripts of syllables are side by side in a name; blanks do not count.

    In these scripts a family name is written to the others without a blank.
    """
    signs = unicodedata.normalize("NFC", "".join(_words(name)))
    return {frozenset(pair) for pair in pairwise(signs) if _is_in_syllables("".join(pair))}


def _is_in_syllables(text: str) -> bool:
    return all(_script(sign) in SCRIPTS_OF_SYLLABLES for sign in text)


def _places(words: tuple[str, ...], wanted: tuple[str, ...]) -> list[tuple[int, int]]:
    """Return the place of words among others, from the first to behind the last.

    Blanks and hyphens may part them in other places only if there are so many letters that this is
    no chance: “An Na” is not in “Anna Smith”. In scripts of syllables they say nothing.
    """
    if not wanted:
        return []
    shapes, whole = [_alike(word) for word in words], [_alike(word) for word in wanted]
    found = [
        (at, at + len(whole))
        for at in range(len(shapes) - len(whole) + 1)
        if shapes[at : at + len(whole)] == whole
    ]
    letters, joined = "".join(wanted), "".join(whole)
    if found or not (_is_in_syllables(letters) or len(letters) >= MIN_JOINED_CHARS):
        return found
    ends = range(len(words) + 1)
    return [(i, j) for j in ends for i in range(j) if "".join(shapes[i:j]) == joined]


@lru_cache(NAMES_AT_ONCE)
def _core(name: str) -> tuple[str, ...]:
    """Return the words of a name without what says nothing before, after and beside it.

    A role after a name may be a surname: Edith Head. It has to be in brackets, or after a comma.
    """
    words = _words(ASIDE.sub(_without_nothing, _plain(name)))
    while len(words) > 1 and _alike(words[0]) in _shapes(HONORIFICS):
        words = words[1:]
    fewest = 1 if _is_in_syllables("".join(words)) else 2
    while len(words) > fewest and _alike(words[-1]) in _shapes(AFTER_A_NAME):
        words = words[:-1]
    while len(words) > 2 and _alike(words[0]) in _shapes(HONORIFICS + ROLES):
        words = words[1:]
    return words


def _without_nothing(aside: re.Match) -> str:
    """Return the text in brackets or after a comma, or "" if it says nothing."""
    return "" if all(_says_nothing(word) for word in _words(aside[0])) else aside[0]


def _says_nothing(word: str) -> bool:
    """Return whether a word beside a name is a title, a role, a small word or a number."""
    known = _shapes(HONORIFICS + ROLES + SMALL_WORDS + AFTER_A_NAME)
    return word.isdecimal() or _alike(word) in known


@cache
def _shapes(text: str) -> frozenset[str]:
    """Return the skeletons of the words of a list."""
    return frozenset(_alike(word) for word in _words(text))


def _plain(name: str) -> str:
    """Return a name in small Latin letters where it has others that look so, and their accents.

    Of Arabic letters that are written with two signs it has one.
    """
    line = unicodedata.normalize("NFKD", " ".join(name.split()))
    return MODIFIER_LETTERS.sub("", line.translate(READ_AS)).casefold()


@lru_cache(NAMES_AT_ONCE)
def _words(name: str) -> tuple[str, ...]:
    """Return the words of a name, without accents; hyphens and other signs come between words.

    Pronouns beside it are left out, and a title is parted from it: 王伟老师.
    """
    beside = DOTTED_DEGREE.sub("", _pronouns().sub(" ", _plain(name)))
    kept = [sign for sign in beside if unicodedata.category(sign)[0] not in "MC"]
    line = "".join(sign if sign.isalnum() or sign == "|" else " " for sign in kept)
    line = ARTICLE.sub("", line)
    parts = (part for word in line.split() for part in _joined_title().split(word))
    return tuple(filter(None, parts))


@cache
def _joined_title() -> re.Pattern:
    titles = "|".join(sorted(map(_plain, JOINED), key=len, reverse=True))
    return re.compile(f"(?<=.)({titles})$|^(?!({titles})$)({titles})(?=[^{LAST_JAMO}])")


@cache
def _pronouns() -> re.Pattern:
    """Return a pattern of pronouns as people write them: (she/her), [they], er/ihm."""
    one = rf"(?:{'|'.join(map(re.escape, _plain(PRONOUNS).split()))})"
    listed, joined = rf"(?:[\s/,|·]+{one})*", rf"(?:\s*/\s*{one})+"
    return re.compile(rf"[(\[]\s*{one}{listed}\s*[)\]]|(?<!\w){one}{joined}(?!\w)")


def _alike(text: str) -> str:
    return text.translate(ALIKE)


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
