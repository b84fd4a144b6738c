"""A line is read with each field in its shape, or it is not read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.citations.parsers.reference_line import read_reference, split_references

ENTRY = "Luna, A. (2012). On ties. Journal of Ties, 17(1), 33–49."
WORDS = st.lists(
    st.sampled_from(["good", "read", "notes", "ask", "Ada", "nets", "later"]), min_size=1
)


@pytest.mark.parametrize(
    "line",
    [
        "Luna, A., Sol, B. & Mar, C. On ties. J. Ties 17, 33–49 (2012).",
        "Luna A, Sol B. On ties. J Ties 17:33-49. (2012).",
        "Luna, A. (2012). On ties. J. Ties 17, 33-49 (2012).",
        "Luna, A. (2012). On ties. J. Ties 17, 33–49.",
        "Luna, A. (2012). On ties. Journal of Ties. 17(1). 33-49.",
        "Luna, A. (2012). On ties. Journal of Ties. Vol. 17, No. 1. 33-49.",
        "Luna, A. (2012). On ties. Journal of Ties, vol. 17. 33-49.",
        "Luna, A. (2012). On ties. Journal of Ties 17(1). pp. 33-49.",
        "Luna, A. (2012). On ties. In B. Sol (Ed.), Book of ties 17(1), 33-49.",
        "Luna, A. (2012). On ties. Moor Press. My notes: good one.",
        "Luna, A. (2012). Luna, A., & Sol, B.",
        "Calder, B. (2014).",
        "Calder (2014).",
        "Calder. (2014).",
        "Calder et al. (2014).",
        "Calder and Sol (2014)",
        "Ministry of Ties. (2014).",
        "See Calder (2014) doi: 10.1234/abc.",
        # an entry with somebody’s words or with another entry before or behind it
        "See the course page. Luna, A. (2012). On ties. Moor Press.",
        "ask me for it Luna, A. (2012). On ties. Moor Press.",
        "Calder’s lecture, week 3 Luna, A. (2012). On ties. Moor Press.",
        "www.example.org Luna, A. (2012). On ties. Moor Press.",
        "Sol, B. 2015, ask me for it Luna, A. (2012). On ties. Moor Press.",
        f"{ENTRY} https://doi.org/10.1234/abc See the course page.",
        f"{ENTRY} https://doi.org/10.1234/abc Sol, B. 2015, ask me for it",
        # initials alone
        "A., et al. (2014). On ties. Journal of Ties, 17(1), 33–49.",
        "B. A., & Sol, B. (2014). On ties. Journal of Ties, 17(1), 33–49.",
        "A., et al. (Eds.). (2014). On ties. Moor Press.",
        "As noted by Calder (2014) https://doi.org/10.1234/abc",
    ],
)
def test_half_a_reading_is_none(line):
    assert read_reference(line) == {}


@given(WORDS)
def test_words_behind_the_pages_are_no_pages(words):
    assert read_reference(f"{ENTRY} {' '.join(words)}") == {}


@pytest.mark.parametrize(
    ("place", "fields"),
    [
        ("17(1), 33–49", {"volume": "17", "issue": "1", "page": "33-49"}),
        ("17(1–2), S33–S49", {"volume": "17", "issue": "1–2", "page": "S33-S49"}),
        ("XVII(1), xii–xx", {"volume": "XVII", "issue": "1", "page": "xii-xx"}),
        ("17–18, 33–49", {"volume": "17-18", "page": "33-49"}),
        ("17(1), 33, 35–49", {"volume": "17", "issue": "1", "page": "33, 35-49"}),
        ("17(Suppl. 1), S33–S49", {"volume": "17", "issue": "Suppl. 1", "page": "S33-S49"}),
        ("17(2, Pt. 1), 33–49", {"volume": "17", "issue": "2, Pt. 1", "page": "33-49"}),
        ("17(3, Suppl.), 33–49", {"volume": "17", "issue": "3, Suppl.", "page": "33-49"}),
        ("17(Spec. Iss. 2), 33–49", {"volume": "17", "issue": "Spec. Iss. 2", "page": "33-49"}),
    ],
)
def test_numbers_of_a_journal(place, fields):
    record = read_reference(f"Luna, A. (2012). On ties. Journal of Ties, {place}.")

    assert record.items() >= fields.items()


@pytest.mark.parametrize("issue", ["1. Moor Press", "Supplement. 1", "1; S3", "Special. Moor"])
def test_what_follows_an_issue_is_no_part_of_it(issue):
    assert read_reference(f"Luna, A. (2012). On ties. Journal of Ties, 17({issue}), 33–49.") == {}


@pytest.mark.parametrize(
    "end",
    [
        "doi:10.1234/x. Epub 2012 Mar 3.",
        "Epub 2012 Mar. doi:10.1234/x",
        "doi:10.1234/x. Epub 2012 Mar 3. PMID: 12345678.",
    ],
)
def test_the_day_online_that_pubmed_adds_is_no_part_of_the_pages(end):
    record = read_reference(f"{ENTRY} {end}")

    assert (record["page"], record["DOI"]) == ("33-49", "10.1234/x")


@pytest.mark.parametrize(
    "line", ["A study of weak ties. (2014).", "The Heron Guide. (n.d.).", "Ties [Film]. (2014)."]
)
def test_a_title_alone_ends_with_a_mark_of_its_own(line):
    assert read_reference(line)["title"]


@pytest.mark.parametrize(
    "lines",
    [
        [ENTRY, "My notes: good one", "Sol, B. (2013). On nets. Moor Press."],
        ["Sol, B. (2013). On nets. Moor Press.", "my note", ENTRY],
        [ENTRY, "read this", "https://doi.org/10.1234/abc"],
    ],
)
def test_a_note_is_no_part_of_the_entry_before(lines):
    assert split_references("\n".join(lines)) == lines


@pytest.mark.parametrize(
    "text",
    [
        "Luna, A. (2012). On ties. In B. Sol (Ed.), Book (pp. 3–9).\nMoor Press.",
        "Luna, A. (2012). On ties. Journal of Ties, 17(1),\n33–49. https://\ndoi.org/10.1234/abc",
        f"{ENTRY}\nRetrieved from\nhttps://example.org/a",
        f"{ENTRY} https://doi.org/10.1234/\nabc",
        "Luna, A. (2012). On ties. Journal of Ties, 17(1), 33\n–49.",
        "Luna, A. (2012). On ties. https://example.org/long-\npath/x",
        f"{ENTRY}\nPMID: 12345678",
    ],
)
def test_what_is_broken_over_lines_is_one_entry(text):
    assert split_references(text) == [" ".join(text.split())]


def test_a_note_under_an_entry_of_a_list_with_blank_lines():
    assert split_references(f"{ENTRY}\nmy note\n\n\nSol, B. (2013). On nets. Moor Press.") == [
        ENTRY,
        "my note",
        "Sol, B. (2013). On nets. Moor Press.",
    ]


BOOK = "Abel, A. (2001). Of books. Moor Press."
LAST = "Mar, C. (2007). Nets that hold. Journal of Nets, 3(1), 1–9."
LINK = "https://doi.org/10.1234/b"


@pytest.mark.parametrize(
    ("lines", "entries"),
    [
        ([BOOK, ENTRY, LINK, LAST], [BOOK, f"{ENTRY} {LINK}", LAST]),
        ([BOOK, ENTRY, LAST, LINK], [BOOK, ENTRY, f"{LAST} {LINK}"]),
        ([BOOK, "my note", LINK, ENTRY, LAST], [BOOK, "my note", LINK, ENTRY, LAST]),
        ([BOOK, "my note", ENTRY, LINK, LAST], [BOOK, "my note", f"{ENTRY} {LINK}", LAST]),
        ([ENTRY, "my note", "and more", LAST], [ENTRY, "my note and more", LAST]),
    ],
)
def test_lines_of_a_list_under_a_heading_go_to_their_entries(lines, entries):
    assert split_references("\n".join(["References", "", *lines])) == entries


@pytest.mark.parametrize(
    "line",
    [
        "Luna,A.&Sol,B.(2012).On ties:a study.Moor Press.https://example.org/a.B/Cd",
        "Luna, A., & Sol, B.(2012).On ties:a study.Moor Press.https://example.org/a.B/Cd",
        "Luna, A., & Sol, B. (2012). On ties: a study.Moor Press. https://example.org/a.B/Cd",
    ],
)
def test_a_line_without_blanks_is_read_as_with_them(line):
    spaced = "Luna, A., & Sol, B. (2012). On ties: a study. Moor Press. https://example.org/a.B/Cd"

    assert read_reference(line) == read_reference(spaced)
    assert read_reference(line)["publisher"] == "Moor Press"


def test_a_chapter_without_blanks():
    line = "Sol, B.(2015).Ties.In C.Mar(Ed.),Book of ties(pp.3-19).Moor Press.doi:10.1234/a.B"

    assert read_reference(line) == read_reference(
        "Sol, B. (2015). Ties. In C. Mar (Ed.), Book of ties (pp. 3-19). Moor Press. "
        "https://doi.org/10.1234/a.B"
    )
    assert read_reference(line)["editor"] == [{"family": "Mar", "given": "C."}]
