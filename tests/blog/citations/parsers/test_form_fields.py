"""Records as lines of text, and back."""

import pytest

from blog.citations.parsers.form_fields import (
    date_text,
    form_values,
    issued_text,
    name_text,
    page_or_number,
    parse_date,
    parse_name,
    parse_names,
    plain_number,
    volume_and_issue,
    with_issued,
)
from blog.citations.parsers.reference_line import read_reference


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Granovetter, Mark S.", {"family": "Granovetter", "given": "Mark S."}),
        ("King, Martin, Jr.", {"family": "King", "given": "Martin", "suffix": "Jr."}),
        ("Bui Phu Hung", {"literal": "Bui Phu Hung"}),
        ("{Youth, Sport}", {"literal": "Youth, Sport"}),
        ("Ministry of Youth, Sport", {"literal": "Ministry of Youth, Sport"}),
    ],
)
def test_a_name_and_its_line(line, name):
    assert parse_name(line) == name
    assert name_text(name) == line


ADA, CONOR = {"family": "Brown", "given": "Ada"}, {"family": "O’Neil", "given": "Conor"}
A, C = {"family": "Brown", "given": "A."}, {"family": "O’Neil", "given": "C. D."}


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("Ada Brown; Conor O’Neil", [ADA, CONOR]),
        ("Brown, Ada; O’Neil, Conor", [ADA, CONOR]),
        ("Brown, Ada；O’Neil, Conor;", [ADA, CONOR]),
        ("Brown, Ada & O’Neil, Conor", [ADA, CONOR]),
        ("Brown, Ada, and O’Neil, Conor", [ADA, CONOR]),
        ("Ada Brown and Conor O’Neil", [ADA, CONOR]),
        ("Brown A, O’Neil CD", [A, C]),
        ("Brown A; O’Neil CD", [A, C]),
        ("Brown, A., & O’Neil, C. D.", [A, C]),
        ("José van Dijck; Ada Brown", [{"family": "van Dijck", "given": "José"}, ADA]),
        ("World Bank; Brown, Ada", [{"literal": "World Bank"}, ADA]),
        ("{Ties; Nets}; Brown, Ada", [{"literal": "Ties; Nets"}, ADA]),
        ("{Ties; Nets}", [{"literal": "Ties; Nets"}]),
        ("Ministry of Education and Research", [{"literal": "Ministry of Education and Research"}]),
        ("Smith & Wesson", [{"literal": "Smith & Wesson"}]),
        ("King, Martin, Jr.", [{"family": "King", "given": "Martin", "suffix": "Jr."}]),
        ("Ada Brown", [{"literal": "Ada Brown"}]),
    ],
)
def test_a_line_can_have_several_names(line, people):
    assert parse_names(line) == people
    assert [person for one in people for person in parse_names(name_text(one))] == people


@pytest.mark.parametrize("literal", ["Ada Brown and Conor O’Neil", "A; B", "Youth, Sport", "Plato"])
def test_a_literal_name_stays_one(literal):
    assert parse_names(name_text({"literal": literal})) == [{"literal": literal}]


@pytest.mark.parametrize(
    ("typed", "volume", "issue"),
    [
        ("20(3)", "20", "3"),
        ("20 (3)", "20", "3"),
        ("Vol. 20", "20", ""),
        ("vol 20 no 3", "20", "3"),
        ("Vol. 20, No. 3–4", "20", "3–4"),
        ("20(Suppl. 1)", "20", "Suppl. 1"),
        ("Bd. XX", "XX", ""),
        ("20/3", "20/3", ""),
        ("volatile", "volatile", ""),
    ],
)
def test_a_volume_is_told_from_its_issue(typed, volume, issue):
    assert volume_and_issue(typed) == (volume, issue)


@pytest.mark.parametrize(
    ("field", "typed", "plain"),
    [
        ("page", "pp. 455-471", "455-471"),
        ("page", "p. 3", "3"),
        ("page", "pp455-71", "455-71"),
        ("page", "S. 12–15", "12–15"),
        ("page", "S12–S15", "S12–S15"),
        ("page", "pages xi–xiv", "xi–xiv"),
        ("issue", "no. 3", "3"),
        ("issue", "Nr. 3", "3"),
        ("issue", "n° 3", "3"),
        ("issue", "November", "November"),
    ],
)
def test_a_number_loses_the_word_before_it(field, typed, plain):
    assert plain_number(field, typed) == plain


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


Y1867, Y1999, Y2012 = ({"date-parts": [[year]]} for year in (1867, 1999, 2012))


@pytest.mark.parametrize(
    ("record", "typed", "dates"),
    [
        ({}, "1867/2012", {"issued": Y2012, "original-date": Y1867}),
        ({}, "2012/1867", {"issued": Y2012, "original-date": Y1867}),
        ({}, "2012", {"issued": Y2012}),
        ({}, "2012/2013", {"issued": {"literal": "2012/2013"}}),
        ({"issued": Y2012, "original-date": Y1867}, "2012", {"issued": Y2012}),
        (
            {"issued": {"date-parts": [[2012, 5]]}, "original-date": Y1867},
            "2012",
            {"issued": Y2012, "original-date": Y1867},
        ),
        (
            {"issued": Y1999, "original-date": Y1867},
            "1867/2012",
            {"issued": Y2012, "original-date": Y1867},
        ),
    ],
)
def test_two_years_far_apart_are_a_work_published_again(record, typed, dates):
    changed = with_issued(record, typed)

    assert changed == dates
    assert with_issued(changed, issued_text(changed)) == changed


def test_the_form_and_the_line_read_two_years_alike():
    line = read_reference("Marx, K. (1867/2012). Guide to ties. Moor Press.")

    assert with_issued({}, "1867/2012") == {
        name: line[name] for name in ("issued", "original-date")
    }
