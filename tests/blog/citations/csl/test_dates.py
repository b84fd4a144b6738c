"""Dates in words: about a year where that is said, and whole where they are no date."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.citations.csl.dates import loses_a_part, read_date
from blog.citations.parsers import read_references
from blog.citations.parsers.csl_json import date_csl
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
]


@pytest.mark.parametrize(
    ("words", "year", "is_about"),
    [
        ("1200 B.C.E.", "1200 B.C.E.", False),
        ("300 BCE", "300 B.C.E.", False),
        ("350 bc", "350 B.C.E.", False),
        ("350 B. C.", "350 B.C.E.", False),
        ("c. 350 BC", "ca. 350 B.C.E.", True),
        ("circa 350 B.C.", "ca. 350 B.C.E.", True),
        ("98 AD", "98 C.E.", False),
        ("A.D. 98", "98 C.E.", False),
        ("98 C.E.", "98 C.E.", False),
        ("1066 CE", "1066", False),
    ],
)
def test_a_year_of_an_era_is_a_year(words, year, is_about):
    date = read_date(words)

    assert (date.year, date.circa, date.words) == (year, is_about, "")
    assert read_date(parse_date(words)) == date
    assert parse_date(date_text(parse_date(words))) == parse_date(words)


@pytest.mark.parametrize("words", ["BCE", "350", "12345 BC", "44 BC note", "A.D. 98 BC"])
def test_other_words_with_an_era_stay_words(words):
    assert (read_date(words).start, read_date(words).words) == (None, words)


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("3 set 2019", [2019, 9, 3]),
        ("set. 2019", [2019, 9]),
        ("2019, out 3", [2019, 10, 3]),
        ("3 de ago. de 2019", [2019, 8, 3]),
        ("12 mar. 2020", [2020, 3, 12]),
        ("2 août 2020", [2020, 8, 2]),
        ("12 dez. 2020", [2020, 12, 12]),
    ],
)
def test_a_short_name_of_a_month_is_one_in_a_date(words, parts):
    assert date_csl(read_date(words)) == {"date-parts": [parts]}


@pytest.mark.parametrize("words", ["2019, the set", "an out 2019", "2019 a mai", "2019 set theory"])
def test_the_same_word_in_words_is_no_month(words):
    assert read_date(words).start is None


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


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        ("Dec 31, 2012 – Jan 3, 2013", ("2012–2013", "")),
        ("2012 Nov-2013 Jan", ("2012–2013", "")),
        ("May 3, 2014 to May 5, 2014", ("2014", "May 3–5")),
        ("2012 Winter", ("2012", "Winter")),
        ("2014-13-45", ("2014", "")),
        ("2014-21-01", ("2014", "")),
        ("2014-21", ("2014", "Spring")),
    ],
)
def test_ranges_and_seasons_are_read_and_none_is_invented(words, printed):
    date = read_date(words)

    assert (date.year, date.detail()) == printed


@pytest.mark.parametrize(
    "words",
    [
        *("05/12/2014", "5.13.2014", "05-12-2014", "99/99/2014", "12/2014", "31/02/2014"),
        *("2014-13-45", "2014-02-30", "2014-13", "20140512", "201405", "May 45, 2014"),
        *("May 3–5, 2014", "2012 Mar-Apr", "1/2/3"),
    ],
)
def test_a_date_of_which_a_part_is_lost_is_known(words):
    assert loses_a_part(words)


@pytest.mark.parametrize(
    "words",
    [
        *("2014", "2014-05", "2014-05-12", "13/12/2014", "2012a", "2014-21", "ca. 1850", "350 BCE"),
        *("in press", "n.d.", "", "Spring 2020", "Winter 2012/2013", "2012-2013", "2019–present"),
        *("May 3rd, 2020", "3 de mayo de 2020", "2012-05-04T12:00:00Z", "2014-05-03/2014-05-05"),
        *("Dec 31, 2012 – Jan 3, 2013", "Qing dynasty", "12.05.2014", "March 3, 2003"),
    ],
)
def test_a_date_that_is_read_whole_is_known(words):
    assert not loses_a_part(words)
