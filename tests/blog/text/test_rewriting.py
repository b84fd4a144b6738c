"""Rewriting the source of a post: names kept, citations linked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.text import render_post
from blog.text.rewriting import correct_key, keep_as_name, link_citation
from tests.blog.citations.consistency.test_exact import WORKS


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("I @ada.", r"I \@ada."),
        ("[@ada, p. 3] [see @ada]", r"[\@ada, p. 3] [see \@ada]"),
        ("@{ada}", r"\@{ada}"),
        ("`@ada` and @ada", r"`@ada` and \@ada"),
        ("```\n@ada\n```\n\n@ada", "```\n@ada\n```\n\n\\@ada"),
        ("[x @ada](https://a.org/@ada)", "[x @ada](https://a.org/@ada)"),
        (r"\@ada", r"\@ada"),
        ("@ada_x @ada-x me@ada.org @ada@example.org", "@ada_x @ada-x me@ada.org @ada@example.org"),
        ("> @ada\n\n* @ada’s", "> \\@ada\n\n* \\@ada’s"),
    ],
)
def test_a_name_is_kept_where_it_would_cite(source, kept):
    assert keep_as_name(source, "ada") == kept
    assert "ada" not in render_post(kept).unknown
    assert keep_as_name(kept, "ada") == kept


@pytest.mark.parametrize(
    ("source", "linked"),
    [
        ("(Calder, 2014)", "[@calder]"),
        ("(see Calder, 2014, p. 3; Luna & Sol, 2010)", "[see @calder, p. 3; @pair]"),
        ("(see Calder, 2014: 33; Mar, 2010)", "[see @calder, 33] (Mar, 2010)"),
        ("(Calder, 2014, 2016)", "[@calder; @calder2]"),
        ("Calder (2014) says", "@calder says"),
        ("Calder (2014, p. 3) says", "@calder [p. 3] says"),
        ("Calder’s (2014, p. 3) rooms", "Calder’s [-@calder, p. 3] rooms"),
        ("Calder (2014, for one) says", "Calder [-@calder, for one] says"),
        ("Calder (2014)-based", "@{calder}-based"),
        ("So.Calder (2014)", "So.Calder [-@calder]"),
        ("**Calder** (2014)", "@calder"),
        ("(*Calder*,\n2014)", "[@calder]"),
        ("(Calder, 2014; see also @pair)", "[@calder; see also @pair]"),
        ("[@pair; Calder, 2014, p. 3]", "[@pair; @calder, p. 3]"),
        ("(@pair and Calder, 2014)", "[@pair and @calder]"),
        ("(Calder, 2014; [@pair])", "[@calder] ([@pair])"),
        ("Calder’s *Small Rooms* (2014, p. 3)", "Calder’s *Small Rooms* [-@calder, p. 3]"),
        ("(see Calder; 2014)", "[see @calder]"),
        ("`(Calder, 2014)`, (Calder, 2014)", "`(Calder, 2014)`, [@calder]"),
        ("[x (Calder, 2014)](https://a.org)", "[x (Calder, 2014)](https://a.org)"),
        ("Rabbitt (1982, as cited in Calder, 2014)", "Rabbitt (1982, as cited in Calder, 2014)"),
    ],
)
def test_a_citation_is_linked(source, linked):
    assert link_citation(source, "Calder, 2014", "calder", WORKS) == linked


@pytest.mark.parametrize(
    ("source", "key", "corrected"),
    [
        ("[@Ada, p. 3] [see @Ada; @sol] @{Ada}", "ada", "[@ada, p. 3] [see @ada; @sol] @{ada}"),
        ("`@Ada`, [x @Ada](https://a.org/@Ada)", "ada", "`@Ada`, [x @Ada](https://a.org/@Ada)"),
        ("@Ada_x and @Ada’s", "ada", "@Ada_x and @ada’s"),
        ("[@Ada]", "a|da", "[@{a|da}]"),
        (r"\@Ada", "ada", r"\@Ada"),
    ],
)
def test_a_key_is_corrected_where_it_would_cite(source, key, corrected):
    assert correct_key(source, "Ada", key) == corrected


TYPED = [
    "(Calder, 2014)",
    "Calder (2014)",
    "Calder’s (2014, p. 3)",
    "(see Calder, 2014; Mar, 2010)",
    "(Calder, 2014; see also @pair)",
    "Calder’s work (2014)",
    "(Calder; 2014)",
]
AROUND = ["*", "**", "`", "> ", "\n\n", " ", "[", "](https://a.org)", "ties ", ".", "\n* ", "\\"]


@given(st.lists(st.sampled_from([*TYPED, *AROUND]), max_size=14).map("".join))
def test_a_link_never_costs_a_reference(source):
    linked = link_citation(source, "Calder, 2014", "calder", WORKS)

    before, after = render_post(source, WORKS), render_post(linked, WORKS)
    assert {one.key for one in before.references} <= {one.key for one in after.references}
    assert after.unknown == before.unknown
