"""Faults of a translated catalogue, besides the words."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import django
import polib
from django.utils.translation import get_language_info, to_language, to_locale

PLACE = re.compile(r"%\(\w+\)[a-z]|%[a-z0-9]|\{\w*\}|%%")
UNNAMED = re.compile(r"%[a-z]")  # Python fails where one is left out
TAG = re.compile(r"</?[a-zA-Z][^>]*>|&\w+;")
ENDS = re.compile(r"(\s*).*?(\s*)", re.DOTALL)
# Places of words that people wrote, or that are of other languages.
WRITTEN = (
    *("title", "titles", "course", "course_title", "prompt", "prompts", "post", "work", "works"),
    *("rubric", "name", "names", "full_name", "course_name", "author_name", "person", "author"),
    *("post_author", "branch_author", "addressee", "grader", "by", "theirs", "ours", "snippet"),
    *("other", "text", "note", "description", "label", "level", "norm", "pod", "section", "own"),
    *("criterion", "heading", "on_post", "citing", "citation", "entry", "query", "old", "new"),
    *("lms", "host", "site", "file", "system", "browser", "provider", "university", "connected"),
)
WRITTEN_PLACE = re.compile(rf"%\(({'|'.join(WRITTEN)})\)s")
ISOLATED = re.compile(r"<bdi>.*?</bdi>|<[^>]*>|\u2068.*?\u2069", re.DOTALL)


def faults_of(catalogue: polib.POFile) -> list[str]:
    """Return the faults of each entry of a catalogue, beginning with its text."""
    forms = int(rule_of(catalogue)[0])
    faults = [(entry, fault) for entry in catalogue for fault in _faults(entry, forms)]
    if get_language_info(to_language(catalogue.metadata.get("Language", "en")))["bidi"]:
        faults += [(entry, fault) for entry in catalogue for fault in _turned(entry)]
    return [f"{entry.msgid[:60]!r}: {fault}" for entry, fault in faults]


def _turned(entry: polib.POEntry) -> Iterator[str]:
    for text in (entry.msgstr, *entry.msgstr_plural.values()):
        yield from (f"has {place[0]} without isolates" for place in unisolated(text))


def rule_of(catalogue: polib.POFile) -> tuple[str, str]:
    """Return how many forms there are for numbers, and the rule, without brackets and spaces."""
    header = catalogue.metadata.get("Plural-Forms", "nplurals=0; plural=;")
    count, rule = re.fullmatch(r"nplurals=(\d+); plural=(.*?);?", header).groups()
    return count, re.sub(r"[()\s]", "", rule)


@cache
def rule_of_django(language: str) -> tuple[str, str]:
    """Return the same for Django's own catalogue in a language, or in that of another country."""
    for locale in (to_locale(language), language.split("-")[0]):
        path = Path(django.__file__).parent / "conf" / "locale" / locale / "LC_MESSAGES/django.po"
        if path.is_file():
            return rule_of(polib.pofile(str(path)))
    raise LookupError(language)


def unisolated(text: str) -> list[re.Match]:
    """Return the places of what people wrote that may turn the sentence around them.

    A title in English that ends in a question mark would have it at its other end in an Arabic
    sentence. Between U+2068 and U+2069, or in a bdi, it has its own direction; inside of a tag it
    is an address.
    """
    apart = [found.span() for found in ISOLATED.finditer(text)]
    return [
        found
        for found in WRITTEN_PLACE.finditer(text)
        if not any(start < found.start() < end for start, end in apart)
    ]


def _faults(entry: polib.POEntry, forms: int) -> Iterator[str]:
    if entry.obsolete:
        yield "is of no source any more"
        return
    if entry.fuzzy:
        yield "is fuzzy"
    if not entry.msgid_plural:
        yield from _faults_of_text(entry.msgid, entry.msgstr)
        return
    if sorted(entry.msgstr_plural) != list(range(forms)):
        yield f"has {len(entry.msgstr_plural)} forms, not {forms}"
    asked = set(PLACE.findall(entry.msgid_plural))
    only_for_many = asked - set(PLACE.findall(entry.msgid))
    for form, text in sorted(entry.msgstr_plural.items()):
        given = set(PLACE.findall(text))
        lacking = asked - given
        if form < forms - 1:  # a form for few numbers may say its number in words
            lacking -= only_for_many
            lacking = set() if len(lacking) == 1 or _is_for_none(form, forms) else lacking
            lacking |= {place for place in asked - given if UNNAMED.fullmatch(place)}
        if text.strip() and (lacking or given - asked):
            yield f"has the places {sorted(given)}, not {sorted(asked)} in form {form}"
        for fault in _faults_of_words(entry.msgid_plural, text):
            yield f"{fault} in form {form}"


def _is_for_none(form: int, forms: int) -> bool:
    """Return whether a form is for 0 alone, as the first of six: "nobody" has no number or date."""
    return (form, forms) == (0, 6)


def _faults_of_text(source: str, text: str) -> Iterator[str]:
    asked, given = Counter(PLACE.findall(source)), Counter(PLACE.findall(text))
    if text.strip() and asked != given:
        yield f"has the places {sorted(given)}, not {sorted(asked)}"
    yield from _faults_of_words(source, text)


def _faults_of_words(source: str, text: str) -> Iterator[str]:
    if not text.strip():
        yield "is not translated"
        return
    if Counter(TAG.findall(source)) != Counter(TAG.findall(text)):
        yield "has other tags"
    if ENDS.fullmatch(source).groups() != ENDS.fullmatch(text).groups():
        yield "begins or ends with other spaces"
