"""The picture of a network: rings, lines and numbered dots, at the places of the layout."""

from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from network.drawing import HEIGHT, LEFT, SCALE, TOP, WIDTH, draw_network
from network.layout import ego_rings

PAPER = (251, 251, 248)


def drawn(*rings):
    nodes = ego_rings(rings, "salt")
    picture = Image.open(BytesIO(draw_network(enumerate(nodes, start=1))))
    return picture.convert("RGB"), nodes


def colour_at(picture, x, y):
    return picture.getpixel((round((x - LEFT) * SCALE), round((y - TOP) * SCALE)))


def test_each_peer_is_where_the_layout_says_in_the_manner_of_the_ring():
    picture, nodes = drawn([1], [2], [3])

    strong, weak, very_weak = sorted(nodes, key=lambda node: node.ring)
    assert colour_at(picture, strong.x, strong.y) == (27, 75, 130)
    for node in (weak, very_weak):
        assert colour_at(picture, node.x, node.y) == PAPER
        assert colour_at(picture, node.x - node.r + 0.7, node.y) != PAPER
    assert colour_at(picture, 240, 240) == (28, 34, 38)


@given(st.lists(st.integers(0, 2), max_size=24))
def test_any_network_is_drawn_within_the_picture(rings):
    keys = [[key for key, ring in enumerate(rings) if ring == wanted] for wanted in range(3)]

    picture, nodes = drawn(*keys)

    assert picture.size == (WIDTH * SCALE, HEIGHT * SCALE)
    assert len(nodes) == len(rings)
    for node in nodes:
        assert LEFT < node.label.x < LEFT + WIDTH
        assert TOP < node.label.y < TOP + HEIGHT


def test_the_same_network_is_the_same_file():
    nodes = ego_rings([[1, 2], [3], []], "salt")

    assert draw_network(enumerate(nodes)) == draw_network(enumerate(nodes))
