"""“1867/2012” in every format: the year of the original, and that of the work."""

import pytest

from blog.citations.csl.republication import years_of_republication
from blog.citations.parsers import clean_csl, read_references

BIBTEX = "@book{{k, author={{Lee, C}}, title={{Ties}}, {}}}"
RIS = "TY  - BOOK\nAU  - Lee, C\nTI  - Ties\n{}\nER  - \n"
AGAIN = {
    "issued": {"date-parts": [[2012]]},
    "original-date": {"date-parts": [[1867]]},
}


def dates(record):
    return {name: record[name] for name in AGAIN if name in record}


@pytest.mark.parametrize("words", ["1867/2012", "2012/1867", "1867 / 2012"])
@pytest.mark.parametrize(
    "source",
    [
        BIBTEX.format("year={{{}}}"),
        BIBTEX.format("year={{{}}}, month=may"),
        RIS.format("Y1  - {}"),
        RIS.format("PY  - {}"),
        RIS.format("PY  - {}//"),
        RIS.format("DA  - {}"),
        "%0 Book\n%A Lee, C\n%T Ties\n%D {}\n%8 March 3\n",
        "PMID- 123\nTI  - Ties\nAU  - Lee C\nDP  - {}\n",
        '[{{"type": "book", "title": "Ties", "issued": {{"raw": "{}"}}}}]',
        '[{{"type": "book", "title": "Ties", "issued": {{"literal": "{}"}}}}]',
        '[{{"type": "book", "title": "Ties", "issued": "{}"}}]',
    ],
)
def test_a_work_published_again_has_both_years(source, words):
    written = source.replace("{{", "{").replace("}}", "}").replace("{}", words)
    if source.startswith("@"):
        written = source.replace("{}", words)

    assert dates(read_references(written)[0]) == AGAIN


@pytest.mark.parametrize(
    ("words", "parts"), [("2011/2012", [[2011], [2012]]), ("1867–2012", [[1867], [2012]])]
)
def test_a_span_stays_one(words, parts):
    span = {"issued": {"date-parts": parts}}

    assert dates(read_references(RIS.format(f"PY  - {words}"))[0]) == span
    assert dates(clean_csl({"type": "book", "title": "Ties", "issued": {"raw": words}})) == span


def test_a_range_of_biblatex_is_one():
    record = read_references(BIBTEX.format("date={1867/2012}"))[0]

    assert dates(record) == {"issued": {"date-parts": [[1867], [2012]]}}


def test_the_year_of_the_original_that_a_record_has_stays():
    record = {"title": "Ties", "issued": {"raw": "1867/2012"}, "original-date": {"raw": "1866"}}

    assert dates(clean_csl(record)) == AGAIN | {"original-date": {"date-parts": [[1866]]}}


@pytest.mark.parametrize("words", ["", "2012", "2012/05/12", "2012-05", "1867/2012/05"])
def test_other_dates_are_of_one_year(words):
    assert years_of_republication(words) is None
