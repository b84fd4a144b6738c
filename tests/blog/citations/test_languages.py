"""A reference list has APA's English words, whoever's page it is made for: they are the paper's."""

import ast
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from blog.citations import format_entry
from tests.made_languages import ARABIC, FRENCH, LONGER

UNDATED = {
    "type": "webpage",
    "author": [{"family": "Ortega", "given": "Luz"}, {"family": "Wu", "given": "Min"}],
    "title": "Ties that fade",
    "container-title": "Notes",
    "URL": "https://example.org/ties",
    "accessed": {"date-parts": [[2026, 10, 3]]},
}


@pytest.mark.parametrize("language", [ARABIC, FRENCH, LONGER])
def test_an_entry_is_the_same_in_every_language(languages, language):
    with translation.override("en"):
        expected = format_entry(UNDATED)

    with translation.override(language):
        entry = format_entry(UNDATED)

    assert entry == expected
    assert "(n.d.)" in entry
    assert "October" in entry


def test_what_writes_them_knows_no_gettext():
    modules = Path(settings.BASE_DIR, "blog", "citations", "apa").rglob("*.py")
    imported = {
        node.module
        for path in modules
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom)
    }

    assert "django.utils.translation" not in imported
