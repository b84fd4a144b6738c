"""The score of a post for a reader: its formula on small numbers, and what always holds of it."""

from dataclasses import replace
from math import isclose, log, sqrt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from network.discovery import Candidate, Interests, Relation, Scope, score
from network.discovery.ranking import cosine, rarity_of

ME, AUTHOR, THIRD = 0, 1, 2
SCOPE = Scope(ME, posts=9, citing_posts={20: 1, 21: 4, 22: 9})

works = st.frozensets(st.integers(20, 26), max_size=5)
words = st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 5), max_size=4)
counts = st.dictionaries(st.integers(20, 26), st.integers(0, 30), max_size=7)
authors = st.frozensets(st.integers(0, 4), max_size=3)
together = st.dictionaries(
    st.integers(20, 26), st.dictionaries(st.integers(20, 26), authors, max_size=3), max_size=4
)
candidates = st.builds(
    Candidate,
    post=st.integers(1, 9),
    author=st.integers(1, 4),
    relation=st.sampled_from(Relation),
    is_met=st.booleans(),
    works=works,
    peers=st.frozensets(st.integers(5, 20), max_size=12),
    comments=st.integers(0, 40),
    age_days=st.integers(0, 56),
    words=words,
)
interests_of_readers = st.builds(Interests, works=works, words=words)
scopes = st.builds(
    Scope,
    me=st.just(ME),
    posts=st.integers(30, 60),
    citing_posts=counts,
    cited_together=together,
    degrees=st.dictionaries(st.integers(5, 20), st.integers(1, 30), max_size=8),
)


def test_works_both_cite_count_by_their_rarity():
    candidate = Candidate(1, AUTHOR, works=frozenset({20, 21}))

    found = score(candidate, Interests(frozenset({20, 22})), SCOPE)

    rare, common = log(10 / 2), log(10 / 5)
    assert isclose(found.coupling, rare / sqrt(rare**2 + common**2))
    assert found.work == 20
    assert found.cocitation == found.allocation == 0
    assert isclose(found.relevance, found.coupling)
    assert isclose(found.value, found.coupling * 0.9 * 0.8 * 1.0)


def test_required_reading_weighs_nothing():
    candidate = Candidate(1, AUTHOR, works=frozenset({22}))

    assert score(candidate, Interests(frozenset({22})), SCOPE).value == 0


def test_works_that_others_cite_together_count_by_their_share():
    scope = replace(SCOPE, cited_together={21: {20: {THIRD}}, 22: {20: {AUTHOR, ME}}})
    candidate = Candidate(1, AUTHOR, works=frozenset({21, 22}))

    found = score(candidate, Interests(frozenset({20})), scope)

    assert found.cocitation == 0.5
    assert found.pair == (21, 20)
    assert found.relevance == 0.25
    assert isclose(found.value, 0.25 * 0.9 * 0.8 * 0.5)


def test_common_peers_count_by_how_few_others_they_have():
    scope = replace(SCOPE, degrees={5: 2, 6: 4})
    candidate = Candidate(1, AUTHOR, peers=frozenset({5, 6}))

    found = score(candidate, Interests(frozenset({20})), scope)

    assert isclose(found.allocation, 0.75 / 1.75)
    assert found.peer == 5
    assert isclose(found.value, found.allocation / 2 * 0.9 * 1.0 * 0.5)


@pytest.mark.parametrize(
    ("relation", "weight"),
    [
        ("STRONG", 0),
        ("WEAK", 0.4),
        ("VERY_WEAK", 0.8),
        ("LATENT", 1),
        ("NONE", 0.9),
        ("DORMANT", 0.9),
    ],
)
def test_whoever_cites_nothing_yet_is_given_by_tie_peers_comments_and_age(relation, weight):
    candidate = Candidate(1, AUTHOR, Relation[relation], comments=1, age_days=28)

    assert isclose(score(candidate, Interests(), SCOPE).value, weight * 0.8 * 0.5 * 0.75)


@pytest.mark.parametrize(
    ("count", "weight"), [(0, 0.8), (1, 1), (3, 1), (4, 0.7), (8, 0.7), (9, 0.5)]
)
def test_a_few_common_peers_are_best(count, weight):
    candidate = Candidate(1, AUTHOR, peers=frozenset(range(5, 5 + count)))

    assert isclose(score(candidate, Interests(), SCOPE).value, weight * 0.9)


def test_another_view_of_the_same_work_counts_more():
    rarity = rarity_of([{"a": 1}, {"a": 1, "b": 1}, {"c": 1}])
    candidate = Candidate(1, AUTHOR, works=frozenset({20}), words={"c": 2})
    interests = Interests(frozenset({20}), {"a": 3, "b": 1})

    other = score(candidate, interests, SCOPE, rarity).value
    same = score(replace(candidate, words=interests.words), interests, SCOPE, rarity).value

    assert isclose(other, 2 * same)


@given(words, words)
def test_texts_are_alike_from_0_to_1_and_each_to_itself(one, other):
    rarity = rarity_of([one, other, {"z": 1}])

    assert 0 <= cosine(one, other, rarity) <= 1
    assert isclose(cosine(one, other, rarity), cosine(other, one, rarity), abs_tol=1e-12)
    assert not one or isclose(cosine(one, one, rarity), 1, rel_tol=1e-9)


@given(candidates, interests_of_readers, scopes)
@example(  # the most there can be: the same works, another view, one common peer, fresh
    Candidate(
        1,
        AUTHOR,
        Relation.LATENT,
        works=frozenset({20}),
        peers=frozenset({5}),
        words={"a": 1},
    ),
    Interests(frozenset({20}), {"b": 1}),
    SCOPE,
)
def test_scores_are_from_0_to_1(candidate, interests, scope):
    found = score(candidate, interests, scope, rarity_of([interests.words, candidate.words]))

    assert 0 <= found.value <= 1
    assert all(0 <= part <= 1 for part in found[1:5])


@given(candidates, interests_of_readers, scopes, st.integers(20, 26))
def test_one_more_work_that_both_cite_never_lowers_relevance(candidate, interests, scope, work):
    interests = replace(interests, works=interests.works | {work})
    before = score(candidate, interests, scope)

    after = score(replace(candidate, works=candidate.works | {work}), interests, scope)

    assert after.relevance >= before.relevance - 1e-12


@given(candidates, interests_of_readers, scopes, st.integers(1, 20))
def test_more_comments_never_raise_a_score(candidate, interests, scope, more):
    after = replace(candidate, comments=candidate.comments + more)

    assert score(after, interests, scope).value <= score(candidate, interests, scope).value


@given(candidates, interests_of_readers, scopes)
def test_what_a_score_names_is_true(candidate, interests, scope):
    found = score(candidate, interests, scope)

    assert found.work is None or found.work in interests.works & candidate.works
    assert found.peer is None or found.peer in candidate.peers
    if found.pair:
        work, own = found.pair
        assert work in candidate.works - interests.works
        assert own in interests.works
        assert scope.cited_together[work][own] - {ME, candidate.author}


def test_two_texts_alone_have_their_words_in_common():
    """As where the reader and one other cite a work: no third text says which words are rare."""
    own, same, unlike = {"ties": 2, "bridge": 1}, {"ties": 2, "bridge": 1}, {"river": 3}

    assert isclose(cosine(own, same, rarity_of([own, same])), 1.0)
    assert cosine(own, unlike, rarity_of([own, unlike])) == 0.0
