"""Statements of xAPI: each line is one that a learning record store takes."""

import json
import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from hypothesis import given
from hypothesis import strategies as st

from network.export import Statement, json_lines
from network.export.statements import AUTHORED, COMMENTED, REPLIED

COURSE = "https://pln.example.edu/c/networks/"
AT = datetime(2026, 10, 1, 12, tzinfo=UTC)
POST = Statement("T1", "P1", AUTHORED, "T1", "T1", AT)
COMMENT = Statement("E1", "P2", COMMENTED, "T1", "T1", AT + timedelta(hours=1))
REPLY = Statement("E2", "P1", REPLIED, "E1", "T1", AT + timedelta(hours=2))


def lines(statements):
    return [
        json.loads(line)
        for line in "".join(json_lines(statements, course=COURSE, title="Networks")).splitlines()
    ]


def test_statements_say_who_wrote_what_and_when_in_order():
    found = lines([REPLY, POST, COMMENT])

    assert [
        (
            one["actor"]["account"],
            one["verb"]["display"]["en"],
            one["object"]["id"].removeprefix(COURSE),
            [of["id"] for of in one["context"]["contextActivities"].get("parent", [])],
            one["timestamp"],
        )
        for one in found
    ] == [
        ({"homePage": COURSE, "name": "P1"}, "authored", "#T1", [], "2026-10-01T12:00:00+00:00"),
        ({"homePage": COURSE, "name": "P2"}, "commented", "#T1", [], "2026-10-01T13:00:00+00:00"),
        (
            {"homePage": COURSE, "name": "P1"},
            *("replied", "#E1", [f"{COURSE}#T1"], "2026-10-01T14:00:00+00:00"),
        ),
    ]


def test_a_statement_has_the_same_id_in_every_file():
    [first] = lines([COMMENT])
    *_, second = lines([POST, COMMENT])

    assert first == second
    [named] = lines([replace(COMMENT, actor="bob")])
    assert named["id"] != first["id"]  # another statement: a store keeps no two of one id


@given(
    st.lists(
        st.builds(
            Statement,
            st.uuids().map(str),
            st.just("P1"),
            st.sampled_from([AUTHORED, COMMENTED, REPLIED]),
            st.just("T1"),
            st.just("T1"),
            st.datetimes(timezones=st.just(UTC)),
        ),
        max_size=4,
        unique_by=lambda one: one.id,
    )
)
def test_every_statement_is_one_of_the_specification(statements):
    """Section 4 of xAPI 1.0.3: what has to be there, of which kind, and nothing that is null."""
    found = lines(statements)

    assert len({uuid.UUID(one["id"]) for one in found}) == len(statements)
    for one in found:
        assert one["actor"]["objectType"] == "Agent"
        assert set(one["actor"]) == {"objectType", "account"}
        addresses = [
            one["verb"]["id"],
            one["object"]["id"],
            one["object"]["definition"]["type"],
            one["actor"]["account"]["homePage"],
        ]
        assert all(urlsplit(address).scheme in ("http", "https") for address in addresses)
        assert datetime.fromisoformat(one["timestamp"]).tzinfo is not None
        assert "null" not in json.dumps(one)
