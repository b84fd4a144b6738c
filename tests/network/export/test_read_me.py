"""The zip and its README.txt: what a reader needs, and the same bytes for the same network."""

import io
import zipfile
from dataclasses import replace
from datetime import date

from network.export import Export, Facts, LeftOut, read_me, write_with_read_me
from tests.network.export.support import SMALL

FACTS = Facts(
    course="networks",
    title="Learning in networks",
    zone="America/Vancouver",
    first_day=date(2026, 9, 7),
    as_of=date(2026, 10, 31),
    landmark=date(2026, 9, 7),
    half_life=14,
    explanation="A comment counts 1 on the day you make it.",
    has_names=False,
    version="0.1.0",
    left_out=LeftOut(to_oneself=1, deleted=2),
)
EXPORT = Export(SMALL, FACTS, "https://pln.example.edu/c/networks/")


def test_the_read_me_says_what_a_tie_is_and_what_is_left_out():
    text = read_me(SMALL, FACTS, ["nodes.csv", "events.csv"])

    for line in [
        "As of: 2026-10-31, read at the start of that day. Comments of that day count fully.",
        "Period: from 2026-09-07, the first day of the course, to 2026-10-31.",
        "A comment counts 1 on the day you make it.",
        "Half-life: 14 days.",
        "Landmark: 2026-09-07. Stored sums are counted from this day; it changes no weight.",
        "3 people.",
        "1 of them without an arc.",
        "2 arcs.",
        "5 units.",
        "Based on 6 comments.",
        "2 deleted comments.",
        "1 reply to oneself.",
        "0 comments later than the day of the export.",
        "- nodes.csv: the people, for Gephi and spreadsheets",
    ]:
        assert line in text.splitlines()
    assert "--zone America/Vancouver" in text
    assert "People have codes instead of names." in text
    assert "Anyone who can read the course can tell" in text
    assert "version 0.1.0" in text


def test_the_read_me_says_that_there_are_names():
    text = read_me(SMALL, replace(FACTS, has_names=True), ["nodes.csv"])

    assert "People have their usernames and names." in text
    assert "codes" not in text
    assert "Anyone who can read the course" not in text


def zip_of(file_format, **options):
    file = io.BytesIO()
    write_with_read_me(file, EXPORT, file_format, **options)
    return file


def test_the_zip_holds_every_format_of_the_network_and_nothing_else():
    with zipfile.ZipFile(zip_of("zip")) as archive:
        assert archive.namelist() == [
            *("README.txt", "nodes.csv", "edges.csv", "network.graphml", "network.gexf"),
            *("network.net", "network.dl", "network.vna", "events.csv"),
        ]
        assert {info.date_time for info in archive.infolist()} == {(2026, 10, 31, 0, 0, 0)}


def test_every_format_has_its_read_me_that_names_its_files():
    for file_format, name in {
        "xapi": "statements.jsonl",
        "key": "key.csv",
        "vna": "network.vna",
    }.items():
        with zipfile.ZipFile(zip_of(file_format)) as archive:
            assert archive.namelist() == ["README.txt", name]
            assert f"- {name}: " in archive.read("README.txt").decode()


def test_the_same_network_makes_the_same_bytes():
    once, again = (zip_of("zip", bom=True).getvalue() for _ in range(2))

    assert once == again
