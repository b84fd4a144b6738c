from hypothesis import given
from hypothesis import strategies as st

from network.discovery import Suggestion, suggest_people

ME = 0
people = st.integers(1, 9)
sets = st.dictionaries(st.integers(0, 9), st.frozensets(st.integers(20, 25)), max_size=8)
addressees = st.dictionaries(st.integers(0, 9), st.frozensets(st.integers(0, 9)), max_size=8)


def meet(**changes):
    given = {"cited": {}, "written_to": {}, "candidates": frozenset({1, 2, 3}), "salt": "w"}
    return suggest_people(ME, **(given | changes))


def test_nobody_without_a_reason():
    assert meet() == []


def test_a_shared_work_is_a_reason():
    assert meet(cited={ME: {20}, 1: {20}}) == [Suggestion(1, work=20)]


def test_the_rarest_shared_work_leads():
    cited = {ME: {20, 21}, 1: {20}, 2: {20, 21}, 3: {20}}

    suggestions = meet(cited=cited)

    assert suggestions[0] == Suggestion(2, work=21)
    assert {suggestion.person for suggestion in suggestions} == {1, 2, 3}


def test_writing_to_the_same_person_is_a_reason():
    assert meet(written_to={ME: {3}, 1: {3}}, candidates={1}) == [Suggestion(1, peer=3)]


def test_somebody_who_only_writes_to_themselves_or_me_is_no_bridge():
    assert meet(written_to={ME: {1}, 1: {1, ME}}, candidates={1}) == []


def test_people_i_met_are_left_out():
    assert meet(cited={ME: {20}, 5: {20}}) == []


def test_reasons_that_were_not_given_yet_come_first():
    cited = {ME: {20, 21}, 1: {20}, 2: {20}, 3: {21}, 4: {21}, 5: {21}}

    suggestions = meet(cited=cited, candidates=frozenset({1, 2, 3, 4, 5}), limit=4)

    assert [suggestion.work for suggestion in suggestions] == [20, 21, 20, 21]


@given(sets, addressees, st.frozensets(people))
def test_every_suggestion_is_true_of_the_data(cited, written_to, candidates):
    suggestions = suggest_people(
        ME, cited=cited, written_to=written_to, candidates=candidates, salt="w"
    )

    assert len(suggestions) <= 3
    assert len({suggestion.person for suggestion in suggestions}) == len(suggestions)
    for suggestion in suggestions:
        assert suggestion.person in candidates
        assert (suggestion.work is None) != (suggestion.peer is None)
        if suggestion.work is not None:
            assert suggestion.work in cited[ME] & cited[suggestion.person]
        else:
            assert suggestion.peer in written_to[ME] & written_to[suggestion.person]


@given(sets, addressees, st.frozensets(people))
def test_same_week_same_suggestions(cited, written_to, candidates):
    def suggestions(order):
        return suggest_people(
            ME,
            cited=dict(sorted(cited.items(), reverse=order)),
            written_to=dict(sorted(written_to.items(), reverse=order)),
            candidates=candidates,
            salt="w",
        )

    assert suggestions(False) == suggestions(True)
