"""Citation keys: kept where they can be, and suggested where there is none."""

import json

import pytest

from blog.citations.parsers import read_references, suggest_key


def test_an_id_is_kept_where_it_is_the_only_one_and_made_where_it_is_not():
    records = [
        {"id": "a", "title": "Ties"},
        {"id": "a", "title": "Ties", "issued": 2020},
        {"title": "The {Ties}", "issued": 2020},
        {"id": "{}", "author": [{"family": "Müller-Łoś", "given": "A"}], "issued": "1999"},
        {"id": "10.1016/0160-4120(81)90073-8", "title": "x"},
    ]

    assert [record["id"] for record in read_references(json.dumps(records))] == [
        "a",
        "ties2020",
        "ties2020a",
        "mullerlos1999",
        "10.1016/0160-4120(81)90073-8",
    ]


@pytest.mark.parametrize(
    ("csl", "taken", "expected"),
    [
        (
            {"author": [{"family": "Rajagopal", "given": "K"}], "issued": 2012},
            set(),
            "rajagopal2012",
        ),
        (
            {"author": [{"family": "Rajagopal", "given": "K"}], "issued": 2012},
            {"rajagopal2012"},
            "rajagopal2012a",
        ),
        ({"author": [{"family": "van Bruggen", "given": "J"}]}, set(), "vanbruggennd"),
        ({"author": [{"literal": "Bui Phu Hung"}], "issued": 2023}, set(), "bui2023"),
        (
            {"author": [{"literal": "National Institute", "short": "NI"}], "issued": 2023},
            set(),
            "ni2023",
        ),
        ({"editor": [{"family": "Doe", "given": "D"}], "issued": 2023}, set(), "doe2023"),
        ({"title": "The <i>ties</i> that bind", "issued": 2023}, set(), "ties2023"),
        ({}, set(), "worknd"),
    ],
)
def test_a_suggested_key_says_who_and_when(csl, taken, expected):
    assert suggest_key(csl, taken) == expected


def test_keys_do_not_run_out():
    taken = set()
    for _ in range(60):
        taken.add(suggest_key({"title": "Ties"}, taken))

    assert len(taken) == 60
