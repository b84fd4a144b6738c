from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from network.pod_draw import draw_next_pods

PEOPLE = range(13)
ties = st.dictionaries(st.sampled_from(list(combinations(PEOPLE, 2))), st.integers(1, 3))
pods = st.dictionaries(st.sampled_from(PEOPLE), st.integers(1, 3))


def test_pods_join_a_tie_with_people_who_have_not_met():
    now = dict.fromkeys(range(4), 1) | dict.fromkeys(range(4, 8), 2)

    drawn = draw_next_pods(range(8), {(0, 1): 3, (2, 3): 2, (4, 5): 3, (6, 7): 1}, now, size=4)

    assert drawn == [[0, 1, 6, 7], [2, 3, 4, 5]]


def test_nobody_to_draw_makes_no_pod():
    assert draw_next_pods([], {}, {}, size=4) == []


@given(st.sets(st.sampled_from(PEOPLE), min_size=1), ties, pods, st.integers(2, 6))
def test_everybody_is_in_one_pod_of_an_even_size(people, weights, now, size):
    drawn = draw_next_pods(people, weights, now, size=size)

    assert sorted(person for pod in drawn for person in pod) == sorted(people)
    sizes = [len(pod) for pod in drawn]
    assert max(sizes) - min(sizes) <= 1


@given(ties, pods, st.randoms())
def test_the_same_class_gives_the_same_pods(weights, now, random):
    shuffled = dict(random.sample(list(weights.items()), len(weights)))
    people = random.sample(list(PEOPLE), len(PEOPLE))

    assert draw_next_pods(PEOPLE, weights, now, size=4) == draw_next_pods(
        people, shuffled, now, size=4
    )
