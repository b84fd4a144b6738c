"""Find whom a comment speaks to at its start: “Thanks Marisol,”, “@Ben”, “Hi Ben and Ana —”. Pure.

What is found is only ever offered to the writer, so a call that is missed costs nothing, and one
that is none costs a No. Whoever is merely written about (“Ana is right”) is not called.
"""

import re
import unicodedata
from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

from blog.citations.csl.fields import PLAIN_LETTERS

Key = TypeVar("Key", bound=Hashable)

# Only the start is looked at.
MAX_CHARS = 200


def fold(word: str) -> str:
    """Return a word without capitals and accents: “Zoë” as “zoe”, “Søren” as “soren”."""
    parts = unicodedata.normalize("NFKD", word.casefold().translate(PLAIN_LETTERS))
    return "".join(part for part in parts if not unicodedata.combining(part)).replace("’", "'")


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(fold, words))


# Words before a name.
GREETINGS = _folded(
    [
        "hi",
        "hello",
        "hey",
        "hiya",
        "dear",
        "yo",
        "ok",
        "okay",
        "yes",
        "no",
        "thanks",
        "thank",
        "thx",
        "ty",
        "you",
        "u",
        "so",
        "very",
        "much",
        "many",
        "a",
        "lot",
        "ton",
        "again",
        "good",
        "great",
        "nice",
        "lovely",
        "morning",
        "afternoon",
        "evening",
        "welcome",
        "well",
        "done",
        "congrats",
        "congratulations",
        "sorry",
        "agreed",
        "exactly",
        "wow",
        "oh",
        "ah",
        "ha",
        "and",
        "but",
        "hola",
        "buenas",
        "buenos",
        "dias",
        "tardes",
        "muchas",
        "mil",
        "gracias",
        "querido",
        "querida",
        "estimado",
        "estimada",
        "salut",
        "bonjour",
        "bonsoir",
        "coucou",
        "merci",
        "beaucoup",
        "bien",
        "cher",
        "chere",
        "grand",
        "hallo",
        "liebe",
        "lieber",
        "liebes",
        "guten",
        "tag",
        "morgen",
        "danke",
        "vielen",
        "dank",
        "servus",
        "moin",
        "ciao",
        "salve",
        "buongiorno",
        "grazie",
        "mille",
        "caro",
        "cara",
        "ola",
        "oi",
        "obrigado",
        "obrigada",
        "muito",
        "bom",
        "dia",
        "querido",
        "valeu",
        "czesc",
        "hej",
        "dzieki",
        "dziekuje",
        "bardzo",
        "witaj",
        "droga",
        "drogi",
        "ahoj",
        "cau",
        "diky",
        "dekuji",
        "dakujem",
        "mila",
        "mily",
        "hei",
        "tack",
        "tak",
        "takk",
        "hejsan",
        "kaere",
        "kjaere",
        "kara",
        "kiitos",
        "moi",
        "terve",
        "hoi",
        "dag",
        "bedankt",
        "dank",
        "je",
        "wel",
        "beste",
        "szia",
        "koszi",
        "koszonom",
        "kedves",
        "merhaba",
        "selam",
        "tesekkurler",
        "tesekkur",
        "ederim",
        "sevgili",
        "xin",
        "chao",
        "cam",
        "on",
        "chao",
        "em",
        "anh",
        "chi",
        "ban",
        "terima",
        "kasih",
        "halo",
        "salam",
        "привет",
        "здравствуй",
        "здравствуйте",
        "спасибо",
        "большое",
        "дорогой",
        "дорогая",
        "дякую",
        "привіт",
        "γεια",
        "ευχαριστω",
        "مرحبا",
        "شكرا",
        "اهلا",
        "سلام",
        "ممنون",
        "يا",
        "שלום",
        "תודה",
    ]
)
TITLES = _folded(
    [
        "dr",
        "prof",
        "professor",
        "mr",
        "mrs",
        "ms",
        "miss",
        "sir",
        "doctor",
        "herr",
        "frau",
        "señor",
        "señora",
        "profesor",
    ]
)
# Words that join two names.
JOINERS = _folded(
    [
        "and",
        "&",
        "y",
        "e",
        "et",
        "und",
        "i",
        "og",
        "och",
        "ja",
        "en",
        "en",
        "ve",
        "va",
        "и",
        "و",
        "plus",
    ]
)
# What may stand behind a name and belongs to it.
HONORIFICS = _folded(["san", "sensei", "hanim", "bey", "さん", "様", "씨", "님"])

ENDS = ",.!?:;…–—-()~\n/|"
WORD = re.compile(r"[^\W_]+(?:['’‘`\-‐‑][^\W_]+)*|@|&|\n|[^\w\s]")
MARKS = re.compile(r"[*_~`#\u2066-\u2069\u200e\u200f\ufe0f]+")
QUOTATION = re.compile(r"^(?:\s*>.*\n?|\s*\n)+")
ESCAPE = re.compile(r"\\([^a-zA-Z0-9\s])")
FILLER_WORDS = 6  # “Thanks for this kind comment, Ana!”


def called_people(text: str, names: Mapping[Key, str]) -> list[Key]:
    """Return the keys of those among ``names`` whom a Markdown text calls at its start.

    ``names`` has the whole name of each person. A person is called by it or by its first word, and
    after a greeting, an @ or a title also by the last or all but the first: in many languages the
    name that friends use stands there. Where two people share a name both are returned, in the
    order of ``names``. Calls are in the order of the text.
    """
    words = _words(text)
    calls = _calls_of(names)
    start, greeted = _skip_greeting(words, calls)
    found = _names_at(words, start, calls, is_greeted=greeted)
    if not found and greeted:
        start = _after_filler(words, start)
        found = _names_at(words, start, calls, is_greeted=False) if start else []
    return list(dict.fromkeys(found))


def names_anybody(text: str, names: Iterable[str]) -> bool:
    """Return whether a word of some names begins a text: without one nobody is called."""
    words = {word for word in _words(text) if not _is_sign(word)}
    return any(words.intersection(_words(name)) for name in names)


def _words(text: str) -> list[str]:
    """Return the words and signs of a text's start, without quotations and marks of Markdown."""
    start = ESCAPE.sub(r"\1", QUOTATION.sub("", text)[:MAX_CHARS])
    return [fold(word) for word in WORD.findall(MARKS.sub("", start))]


def _calls_of(names: Mapping[Key, str]) -> list[tuple[tuple[str, ...], bool, Key]]:
    """Return what each person may be called, longest first; whether only where the call is plain.

    That is after a greeting, an @ or a title.
    """
    calls = []
    for key, name in names.items():
        words = tuple(_words(name))
        if not words:
            continue
        calls.append((words, False, key))
        if len(words) > 1:
            calls += [(words[:1], False, key), (words[-1:], True, key)]
        if len(words) > 2:
            calls.append((words[1:], True, key))
    return sorted(calls, key=lambda call: -len(call[0]))


def _skip_greeting(words: list[str], calls: list) -> tuple[int, bool]:
    """Return the end of the greeting, and whether there is one."""
    first_words = {call[0] for call, needs_plain, _key in calls if not needs_plain}
    at, greeted = 0, False
    while at < len(words) and (_is_sign(words[at]) or words[at] in GREETINGS):
        if words[at] == "@" or (words[at] in first_words and _ends_call(words, at + 1)):
            break  # a person can be called as a greeting is: “Morgen, …”
        if words[at] in GREETINGS:
            greeted = True
        elif greeted and words[at] not in {",", "\n", "!"}:
            break
        at += 1
    return at, greeted


def _is_sign(word: str) -> bool:
    return not any(sign.isalnum() for sign in word)


def _names_at(words: list[str], at: int, calls: list, *, is_greeted: bool) -> list:
    """Return the keys of the names that stand at a place and end as a call does."""
    found: list = []
    while at < len(words):
        at_sign = words[at] == "@"
        name_at = at + 1 if at_sign else at
        has_title = name_at < len(words) and words[name_at] in TITLES
        if has_title:
            name_at += 1
            if words[name_at : name_at + 1] == ["."]:
                name_at += 1
        is_plain = is_greeted or at_sign or has_title
        keys, end = _longest_call(words, name_at, calls, is_plain=is_plain)
        if not keys:
            break
        if end < len(words) and words[end] in HONORIFICS:
            end += 1
        joined = _joiner_end(words, end, calls, is_plain=is_greeted)
        if not (is_greeted or at_sign or joined or _ends_call(words, end)):
            break
        found += keys
        if not joined:
            return found
        at = joined
    # “Ana and Ben are right”: they are written about, unless they were greeted.
    return found if is_greeted else []


def _longest_call(words: list[str], at: int, calls: list, *, is_plain: bool) -> tuple[list, int]:
    """Return the keys of the people whose longest call stands here, and where it ends."""
    keys: list = []
    length = 0
    for call, needs_plain, key in calls:
        if length and len(call) < length:
            break
        if (is_plain or not needs_plain) and tuple(words[at : at + len(call)]) == call:
            keys.append(key)
            length = len(call)
    return keys, at + length


def _joiner_end(words: list[str], at: int, calls: list, *, is_plain: bool) -> int:
    """Return the start of the next name, if another name is joined to the one before, else 0."""
    end = at
    if words[end : end + 1] == [","]:
        end += 1
    if end < len(words) and words[end] in JOINERS:
        end += 1
    if end == at or end >= len(words):
        return 0
    name_at = end + 1 if words[end] == "@" else end
    return end if _longest_call(words, name_at, calls, is_plain=is_plain)[0] else 0


def _ends_call(words: list[str], at: int) -> bool:
    return at >= len(words) or words[at] in ENDS or _is_sign(words[at])


def _after_filler(words: list[str], at: int) -> int:
    """Return the place after the first comma of a thanks: “Thanks for this, Ana!”; else 0."""
    for place in range(at, min(at + FILLER_WORDS + 1, len(words))):
        if words[place] == ",":
            return place + 1
        if _is_sign(words[place]):
            return 0
    return 0
