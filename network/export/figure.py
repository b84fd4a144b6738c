"""The figure of a class as SVG, for slides: a file with its own colours."""

from dataclasses import dataclass
from xml.sax.saxutils import escape

from network.drawing import COLOURS, DASHES, INK, LINE_WIDTHS, PAPER, RULE
from network.export.graph import clean
from network.force_layout import MARGIN, WIDTH

CLASSES = ("strong", "weak", "very weak")  # in the order of the colours
SIDE = 60  # room beside the places, for long names
LABEL_BELOW = 23  # from the middle of a person to the baseline of their name


@dataclass(frozen=True)
class FigurePerson:
    """A student's place and outline; without a label, where there are too many, a dot."""

    label: str
    x: float
    y: float
    outline: str
    is_shaded: bool = False


@dataclass(frozen=True)
class FigureTie:
    """The path of a tie, and its class as files name it."""

    path: str
    tie_class: str


@dataclass(frozen=True)
class Figure:
    """The drawing; lengths are those of ``network.force_layout``. ``title`` says what it is."""

    title: str
    height: int
    rule: int | None
    people: tuple[FigurePerson, ...]
    ties: tuple[FigureTie, ...]


def svg(figure: Figure) -> str:
    """Return the figure as one SVG document: the strong ties on top, the people above all ties."""
    width = WIDTH + 2 * SIDE
    size = f'viewBox="{-SIDE} 0 {width} {figure.height}" width="{width}" height="{figure.height}"'
    title = escape(clean(figure.title))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">',
        f"<title>{title}</title>",
        f'<rect x="{-SIDE}" width="{width}" height="{figure.height}" fill="{PAPER}"/>',
    ]
    if figure.rule:
        parts.append(f'<path d="M{MARGIN} {figure.rule}H{WIDTH - MARGIN}" stroke="{RULE}"/>')
    for number, name in reversed(list(enumerate(CLASSES))):
        parts.append(f'<g fill="none" {_stroke(number)}>')
        parts += [f'<path d="{tie.path}"/>' for tie in figure.ties if tie.tie_class == name]
        parts.append("</g>")
    parts.append(
        f'<g font-family="sans-serif" font-size="13" text-anchor="middle" fill="{INK}" '
        f'stroke-linejoin="round">'
    )
    parts += [_person(person) for person in figure.people]
    parts += ["</g>", "</svg>"]
    return "\n".join(parts) + "\n"


def _stroke(number: int) -> str:
    dash = DASHES[number]
    dashes = f' stroke-dasharray="{dash[0]} {dash[1]}"' if dash else ""
    return f'stroke="{COLOURS[number]}" stroke-width="{LINE_WIDTHS[number]}"{dashes}'


def _person(person: FigurePerson) -> str:
    fill = RULE if person.is_shaded else PAPER
    shape = f'<path d="{person.outline}" fill="{fill}" stroke="{INK}" stroke-width="1.5"/>'
    label = escape(clean(person.label))
    name = (
        f'<text y="{LABEL_BELOW}" paint-order="stroke" stroke="{PAPER}" stroke-width="4">'
        f"{label}</text>"
        if label
        else ""
    )
    return f'<g transform="translate({person.x:g} {person.y:g})">{shape}{name}</g>'
