"""Roles of an LMS, short and long."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.lti.roles import course_role

V2 = "http://purl.imsglobal.org/vocab/lis/v2"
LEARNER, INSTRUCTOR = f"{V2}/membership#Learner", f"{V2}/membership#Instructor"
ASSISTANT = f"{V2}/membership/Instructor#TeachingAssistant"
ELSEWHERE = [
    f"{V2}/institution/person#Instructor",
    f"{V2}/institution/person#Administrator",
    f"{V2}/system/person#Administrator",
    f"{V2}/membership#Administrator",
    f"{V2}/membership#ContentDeveloper",
    f"{V2}/membership#Mentor",
    "Administrator",
    "urn:lti:sysrole:ims/lis/SysAdmin",
    "urn:lti:instrole:ims/lis/Instructor",
]


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        (["Learner"], "student"),
        ([LEARNER], "student"),
        ([f"{V2}/membership/Learner#GuestLearner"], "student"),
        (["urn:lti:role:ims/lis/Learner"], "student"),
        (["Instructor"], "instructor"),
        ([INSTRUCTOR], "instructor"),
        ([f"{V2}/membership/Instructor#PrimaryInstructor"], "instructor"),
        ([LEARNER, INSTRUCTOR], "instructor"),
        ([ASSISTANT], "assistant"),
        (["TeachingAssistant"], "assistant"),
        (["urn:lti:role:ims/lis/TeachingAssistant"], "assistant"),
        ([INSTRUCTOR, ASSISTANT], "assistant"),
        ([], ""),
        ([None, 4, {}], ""),
        *[([role], "") for role in ELSEWHERE],
    ],
)
def test_course_role(roles, expected):
    assert course_role(roles) == expected


@given(st.lists(st.sampled_from([*ELSEWHERE, LEARNER])))
def test_nobody_teaches_by_what_they_are_elsewhere(roles):
    assert course_role(roles) in ("", "student")
