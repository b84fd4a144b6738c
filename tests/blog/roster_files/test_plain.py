"""Lists of people as they are pasted."""

import pytest

from blog.roster_files import read_pasted
from blog.spreadsheets import Remark, TableRefused

ANA, BO = ("Ana López", "ana@example.edu", ""), ("Bo Łuk", "bo@example.edu", "")


@pytest.mark.parametrize(
    "text",
    [
        "Ana López <ana@example.edu>\nBo Łuk <bo@example.edu>",
        "López, Ana; ana@example.edu\nŁuk, Bo; bo@example.edu",
        "López, Ana <ana@example.edu>\r\nŁuk, Bo <bo@example.edu>",
        '"López, Ana" <ana@example.edu>; "Łuk, Bo" <bo@example.edu>;',
        "Ana López <ana@example.edu>, Bo Łuk <bo@example.edu>",
        "'Ana López' <ana@example.edu>, bo@example.edu (Bo Łuk)",
        "1. Ana López ana@example.edu\n2. Bo Łuk bo@example.edu",
        "• Ana López – ana@example.edu\n• Bo Łuk – bo@example.edu",
        "ana@example.edu Ana López\nbo@example.edu Bo Łuk",
        "Ana López\tana@example.edu\nBo Łuk\tbo@example.edu",
        "Name\tEmail\nAna López\tana@example.edu\nBo Łuk\tbo@example.edu",
        "Ana López, ana@example.edu\nBo Łuk, bo@example.edu",
        "Ana López <mailto:ana@example.edu>\n\n  Bo Łuk <mailto:bo@example.edu>  ",
    ],
)
def test_people_are_read_from_lines(text):
    found = read_pasted(text)

    assert [(row.name, row.email, row.problem) for row in found.rows] == [ANA, BO]
    assert found.open_questions == ()


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("ana@example.edu", [("", "ana@example.edu", "")]),
        ("López, Ana; ana@example.edu", [ANA]),
        (
            "ana@example.edu;bo@example.edu, CY@example.edu\n",
            [("", f"{name}@example.edu", "") for name in ("ana", "bo", "cy")],
        ),
        ("Ana López\nBo Łuk\n", [("Ana López", "", "no_email"), ("Bo Łuk", "", "no_email")]),
        ("Ana López <ana@example.edu>\nBo Łuk\n", [ANA, ("Bo Łuk", "", "no_email")]),
        ("ana@example.edu\nbo@\n!!!\n", [("", "ana@example.edu", ""), ("", "", "bad_email")]),
        ("ana@example.edu\n12345\n", [("", "ana@example.edu", ""), ("", "", "nobody")]),
    ],
)
def test_line_without_an_address_keeps_its_place(text, people):
    assert [(row.name, row.email, row.problem) for row in read_pasted(text).rows][
        : len(people)
    ] == people


def test_repeated_address_is_one_person_and_noted():
    found = read_pasted("ana@example.edu\nbo@example.edu\nAna López <ANA@example.edu>\n")

    assert [(row.lines, row.name, row.email) for row in found.rows] == [
        ((1, 3), "Ana López", "ana@example.edu"),
        ((2,), "", "bo@example.edu"),
    ]
    assert found.remarks == (Remark("repeated_row", 3),)


def test_one_address_with_two_names_is_a_problem():
    found = read_pasted("Ana López <ana@example.edu>\nBo Łuk <ana@example.edu>\n")

    assert [row.problem for row in found.rows] == ["shared_email", "shared_email"]


@pytest.mark.parametrize(
    ("text", "reason"), [("", "empty"), (" \n\n", "empty"), ("12\n%%", "no_people")]
)
def test_text_of_nobody_is_refused(text, reason):
    with pytest.raises(TableRefused) as refused:
        read_pasted(text)

    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("text", "people"),
    [
        (
            "Zoë Brontë, zoe@example.edu, Section B\nbob@example.edu",
            [("Zoë Brontë", "zoe@example.edu", ("Section B",)), ("", "bob@example.edu", ())],
        ),
        (
            "zoe@example.edu, Section B\nada@example.edu, Section A",
            [("", "zoe@example.edu", ("Section B",)), ("", "ada@example.edu", ("Section A",))],
        ),
        (
            "Zoë Brontë, zoe@example.edu, Lab 2\nAda Luna, ada@example.edu, Lab 1",
            [
                ("Zoë Brontë", "zoe@example.edu", ("Lab 2",)),
                ("Ada Luna", "ada@example.edu", ("Lab 1",)),
            ],
        ),
    ],
)
def test_section_beside_an_address_is_no_name(text, people):
    rows = read_pasted(text).rows

    assert [(row.name, row.email, row.sections) for row in rows] == people
    assert {row.problem for row in rows} == {""}


LONG = "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh-Cholmondeley"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Zoë 🌱 Brontë, zoe@example.edu", "Zoë 🌱 Brontë"),
        ("Zoë 👋🏽 Brontë <zoe@example.edu>", "Zoë 👋🏽 Brontë"),
        (f"{LONG}, Hubert Blaine  zoe@example.edu", f"Hubert Blaine {LONG}"),
        ("Zoë 🌱 Brontë, zoe@example.edu\nBo Luk, bo@example.edu", "Zoë 🌱 Brontë"),
    ],
)
def test_names_with_an_emoji_and_long_ones_are_kept(text, name):
    found = read_pasted(text)

    assert (found.rows[0].name, found.rows[0].email) == (name, "zoe@example.edu")
    assert found.remarks == ()


@pytest.mark.parametrize(
    "text",
    [
        "Zoë Brontë (she/her) <zoe@example.edu>",
        "Zoë Brontë the 3rd, zoe@example.edu",
        "Please add Zoë to the course now, her mail is zoe@example.edu",
    ],
)
def test_words_that_are_no_name_are_remarked(text):
    found = read_pasted(f"{text}\nBo Luk <bo@example.edu>")

    assert [row.name for row in found.rows] == ["", "Bo Luk"]
    assert found.remarks == (Remark("name_not_read", 1),)
    assert read_pasted("zoe@example.edu\nbo@example.edu").remarks == ()


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee\nann@example.edu\nBob Ray\nbob@example.edu\n",
        "Ann Lee\nann@example.edu\n\nBob Ray\nbob@example.edu\n\n",
        "ann@example.edu\nAnn Lee\nbob@example.edu\nBob Ray",
    ],
)
def test_a_name_and_an_address_in_lines_of_their_own_are_one_person(text):
    found = read_pasted(text)

    assert [(row.name, row.email, row.problem) for row in found.rows] == [
        ("Ann Lee", "ann@example.edu", ""),
        ("Bob Ray", "bob@example.edu", ""),
    ]
    assert found.remarks == ()


def test_lines_that_are_not_all_pairs_stay_apart():
    found = read_pasted("Ann Lee\nann@example.edu\nCy Twombly\nBob Ray\nbob@example.edu\n")

    assert [(row.name, row.email, row.problem) for row in found.rows] == [
        ("Ann Lee", "", "no_email"),
        ("", "ann@example.edu", ""),
        ("Cy Twombly", "", "no_email"),
        ("Bob Ray", "", "no_email"),
        ("", "bob@example.edu", ""),
    ]


def test_a_line_above_the_list_is_no_heading():
    found = read_pasted("Students:\nAnn Lee, ann@example.edu\nBob Ray, bob@example.edu")

    assert [(row.name, row.email, row.problem) for row in found.rows[1:]] == [
        ("Ann Lee", "ann@example.edu", ""),
        ("Bob Ray", "bob@example.edu", ""),
    ]


def test_numbers_of_students_are_kept_without_headings():
    found = read_pasted(
        "1\tAnn Lee\tV00123456\tann@example.edu\n2\tBob Ray\tV00123457\tbob@example.edu"
    )

    assert [dict(row.identifiers) for row in found.rows] == [
        {"student_id": "V00123456"},
        {"student_id": "V00123457"},
    ]
