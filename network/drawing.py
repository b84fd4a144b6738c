"""Draw a network as a picture: rings, lines and numbered dots. Pure: places in, a PNG out.

The page draws the same with SVG; a post needs a file that is shown wherever the post is. It has
no word in it, so that it needs no font of its own and says the same in every language: what the
rings and numbers mean is in the text below it.
"""

from collections.abc import Iterable
from io import BytesIO
from math import dist

from PIL import Image, ImageDraw, ImageFont

from network.layout import CENTRE, RING_RADII, Node

SCALE = 3  # pixels for a unit of the layout
LEFT, TOP, WIDTH, HEIGHT = -24, 0, 528, 480

PAPER, INK, RULE = "#fbfbf8", "#1c2226", "#d8dbd5"
COLOURS = ("#1b4b82", "#2b6a58", "#6c5f50")  # of the rings, from the inside
LINE_WIDTHS = (2.5, 1.75, 1.75)
DASHES = (None, (7, 5), (1.75, 5))  # of the lines, in the stylesheet too: a dash, and its gap
YOU_RADIUS = 16
NUMBER_SIZE = 15
ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}


def draw_network(nodes: Iterable[tuple[int, Node]]) -> bytes:
    """Return a PNG of numbered nodes around the owner of the network."""
    image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), PAPER)
    canvas = ImageDraw.Draw(image)
    nodes = list(nodes)
    for radius in RING_RADII:
        _circle(canvas, CENTRE, CENTRE, radius, outline=RULE)
    for _number, node in nodes:
        _line(canvas, node)
    font = ImageFont.load_default(NUMBER_SIZE * SCALE)
    for number, node in nodes:
        _circle(canvas, node.x, node.y, node.r, fill=PAPER, outline=COLOURS[node.ring], width=2)
        if node.ring == 0:
            _circle(canvas, node.x, node.y, node.r, fill=COLOURS[0])
        place = _pixel(node.label.x, node.label.y)
        canvas.text(place, str(number), fill=INK, font=font, anchor=ANCHORS[node.label.anchor])
    _circle(canvas, CENTRE, CENTRE, YOU_RADIUS, fill=INK)
    file = BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def _pixel(x: float, y: float) -> tuple[float, float]:
    return ((x - LEFT) * SCALE, (y - TOP) * SCALE)


def _circle(
    canvas: ImageDraw.ImageDraw,
    x: float,
    y: float,
    radius: float,
    *,
    fill: str | None = None,
    outline: str | None = None,
    width: float = 1.0,
) -> None:
    left, top = _pixel(x - radius, y - radius)
    right, bottom = _pixel(x + radius, y + radius)
    canvas.ellipse(
        (left, top, right, bottom), fill=fill, outline=outline, width=round(width * SCALE)
    )


def _line(canvas: ImageDraw.ImageDraw, node: Node) -> None:
    """Draw the line from the centre to a node, in the manner of its ring."""
    colour, width = COLOURS[node.ring], round(LINE_WIDTHS[node.ring] * SCALE)
    length = dist((CENTRE, CENTRE), (node.x, node.y))
    dash, gap = DASHES[node.ring] or (length, 1)
    begin = 0.0
    while begin < length:
        ends = (begin, min(begin + dash, length))
        points = [
            _pixel(
                CENTRE + (node.x - CENTRE) * end / length, CENTRE + (node.y - CENTRE) * end / length
            )
            for end in ends
        ]
        canvas.line(points, fill=colour, width=width)
        begin += dash + gap
