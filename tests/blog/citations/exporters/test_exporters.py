"""Exports for other programs, which read back the same."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.citations.csl.fields import unmarked
from blog.citations.csl.types import KINDS
from blog.citations.exporters import FORMATS, write_bibtex, write_csl, write_ris
from blog.citations.exporters.bibtex import escape
from blog.citations.parsers import clean_csl, read_references
from blog.citations.parsers.latex import plain_latex
from blog.exceptions import ReadError

DATA = os.environ.get("PLN_TEST_DATA")
FILES = sorted((Path(DATA or "/nowhere") / "references").glob("[bpr]*-*/*.*"))
ARTICLE = {
    "id": "granovetter1973",
    "type": "article-journal",
    "author": [{"family": "Granovetter", "given": "Mark S."}],
    "issued": {"date-parts": [[1973, 5]]},
    "title": "The strength of weak ties: What a PLN is",
    "container-title": "American Journal of Sociology",
    "volume": "78",
    "issue": "6",
    "page": "1360-1380",
    "DOI": "10.1086/225469",
}
AWKWARD = {
    "id": "ministry",
    "type": "report",
    "author": [
        {"literal": "Ministry of Culture, Youth and Sport"},
        {"family": "Berg", "given": "Jan", "non-dropping-particle": "van den", "suffix": "Jr."},
        {"family": "Black and White", "given": "A. & B."},
        {"family": "Nguyễn", "given": "Thị Hà"},
    ],
    "issued": {"date-parts": [[2019, 12], [2021, 2, 3]], "circa": True},
    "title": r"50% of $5 & {braces} in C:\net_x#1 -- ``so'' ~ <i>Homo sapiens</i> H<sub>2</sub>O",
    "publisher": "R&D_House",
    "number": "12",
    "genre": "Working paper",
    "URL": "https://example.org/a_b%20c?x=1&y=~me#top",
    "accessed": {"date-parts": [[2026, 10, 18]]},
    "language": "en",
}
ONLINE = {
    "id": "lee",
    "type": "post-weblog",
    "author": [{"family": "Lee", "given": "C."}],
    "issued": {"date-parts": [[2020, 2, 4]]},
    "title": "On being found",
    "container-title": "The Blog",
    "URL": "https://example.org/found",
}

# BibTeX


def test_bibtex_is_what_a_person_would_write():
    assert write_bibtex([ARTICLE]) == (
        "@article{granovetter1973,\n"
        "  author = {Granovetter, Mark S.},\n"
        "  title = {The strength of weak ties: {What} a {PLN} is},\n"
        "  year = {1973},\n"
        "  date = {1973-05},\n"
        "  journal = {American Journal of Sociology},\n"
        "  volume = {78},\n"
        "  pages = {1360-1380},\n"
        "  doi = {10.1086/225469},\n"
        "  number = {6}\n"
        "}\n"
    )


def test_bibtex_escapes_what_latex_would_take_for_its_own():
    text = write_bibtex([AWKWARD])

    assert (
        r"  title = {50\% of \$5 \& \textbraceleft{}braces\textbraceright{} in "
        r"{C:\textbackslash{}net\_x\#1} -{}- `{}`so'{}' \textasciitilde{} "
        r"\textit{{Homo} sapiens} {H}\textsubscript{2}{O}}," in text
    )
    assert (
        "  author = {{Ministry of Culture, Youth and Sport} and van den Berg, {Jr.}, Jan and "
        r"{Black and White}, A. {\&} B. and Nguyễn, Thị Hà}," in text
    )
    assert "  date = {2019-12/2021-02-03~}," in text
    assert "  url = {https://example.org/a_b%20c?x=1&y=~me#top}" in text


@pytest.mark.parametrize("record", [ARTICLE, AWKWARD, ONLINE], ids=lambda r: r["id"])
def test_bibtex_reads_back(record):
    assert read_references(write_bibtex([record])) == [record]


def test_keys_are_made_unique_and_fit_for_bibtex():
    ids = ["a b", "ab", "{x},", ""]

    keys = [r["id"] for r in read_references(write_bibtex([ONLINE | {"id": i} for i in ids]))]

    assert keys == ["ab", "ab-2", "x", "work"]


# RIS


def test_ris_is_what_a_program_would_write():
    assert write_ris([ARTICLE]).split("\r\n") == [
        "TY  - JOUR",
        "ID  - granovetter1973",
        "AU  - Granovetter, Mark S.",
        "TI  - The strength of weak ties: What a PLN is",
        "T2  - American Journal of Sociology",
        "PY  - 1973",
        "DA  - 1973/05//",
        "SP  - 1360",
        "EP  - 1380",
        "VL  - 78",
        "DO  - 10.1086/225469",
        "IS  - 6",
        "ER  - ",
        "",
    ]


@pytest.mark.parametrize("record", [ARTICLE, ONLINE], ids=lambda r: r["id"])
def test_ris_reads_back(record):
    assert read_references(write_ris([record])) == [record]


def test_ris_of_an_article_with_a_number_reads_back():
    record = {k: v for k, v in ARTICLE.items() if k != "page"} | {"number": "e0123"}

    assert read_references(write_ris([record])) == [record]


# CSL-JSON


@pytest.mark.parametrize("record", [ARTICLE, AWKWARD, ONLINE], ids=lambda r: r["id"])
def test_csl_reads_back(record):
    assert read_references(write_csl([record])) == [record]
    assert "Nguyễn" not in json.dumps(AWKWARD)
    assert "Nguyễn" in write_csl([AWKWARD])


# What holds of every record

SIGNS = "\\{}$&%#_^~\"'`-@,;:<>=()[]/ ?!.*|“”é–中"
TEXT = (
    st.text(st.sampled_from("abcXYZ0189" + SIGNS) | st.characters(exclude_categories=["C", "Z"]))
    .map(lambda text: unmarked(clean_csl({"title": text}).get("title", "")))
    # A tag in angle brackets is markup in CSL; an address in a note is the work's in BibTeX.
    .filter(lambda text: text and "<" not in text and "http" not in text.lower())
)
WORD = st.text(st.sampled_from("abcdefgéüłABCDEFÉ'-."), min_size=1, max_size=8).filter(
    lambda word: word.strip("'-.") == word and word.lower() not in {"others", "et al"}
)
NAME = st.fixed_dictionaries(
    {"family": WORD, "given": WORD}, optional={"suffix": st.sampled_from(["Jr.", "III"])}
)
GROUP = st.builds(lambda *words: {"literal": " ".join(words)}, WORD, WORD, WORD)
DAY = st.integers(1, 2100).flatmap(
    lambda year: st.sampled_from([[year], [year, 2], [year, 12], [year, 12, 31]])
)
DATE = st.builds(lambda day: {"date-parts": [day]}, DAY)
WHEN = (
    DATE
    | st.builds(lambda day: {"date-parts": [day], "circa": True}, DAY)
    | st.builds(lambda day, s: {"date-parts": [day[:1]], "season": s}, DAY, st.integers(1, 4))
    | st.builds(lambda day: {"date-parts": [day, [2101, 3]]}, DAY)
    | st.just({"literal": "in press"})
)
KEY = st.from_regex(r"[a-z]{1,9}[0-9]{0,4}", fullmatch=True)
# What a type has a place for in BibTeX, beside what all types have.
PLACES = {
    "article-journal": ["volume", "issue", "page", "container-title", "ISSN", "publisher"],
    "article-newspaper": ["container-title", "page"],
    "book": ["publisher", "publisher-place", "edition", "collection-title", "collection-number"],
    "chapter": ["container-title", "page", "publisher", "volume", "chapter-number"],
    "paper-conference": ["container-title", "event-title", "event-place", "issue"],
    "thesis": ["publisher", "genre"],
    "report": ["publisher", "number", "genre", "issue"],
    "webpage": ["container-title", "publisher"],
    "post-weblog": ["container-title"],
    "motion_picture": ["publisher", "genre", "version"],
    "broadcast": ["container-title", "number"],
    "speech": ["event-title", "genre"],
    "legal_case": ["container-title", "volume"],
    "document": ["status"],
}


@st.composite
def records(draw):
    type_ = draw(st.sampled_from(sorted(PLACES)))
    fields = ["title-short", "language", "abstract", "keyword", "note", *PLACES[type_]]
    return {
        "id": draw(KEY),
        "type": type_,
        "author": draw(st.lists(NAME | GROUP, min_size=1, max_size=4)),
        "issued": draw(WHEN),
        **draw(st.fixed_dictionaries({"title": TEXT}, optional=dict.fromkeys(fields, TEXT))),
    }


@given(TEXT)
def test_every_text_survives_latex(text):
    assert plain_latex(f"{{{escape(text)}}}") == text


@given(st.lists(records(), min_size=1, max_size=3, unique_by=lambda record: record["id"]))
def test_every_record_survives_bibtex(written):
    assert read_references(write_bibtex(written)) == written


@given(st.lists(records(), min_size=1, max_size=3, unique_by=lambda record: record["id"]))
def test_every_record_survives_csl(written):
    assert read_references(write_csl(written)) == written


RIS_FIELDS = {
    *("id", "title", "title-short", "volume", "edition", "publisher", "publisher-place"),
    *("language", "abstract", "note", "collection-title", "container-title", "DOI"),
}


@given(st.lists(records(), min_size=1, max_size=3, unique_by=lambda record: record["id"]))
def test_what_ris_has_a_place_for_survives_it(written):
    read = read_references(write_ris(written))

    for before, after in zip(written, read, strict=True):
        carried = {field: before[field] for field in RIS_FIELDS & before.keys()}
        assert {field: after.get(field) for field in carried} == carried
        assert after["author"] == before["author"]
        assert after["type"] == before["type"]
        assert after["issued"] == before["issued"]


@given(st.dictionaries(st.sampled_from(["id", "type", "title", "author", "issued"]), st.text()))
def test_no_record_is_too_odd_to_be_written(record):
    for format_ in FORMATS.values():
        assert isinstance(format_.write([record]), str)


@pytest.mark.parametrize("type_", sorted(KINDS))
def test_every_kind_of_work_is_still_that_in_bibtex(type_):
    [read] = read_references(write_bibtex([{"id": "x", "type": type_, "title": "T"}]))

    assert read["type"] == type_


@pytest.mark.skipif(not FILES, reason="PLN_TEST_DATA names no folder with reference files")
def test_the_files_people_have_can_be_written_and_read_again():
    """Exported twice, a record is the same: nothing is lost on the way."""
    changed = []
    for path in FILES:
        try:
            records = read_references(path.read_text(encoding="utf-8", errors="replace"))
        except ReadError:
            continue
        for write in (write_bibtex, write_ris):
            once = read_references(write(records))
            if [len(once), read_references(write(once))] != [len(records), once]:
                changed.append((path.name, write.__name__))

    assert changed == []
