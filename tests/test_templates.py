"""Templates that can be read, and that leave rules to the models."""

import re
from pathlib import Path

from blog.models import Audience

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*") if path.is_file())
NUMBERS = "|".join(str(value) for value in Audience.values if value)
SENTENCE = re.compile(r"\{% blocktrans(late)?\b.*?\{% endblocktrans(late)? %\}", re.DOTALL)
# After a tag or a variable: what follows it in a sentence of our own is the translators'.
SIGN_OF_ENGLISH = re.compile(r"(?<=[}>])[,;](?=[ \n{])")
AUDIENCE_AS_NUMBER = re.compile(
    rf"audience\w*\s*(==|!=|[<>]=?|\bin\b)\s*\d|(==|!=|[<>]=?)\s*({NUMBERS})\b[^%]*%}}"
)

SAVES_WHAT_COMES = re.compile(r"<a\b[^<>]*?\sdownload[\s=>]")

KEYS = ["templates/blog/editor/_formatting_help.html"]  # of a keyboard


def lines():
    return [
        (f"{path.relative_to(ROOT)}:{number}", line)
        for path in TEMPLATES
        for number, line in enumerate(path.read_text().splitlines(), 1)
    ]


def test_few_lines_are_longer_than_a_screen():
    everything = lines()

    long = [place for place, line in everything if len(line) > 160]

    assert len(long) <= 0.015 * len(everything), long


def test_no_template_knows_the_number_of_an_audience():
    """A post says ``is_restricted`` or ``is_beyond_course``; what 30 means is the model's."""
    assert [place for place, line in lines() if AUDIENCE_AS_NUMBER.search(line)] == []


def test_no_sign_of_english_stands_between_the_parts_of_a_list():
    """Arabic has its own: a template says ``{{ _(",") }}``."""
    found = [
        str(path.relative_to(ROOT))
        for path in TEMPLATES
        if path.suffix == ".html" and "emails" not in path.parts
        if SIGN_OF_ENGLISH.search(SENTENCE.sub("", path.read_text()))
    ]

    assert found == KEYS


def test_no_link_saves_a_page_that_comes_instead_of_a_file():
    """A file says itself that it is one; instead of it may come a question, or “Sign in”."""
    found = [path.name for path in TEMPLATES if SAVES_WHAT_COMES.search(path.read_text())]

    assert found == []
