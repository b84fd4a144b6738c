"""Messages to an LMS: links, scores, lists of people, our own registration."""

import csv
import io
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.lti.claims import DeepLinking, read_identifier
from blog.lti.content_items import Link, deep_linking_response
from blog.lti.names import CLAIM, DL_CLAIM
from blog.lti.registration import (
    BadRegistration,
    canvas_configuration,
    read_answer,
    read_configuration,
    tool_registration,
)
from blog.lti.rosters import roster_list
from blog.lti.scores import ScoreContent, score_of
from blog.lti.services import Registration, is_service_address, next_page
from blog.roster_files import read_roster

AT = datetime(2026, 11, 28, 4, 22, 30, 622_000, tzinfo=UTC)
SITE = "https://pln.example.edu"
LMS = {
    "issuer": "https://lms.example",
    "authorization_endpoint": "https://lms.example/auth",
    "token_endpoint": "https://lms.example/token",
    "jwks_uri": "https://lms.example/jwks",
    "registration_endpoint": "https://lms.example/register",
}


def test_links_with_and_without_points():
    links = [Link("Ties", "1", "prompt-7", Decimal("12.5")), Link("Pods", "2", "prompt-8")]

    message = deep_linking_response(
        links,
        DeepLinking("https://lms.example/picked", "kept"),
        issuer="https://lms.example",
        client_id="us",
        deployment="d-1",
        launch_url=f"{SITE}/lti/launch/",
        now=1_800_000_000.5,
    )

    same = {
        "type": "ltiResourceLink",
        "url": f"{SITE}/lti/launch/",
        "window": {"targetName": "_blank"},
    }
    column = {"label": "Ties", "scoreMaximum": 12.5, "resourceId": "prompt-7", "tag": "post"}
    assert message[f"{DL_CLAIM}content_items"] == [
        {**same, "title": "Ties", "custom": {"prompt": "1"}, "lineItem": column},
        {**same, "title": "Pods", "custom": {"prompt": "2"}},
    ]
    assert (message["iss"], message["aud"], message[f"{CLAIM}deployment_id"]) == (
        "us",
        "https://lms.example",
        "d-1",
    )
    assert (message["iat"], message["exp"]) == (1_800_000_000, 1_800_000_300)
    assert message[f"{DL_CLAIM}data"] == "kept"


def test_score_of_a_released_grade():
    content = ScoreContent(AT, Decimal("8.5"), Decimal(10), "https://pln.example.edu/c/n/#feedback")

    assert score_of(content, user="u2", at=AT) == {
        "userId": "u2",
        "timestamp": "2026-11-28T04:22:30.622+00:00",
        "activityProgress": "Completed",
        "gradingProgress": "FullyGraded",
        "scoreGiven": 8.5,
        "scoreMaximum": 10.0,
        "comment": "https://pln.example.edu/c/n/#feedback",
        "submission": {"submittedAt": "2026-11-28T04:22:30.622+00:00"},
    }


@pytest.mark.parametrize(
    ("content", "takes_back", "activity", "grading"),
    [
        (ScoreContent(AT), False, "Submitted", "PendingManual"),
        (ScoreContent(AT), True, "Submitted", "NotReady"),
        (ScoreContent(), True, "Initialized", "NotReady"),
    ],
)
def test_score_without_points_gives_none(content, takes_back, activity, grading):
    score = score_of(content, user="u2", at=AT, takes_back=takes_back)

    assert "scoreGiven" not in score
    assert (score["activityProgress"], score["gradingProgress"]) == (activity, grading)


def test_names_are_read_where_no_family_name_is_told():
    members = [
        {"user_id": "u1", "name": "Ada Lovelace", "email": "a@x.ca", "roles": ["Learner"]},
        {"user_id": "u2", "email": "b@x.ca", "roles": ["Learner"]},
    ]

    rows = read_roster(roster_list(members), "lms.csv", {}).rows

    assert [(row.name, row.family_name) for row in rows] == [("Ada Lovelace", ""), ("", "")]


def test_people_of_an_lms_are_read_by_the_roster():
    members = [
        {
            "user_id": "u1",
            "name": "Ada L",
            "family_name": "L",
            "email": "a@x.ca",
            "roles": ["Learner"],
        },
        {
            "user_id": 7,
            "given_name": "Bo",
            "family_name": "B",
            "roles": ["Learner"],
            "status": "Inactive",
        },
        {"user_id": "u3", "name": "Tess", "email": "t@x.ca", "roles": ["Instructor"]},
        {"user_id": "u4", "name": "Adam Admin", "email": "adm@x.ca", "roles": ["Administrator"]},
    ]

    rows = read_roster(roster_list(members), "lms.csv", {}).rows

    assert [
        (row.name, row.family_name, row.email, dict(row.identifiers), row.role, row.status)
        for row in rows
    ] == [
        ("Ada L", "L", "a@x.ca", {"lms_id": "u1"}, "student", "active"),
        ("Bo B", "B", "", {"lms_id": "7"}, "student", "dropped"),
        ("Tess", "", "t@x.ca", {"lms_id": "u3"}, "instructor", "active"),
    ]


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["user_id", "name", "roles", "email"]),
            st.text(st.characters(codec=None)),
        )
    )
)
def test_list_of_people_has_a_line_for_each(members):
    """Whatever an LMS says of people, the list keeps its columns."""
    members = [{**one, "roles": ["Learner"]} for one in members]

    rows = list(csv.reader(io.StringIO(roster_list(members).decode(), newline="")))

    assert [len(row) for row in rows] == [6] * (len(members) + 1)


@pytest.mark.parametrize(
    "key", ["k" * 255, "a  b", " 7", "007.0", "1e5", '="7"', "#1", "-", 'a,b"c', "n/a", "A\u200bB"]
)
def test_keys_of_people_stay_as_they_are(key):
    """They are compared with those of launches; a spreadsheet has not been at them."""
    people = [
        {"user_id": key, "name": "Ada L", "email": "a@x.ca", "roles": ["Learner"]},
        {"user_id": "u2", "name": "Bo B", "email": "b@x.ca", "roles": ["Learner"]},
    ]

    rows = read_roster(roster_list(people), "lms.csv", {}).rows

    assert [dict(row.identifiers) for row in rows] == [{"lms_id": key}, {"lms_id": "u2"}]
    assert read_identifier(key) == key


@pytest.mark.parametrize("value", ["k" * 256, "", "a\0", "\ud800", None, True, 1.5, ["7"]])
def test_what_is_no_key_names_nobody(value):
    assert read_identifier(value) == ""


def test_configuration_of_an_lms():
    about = {"product_family_code": "desire2learn"}
    document = LMS | {"https://purl.imsglobal.org/spec/lti-platform-configuration": about}

    addresses, kind = read_configuration(document, "https://lms.example/.well-known/x?y=1")

    assert kind == "brightspace"
    assert read_answer({"client_id": "c-1"}, addresses) == (
        Registration(
            "https://lms.example",
            "c-1",
            "https://lms.example/auth",
            "https://lms.example/token",
            "https://lms.example/jwks",
        ),
        "",
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"issuer": "https://another.example"},
        {"registration_endpoint": "https://another.example/register"},
        {"token_endpoint": None},
        {"jwks_uri": 4},
        {"jwks_uri": "https://lms.example/\0"},
        {"token_endpoint": "https://lms.example/\ud800"},
    ],
)
def test_lms_cannot_register_as_another_one(changes):
    with pytest.raises(BadRegistration):
        read_configuration(LMS | changes, "https://lms.example/.well-known/x")


@pytest.mark.parametrize(
    "answer",
    [None, [], {}, {"client_id": 5}, {"client_id": "x" * 300}, {"client_id": "x\0"}],
)
def test_answer_without_a_client_is_none(answer):
    addresses, _kind = read_configuration(LMS, "https://lms.example/x")

    with pytest.raises(BadRegistration):
        read_answer(answer, addresses)


def test_both_registrations_name_the_same_addresses():
    ours = tool_registration(SITE, title="T", description="D")
    canvas = canvas_configuration(SITE, title="T", description="D")

    assert ours["initiate_login_uri"] == canvas["oidc_initiation_url"] == f"{SITE}/lti/login/"
    assert ours["redirect_uris"] == [canvas["target_link_uri"]] == [f"{SITE}/lti/launch/"]
    assert ours["jwks_uri"] == canvas["public_jwk_url"] == f"{SITE}/lti/jwks.json"
    assert ours["scope"].split() == canvas["scopes"]


@pytest.mark.parametrize(
    ("url", "site", "expected"),
    [
        ("https://lms.example/x", SITE, True),
        ("http://lms.example/x", SITE, False),
        ("http://127.0.0.1:8000/x", SITE, False),
        ("https://localhost/x", SITE, False),
        ("http://127.0.0.1:8000/x", "http://127.0.0.1:8000", True),
        ("https://user@lms.example/x", SITE, False),
        ("file:///etc/passwd", SITE, False),
        ("", SITE, False),
    ],
)
def test_addresses_that_are_asked(url, site, expected):
    assert is_service_address(url, site=site) is expected


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ('<https://lms.example/m?p=2>; rel="next"', "https://lms.example/m?p=2"),
        (
            '<https://lms.example/d>; rel="differences", <https://l.example/2>;rel=next',
            "https://l.example/2",
        ),
        ('<https://lms.example/d>; rel="differences"', ""),
        ('<https://lms.example/m?ids=1,2;3>; rel="next"', "https://lms.example/m?ids=1,2;3"),
        ('<https://lms.example/m>; title="a, <b>; rel=x"; Rel="Next"', "https://lms.example/m"),
        ('<https://lms.example/m> ;rel = "last next"', "https://lms.example/m"),
        ('<https://lms.example/m>; title="next"; rel=prev', ""),
        ('<https://lms.example/m>; anchor="#x"; rel="next', ""),
        ("", ""),
    ],
)
def test_next_page(link, expected):
    assert next_page(link) == expected
