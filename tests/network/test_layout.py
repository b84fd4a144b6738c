from hypothesis import given
from hypothesis import strategies as st

from network.layout import CENTRE, RING_RADII, Label, Node, ego_rings, reach, stable_order

rings = st.lists(st.integers(1, 10_000), unique=True, max_size=40).map(
    lambda keys: [keys[0::3], keys[1::3], keys[2::3]]
)


def test_ego_rings_of_nobody_is_empty():
    assert ego_rings([[], [], []], "c:1") == []


def test_ego_rings_of_one_is_opposite_the_gap():
    assert ego_rings([[7], [], []], "c:1") == [
        Node(7, 0, 240.0, 324.0, 7, Label(240.0, 345.0, "middle"))
    ]


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


@given(
    st.lists(st.sampled_from([0, 1, 2]), min_size=1, max_size=36),
    st.randoms(use_true_random=False),
)
def test_names_do_not_cover_each_other_and_stay_in_the_figure(ring_of, random):
    longest = 14 if len(ring_of) <= 24 else 9
    chars = {key: random.randint(2, longest) for key in range(len(ring_of))}
    rings = [[key for key, ring in enumerate(ring_of) if ring == n] for n in range(3)]

    boxes = [node.label.box(chars[node.key]) for node in ego_rings(rings, "c:1", chars)]

    assert [box for box in boxes if box.outside] == []
    overlaps = [a.overlap(b) for n, a in enumerate(boxes) for b in boxes[:n]]
    assert all(area < 20 for area in overlaps)


@given(st.integers(2, 36))
def test_fingers_find_one_node(nodes):
    placed = ego_rings([[], [], range(nodes)], "c:1")
    nearest = min(
        ((a.x - b.x) ** 2 + (a.y - b.y) ** 2) ** 0.5 for a in placed for b in placed if a != b
    )

    assert 2 * reach(nodes) <= nearest + 0.5


@given(st.sets(st.integers()))
def test_stable_order_keeps_everybody(keys):
    assert sorted(stable_order(keys, "a")) == sorted(keys)
