"""What can be wrong with a translated catalogue, besides the words."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import django
import polib
from django.utils.translation import to_locale

PLACE = re.compile(r"%\(\w+\)[a-z]|%[a-z0-9]|\{\w*\}|%%")
TAG = re.compile(r"</?[a-zA-Z][^>]*>|&\w+;")
ENDS = re.compile(r"(\s*).*?(\s*)", re.DOTALL)


def faults_of(catalogue: polib.POFile) -> list[str]:
    """Return what is wrong with each entry of a catalogue, beginning with its text."""
    forms = int(rule_of(catalogue)[0])
    return [
        f"{entry.msgid[:60]!r}: {fault}" for entry in catalogue for fault in _faults(entry, forms)
    ]


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
    for form, text in sorted(entry.msgstr_plural.items()):
        # A form for one number alone may say that number in words.
        is_last = form == forms - 1
        for fault in _faults_of_text(entry.msgid_plural, text, may_lack=0 if is_last else 1):
            yield f"{fault} in form {form}"


def _faults_of_text(source: str, text: str, may_lack: int = 0) -> Iterator[str]:
    if not text.strip():
        yield "is not translated"
        return
    asked, given = Counter(PLACE.findall(source)), Counter(PLACE.findall(text))
    if given - asked or (asked - given).total() > may_lack:
        yield f"has the places {sorted(given)}, not {sorted(asked)}"
    if Counter(TAG.findall(source)) != Counter(TAG.findall(text)):
        yield "has other tags"
    if ENDS.fullmatch(source).groups() != ENDS.fullmatch(text).groups():
        yield "begins or ends with other spaces"
