"""Dates in words: about a year where that is said, and whole where they are no date."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.citations.csl.dates import read_date
from blog.citations.parsers import read_references
from blog.citations.parsers.form_fields import date_text, parse_date

ABOUT = ["ca. {}", "c. {}", "circa {}", "around {}", "about {}", "{}?", "{}~", "{} (?)", "vers {}"]
NO_DATES = [
    "[1850]",
    "1994 [1970]",
    "published 1999, I think",
    "1999 reprint",
    "between 1850 and 1860",
    "1850s",
    "late 1850",
    "2020, Marathon edition",
    "Qing dynasty",
    "31.12.2019 note",
    "1200 B.C.E.",
]


@pytest.mark.parametrize("about", ABOUT)
@pytest.mark.parametrize("year", [1850, 1999, 2012])
def test_a_year_that_is_said_to_be_about_right_is_circa(about, year):
    words = about.format(year)

    date = read_date(words)

    assert (date.year, date.circa) == (f"ca. {year}", True)
    assert parse_date(words) == {"date-parts": [[year]], "circa": True}
    assert parse_date(date_text(parse_date(words))) == parse_date(words)
    if about.endswith("~"):  # a space in BibTeX
        return
    assert read_references(f"@book{{k, title={{Ties}}, year={{{words}}}}}")[0]["issued"] == {
        "date-parts": [[year]],
        "circa": True,
    }


@pytest.mark.parametrize("words", NO_DATES)
def test_words_that_are_no_date_are_kept_whole(words):
    assert read_date(words).year == words
    assert read_date(parse_date(words)).year == words


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        ("2012", "2012"),
        ("(1999)", "1999"),
        ("2012a", "2012"),
        ("2012-05-04", "May 4, 2012"),
        ("2012-05-04T12:00:00Z", "May 4, 2012"),
        ("Mon, 03 May 2020 12:00:00 GMT", "May 3, 2020"),
        ("May 3rd, 2020", "May 3, 2020"),
        ("3 de mayo de 2020", "May 3, 2020"),
        ("2012 Mar 3", "March 3, 2012"),
        ("Spring 2020", "Spring 2020"),
        ("2012/05/04/", "May 4, 2012"),
        ("2019-2021", "2019–2021"),
        ("ca. 1850-1860", "ca. 1850–1860"),
        ("©1999", "1999"),
        ("n.d.", ""),
    ],
)
def test_what_a_date_has_beside_its_numbers_is_read(words, printed):
    assert read_date(words).in_full == printed


@given(words=st.lists(st.sampled_from(["in", "the", "of", "all", "my", "guess"]), max_size=4))
def test_no_word_beside_a_year_is_lost(words):
    text = " ".join([*words, "1999"])
    date = read_date(text)

    assert date.start is None or set(words) <= {"in", "the", "of"}
    assert date.start or date.year == text
