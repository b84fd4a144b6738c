"""Properties of the entry and the citation of every work, whatever its record lacks."""

import re

import pytest
from hypothesis import given, settings

from blog.citations import CiteItem, Cluster, format_citations
from blog.citations.apa.labels import label_works
from blog.citations.apa.works import Work
from blog.citations.csl.fields import folded, text_of
from tests.blog.citations.generated import REFERENCES, real_records, records
from tests.examples import examples

ADDRESS = re.compile(r"https?://\S+")
# Signs that no entry has beside each other; “. . .” and “...” are meant.
DOUBLED = re.compile(
    r"  |(?<![. ])\.\.(?!\.)|,,|;;|::|[,:;]\.|[?!]\.(?!\w)|[(\[] | [)\]]|\(\)|\[\]"
    r"|(?<!\.) [,;:.](?![.\d])|[(\[,][,;:]|[,;:][)\]]|^\s|\s$"
)
PAIRS = ("()", "[]", "“”", "«»")


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
    """Return the faults in the looks of an entry and a citation."""
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
@settings(max_examples=examples(1000))
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


@pytest.mark.skipif(not REFERENCES.exists(), reason="PLN_TEST_DATA names no folder of references")
def test_entries_of_real_records_have_no_doubled_signs_and_begin_with_their_label():
    found = [fault for record in real_records() if not odd(record) for fault in faults(record)]

    assert found == []
