"""Languages for tests, made from the English catalogue when they are needed and kept nowhere.

``LONGER`` is English as other languages run: two fifths longer, with accents, in brackets. Its
numbers and the words of Django and allauth are French, so nothing on a page has a reason to be in
English. ``ARABIC`` stands in for the catalogue in Arabic where that is not there: English in Arabic
letters, for all that depends on the direction and on plural forms.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import cycle
from math import ceil
from pathlib import Path
from string import ascii_letters

import polib
from django.conf import settings
from django.test import override_settings
from django.utils import translation
from django.utils.translation import to_locale

ROOT = Path(__file__).resolve().parent.parent
FRENCH, ARABIC, LONGER = "fr-ca", "ar", "fr-xa"
NAMES = {"en": "English", FRENCH: "Français", ARABIC: "العربية", LONGER: "[Ļøñĝéŕ]"}
ENGLISH = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
# What stays in a sentence as it is: places for values, tags, entities, and the ends of lines.
FIXED = re.compile(r"(%\(\w+\)[a-z]|%[a-z0-9]|%%|\{\w*\}|<[^>]*>|&\w+;|\n)")
IS_FORMAT = re.compile(r"\bformat\b")
ACCENTED = str.maketrans("aceginosuyzACEGINOSUYZ", "àçéĝîñøšûýžÀÇÉĜÎÑØŠÛÝŽ")
LETTERS = str.maketrans(ascii_letters, "ابتدهفغحيجكلمنوقرسطعشةذظزخ" * 2)
PLURALS = {
    "fr": "nplurals=2; plural=(n > 1);",
    "ar": (
        "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "
        "n%100>=11 && n%100<=99 ? 4 : 5;"
    ),
}
# What the tests of single pages read in French, without the whole catalogue.
IN_FRENCH = {
    "Skip to content": "Aller au contenu",
    "My profile": "Mon profil",
    "Profile saved.": "Profil enregistré.",
    "Settings saved.": "Paramètres enregistrés.",
    "Page not found": "Page introuvable",
    "Hello %(name)s,": "Bonjour %(name)s,",
    "Hello,": "Bonjour,",
    "Pod %(number)d": "Groupe %(number)d",
    "A former member": "Un ancien membre",
    "Everything of mine": "Tout ce qui est à moi",
    "Course dates": "Dates des cours",
}


def longer(text: str) -> str:
    """Return a text with accents, two fifths longer, in brackets; one word stays one word."""
    parts = FIXED.split(text)
    letters = sum(len(part) for part in parts[::2])
    more, filler = ceil(letters * 0.4), cycle("éñtîøñšàûx")
    added = "".join(next(filler) for _ in range(max(more - 2, 0)))
    if " " in text.strip():
        added = "".join(f" {added[start : start + 7]}" for start in range(0, len(added), 7))
    parts[::2] = [part.translate(ACCENTED) for part in parts[::2]]
    before, words, after = re.fullmatch(r"(\s*)(.*?)(\s*)", "".join(parts), re.DOTALL).groups()
    return f"{before}[{words}{added}]{after}" if words else text


def in_arabic_letters(text: str) -> str:
    """Return a text with each Latin letter as an Arabic one."""
    parts = FIXED.split(text)
    parts[::2] = [part.translate(LETTERS) for part in parts[::2]]
    return "".join(parts)


@cache
def english() -> tuple[polib.POEntry, ...]:
    """Return the entries of the English catalogue."""
    return tuple(polib.pofile(str(ENGLISH)))


def write_catalogue(
    folder: Path,
    language: str,
    convert: Callable[[str], str],
    entries: Iterable[polib.POEntry] | None = None,
) -> None:
    """Write a compiled catalogue in which each text is converted; formats of dates stay.

    It has the ``entries`` of the English one, unless others are given.
    """
    rule = PLURALS[language.split("-")[0]]
    forms = int(rule[len("nplurals=")])
    made = polib.POFile()
    made.metadata = {"Content-Type": "text/plain; charset=utf-8", "Plural-Forms": rule}
    for one in english() if entries is None else entries:
        is_format = bool(one.msgctxt and IS_FORMAT.search(one.msgctxt))
        change = str if is_format else convert
        entry = polib.POEntry(msgid=one.msgid, msgctxt=one.msgctxt)
        if one.msgid_plural:
            entry.msgid_plural = one.msgid_plural
            texts = [one.msgid if language == LONGER and form == 0 else one.msgid_plural
                     for form in range(forms)]  # fmt: skip
            entry.msgstr_plural = {form: change(text) for form, text in enumerate(texts)}
        else:
            entry.msgstr = change(one.msgid)
        made.append(entry)
    place = folder / to_locale(language) / "LC_MESSAGES"
    place.mkdir(parents=True)
    made.save_as_mofile(str(place / "django.mo"))


def in_french(text: str) -> str:
    """Return a text of ``IN_FRENCH`` in French; others are in English, as without an entry."""
    return IN_FRENCH.get(text, text)


MADE = {FRENCH: in_french, ARABIC: in_arabic_letters, LONGER: longer}


@cache
def made_catalogues(base: Path) -> Path:
    """Write the catalogues of this process below a folder, without those that the site has."""
    folder = base / "locale"
    folder.mkdir()
    for language, convert in MADE.items():
        if language == LONGER or not catalogue_of(language).is_file():
            write_catalogue(folder, language, convert)
    return folder


def catalogue_of(language: str) -> Path:
    """Return where the site's compiled catalogue of a language is, or would be."""
    return ROOT / "locale" / to_locale(language) / "LC_MESSAGES" / "django.mo"


@contextmanager
def all_languages(base: Path) -> Iterator[None]:
    """Offer the languages of the site and those of the tests in a block."""
    paths = [made_catalogues(base), *settings.LOCALE_PATHS]
    with override_settings(LANGUAGES=list(NAMES.items()), LOCALE_PATHS=paths):
        yield


def said(language: str, text: str, **values) -> str:
    """Return what a text is in a language now."""
    with translation.override(language):
        return translation.gettext(text) % values if values else translation.gettext(text)
