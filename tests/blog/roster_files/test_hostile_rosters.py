"""Rosters made to be slow or to break their reader: each line is a person or skipped."""

from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blog.roster_files import read_pasted, read_roster
from blog.spreadsheets import TableRefused
from tests.blog import steps

START = "Name,Email,Student ID,Section,Role,Status\n"
PIECES = [
    *("a@b.example ", "a@", "@", "a.", "<a@b.example>", "(", ")(", "a@b.example(", ", ", ";", "—"),
    *("Ada,a@b.example\n", "Ada,a@b.example,1\n", "Ada,,1\n", "Ada\n", "\n", " and ", "A and B,"),
    *("mailto:", "\u200b", "مهدی\u200c", "='", '="', "1.0", "x.y-", "'", "withdrawn ", "teacher"),
]
CELLS = ["", "Ada", "Ada, Bo", "a@b.example", "A@B.EXAMPLE", "x@", "7", "007", "4.1E+05", "=1", "-"]
HEADINGS = ["Name", "Email", "Student ID", "ID", "Section", "Group", "Role", "Status", "Blog 1", ""]
CHARS = 3_000
steps_of = partial(steps.steps_of, refused=TableRefused)


def as_cell(text):
    return read_roster((START + text).encode())


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("read", [read_pasted, as_cell])
def test_cost_is_linear_in_the_length_of_a_roster(read, piece):
    short, long = (piece * (n * CHARS // len(piece)) for n in (1, 2))

    assert steps_of(read, long) <= 2.3 * steps_of(read, short) + 5_000


def test_cost_is_linear_where_all_share_one_address():
    short, long = (
        START + "".join(f"N{chr(97 + n % 26)}{n},a@b.example\n" for n in range(count))
        for count in (400, 800)
    )

    assert steps_of(read_pasted, long) <= 2.3 * steps_of(read_pasted, short) + 5_000


tables = st.lists(st.lists(st.sampled_from(CELLS), min_size=1, max_size=6), min_size=1, max_size=6)


@settings(max_examples=50, deadline=None)
@given(headings=st.lists(st.sampled_from(HEADINGS), max_size=6), rows=tables)
def test_every_row_of_a_table_is_a_person_or_skipped(headings, rows):
    lines = [",".join(f'"{cell}"' for cell in cells) for cells in [headings, *rows]]
    try:
        roster = read_roster("\n".join(lines).encode())
    except TableRefused:
        return

    places = [line for row in roster.rows for line in row.lines]
    places += [row.line for row in roster.skipped]
    if roster.rows and roster.heading_line:
        assert sorted({*places, roster.heading_line}) == list(range(1, len(lines) + 1))
    addresses = [row.email for row in roster.rows if row.is_invited]
    assert len(addresses) == len(set(addresses))


@settings(max_examples=50, deadline=None)
@given(text=st.text(max_size=80) | st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
def test_any_text_is_read_or_refused(text):
    try:
        roster = read_pasted(text)
    except TableRefused:
        return

    for row in roster.rows:
        assert row.line >= 1
        assert not any(sign in row.name + row.email for sign in "\0\r\n\u202e")
