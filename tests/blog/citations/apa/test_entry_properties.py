"""What holds of the entry and the citation of every work, whatever its record lacks."""

import json
import os
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blog.citations import CiteItem, Cluster, format_citations
from blog.citations.apa.labels import label_works
from blog.citations.apa.works import Work
from blog.citations.csl.fields import folded, text_of
from blog.citations.csl.types import KINDS
from blog.citations.parsers import clean_csl, read_references
from blog.exceptions import ReadError

REFERENCES = Path(os.environ.get("PLN_TEST_DATA") or "/nowhere") / "references"
ADDRESS = re.compile(r"https?://\S+")
# Signs that no entry has beside each other; “. . .” and “...” are meant.
DOUBLED = re.compile(
    r"  |(?<![. ])\.\.(?!\.)|,,|;;|::|[,:;]\.|[?!]\.(?!\w)|[(\[] | [)\]]|\(\)|\[\]"
    r"|(?<!\.) [,;:.](?![.\d])|[(\[,][,;:]|[,;:][)\]]|^\s|\s$"
)
PAIRS = ("()", "[]", "“”", "«»")

SAMPLE = (
    "nets weirs of the moor and how people share learn trust in small groups with others why "
    "Brook Éva réseaux der Netze 2020 H.R. U.S. a to for"
)
WORDS = st.lists(
    st.sampled_from(SAMPLE.split()),
    min_size=1,
    max_size=14,
).map(" ".join)
MARKS = st.sampled_from(
    ["{}", "{}", "{}", "{}?", "{}!", "{}.", "{}:", "{},", "{}…", "“{}”", "({})"]
)
PHRASE = st.builds(str.format, MARKS, WORDS).filter(lambda text: not text.endswith(".."))
TITLE = (
    PHRASE | st.builds("{}: {}".format, WORDS, PHRASE) | st.builds("{} {}".format, PHRASE, WORDS)
)
NUMBER = st.sampled_from(
    ["3", "12-14", "IV", "AB-12", "e77", "H.R. 12", "No. 7", "2nd", "Report 9"]
)
FAMILY = st.sampled_from(["Quill", "Bell", "Dell'Orto", "Müller", "כהן", "محمود", "王", "Иванов"])
NAME = st.fixed_dictionaries(
    {"family": FAMILY},
    optional={
        "given": st.sampled_from(["Ana", "B. C.", "גילי", "小明", "Jean-Paul"]),
        "suffix": st.just("Jr."),
        "non-dropping-particle": st.just("van"),
        "dropping-particle": st.just("de"),
    },
) | st.builds(lambda text: {"literal": text}, WORDS)
PEOPLE = st.lists(NAME, min_size=1, max_size=4)
ROLES = (
    *("author", "editor", "translator", "director", "host", "guest", "producer", "composer"),
    *("script-writer", "executive-producer", "interviewer", "recipient", "container-author"),
)
TITLES = ("container-title", "collection-title", "event-title", "title-short", "reviewed-title")
NAMED = (
    "publisher",
    "publisher-place",
    "authority",
    "section",
    "archive",
    "archive-place",
    "genre",
)
NUMBERS = ("volume", "issue", "page", "number", "edition", "version", "chapter-number", "season")
DATE = st.sampled_from(
    [
        {"date-parts": [[2020]]},
        {"date-parts": [[2020, 5, 4]]},
        {"date-parts": [[2019], [2021]]},
        {"literal": "in press"},
        {"date-parts": [[2020]], "circa": True},
    ]
)
FIELDS = {
    **dict.fromkeys(ROLES, PEOPLE),
    **dict.fromkeys(TITLES, TITLE),
    **dict.fromkeys(NAMED, PHRASE),
    **dict.fromkeys(NUMBERS, NUMBER),
    "title": TITLE,
    "issued": DATE,
    "accessed": DATE,
    "original-date": DATE,
    "medium": st.sampled_from(["audio/mpeg", "video/mp4", "CD", "Lithograph"]),
    "language": st.sampled_from(["en", "es", "de-AT"]),
    "URL": st.just("https://example.org/w"),
    "DOI": st.just("10.5555/12"),
}


@st.composite
def records(draw):
    fields = draw(st.lists(st.sampled_from(sorted(FIELDS)), unique=True, max_size=9))
    record = {field: draw(FIELDS[field]) for field in fields}
    return record | {"type": draw(st.sampled_from(sorted(KINDS)))}


def written(record):
    """Return the list entry and the citation between brackets of one work."""
    formatted = format_citations({"k": record}, [Cluster((CiteItem("k"),))])
    text = "".join(run.text for run in formatted.in_text[0])
    return ADDRESS.sub("URL", formatted.entries[0].text), text.removeprefix("(").removesuffix(")")


def label_of(record):
    """Return what a citation calls a work: its first name, or its title."""
    label = label_works([Work("k", record)])["k"]
    return label.names[0] if label.names else label.title


def faults(record):
    """Return what is wrong with the looks of an entry and a citation."""
    entry, text = written(record)
    if not entry:
        return []
    found = [f"{match[0]!r} in {one}" for one in (entry, text) if (match := DOUBLED.search(one))]
    found += [
        f"{pair} in {one}"
        for one in (entry, text)
        for pair in PAIRS
        if one.count(pair[0]) != one.count(pair[1])
    ]
    if not folded(entry).startswith(folded(label_of(record))):
        found.append(f"{label_of(record)} does not begin {entry}")
    return found


@given(records())
@settings(max_examples=1000, deadline=None)
def test_entries_have_no_doubled_signs_and_begin_with_their_label(record):
    assert faults(record) == []


def odd(record):
    """Return whether the record itself has what an entry must not have."""
    texts = [text_of(value) for value in record.values()] + [
        text_of(part)
        for people in record.values()
        if isinstance(people, list)
        for person in people
        if isinstance(person, dict)
        for part in person.values()
    ]
    texts = [ADDRESS.sub("", text) for text in texts]
    return any(
        DOUBLED.search(text) or any(text.count(p[0]) != text.count(p[1]) for p in PAIRS)
        for text in texts
    )


def real_records():
    for name, field in (("crossref-works.json", None), ("apa7-gold-citeproc-js.json", "csl")):
        for item in json.loads((REFERENCES / name).read_text()):
            yield clean_csl(item[field] if field else item.get("message", item))
    for path in sorted(REFERENCES.glob("[bpr]*-*/*")) + sorted(REFERENCES.glob("[pr][yi]*/*")):
        try:
            yield from read_references(path.read_text(encoding="utf-8", errors="replace"))
        except ReadError:
            continue


@pytest.mark.skipif(not REFERENCES.exists(), reason="PLN_TEST_DATA names no folder of references")
def test_entries_of_real_records_have_no_doubled_signs_and_begin_with_their_label():
    found = [fault for record in real_records() if not odd(record) for fault in faults(record)]

    assert found == []
