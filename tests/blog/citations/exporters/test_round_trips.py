"""Round trips of entries: in BibTeX, in RIS, for every type of work."""

import pytest
from hypothesis import assume, given, settings

from blog.citations import format_entry
from blog.citations.csl.types import KINDS
from blog.citations.exporters import write_bibtex, write_ris
from blog.citations.parsers import clean_csl, read_references
from tests.blog.citations.factories import on, people
from tests.blog.citations.generated import REFERENCES, real_records, records
from tests.examples import examples

FORMATS = [write_bibtex, write_ris]


def again(write, record):
    """Return a record after it was written and read."""
    [read] = read_references(write([record]))
    return read


@pytest.mark.parametrize("write", FORMATS)
@given(records())
@settings(max_examples=examples(300))
def test_every_record_is_the_same_entry_after_it(write, record):
    record = clean_csl(record | {"id": "k"})
    assume(record.keys() - {"id", "type"})  # an entry without a field is none

    read = again(write, record)

    assert read["type"] == record["type"]
    assert format_entry(read) == format_entry(record)


@pytest.mark.parametrize("write", FORMATS)
@pytest.mark.parametrize("type_", sorted(KINDS))
def test_every_type_is_still_that(write, type_):
    assert again(write, {"id": "x", "type": type_, "title": "T"})["type"] == type_


@pytest.mark.parametrize("write", FORMATS)
@pytest.mark.parametrize(
    "record",
    [
        {"type": "motion_picture", "title": "Nets", "director": people("Quill, Ana")},
        {"type": "motion_picture", "title": "Nets", "author": people("Moor University")}
        | {"director": people("Quill, Ana")},
        {"type": "broadcast", "title": "Nets", "host": people("Quill, Ana", "Bell, Bo")}
        | {"guest": people("Sol, Cy"), "medium": "audio/mpeg", "season": "2", "number": "5"},
        {"type": "software", "title": "Nets", "version": "2.1"},
        {"type": "post", "title": "Nets", "genre": "Online forum post"},
        {"type": "manuscript", "title": "Nets", "genre": "Letter", "archive": "Moor Archive"}
        | {"archive_location": "Box 3", "archive-place": "Moortown"},
        {"type": "legal_case", "title": "Quill v. Bell", "authority": "10th Cir."}
        | {"number": "12-345", "page": "7", "issued": on(2015, 5, 4)},
        {"type": "hearing", "title": "Brooks", "section": "Committee on Water"}
        | {"chapter-number": "111", "authority": "U.S. Senate"},
        {"type": "patent", "title": "Net", "number": "US123", "jurisdiction": "US"},
        {"type": "broadcast", "title": "Moor Talk", "issued": {"literal": "2015–present"}},
        {
            "type": "book",
            "title": "Nets",
            "issued": {"date-parts": [[2019], [2021]], "circa": True},
        },
        {"type": "book", "title": "Nets", "original-date": on(1950), "issued": on(2020)},
        {
            "type": "report",
            "title": "Nets",
            "author": [{"literal": "Ministry of Nets, Weirs and Moors"}],
        },
        {"type": "book", "title": "Of <i>Homo sapiens</i> and H<sub>2</sub>O"},
        {"type": "webpage", "title": "Nets", "URL": "https://example.org/x;jsessionid=12?a=1;b"},
        {"type": "personal_communication", "title": "Nets", "recipient": people("Bell, Bo")}
        | {"URL": "https://example.org/w"},
    ],
)
def test_what_the_old_formats_have_no_place_for_is_kept(write, record):
    record = {"id": "k", **record}

    assert again(write, record) == record


def test_a_note_of_ones_own_stays_beside_what_a_note_carries():
    record = {"id": "k", "type": "song", "title": "Nets", "note": "Lent to Bo.", "medium": "LP"}

    assert write_ris([record]).splitlines()[3:] == [
        "N1  - Lent to Bo.",
        "N1  - medium: LP",
        "ER  - ",
    ]
    assert again(write_ris, record) == record


@pytest.mark.skipif(not REFERENCES.exists(), reason="PLN_TEST_DATA names no folder of references")
@pytest.mark.parametrize("write", FORMATS)
def test_real_records_are_the_same_entries_after_it(write):
    different = [
        (format_entry(record), format_entry(again(write, record)))
        for record in real_records()
        if format_entry(record) != format_entry(again(write, record))
    ]

    assert different == []
