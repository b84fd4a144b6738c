"""Reading a file of references: its format is recognised, and it is read or refused."""

import os
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blog.citations import CiteItem, Cluster, format_citations
from blog.citations.parsers import read_references
from blog.exceptions import ReadError
from tests.examples import examples

DATA = os.environ.get("PLN_TEST_DATA")
FOLDERS = ("bbt-import", "bbt-csl", "pybtex", "rispy")
FILES = [
    path
    for folder in FOLDERS
    for path in sorted((Path(DATA or "/nowhere") / "references" / folder).glob("*.*"))
]


def read_or_refuse(text):
    """Read a text; None for a refusal. Anything else that is raised fails the test."""
    try:
        return read_references(text)
    except ReadError:
        return None


@pytest.mark.skipif(not FILES, reason="PLN_TEST_DATA names no folder with reference files")
def test_there_are_files_of_every_kind():
    assert {path.suffix for path in FILES} >= {".bib", ".ris", ".json"}


@pytest.mark.parametrize(
    "path",
    FILES or [pytest.param(None, marks=pytest.mark.skip(reason="PLN_TEST_DATA is not set"))],
    ids=lambda path: path and f"{path.parent.name}/{path.name[-40:]}",
)
def test_a_file_that_people_have_is_read_and_can_be_listed(path):
    text = path.read_text(encoding="utf-8", errors="replace")
    start = process_time()

    if path.suffix == ".yml":
        with pytest.raises(ReadError):
            read_references(text)
        return
    records = read_references(text)

    works = {record["id"]: record for record in records}
    formatted = format_citations(works, [Cluster((CiteItem(key),)) for key in works])
    assert len(formatted.entries) == len(records) > 0
    assert all(entry.text for entry in formatted.entries)
    assert process_time() - start < 5  # seconds; the longest takes a twentieth of one


@pytest.mark.parametrize(
    "text",
    ["", " ", "\ufeff", "Luna, A. (2020). On ties.", "<html>", "@luna", "- id: x\n", "%PDF-1.4"],
)
def test_what_is_none_of_the_formats_is_refused(text):
    with pytest.raises(ReadError):
        read_references(text)


@pytest.mark.parametrize(
    "text",
    [
        "@a{" * 100_000,
        "@a{k,title=" + "{" * 50_000 + "x" + "}" * 50_000 + "}",
        "@a{k,title={" + r"\emph{a}" * 50_000 + "}}",
        "@a{k,title={" + "$" * 500_000 + "}}",
        "@a{k,author={" + "{}" * 50_000 + "}}",
        "@a{k,author={" + "a and " * 50_000 + "b}}",
        '@string{a="'
        + "x" * 1000
        + '"}'
        + "".join(
            f"@string{{{new}={f'{old} # ' * 30}{old}}}" for old, new in ("ab", "bc", "cd", "de")
        )
        + "@a{k,title=e}",
        "TY  - JOUR\nTI  - a\n" + "x\n" * 200_000,
        "TY  - JOUR\nTI  - a\n" * 20_000,
        "@" * 1_000_000,
        "x" * 3_000_000,
        '[{"title": "\\ud800<i>' + "<i>" * 100_000 + '"}]',
    ],
    ids=lambda text: text[:16],
)
def test_a_hostile_file_costs_little(text):
    start = process_time()

    records = read_or_refuse(text)

    assert process_time() - start < 3  # seconds of CPU; the honest time is a third of one
    assert records is None or all(record["id"] for record in records)


PIECES = st.sampled_from(
    [
        "@",
        "article",
        "{",
        "}",
        ",",
        "=",
        '"',
        "#",
        "\\",
        "$",
        "k",
        "title",
        "author",
        " and ",
        "year",
    ]
    + [
        "2020",
        "\n",
        "TY  - ",
        "JOUR",
        "AU  - ",
        "UR  - ",
        "ER  - ",
        "PY  - ",
        "ü",
        "\\'e",
        "%",
        "~",
        "[",
    ]
    + [
        "]",
        ":",
        "null",
        "\x00",
        "\ud800",
        "{\\",
        "crossref",
        "@string",
        "@preamble",
        "@comment",
        "(",
        ")",
    ]
)


@given(st.lists(PIECES, max_size=60).map("".join))
@settings(max_examples=examples(500))
def test_any_text_is_read_or_refused(text):
    records = read_or_refuse(text)

    assert records is None or len({record["id"] for record in records}) == len(records) > 0


@pytest.mark.parametrize(
    "text",
    [
        "@book{net, title={A net}}\n@book{net, title={A net}}",
        "TY  - BOOK\nTI  - A net\nER  - \nTY  - BOOK\nTI  - A net\nER  - \n",
        '[{"id": "net", "type": "book", "title": "A net"}, '
        '{"title": "A net", "type": "book", "id": "net"}]',
    ],
    ids=["bib", "ris", "csl"],
)
def test_an_entry_that_is_there_twice_is_one_reference(text):
    assert [record["title"] for record in read_references(text)] == ["A net"]


def test_two_entries_of_one_key_that_differ_are_two_references():
    records = read_references("@book{net, title={A net}}\n@book{net, title={A weir}}")

    assert [record["title"] for record in records] == ["A net", "A weir"]
