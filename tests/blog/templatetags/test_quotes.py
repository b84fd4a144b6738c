"""Words of somebody stand between the quotation marks of their reader’s language."""

import re
from pathlib import Path

import pytest
from django.template import Context, Template
from django.utils import translation

TEMPLATES = Path(__file__).parents[3] / "templates"
TRANSLATED = re.compile(r"{%\s*blocktrans.*?{%\s*endblocktrans\w*\s*%}", re.DOTALL)


@pytest.mark.parametrize(
    ("language", "expected"), [("en", "“a &amp; b”"), ("fr-ca", "«\xa0a &amp; b\xa0»")]
)
def test_words_have_the_marks_of_the_language(languages, language, expected):
    template = Template("{% load quotes %}{{ words|quoted }}")

    with translation.override(language):
        assert template.render(Context({"words": "a & b"})) == expected


def test_a_mail_of_text_escapes_nothing():
    template = Template(
        "{% load quotes %}{% autoescape off %}{{ words|quoted }}{% endautoescape %}"
    )

    assert template.render(Context({"words": "<b> & c"})) == "“<b> & c”"


def test_no_template_has_marks_of_english_around_words():
    found = [
        path.name
        for kind in ("html", "txt")
        for path in TEMPLATES.rglob(f"*.{kind}")
        if "“{" in TRANSLATED.sub("", path.read_text())
    ]

    assert found == []
