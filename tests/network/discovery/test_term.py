"""A term of a made-up class: whom the posts of the week bring to whom, and how evenly."""

import pytest

from tests.network.discovery.term import Term

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=[24, 32, 40])
def term(request):
    return Term(request.param, seed=1).run()


def test_authors_are_offered_to_somebody_within_two_weeks(term):
    """In the worst two weeks of the term."""
    assert term.coverage() >= 0.95


def test_readers_are_spread_more_evenly_than_comments(term):
    exposure, received = term.exposure()

    assert exposure < received


def test_two_in_five_lead_beyond_the_peers_of_ones_peers(term):
    """In a class where two in five of all that could be offered do; see ADR 0041."""
    far, of_all = term.far()

    assert of_all > 0.33
    assert far >= 0.4


def test_without_turns_scores_leave_authors_out():
    term = Term(32, seed=1, has_turns=False).run()

    assert term.coverage() < 0.8
