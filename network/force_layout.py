"""Lay out the figure of a class: who exchanges comments stands close. Pure.

Positions are those of a force layout of networkx with a fixed seed, on people in the order of
their keys, so a figure is the same at each visit. It stands in a frame that is wider than high;
people without a tie stand in rows below it.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from math import ceil
from typing import NamedTuple

import networkx as nx
import numpy as np

from network.metrics.units import Pair

WIDTH, HEIGHT = 760, 540  # all lengths are in units of the SVG; the height is the least
MARGIN = 34
ROW_HEIGHT = 56
NAME_ROOM = (62, 44)  # from one name to the next, across and down
SLACK = 1.8  # how much larger the frame is than the rooms of all together
ROUNDS = 200
ROUNDS_OF_MANY = 10  # of a figure without names, where a dot may touch another
MANY = 80
STEPS, STEPS_OF_MANY = 120, 50
# networkx lays out more people than this only with SciPy, which is no part of this project.
MAX_SPRINGS = 499
BEND = 0.06  # how far a line bends, so that lines between three people in a row can be told apart


class Place(NamedTuple):
    """The place of a person; ``is_below``: in the rows of those without a tie."""

    x: float
    y: float
    is_below: bool = False


class Layout(NamedTuple):
    """Places by key, the height of the figure, and the height of the line above the rows."""

    places: dict[int, Place]
    height: int
    rule: int | None


def force_layout(
    people: Collection[int],
    ties: Mapping[Pair, float],
    *,
    salt: str,
    room: tuple[float, float] = NAME_ROOM,
) -> Layout:
    """Place people by their ties, a heavier one closer; ``room`` is what each needs for itself."""
    tied = sorted({person for pair in ties for person in pair})
    alone = sorted(set(people) - set(tied))
    height = max(HEIGHT, ceil(SLACK * len(tied) * room[0] * room[1] / WIDTH))
    spread = _spread(_forces(tied, ties, salt), room, height)
    places = {key: Place(*at) for key, at in spread.items()}
    top = height if tied else 0
    columns = max(1, int((WIDTH - 2 * MARGIN) // room[0]))
    down = max(ROW_HEIGHT * room[1] / NAME_ROOM[1], 16)
    for number, key in enumerate(alone):
        row, column = divmod(number, columns)
        in_row = min(columns, len(alone) - row * columns)
        step = (WIDTH - 2 * MARGIN) / in_row
        x = MARGIN + step * (column + 0.5)
        places[key] = Place(round(x, 1), round(top + down * (row + 0.6), 1), is_below=True)
    rows = ceil(len(alone) / columns)
    return Layout(places, round(top + down * rows + 8), top if alone and tied else None)


def bent_line(start: Place, end: Place) -> str:
    """Return the path of a line between two places, bent a little to its left."""
    dx, dy = end.x - start.x, end.y - start.y
    x, y = (start.x + end.x) / 2 - dy * BEND, (start.y + end.y) / 2 + dx * BEND
    return f"M{start.x:g} {start.y:g}Q{x:.0f} {y:.0f} {end.x:g} {end.y:g}"


def _forces(
    tied: list[int], ties: Mapping[Pair, float], salt: str
) -> dict[int, tuple[float, float]]:
    graph = nx.Graph()
    graph.add_nodes_from(tied)
    graph.add_weighted_edges_from((*pair, weight) for pair, weight in sorted(ties.items()))
    seed = int.from_bytes(hashlib.blake2b(salt.encode(), digest_size=4).digest(), "big")
    if len(tied) > MAX_SPRINGS:
        found = nx.forceatlas2_layout(graph, max_iter=60, seed=seed, weight="weight")
    else:
        steps = STEPS if len(tied) <= MANY else STEPS_OF_MANY
        found = nx.spring_layout(graph, seed=seed, iterations=steps, weight="weight")
    return {key: (float(at[0]), float(at[1])) for key, at in found.items()}


def _spread(
    found: Mapping[int, tuple[float, float]], room: tuple[float, float], height: int
) -> dict[int, tuple[float, float]]:
    """Fit places into the frame, and push apart those that have too little room.

    Distances are measured in rooms: two people are too close within an ellipse as wide as a name
    and as high as a line.
    """
    if not found:
        return {}
    keys = list(found)
    places = _fit(np.array([found[key] for key in keys]), height)
    scale = np.array(room)
    low, high = np.array([MARGIN, MARGIN * 0.7]), np.array([WIDTH - MARGIN, height - MARGIN])
    is_named = room[0] >= NAME_ROOM[0]
    for _ in range(ROUNDS if is_named or len(keys) <= MANY else ROUNDS_OF_MANY):
        apart = (places[:, None, :] - places[None, :, :]) / scale
        distance = np.hypot(apart[..., 0], apart[..., 1])
        np.fill_diagonal(distance, 2)
        close = distance < 1
        if not close.any():
            break
        # Whoever stands in one spot is told apart by their order.
        stacked = (distance < 1e-6)[..., None]
        order = np.sign(np.arange(len(keys))[:, None] - np.arange(len(keys))[None, :])[..., None]
        apart = np.where(stacked, order * np.array([1.0, 0.3]), apart)
        distance = np.maximum(distance, 1e-6)
        push = np.where(close, (1 - distance) / distance, 0.0)[..., None] * apart
        places = np.clip(places + 0.5 * push.sum(axis=1) * scale, low, high)
    return {
        key: (round(float(x), 1), round(float(y), 1))
        for key, (x, y) in zip(keys, places, strict=True)
    }


def _fit(places: np.ndarray, height: int) -> np.ndarray:
    """Stretch places to the frame, by their ranks for a half: a crowd in the middle opens up."""
    low, high = places.min(axis=0), places.max(axis=0)
    span = np.where(high - low > 1e-9, high - low, 1.0)
    even = (places - low) / span
    if len(places) > 2:
        ranks = places.argsort(axis=0).argsort(axis=0) / (len(places) - 1)
        even = (even + ranks) / 2
    elif len(places) == 1:
        even = np.full_like(even, 0.5)
    frame = np.array([WIDTH - 2 * MARGIN, height - 2 * MARGIN])
    return even * frame + np.array([MARGIN, MARGIN * 0.7])


class Shape(NamedTuple):
    """The outline of a person, around the point where they stand; shaded ones are another group."""

    path: str
    is_shaded: bool = False


OUTLINES = (
    "M-8 0A8 8 0 1 0 8 0A8 8 0 1 0 -8 0Z",  # circle
    "M-7 -7H7V7H-7Z",  # square
    "M0 -10L10 0L0 10L-10 0Z",  # diamond
    "M0 -12L12 8H-12Z",  # triangle
    "M-5 -8.5H5L10 0L5 8.5H-5L-10 0Z",  # hexagon
    "M0 12L12 -8H-12Z",  # triangle on its tip
    "M0 -10L9.5 -3L6 8H-6L-9.5 -3Z",  # pentagon
    "M-10 -6H10V6H-10Z",  # wide
)


def shapes(groups: Iterable[int]) -> dict[int, Shape]:
    """Return a shape for each group: eight outlines, then the same shaded, then again."""
    kinds = [Shape(path, is_shaded) for is_shaded in (False, True) for path in OUTLINES]
    return {group: kinds[place % len(kinds)] for place, group in enumerate(sorted(groups))}
