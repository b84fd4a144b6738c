"""Which student system wrote a list."""

import pytest

from blog.roster_files import system_of


@pytest.mark.parametrize(
    ("headings", "system"),
    [
        ("Student,ID,SIS User ID,SIS Login ID,Section", "canvas"),
        ("Student,ID,Section,Quiz 1", "canvas"),
        ("OrgDefinedId,Username,Last Name,First Name,Email,End-of-Line Indicator", "brightspace"),
        ("First name,Surname,ID number,Institution,Department,Email address", "moodle"),
        ("Last Name,First Name,Username,Student ID,Last Access,Availability", "blackboard"),
        ("Last name,First name,Email,Student ID,Section", ""),
        ("", ""),
    ],
)
def test_system_of(headings, system):
    assert system_of(headings.split(",")) == system
