"""Lists of references that are long for no reason: what is read is counted, not timed."""

import sys

import pytest

from blog.citations.parsers import reference_line
from blog.lookup.identify import identify
from blog.paste import prepare, references
from blog.paste.changes import MAX_CHANGES
from blog.paste.references import MAX_READ, MAX_REFERENCES

ENTRY = "Smith, J. (2005). Ties that hold. Moor Press."


@pytest.fixture
def read_lines(monkeypatch):
    lines = []

    def read(line):
        lines.append(line)
        return reference_line.read_reference(line)

    monkeypatch.setattr(references, "read_reference", read)
    return lines


def test_an_entry_is_read_once_however_often_it_is_in_a_list(read_lines):
    paste = prepare("References\n\n" + f"{ENTRY}\n" * 1_000)

    assert len(paste.works) == 1
    assert len(paste.changes) == MAX_CHANGES
    assert len(read_lines) <= 2


def test_as_many_references_are_found_as_a_list_may_have(read_lines):
    entries = [ENTRY.replace("hold", f"hold {n}") for n in range(2 * MAX_REFERENCES)]

    paste = prepare("References\n\n" + "\n".join(entries))

    assert len(paste.works) == MAX_REFERENCES
    assert entries[MAX_REFERENCES] in paste.text
    assert len(read_lines) <= MAX_REFERENCES + 2


def test_lines_that_are_not_read_are_not_tried_without_end(read_lines):
    lines = [f"Smith J {n} (2005) of ties and so" for n in range(2 * MAX_READ)]

    assert prepare("References\n\n" + "\n".join(lines)).works == {}
    assert len(read_lines) == MAX_READ


def test_a_line_in_the_look_up_is_read_once(monkeypatch):
    lines = []

    def read(line):
        lines.append(line)
        return reference_line.read_reference(line)

    monkeypatch.setattr(sys.modules[identify.__module__], "read_reference", read)

    pasted = identify(f"{ENTRY}\nnote of mine\n" * 500)

    assert len(pasted.lines) == 1_000
    assert len(lines) == len(set(lines)) <= 5
