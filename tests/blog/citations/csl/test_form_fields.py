"""Records as lines of text, and back."""

import pytest

from blog.citations.csl.form_fields import date_of, day_of, line_of, person, place, typed


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
    assert person(line) == name
    assert line_of(name) == line


def test_a_trailing_comma_makes_no_given_name():
    assert person("Plato, ") == {"literal": "Plato"}


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
    assert date_of(words) == date
    assert day_of(date) == words


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
    assert place(words, kind) == fields


def test_a_record_is_shown_as_it_would_be_typed():
    csl = {
        "type": "article-journal",
        "author": [{"family": "Berg", "given": "Jan", "non-dropping-particle": "van den"}],
        "title": "Nets",
        "number": "12",
        "issued": {"date-parts": [["2012", "3"]]},
    }

    assert {name: value for name, value in typed(csl).items() if value} == {
        "type": "article-journal",
        "authors": "van den Berg, Jan",
        "title": "Nets",
        "pages": "Article 12",
        "issued": "2012-03",
    }
