"""Lay out small charts: bars by week, and a curve. Pure: numbers in, lengths of the SVG out."""

from collections.abc import Sequence
from typing import NamedTuple

WIDTH = 320
HIGH = 150  # of the highest bar
TOP = 20  # room for the number above it
MAX_NUMBERED_BARS = 10  # more of them are too narrow for numbers
CURVE = 160
PLAIN = ("bar-plain",)  # the classes of a bar that has one part


class Part(NamedTuple):
    """A part of a bar, from above; ``css`` is its class in the stylesheet."""

    css: str
    y: float
    height: float


class Bar(NamedTuple):
    """A bar; ``number`` and ``label`` are empty where there is no room for them."""

    x: float
    width: float
    middle: float
    top: float
    parts: tuple[Part, ...]
    number: str
    label: str


def stacked_bars(
    values: Sequence[Sequence[float]],
    *,
    numbers: Sequence[str],
    css: Sequence[str] = PLAIN,
    highest: float = 0,
) -> list[Bar]:
    """Return a bar for each week, its values one upon the other, the first below.

    ``css`` has the class of each value of a bar. ``highest`` is what the full height stands for,
    if that is more than the highest bar.
    """
    totals = [sum(parts) for parts in values]
    scale = HIGH / (max([highest, *totals]) or 1)
    step = WIDTH / max(1, len(values))
    every = -(-len(values) // MAX_NUMBERED_BARS)
    bars = []
    for place, (parts, number) in enumerate(zip(values, numbers, strict=True)):
        y = float(TOP + HIGH)
        drawn = []
        for name, value in zip(css, parts, strict=True):
            y -= value * scale
            drawn.append(Part(name, round(y, 1), round(value * scale, 1)))
        is_labelled = place % every == every - 1 or every == 1
        bars.append(
            Bar(
                round(step * place + step * 0.18, 1),
                round(step * 0.64, 1),
                round(step * (place + 0.5), 1),
                round(y - 6, 1),
                tuple(part for part in drawn if part.height),
                number if every == 1 else "",
                str(place + 1) if is_labelled else "",
            )
        )
    return bars


def curve(shares: Sequence[float]) -> str:
    """Return the points of a curve through shares from 0 to 1, in a square of ``CURVE``."""
    step = CURVE / max(1, len(shares) - 1)
    return " ".join(
        f"{place * step:g},{CURVE - share * CURVE:.1f}" for place, share in enumerate(shares)
    )
