from hypothesis import given
from hypothesis import strategies as st

from network.discovery import Lead, people_to_meet

ME = 0
people = st.integers(1, 9)
sets = st.dictionaries(st.integers(0, 9), st.frozensets(st.integers(20, 25)), max_size=8)
answers = st.dictionaries(st.integers(0, 9), st.frozensets(st.integers(0, 9)), max_size=8)


def meet(**changes):
    given = {"cited": {}, "answered": {}, "candidates": frozenset({1, 2, 3}), "salt": "w"}
    return people_to_meet(ME, **(given | changes))


def test_nobody_without_a_reason():
    assert meet() == []


def test_a_shared_work_is_a_reason():
    assert meet(cited={ME: {20}, 1: {20}}) == [Lead(1, work=20)]


def test_required_reading_is_no_reason():
    assert meet(cited={ME: {20}, 1: {20}}, required={20}) == []


def test_the_rarest_shared_work_leads():
    cited = {ME: {20, 21}, 1: {20}, 2: {20, 21}, 3: {20}}

    leads = meet(cited=cited)

    assert leads[0] == Lead(2, work=21)
    assert {lead.person for lead in leads} == {1, 2, 3}


def test_answering_the_same_person_is_a_reason():
    assert meet(answered={ME: {3}, 1: {3}}, candidates={1}) == [Lead(1, answered=3)]


def test_somebody_who_only_answers_themselves_or_me_is_no_bridge():
    assert meet(answered={ME: {1}, 1: {1, ME}}, candidates={1}) == []


def test_people_i_met_are_left_out():
    assert meet(cited={ME: {20}, 5: {20}}) == []


@given(sets, answers, st.frozensets(people), st.frozensets(st.integers(20, 25)))
def test_every_lead_is_true_of_the_data(cited, answered, candidates, required):
    leads = people_to_meet(
        ME, cited=cited, answered=answered, candidates=candidates, required=required, salt="w"
    )

    assert len(leads) <= 3
    assert len({lead.person for lead in leads}) == len(leads)
    for lead in leads:
        assert lead.person in candidates
        assert (lead.work is None) != (lead.answered is None)
        if lead.work is not None:
            assert lead.work in cited[ME] & cited[lead.person]
            assert lead.work not in required
        else:
            assert lead.answered in answered[ME] & answered[lead.person]


@given(sets, answers, st.frozensets(people))
def test_same_week_same_leads(cited, answered, candidates):
    def leads(order):
        return people_to_meet(
            ME,
            cited=dict(sorted(cited.items(), reverse=order)),
            answered=dict(sorted(answered.items(), reverse=order)),
            candidates=candidates,
            salt="w",
        )

    assert leads(False) == leads(True)
