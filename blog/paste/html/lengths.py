"""Lengths in CSS, in points: how far a paragraph is set in."""

import re

from blog.paste.html.tree import Node

LENGTH = re.compile(r"(-?[\d.]{1,9})\s*(px|pt|pc|in|cm|mm|em|rem|ch)?")
POINTS = {"px": 0.75, "pt": 1, "pc": 12, "in": 72, "cm": 28.35, "mm": 2.835, "em": 12, "rem": 12}


def indent(node: Node) -> float:
    """Return the left margin of an element."""
    left = node.style.get("margin-left") or node.style.get("padding-left")
    if left is None:
        sides = node.style.get("margin", "").split()
        left = sides[3] if len(sides) == 4 else sides[1] if len(sides) > 1 else ""
    return points(left)


def points(length: str) -> float:
    """Return a length in points; 0 for what is none."""
    match = LENGTH.match(length)
    try:
        return float(match[1]) * POINTS.get(match[2] or "px", 6) if match else 0
    except ValueError:
        return 0
