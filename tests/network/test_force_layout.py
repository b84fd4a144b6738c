from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from network.force_layout import (
    HEIGHT,
    NAME_ROOM,
    WIDTH,
    Place,
    bent_line,
    force_layout,
    shapes,
)
from network.queries.class_figure import ROOM_OF_MANY

PEOPLE = range(12)
ties = st.dictionaries(st.sampled_from(list(combinations(PEOPLE, 2))), st.integers(1, 3))


@given(ties, st.randoms())
@settings(max_examples=15)
def test_the_same_class_stands_in_the_same_places(weights, random):
    shuffled = dict(random.sample(list(weights.items()), len(weights)))

    found = force_layout(PEOPLE, weights, salt="7")

    assert found == force_layout(random.sample(list(PEOPLE), 12), shuffled, salt="7")
    tied = {person for pair in weights for person in pair}
    assert {key for key, place in found.places.items() if not place.is_below} == tied
    assert found.places.keys() == set(PEOPLE)


@pytest.mark.parametrize("size", [1, 2, 15, 40, 60])
def test_names_do_not_cover_each_other(size):
    graph = nx.gnm_random_graph(size, size * 3, seed=size)

    found = force_layout(range(size), dict.fromkeys(graph.edges, 1), salt="a")

    def is_free(one, other):
        across, down = abs(one.x - other.x), abs(one.y - other.y)
        return across >= NAME_ROOM[0] * 0.6 or down >= NAME_ROOM[1] * 0.35

    places = found.places.values()
    assert all(is_free(one, other) for one, other in combinations(places, 2))
    assert all(0 <= p.x <= WIDTH and 0 <= p.y <= found.height for p in places)


@pytest.mark.parametrize("size", [19, 60, 126])
def test_many_groups_do_not_cover_each_other(size):
    graph = nx.gnm_random_graph(size, size * 8, seed=size)

    found = force_layout(range(size), dict.fromkeys(graph.edges, 1), salt="a", room=ROOM_OF_MANY)

    def is_free(one, other):
        across, down = abs(one.x - other.x), abs(one.y - other.y)
        return across >= ROOM_OF_MANY[0] * 0.6 or down >= ROOM_OF_MANY[1] * 0.6

    places = found.places.values()
    assert all(is_free(one, other) for one, other in combinations(places, 2))
    assert all(0 <= p.x <= WIDTH and 0 <= p.y <= found.height for p in places)


def test_a_class_of_five_hundred_fits_into_the_frame():
    graph = nx.gnm_random_graph(500, 900, seed=5)

    found = force_layout(range(560), dict.fromkeys(graph.edges, 1), salt="a", room=(16, 14))

    above = [place for place in found.places.values() if not place.is_below]
    assert all(0 <= p.x <= WIDTH and 0 <= p.y <= HEIGHT for p in above)
    assert len(found.places) == 560


def test_those_without_a_tie_stand_in_a_row_below():
    found = force_layout(range(4), {(0, 1): 1}, salt="a")

    assert found.rule == HEIGHT
    assert [found.places[key].y > HEIGHT for key in range(4)] == [False, False, True, True]
    assert force_layout(range(2), {}, salt="a").rule is None


def test_lines_bend_a_little():
    assert bent_line(Place(0, 0), Place(100, 0)) == "M0 0Q50 6 100 0"


def test_sixteen_groups_look_different():
    found = shapes(range(16))

    assert len(set(found.values())) == 16
    assert [found[key].is_shaded for key in (0, 7, 8)] == [False, False, True]
