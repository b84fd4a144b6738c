"""Detection of the student system that wrote a list."""

import pytest

from blog.lti.rosters import roster_list
from blog.roster_files import read_roster, system_of


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


def test_names_that_an_lms_lists_are_as_they_stand_there():
    """Nobody typed them into a table: “Na” is a name, and a comma turns nothing around."""
    names = [("Na", "Na"), ("None Null", "Null"), ("Ng, Bo", "Ng"), ("", "Unknown")]
    members = [
        {"user_id": f"s-{family}", "roles": ["Learner"], "name": name, "family_name": family}
        for name, family in names
    ]

    rows = read_roster(roster_list(members)).rows

    assert [(row.name, row.family_name) for row in rows] == [*names[:-1], ("Unknown", "Unknown")]
