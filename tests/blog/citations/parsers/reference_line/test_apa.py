"""One line of a reference list, read as far as it can be read."""

import json
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.citations.csl.fields import folded
from blog.citations.parsers.reference_line import read_apa, split_references


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
         [{"family": "Luna", "given": "A."}, {"family": "Vega", "given": "B."}]),
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


@pytest.mark.parametrize(
    "piece", ["a. ", "(2012) ", "a, ", "x. In ", "((", "[a", "Retrieved ", "A. (2020). ", ", 1 (2)"]
)
def test_long_lines_take_no_time(piece):
    started = time.monotonic()

    read_apa(f"A. (2020). {piece * 5000}")

    assert time.monotonic() - started < 0.5


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
    ("line", "expected"),
    [
        # parts of books
        ("Quill, A. (2016). Learning to net. In Nets of the moor (pp. 207–226). Moor Press.",
         {"type": "chapter", "container-title": "Nets of the moor", "page": "207-226",
          "publisher": "Moor Press"}),
        ("Quill, A. (2016). Ties? In C. Mar (Ed.), What are nets? (p. 3). New York, NY: Sage.",
         {"type": "chapter", "title": "Ties?", "container-title": "What are nets?", "page": "3",
          "publisher": "Sage", "publisher-place": "New York, NY"}),
        ("Quill, A. (2016). Ties. In C. Mar (Ed.), & D. Sol (Trans.), Nets (pp. 3–9). Sage.",
         {"type": "chapter", "editor": [{"family": "Mar", "given": "C."}],
          "translator": [{"family": "Sol", "given": "D."}], "container-title": "Nets"}),
        ("Quill, A. (2016). What are ties? In search of nets. Moor Press.",
         {"type": "book", "title": "What are ties? In search of nets"}),
        ("X. (2025). In Moor encyclopedia. https://example.org/x",
         {"type": "entry-encyclopedia", "title": "X", "container-title": "Moor encyclopedia"}),
        ("Net. (n.d.). In Moor dictionary. Retrieved May 3, 2024, from https://example.org/x",
         {"type": "entry-dictionary", "title": "Net", "accessed": {"date-parts": [[2024, 5, 3]]}}),
        ("Quill, A. (Host). (2020, March 3). Ten minutes [Audio podcast episode]. In Moor Talk. "
         "Moor Radio. https://example.org/p",
         {"type": "broadcast", "container-title": "Moor Talk", "publisher": "Moor Radio"}),
        # titles in the author's place
        ("Nets and weirs. (2003). Journal of Nets, 36(4–5), 1–2. https://doi.org/10.5555/13",
         {"type": "article-journal", "title": "Nets and weirs", "author": None, "issue": "4–5",
          "container-title": "Journal of Nets"}),
        ("Nets of the moor. (2003). Moor Press.",
         {"type": "book", "title": "Nets of the moor", "publisher": "Moor Press", "author": None}),
        ("What is a net? (2003, May 3). The Moor Times, A1, A4.",
         {"type": "article-newspaper", "title": "What is a net?", "page": "A1, A4"}),
        # dates
        ("Quill, A. (n.d.). Nets. Moor Press.", {"type": "book", "title": "Nets", "issued": None}),
        ("Quill, A. (in press-a). Nets. Journal of Nets.",
         {"type": "article-journal", "container-title": "Journal of Nets",
          "issued": {"literal": "in press"}}),
        ("Quill, A. (2015–present). Moor Talk [Audio podcast]. Moor Radio.",
         {"issued": {"literal": "2015–present"}}),
        ("Quill, A. (2019, June 30–July 2). Nets [Paper presentation]. Moor Conference, Moor.",
         {"issued": {"date-parts": [[2019, 6, 30], [2019, 7, 2]]}, "event-title": "Moor Conference",
          "event-place": "Moor"}),
        ("Plato. (ca. 380 B.C.E.). The republic. Moor Press.",
         {"issued": {"date-parts": [[-380]], "circa": True}}),
        # journals
        ("Quill, A. (2026). Nets of today. Journal of Nets. https://doi.org/10.5555/14",
         {"type": "article-journal", "container-title": "Journal of Nets"}),
        ("Quill, A. (2026). Nets of today. Journal of Nets. Advance online publication.",
         {"type": "article-journal", "container-title": "Journal of Nets",
          "status": "advance online publication"}),
        ("Quill, A. (2012). Ties. Journal of Ties, (3), 33–49.",
         {"volume": None, "issue": "3", "page": "33-49"}),
        ("Quill, A. (2012). Ties. Journal of Ties 17(1): 33-49.",
         {"container-title": "Journal of Ties", "volume": "17", "issue": "1", "page": "33-49"}),
        ("Quill, A. (2012). Ties. ACS Appl. Mater. Nets, 7(1), 273–278.",
         {"title": "Ties", "volume": "7"}),
        ("Quill, A. (2012). Ties in the moor. Semicond. Sci. Technol., 29(11), 113001.",
         {"title": "Ties in the moor", "container-title": "Semicond. Sci. Technol."}),
        ("Quill, A. (2021). “Nets are good.” The Moor Times, 3(1), 4.",
         {"title": "“Nets are good.”", "container-title": "The Moor Times"}),
        ("Quill, A. (2012). Ties in the U.K. Journal of Ties, 3(1).",
         {"title": "Ties in the U.K.", "container-title": "Journal of Ties"}),
        # other works
        ("Quill, A. (2012). Ties (Publication No. 123) [Doctoral dissertation, Moor University]. "
         "ProQuest.",
         {"type": "thesis", "genre": "Doctoral dissertation", "publisher": "Moor University",
          "archive": "ProQuest", "number": "123"}),
        ("Quill, A. (2012). Ties (B. Sol, Trans.; 2nd ed., Vol. 3). Moor Press.",
         {"title": "Ties", "edition": "2", "volume": "3",
          "translator": [{"family": "Sol", "given": "B."}]}),
        ("Moor Institute. (2021). Nets (Working Paper No. 12). https://example.org/r",
         {"type": "report", "title": "Nets", "number": "12", "genre": "Working Paper"}),
        ("Quill, A. (2012). Título de redes [Title of the nets]. Revista de Redes, 3(1).",
         {"title": "Título de redes [Title of the nets]", "genre": None}),
        ("Luna v. Sol, 576 U.S. 644 (2015). https://example.org/c",
         {"type": "legal_case", "title": "Luna v. Sol", "volume": "576", "page": "644"}),
        # addresses
        ("Quill, A. (2012). Ties. Site. Retrieved from https://example.org/x on March 3, 2021.",
         {"container-title": "Site", "URL": "https://example.org/x",
          "accessed": {"date-parts": [[2021, 3, 3]]}}),
        ("Quill, A. (2012). Ties. Retrieved May 3, 2021, from Moor Site website: https://x.org/y",
         {"container-title": "Moor Site", "URL": "https://x.org/y"}),
        ("Quill, A. (2012). Ties. Nets, 3(1), 33–49. <https://doi.org/10.1234/x>",
         {"page": "33-49", "DOI": "10.1234/x"}),
        ("Quill, A. (2012). Ties. Nets, 3(1). [https://doi.org/10.1234/x](https://doi.org/10.1234/x)",
         {"DOI": "10.1234/x"}),
        ("Quill, A. (2012). Ties. Nets, 3(1). https://doi.org/10.1234/ x", {"DOI": "10.1234/x"}),
        ("Quill, A. (2012). Ties. Nets, 3(1). https://doi.org/10.1234/x PMID: 123",
         {"DOI": "10.1234/x", "PMID": "123"}),
    ],
)  # fmt: skip
def test_an_entry_of_each_form(line, expected):
    record = read_apa(line)

    assert {field: record.get(field) for field in expected} == expected
