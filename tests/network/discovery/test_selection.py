"""The five posts of a week: who may be among them, how many of each, and why."""

from collections import Counter
from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from network.discovery import Candidate, Interests, Pick, Reason, Relation, Scope, choose, score
from network.discovery.selection import ITEMS, turns
from tests.network.discovery.test_ranking import candidates, interests_of_readers, scopes

ME = 0
several = st.lists(candidates, max_size=12, unique_by=lambda one: one.post)


def offered(*some, interests=Interests(frozenset({20, 21})), turns=(), **scope):  # noqa: B008
    scope = Scope(ME, posts=20, citing_posts={20: 1, 21: 2}, **scope)
    return choose(some, interests, scope, salt="0:2026:48", turns=turns)


def answered(post, author=None, **fields):
    return Candidate(post, author or post, comments=1, **fields)


def test_each_reason_is_of_what_counts_most():
    cites = answered(1, works=frozenset({20}))
    together = answered(2, works=frozenset({30}))
    known = answered(3, peers=frozenset({7}))
    strange = answered(4)
    fresh = Candidate(5, 5)
    scope = {"cited_together": {30: {21: {9}}}, "degrees": {7: 2}}

    assert offered(cites, together, known, strange, fresh, **scope) == [
        Pick(1, Reason.WORK, work=20),
        Pick(2, Reason.CITED_TOGETHER, work=30, own_work=21),
        Pick(3, Reason.PEER, peer=7),
        Pick(4, Reason.NOT_MET),
        Pick(5, Reason.CHANCE),
    ]


def test_of_a_person_whom_the_reader_knows_nothing_is_offered_without_a_reason():
    assert (
        offered(
            answered(1, relation=Relation.WEAK, is_met=True),
            answered(2, relation=Relation.DORMANT, is_met=True),
            answered(3, relation=Relation.VERY_WEAK, is_met=True),
        )
        == []
    )


def test_posts_without_comments_say_so_and_one_of_them_is_by_chance():
    picks = offered(*(Candidate(post, post) for post in range(1, 8)))

    assert [pick.reason for pick in picks] == [*4 * [Reason.UNANSWERED], Reason.CHANCE]


def test_strong_ties_are_never_offered():
    assert offered(Candidate(1, 1, Relation.STRONG, works=frozenset({20}))) == []


def test_one_of_each_author_one_for_each_work_and_two_of_each_group():
    same_author = [answered(post, 1, works=frozenset({20 + post})) for post in (0, 1)]
    same_work = [answered(post, works=frozenset({21})) for post in (2, 3)]
    same_group = [answered(post, group=1) for post in (4, 5, 6)]

    picks = offered(*same_author, *same_work, *same_group)

    counts = Counter(pick.work for pick in picks)
    assert counts[20] <= 1
    assert counts[21] <= 1
    assert len([pick for pick in picks if pick.post in (0, 1)]) == 1
    assert len([pick for pick in picks if pick.post in (4, 5, 6)]) == 2


def test_another_reader_gets_another_one_by_chance():
    fresh = [Candidate(post, post) for post in range(1, 40)]

    by_chance = {
        choose(fresh, Interests(), Scope(ME), salt=f"{reader}:2026:48")[-1].post
        for reader in range(30)
    }

    assert len(by_chance) > 10


def test_one_place_by_score_is_for_the_author_whose_turn_it_is():
    liked = [answered(post, peers=frozenset({7}), age_days=post) for post in range(1, 7)]
    plain = [answered(post) for post in (8, 9)]
    before = offered(*liked, *plain, degrees={7: 2})

    after = offered(*liked, *plain, degrees={7: 2}, turns=[9, 8])

    assert [pick.post for pick in before] == [1, 2, 3, 4, 5]
    assert [pick.post for pick in after] == [1, 2, 3, 4, 9]
    assert after[-1] == Pick(9, Reason.NOT_MET)


def test_a_turn_that_nothing_can_be_said_for_goes_to_the_next():
    known = answered(8, relation=Relation.WEAK, is_met=True)
    strong = answered(7, relation=Relation.STRONG)
    liked = [answered(post, peers=frozenset({6}), age_days=post) for post in range(1, 6)]

    picks = offered(*liked, known, strong, answered(9), turns=[7, 8, 9, 1], degrees={6: 2})

    assert [pick.post for pick in picks] == [1, 2, 3, 4, 9]


@given(st.frozensets(st.integers(0, 40), min_size=2, max_size=12), st.text(max_size=3))
def test_turns_go_round_the_class(people, salt):
    """Each comes first with one reader, second with another, and never with themselves."""
    by_reader = {one: turns(people, one, salt=salt) for one in people}

    assert all({*order, one} == people for one, order in by_reader.items())
    for place in range(len(people) - 1):
        assert {order[place] for order in by_reader.values()} == people


@given(several, interests_of_readers, scopes)
def test_whose_turn_it_is_is_offered_if_anything_can_be_said(some, interests, scope):
    """Unless a post of theirs comes by chance anyway, or another takes their work or group."""
    for author in {one.author for one in some}:
        mine = [one for one in some if one.author == author]
        alone = choose(mine, interests, scope, salt="w", turns=[author])
        picks = choose(some, interests, scope, salt="w", turns=[author])
        by_post = {one.post: one.author for one in some}
        if any(pick.reason is not Reason.CHANCE for pick in alone):
            assert author in {by_post[pick.post] for pick in picks}


@given(st.permutations([answered(post) for post in range(1, 9)]))
def test_equal_scores_are_in_an_order_of_the_reader_and_the_week(some):
    """Whatever the order in which they come, and with no advantage of a number."""
    picks = choose(some, Interests(), Scope(ME), salt="0:2026:48")

    ordered = sorted(some, key=lambda one: one.post)
    assert picks == choose(ordered, Interests(), Scope(ME), salt="0:2026:48")
    assert picks != choose(some, Interests(), Scope(ME), salt="0:2026:49")


@given(several, interests_of_readers, scopes, st.randoms(use_true_random=False))
def test_the_order_of_what_comes_in_changes_nothing(some, interests, scope, random: Random):
    before = choose(some, interests, scope, salt="w", turns=[3, 1])
    random.shuffle(some)

    assert choose(some, interests, scope, salt="w", turns=[3, 1]) == before


@given(several, interests_of_readers, scopes, st.permutations(range(1, 5)))
def test_the_rules_of_a_week_hold(some, interests, scope, order):
    by_post = {one.post: one for one in some}

    picks = choose(some, interests, scope, salt="w", turns=order)

    chosen = [by_post[pick.post] for pick in picks]
    assert len(picks) <= ITEMS
    assert len({one.author for one in chosen}) == len(picks)
    assert all(one.relation is not Relation.STRONG for one in chosen)
    named = [pick.work for pick in picks if pick.work is not None]
    assert len(set(named)) == len(named)
    assert [pick.reason for pick in picks].count(Reason.CHANCE) == any(
        one.comments == 0 and one.relation is not Relation.STRONG for one in some
    )


@given(several, interests_of_readers, scopes, st.permutations(range(1, 5)))
def test_every_reason_is_true_of_what_came_in(some, interests, scope, order):
    by_post = {one.post: one for one in some}

    for pick in choose(some, interests, scope, salt="w", turns=order):
        one = by_post[pick.post]
        found = score(one, interests, scope)
        if pick.reason is Reason.WORK:
            assert pick.work in one.works & interests.works
        elif pick.reason is Reason.CITED_TOGETHER:
            assert scope.cited_together[pick.work][pick.own_work] - {ME, one.author}
        elif pick.reason is Reason.PEER:
            assert pick.peer in one.peers
        elif pick.reason in (Reason.UNANSWERED, Reason.CHANCE):
            assert one.comments == 0
        else:
            assert not one.is_met
        assert (
            pick.reason is Reason.CHANCE or max(found[2:5]) == 0 or pick.reason in list(Reason)[:3]
        )


@given(several, interests_of_readers, scopes)
def test_a_post_that_is_left_out_is_not_offered(some, interests, scope):
    for out in choose(some, interests, scope, salt="w"):
        rest = [one for one in some if one.post != out.post]
        assert out.post not in {pick.post for pick in choose(rest, interests, scope, salt="w")}


def test_more_comments_on_a_post_do_not_bring_it_forward():
    posts = [answered(post, works=frozenset({20, 30 + post})) for post in range(1, 7)]
    before = [pick.post for pick in offered(*posts)]
    last = before[-1]

    after = [
        pick.post
        for pick in offered(*(replace(p, comments=9) if p.post == last else p for p in posts))
    ]

    assert last not in after or after.index(last) >= before.index(last)
