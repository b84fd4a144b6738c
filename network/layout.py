"""Lay out the figure of an ego network. Pure: numbers in, numbers out.

The figure has three rings, strong inside. Peers take turns over the rings, on equal slots of 320
degrees: neighbours then seldom share a ring, so their names have room, and the gap of 40 degrees
at the top is for the names of the rings. Each name takes the first free place near its node.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import zip_longest
from math import cos, radians, sin
from typing import NamedTuple

SIZE = 480  # all lengths are in units of the SVG
CENTRE = SIZE / 2
RING_RADII = (84.0, 150.0, 214.0)
NODE_RADII = (7, 6, 5)
YOU_RADIUS = 21.0
GAP_DEGREES = 40.0
MAX_RINGS_KEPT = 500

# What is drawn around the rings: names may reach this far.
LEFT, TOP, RIGHT, BOTTOM = -24.0, 8.0, 504.0, 480.0

CHAR_WIDTH = 6.9  # of a name in the stylesheet's size, on average
ASCENT, DESCENT = 10.0, 3.0
# The names of the rings: half their width, and their baselines.
RING_NAMES = ((24.0, 160.0), (20.0, 94.0), (34.0, 30.0))


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def overlap(self, other: "Box") -> float:
        """Return the area that two boxes share."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return width * height if width > 0 and height > 0 else 0.0

    @property
    def outside(self) -> float:
        """Return how far it reaches out of the figure."""
        across = max(0.0, LEFT - self.left) + max(0.0, self.right - RIGHT)
        return across + max(0.0, TOP - self.top) + max(0.0, self.bottom - BOTTOM)


class Label(NamedTuple):
    """The place of a name: its baseline, and whether it starts, ends or is centred there."""

    x: float
    y: float
    anchor: str

    def box(self, chars: int) -> Box:
        width = chars * CHAR_WIDTH
        left = {"start": self.x, "middle": self.x - width / 2, "end": self.x - width}[self.anchor]
        return Box(left, self.y - ASCENT, left + width, self.y + DESCENT)


class Node(NamedTuple):
    """A peer's place: ``ring`` counts from 0, inside."""

    key: int
    ring: int
    x: float
    y: float
    r: int
    label: Label


def stable_order(keys: Iterable[int], salt: str) -> list[int]:
    """Sort keys in a random order that is the same for each salt, so that figures do not jump.

    The order says nothing: it follows neither the alphabet nor who came first.
    """

    def place(key: int) -> bytes:
        return hashlib.blake2b(f"{salt}:{key}".encode(), digest_size=8).digest()

    return sorted(keys, key=place)


def ego_rings(
    rings: Sequence[Iterable[int]], salt: str, chars: Mapping[int, int] | None = None
) -> list[Node]:
    """Place the peers of each ring, given from the inside out; ``chars`` are lengths of names.

    Places are kept while the process runs: their owner opens the page again before ties change.
    """
    lengths = tuple((chars or {}).items())
    return list(_ego_rings(tuple(tuple(ring) for ring in rings), salt, lengths))


@lru_cache(MAX_RINGS_KEPT)
def _ego_rings(
    rings: tuple[tuple[int, ...], ...], salt: str, lengths: tuple[tuple[int, int], ...]
) -> tuple[Node, ...]:
    chars = dict(lengths)
    ordered = [stable_order(ring, salt) for ring in rings]
    turns = [
        (key, ring)
        for turn in zip_longest(*ordered)
        for ring, key in enumerate(turn)
        if key is not None
    ]
    if not turns:
        return ()
    step = (360.0 - GAP_DEGREES) / len(turns)
    start = GAP_DEGREES / 2 + step / 2
    places = [_place(ring, start + step * slot) for slot, (_key, ring) in enumerate(turns)]
    taken = [*_ring_names(), _around(CENTRE, CENTRE, YOU_RADIUS)]
    taken += [_around(x, y, NODE_RADII[ring]) for x, y, ring in places]
    nodes = []
    for (key, ring), (x, y, _ring) in zip(turns, places, strict=True):
        length = chars.get(key, 6)
        label = _least_crowded(_candidates(x, y, NODE_RADII[ring]), length, taken)
        taken.append(label.box(length))
        nodes.append(Node(key, ring, x, y, NODE_RADII[ring], label))
    return tuple(nodes)


def reach(nodes: int) -> float:
    """Return the radius around each of so many nodes in which a finger finds it and no other."""
    slot = 2 * RING_RADII[-1] * sin(radians((360.0 - GAP_DEGREES) / max(nodes, 1) / 2))
    return round(min(18.0, slot / 2), 1) if nodes > 1 else 18.0


def _place(ring: int, degrees: float) -> tuple[float, float, int]:
    """Place one peer; 0 degrees is the top, and angles grow clockwise."""
    x = CENTRE + RING_RADII[ring] * sin(radians(degrees))
    y = CENTRE - RING_RADII[ring] * cos(radians(degrees))
    return round(x, 1), round(y, 1), ring


def _candidates(x: float, y: float, r: int) -> Iterator[Label]:
    """Yield places for a name, the best first: outside its node, then beside it, then inside.

    Outside is above in the upper half and below in the lower: never across its own line.
    """
    is_upper, is_right = y < CENTRE, x >= CENTRE
    above, below = round(y - r - 5, 1), round(y + r + 14, 1)
    lean = round(x + 8 * (x - CENTRE) / RING_RADII[-1], 1)
    beside = round(y + 4.5, 1)
    yield Label(lean, above if is_upper else below, "middle")
    outer = (round(x + r + 5, 1), "start") if is_right else (round(x - r - 5, 1), "end")
    inner = (round(x - r - 5, 1), "end") if is_right else (round(x + r + 5, 1), "start")
    yield Label(outer[0], beside, outer[1])
    for shift in (-6.0, 6.0):
        yield Label(outer[0], round(beside + shift, 1), outer[1])
    yield Label(inner[0], beside, inner[1])
    yield Label(lean, below if is_upper else above, "middle")
    for shift in (14.0, 28.0):
        yield Label(lean, round(above - shift if is_upper else below + shift, 1), "middle")
        yield Label(lean, round(below + shift if is_upper else above - shift, 1), "middle")


def _least_crowded(places: Iterable[Label], length: int, taken: Sequence[Box]) -> Label:
    """Return the first place that is free for a name so long, else the least crowded one."""
    crowding: dict[Label, float] = {}
    for label in places:
        box = label.box(length)
        # Names are low and wide: few others are at their height.
        beside = [other for other in taken if other.top < box.bottom and other.bottom > box.top]
        crowding[label] = 1000 * box.outside + sum(box.overlap(other) for other in beside)
        if not crowding[label]:
            return label
    return min(crowding, key=crowding.__getitem__)


def _ring_names() -> list[Box]:
    return [
        Box(CENTRE - half, baseline - ASCENT, CENTRE + half, baseline + DESCENT)
        for half, baseline in RING_NAMES
    ]


def _around(x: float, y: float, r: float) -> Box:
    return Box(x - r, y - r, x + r, y + r)
