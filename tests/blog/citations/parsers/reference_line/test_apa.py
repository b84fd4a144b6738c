"""One line of a reference list, read as far as it can be read."""

import json
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.citations.csl.fields import folded
from blog.citations.csl.months import month_of
from blog.citations.parsers.reference_line import read_apa, read_reference, split_references
from blog.citations.parsers.reference_line.completeness import is_complete
from blog.citations.parsers.reference_line.splitting import cleaned_line


def test_an_article():
    line = (
        "Granovetter, M. S. (1973). The strength of weak ties. American Journal of Sociology, "
        "78(6), 1360–1380. https://doi.org/10.1086/225469"
    )

    assert read_apa(line) == {
        "type": "article-journal",
        "author": [{"family": "Granovetter", "given": "M. S."}],
        "issued": {"date-parts": [[1973]]},
        "title": "The strength of weak ties",
        "container-title": "American Journal of Sociology",
        "volume": "78",
        "issue": "6",
        "page": "1360-1380",
        "DOI": "10.1086/225469",
    }


def test_names_that_are_not_split_stay_whole():
    line = (
        "Bui Phu Hung, Ulla, M. B., Tarrayo, V. N., & Pham Chien Thang. (2023). Editorial: The "
        "roles of social media in education. Frontiers in Psychology, 14, Article 1287728."
    )

    record = read_apa(line)

    assert record["author"] == [
        {"literal": "Bui Phu Hung"},
        {"family": "Ulla", "given": "M. B."},
        {"family": "Tarrayo", "given": "V. N."},
        {"literal": "Pham Chien Thang"},
    ]
    assert (record["volume"], record["number"]) == ("14", "1287728")


def test_a_chapter():
    line = (
        "Wegerif, R. (2019). Dialogic space: A theory. In N. Mercer, R. Wegerif, & L. Major "
        "(Eds.), The Routledge handbook (2nd ed., Vol. 3, pp. 1–20). Routledge."
    )

    assert read_apa(line) == {
        "type": "chapter",
        "author": [{"family": "Wegerif", "given": "R."}],
        "issued": {"date-parts": [[2019]]},
        "title": "Dialogic space: A theory",
        "editor": [
            {"given": "N.", "family": "Mercer"},
            {"given": "R.", "family": "Wegerif"},
            {"given": "L.", "family": "Major"},
        ],
        "container-title": "The Routledge handbook",
        "edition": "2",
        "volume": "3",
        "page": "1-20",
        "publisher": "Routledge",
    }


def test_a_page_with_a_day():
    line = "World Health Organization. (2020, March 3). What is a pandemic? WHO. https://who.int/x"

    assert read_apa(line) == {
        "type": "webpage",
        "author": [{"literal": "World Health Organization"}],
        "issued": {"date-parts": [[2020, 3, 3]]},
        "title": "What is a pandemic?",
        "container-title": "WHO",
        "URL": "https://who.int/x",
    }


def test_a_book_of_an_editor():
    record = read_apa("Luna, A. (Ed.). (2011). Quiet networks (Rev. ed.). Example Press.")

    assert record == {
        "type": "book",
        "editor": [{"family": "Luna", "given": "A."}],
        "issued": {"date-parts": [[2011]]},
        "title": "Quiet networks",
        "edition": "Rev.",
        "publisher": "Example Press",
    }


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("Luna, A. (n.d.). Home. https://x.example/", "title", "Home"),
        ("Luna, A. (in press). Home.", "issued", {"literal": "in press"}),
        ("Luna, A. (2012b). Home. Press.", "issued", {"date-parts": [[2012]]}),
        (
            "Luna, A. (n.d.). Home. Retrieved October 18, 2026, from https://x.example/",
            "accessed",
            {"date-parts": [[2026, 10, 18]]},
        ),
        ("Public opinion. (2004). In *Dictionary*. https://x.example/", "title", "Public opinion"),
        ("King, M. L., Jr. (1963). Why. Press.", "author",
         [{"family": "King", "given": "M. L.", "suffix": "Jr."}]),
        ("Granovetter, Mark (1973). Ties. Press.", "author",
         [{"family": "Granovetter", "given": "Mark"}]),
        ("Luna, A., … Vega, B. (2020). Ties. Press.", "author",
         [{"family": "Luna", "given": "A."}, {"family": "Vega", "given": "B."},
          {"literal": "others"}]),
        ("Luna, A. (2020). Ties [Video]. YouTube. https://y.example/", "type", "motion_picture"),
        ("Luna, A. (2020). Ties [Doctoral dissertation, UVic]. Space.", "type", "thesis"),
        ("Luna, A. (2020). Ties vs. knots in St. Ives. X.", "title", "Ties vs. knots in St. Ives"),
        ("Luna, A. (2020). Ties. Press. (Original work published 1950)", "original-date",
         {"date-parts": [[1950]]}),
        ("Luna, A. (2020). What is a tie? Ideas, Stuff, and Things, 3(1–2), e123.", "number",
         "e123"),
        ("1. Luna, A. (2020). Ties. Press.", "author", [{"family": "Luna", "given": "A."}]),
        ("• Luna, A. (2020). Ties. Press.", "title", "Ties"),
        ("just some words", "title", "just some words"),
    ],
)  # fmt: skip
def test_a_detail(line, field, value):
    assert read_apa(line)[field] == value


def test_a_list_is_split_at_its_entries():
    text = "REFERENCES:\n\nA. (2020). One\n  goes on.\n\nB. (2021). Two.\n"

    assert split_references(text) == ["A. (2020). One goes on.", "B. (2021). Two."]


def test_a_list_without_blank_lines_is_split_at_its_dates():
    text = "References\nA. (2020). One\nand more.\n[2] Two without a date.\nB. (2021). Three."

    assert split_references(text) == [
        "A. (2020). One and more.",
        "[2] Two without a date.",
        "B. (2021). Three.",
    ]


PIECES = st.sampled_from(
    [
        "Luna, A. B.",
        " & ",
        ", ",
        "(2020). ",
        "(n.d.)",
        "Ties",
        ". ",
        "In ",
        "(Eds.), ",
        "78(6)",
        "?",
    ]
    + [
        "[Video]",
        "https://x.example/",
        "10.1086/225469",
        "…",
        "et al.",
        "(",
        ")",
        "Retrieved ",
        "é",
    ]
)


@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=30).map("".join)))
def test_any_line_is_a_record(line):
    record = read_apa(line)

    assert record["type"]
    assert len(record) > 1


@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=30).map("".join)))
def test_no_word_of_a_line_that_is_read_is_lost(line):
    record = read_reference(line)

    assert not record or is_complete(record, cleaned_line(line))


@pytest.mark.parametrize(
    "piece", ["a. ", "(2012) ", "a, ", "x. In ", "((", "[a", "Retrieved ", "A. (2020). ", ", 1 (2)"]
)
def test_long_lines_take_no_time(piece):
    started = time.process_time()

    read_apa(f"A. (2020). {piece * 5000}")

    assert time.process_time() - started < 0.5


def test_entries_that_were_printed_are_read_back(real_data):
    """What our own formatter prints of real articles comes back, field by field."""
    gold = json.loads((real_data / "references" / "apa7-gold-citeproc-js.json").read_text())
    works = json.loads((real_data / "references" / "crossref-works.json").read_text())
    articles = {w["DOI"].lower(): w for w in works if w.get("type") == "journal-article"}
    right = dict.fromkeys(("title", "DOI", "volume", "container-title", "issued", "author"), 0)
    count = 0
    for one in gold:
        work = articles.get(one["DOI"].lower())
        if work is None or not work.get("volume") or not work.get("author"):
            continue
        count += 1
        ours = read_apa(one["apa_text"])
        right["title"] += folded(ours["title"]) == folded(re.sub("<[^>]+>", "", work["title"][0]))
        right["DOI"] += ours.get("DOI") == work["DOI"].lower()
        right["volume"] += ours.get("volume") == work["volume"]
        right["container-title"] += ours.get("container-title") == work["container-title"][0]
        right["issued"] += "issued" in ours
        right["author"] += len(ours.get("author", [])) == min(len(work["author"]), 20)

    assert count > 60
    assert {field: n / count for field, n in right.items() if n / count < 0.9} == {}


@pytest.mark.parametrize(
    ("date", "issued"),
    [
        ("1200 B.C.E.", {"date-parts": [[-1200]]}),
        ("300 BCE", {"date-parts": [[-300]]}),
        ("c. 350 BC", {"date-parts": [[-350]], "circa": True}),
        ("ca. 350 B. C.", {"date-parts": [[-350]], "circa": True}),
        ("98 C.E.", {"date-parts": [[98]]}),
        ("98 AD", {"date-parts": [[98]]}),
        ("2019, set 3", {"date-parts": [[2019, 9, 3]]}),
        ("2019, 3 de out.", {"date-parts": [[2019, 10, 3]]}),
        ("2019, the set", {"literal": "2019, the set"}),
    ],
)
def test_a_date_in_an_era_or_another_language_is_read(date, issued):
    record = read_reference(f"Plato. ({date}). Of tides. Moor Press.")

    assert (record["issued"], record["title"]) == (issued, "Of tides")


@pytest.mark.parametrize("word", ["out", "mar", "ago", "dez"])
def test_a_word_of_a_title_is_no_month(word):
    """It is not left out as the month of the date in brackets."""
    record = {"title": "The tide", "issued": {"date-parts": [[2019, month_of(word), 3]]}}
    line = f"(2019, 3 {word}). The tide"

    assert is_complete(record, line)
    assert not is_complete(record, f"{line} {word}")
