"""Sentences about a number have all forms that a language has, for scripts to choose from."""

import itertools
import json

import polib
import pytest
from django.utils import translation

from blog.templatetags.counts import SENTENCES, counts
from tests.made_languages import ARABIC, FRENCH, LONGER, write_catalogue


@pytest.mark.parametrize("name", SENTENCES)
@pytest.mark.parametrize("language", ["en", FRENCH, ARABIC, LONGER])
def test_each_sentence_has_the_number_in_its_last_form(languages, name, language):
    with translation.override(language):
        forms = json.loads(counts(name, most=200))

    assert "%s" in forms["other"]
    assert all("%" not in text.replace("%s", "") for text in forms.values())


def test_english_has_two_forms():
    assert json.loads(counts("points")) == {"one": "%s point", "other": "%s points"}


def test_arabic_has_six(tmp_path, settings):
    numbers = itertools.count()
    english = SENTENCES["changes"](1), SENTENCES["changes"](2)
    entry = polib.POEntry(msgid=english[0], msgid_plural=english[1])
    write_catalogue(tmp_path, ARABIC, lambda text: f"{text} {next(numbers)}", [entry])
    settings.LANGUAGES = [*settings.LANGUAGES, (ARABIC, "العربية")]
    settings.LOCALE_PATHS = [tmp_path]

    with translation.override(ARABIC):
        forms = json.loads(counts("changes"))

    assert list(forms) == ["zero", "one", "two", "few", "many", "other"]
