"""Lay out the figure of an ego network. Pure: numbers in, numbers out.

The figure has three rings, strong inside. Peers take turns over the rings, on equal slots of 320
degrees: neighbours then seldom share a ring, so their names have room, and the gap of 40 degrees
at the top is for the names of the rings.
"""

import hashlib
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from math import cos, radians, sin
from typing import NamedTuple

SIZE = 480  # all lengths are in units of the SVG
CENTRE = SIZE / 2
RING_RADII = (84.0, 150.0, 214.0)
NODE_RADII = (7, 6, 5)
GAP_DEGREES = 40.0


class Node(NamedTuple):
    """A peer's place: ``ring`` counts from 0, inside; the label is on the outer side."""

    key: int
    ring: int
    x: float
    y: float
    r: int
    label_x: float
    label_y: float


def stable_order(keys: Iterable[int], salt: str) -> list[int]:
    """Sort keys in a random order that is the same for each salt, so that figures do not jump.

    The order says nothing: it follows neither the alphabet nor who came first.
    """

    def place(key: int) -> bytes:
        return hashlib.blake2b(f"{salt}:{key}".encode(), digest_size=8).digest()

    return sorted(keys, key=place)


def ego_rings(rings: Sequence[Iterable[int]], salt: str) -> list[Node]:
    """Place the peers of each ring, given from the inside out."""
    ordered = [stable_order(ring, salt) for ring in rings]
    turns = [
        (key, ring)
        for turn in zip_longest(*ordered)
        for ring, key in enumerate(turn)
        if key is not None
    ]
    if not turns:
        return []
    step = (360.0 - GAP_DEGREES) / len(turns)
    start = GAP_DEGREES / 2 + step / 2
    return [_node(key, ring, start + step * slot) for slot, (key, ring) in enumerate(turns)]


def _node(key: int, ring: int, degrees: float) -> Node:
    """Place one peer; 0 degrees is the top, and angles grow clockwise."""
    dx, dy = sin(radians(degrees)), -cos(radians(degrees))
    radius = RING_RADII[ring]
    x, y = CENTRE + radius * dx, CENTRE + radius * dy
    # Above the node in the upper half, below it in the lower: never across its own line.
    shift = -12.0 if dy < 0 else 21.0
    return Node(
        key,
        ring,
        round(x, 1),
        round(y, 1),
        NODE_RADII[ring],
        round(x + 8 * dx, 1),
        round(y + shift, 1),
    )
