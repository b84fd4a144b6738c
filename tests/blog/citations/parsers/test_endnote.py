"""Reading EndNote's tagged export."""

import pytest

from blog.citations.parsers import read_references

ARTICLE = """%0 Journal Article
%A Luna, Ada
%A Sol, Bo
%T Ties of towns: how nets
are mended
%J Journal of Ties
%D 2012
%8 March 3
%V 17
%N 1
%P 33-49
%@ 1234-5679
%R 10.1234/ABC
%U https://example.org/a;b=1
%F luna12
"""


def test_an_article():
    (record,) = read_references(ARTICLE)

    assert record == {
        "id": "luna12",
        "type": "article-journal",
        "author": [{"family": "Luna", "given": "Ada"}, {"family": "Sol", "given": "Bo"}],
        "title": "Ties of towns: how nets are mended",
        "container-title": "Journal of Ties",
        "issued": {"date-parts": [[2012, 3, 3]]},
        "volume": "17",
        "issue": "1",
        "page": "33-49",
        "ISSN": "1234-5679",
        "DOI": "10.1234/abc",
        "URL": "https://example.org/a;b=1",
    }


def test_a_chapter_has_a_book_with_editors():
    text = "%0 Book Section\n%A Luna, Ada\n%T Ties\n%E Sol, Bo\n%B Nets\n%I Sage\n%P 3-9\n"

    (record,) = read_references(text)

    assert {key: record[key] for key in ("type", "editor", "container-title", "publisher")} == {
        "type": "chapter",
        "editor": [{"family": "Sol", "given": "Bo"}],
        "container-title": "Nets",
        "publisher": "Sage",
    }


@pytest.mark.parametrize("between", ["", "\n", "\n\n"])
def test_each_type_begins_a_record(between):
    text = f"%0 Book\n%T One\n{between}%0 Report\n%T Two\n%N 7"

    assert [(r["type"], r["title"]) for r in read_references(text)] == [
        ("book", "One"),
        ("report", "Two"),
    ]


@pytest.mark.parametrize(
    ("year", "day", "issued"),
    [
        ("2012", "March 3", {"date-parts": [[2012, 3, 3]]}),
        ("2012", "March 3, 2012", {"date-parts": [[2012, 3, 3]]}),
        ("March 2012", "March 3", {"date-parts": [[2012, 3, 3]]}),
        ("2012", "in press", {"date-parts": [[2012]]}),
        ("in press", "", {"literal": "in press"}),
        ("in press", "March 3", {"literal": "in press"}),
        ("forthcoming", "forthcoming", {"literal": "forthcoming"}),
        ("unpublished", "", {"literal": "unpublished"}),
        ("n.d.", "", None),
        ("n.d.", "March 3", None),
        ("", "March 3", None),
    ],
)
def test_a_date_is_what_its_lines_say_and_no_more(year, day, issued):
    lines = [f"%D {year}"] * bool(year) + [f"%8 {day}"] * bool(day)

    (record,) = read_references("\n".join(["%0 Book", "%T Ties", *lines]))

    assert record.get("issued") == issued
