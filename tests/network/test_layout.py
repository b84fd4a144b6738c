from hypothesis import given
from hypothesis import strategies as st

from network.layout import CENTRE, RING_RADII, Node, ego_rings, stable_order

rings = st.lists(st.integers(1, 10_000), unique=True, max_size=40).map(
    lambda keys: [keys[0::3], keys[1::3], keys[2::3]]
)


def test_ego_rings_of_nobody_is_empty():
    assert ego_rings([[], [], []], "c:1") == []


def test_ego_rings_of_one_is_opposite_the_gap():
    assert ego_rings([[7], [], []], "c:1") == [Node(7, 0, 240.0, 324.0, 7, 240.0, 345.0)]


@given(rings)
def test_everybody_is_on_their_ring(rings):
    nodes = ego_rings(rings, "c:1")

    assert sorted(node.key for node in nodes) == sorted(key for ring in rings for key in ring)
    for node in nodes:
        assert node.key in rings[node.ring]
        distance = ((node.x - CENTRE) ** 2 + (node.y - CENTRE) ** 2) ** 0.5
        assert abs(distance - RING_RADII[node.ring]) < 0.2


@given(rings)
def test_the_top_stays_free_for_the_names_of_the_rings(rings):
    for node in ego_rings(rings, "c:1"):
        assert not (node.y < CENTRE and abs(node.x - CENTRE) < 0.34 * (CENTRE - node.y))


@given(rings, st.randoms())
def test_order_of_input_changes_nothing(rings, random):
    shuffled = [random.sample(ring, len(ring)) for ring in rings]

    assert ego_rings(shuffled, "c:1") == ego_rings(rings, "c:1")


@given(st.sets(st.integers()))
def test_stable_order_keeps_everybody(keys):
    assert sorted(stable_order(keys, "a")) == sorted(keys)
