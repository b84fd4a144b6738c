"""New files for each LMS, written as it reads them, and the pods for Canvas."""

from decimal import Decimal

import pytest

from blog.gradebook_files import read_gradebook
from blog.gradebook_files.exports import (
    FORMATS,
    ExportPerson,
    is_dropped_title,
    write_canvas_groups,
    write_lms_file,
)

ADA = ExportPerson(
    "Ada Luna",
    "Luna",
    "Ada",
    "ada@example.edu",
    "A01",
    "Alder",
    {
        ("canvas", "lms_id"): "7",
        ("canvas", "login"): "ada",
        ("brightspace", "org_defined_id"): "0041",
        ("blackboard", "username"): "ada",
    },
)
CYN = ExportPerson("=CYN()", email="cyn@example.edu", pod="Birch")
GRADES = [(ADA, Decimal("7.5")), (CYN, Decimal(-1))]

FILES = {
    "canvas": (
        "Student,ID,SIS User ID,SIS Login ID,Section,Blog\n"
        "    Points Possible,,,,,10.00\n"
        '"Luna, Ada",7,,ada,A01,7.50\n'
        "=CYN(),,,,,-1.00\n"
    ),
    "moodle": "Email address,Blog\nada@example.edu,7.5\ncyn@example.edu,-1\n",
    "brightspace": (
        "OrgDefinedId,Username,Blog Points Grade,End-of-Line Indicator\r\n0041,,7.5,#\r\n,,-1,#\r\n"
    ),
    "blackboard": (
        '\ufeff"Last Name","First Name","Username","Blog"\n'
        '"Luna","Ada","ada","7.5"\n'
        '"=CYN()","","","-1"\n'
    ),
}


@pytest.mark.parametrize("system", FORMATS)
def test_a_file_is_what_its_lms_reads(system):
    assert write_lms_file(system, GRADES, "Blog", Decimal(10)).decode() == FILES[system]


def test_an_lms_finds_a_student_by_its_own_numbers():
    found = {system: FORMATS[system].finds(system, ADA) for system in FORMATS}
    stranger = {system: FORMATS[system].finds(system, CYN) for system in FORMATS}

    assert set(found.values()) == {True}
    assert [system for system, is_found in stranger.items() if is_found] == ["moodle"]


@pytest.mark.parametrize("system", ["canvas", "moodle", "brightspace"])
def test_what_is_written_is_read_as_a_gradebook_of_that_lms(system):
    book = read_gradebook(write_lms_file(system, GRADES[:1], "Blog", Decimal(10)))

    assert [column.heading[:4] for column in book.fillable] == ["Blog"]
    assert len(book.rows) == 1


def test_canvas_drops_titles_like_its_totals():
    assert is_dropped_title("canvas", "Read: Final Score of the war")
    assert not is_dropped_title("canvas", "Who taught you that?")
    assert not is_dropped_title("moodle", "Final Score")


def test_groups_have_whom_canvas_finds():
    assert write_canvas_groups([ADA, CYN]).decode() == (
        "canvas_user_id,user_id,login_id,group_name,canvas_group_id,group_id\n7,,ada,Alder,,\n"
    )
