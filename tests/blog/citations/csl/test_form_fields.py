"""Records as lines of text, and back."""

import pytest

from blog.citations.csl.form_fields import (
    date_text,
    form_values,
    name_text,
    page_or_number,
    parse_date,
    parse_name,
)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Granovetter, Mark S.", {"family": "Granovetter", "given": "Mark S."}),
        ("King, Martin, Jr.", {"family": "King", "given": "Martin", "suffix": "Jr."}),
        ("Bui Phu Hung", {"literal": "Bui Phu Hung"}),
        ("{Ministry of Youth, Sport}", {"literal": "Ministry of Youth, Sport"}),
    ],
)
def test_a_name_and_its_line(line, name):
    assert parse_name(line) == name
    assert name_text(name) == line


def test_a_trailing_comma_makes_no_given_name():
    assert parse_name("Plato, ") == {"literal": "Plato"}


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("2012", {"date-parts": [[2012]]}),
        ("2012-01", {"date-parts": [[2012, 1]]}),
        ("2012-01-12", {"date-parts": [[2012, 1, 12]]}),
        ("in press", {"literal": "in press"}),
        ("", {}),
    ],
)
def test_a_date_and_its_words(words, date):
    assert parse_date(words) == date
    assert date_text(date) == words


@pytest.mark.parametrize(
    ("words", "kind", "fields"),
    [
        ("33–49", "article-journal", {"page": "33–49"}),
        ("Article 1287728", "article-journal", {"number": "1287728"}),
        ("art. e12", "article-journal", {"number": "e12"}),
        ("e0123456", "article-journal", {"number": "e0123456"}),
        ("112233", "chapter", {"page": "112233"}),
    ],
)
def test_pages_are_told_from_an_article_number(words, kind, fields):
    assert page_or_number(words, kind) == fields


def test_a_record_is_shown_as_it_would_be_typed():
    csl = {
        "type": "article-journal",
        "author": [{"family": "Berg", "given": "Jan", "non-dropping-particle": "van den"}],
        "title": "Nets",
        "number": "12",
        "issued": {"date-parts": [["2012", "3"]]},
    }

    assert {name: value for name, value in form_values(csl).items() if value} == {
        "type": "article-journal",
        "authors": "van den Berg, Jan",
        "title": "Nets",
        "pages": "Article 12",
        "issued": "2012-03",
    }
