from hypothesis import given
from hypothesis import strategies as st

from network.discovery import Recipient, choose_recipients

people = st.integers(1, 12)
works = st.frozensets(st.integers(20, 25))
sets = st.dictionaries(people, works, max_size=12)


def choose(cited, **changes):
    given = {"own": {20, 21}, "ties": [], "salt": "7"}
    return choose_recipients(cited, **(given | changes))


def test_nobody_without_a_shared_work():
    assert choose({1: {22}, 2: set()}) == []


def test_ties_lead_in_their_order():
    cited = dict.fromkeys(range(1, 9), {20})

    chosen = choose(cited, ties=[8, 9, 3], limit=3)

    assert [one.person for one in chosen[:2]] == [8, 3]
    assert chosen[2].person in {1, 2, 4, 5, 6, 7}


def test_the_reason_is_what_fewest_cite_and_required_reading_the_last():
    cited = {1: {20, 21}, 2: {20}}

    assert Recipient(1, 21) in choose(cited)
    assert Recipient(1, 20) in choose(cited, required={21})
    assert Recipient(2, 20) in choose(cited, required={20})


def test_who_shares_required_reading_alone_comes_after_the_others_but_not_after_a_tie():
    cited = {1: {21}, 2: {20}, 3: {21}}

    assert [one.person for one in choose(cited, ties=[3], required={21})] == [3, 2, 1]


@given(sets, works, works, st.lists(people, unique=True), st.integers(1, 6))
def test_whoever_is_chosen_shares_a_work_and_nobody_nearer_is_left_out(
    cited, own, required, ties, limit
):
    chosen = choose_recipients(cited, own=own, ties=ties, required=required, salt="7", limit=limit)

    sharing = {person for person, works in cited.items() if works & own}
    keys = [one.person for one in chosen]
    assert len(keys) == len(set(keys)) == min(limit, len(sharing))
    assert all(one.work in cited[one.person] & own for one in chosen)
    assert [key for key in ties if key in sharing][:limit] == [key for key in keys if key in ties]


@given(sets, works, works)
def test_the_order_of_the_rows_changes_nothing(cited, own, required):
    backwards = dict(reversed(cited.items()))

    chosen, again = (
        choose_recipients(each, own=own, ties=[], required=required, salt="7")
        for each in (cited, backwards)
    )

    assert chosen == again
