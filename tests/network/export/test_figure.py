from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from network.export import Figure, svg
from network.export.figure import CLASSES, FigurePerson, FigureTie
from tests.network.export.support import hostile

SVG = "{http://www.w3.org/2000/svg}"
SQUARE = "M-7 -7H7V7H-7Z"


def read(figure: Figure):
    """Return what a file says: its title, the names, and how many ties have each kind of line."""
    root = ElementTree.fromstring(svg(figure))
    lines = root.findall(f"{SVG}g[@fill='none']")
    return (
        root.findtext(f"{SVG}title"),
        [text.text for text in root.iter(f"{SVG}text")],
        {group.get("stroke-dasharray"): len(group) for group in lines},
    )


def test_a_figure_has_its_people_and_a_kind_of_line_for_each_class():
    figure = Figure(
        "Class <1>",
        600,
        540,
        (FigurePerson("Ada & Bob", 1.5, 2, SQUARE), FigurePerson("", 3, 4, SQUARE)),
        (FigureTie("M0 0Q1 1 2 2", "strong"), FigureTie("M0 0Q1 1 3 3", "weak")),
    )

    title, names, ties = read(figure)

    assert (title, names) == ("Class <1>", ["Ada & Bob"])
    assert sorted(ties.values()) == [0, 1, 1]
    assert ties[None] == 1  # a strong tie is a whole line


@given(st.lists(hostile, max_size=4), hostile, st.lists(st.sampled_from(CLASSES), max_size=6))
def test_whatever_people_are_called_it_is_a_document_with_all_of_it(names, title, kinds):
    people = tuple(FigurePerson(name, 1, 2, SQUARE) for name in names)
    ties = tuple(FigureTie("M0 0H1", kind) for kind in kinds)

    _title, _names, drawn = read(Figure(title, 10, None, people, ties))

    assert sorted(drawn.values()) == sorted(kinds.count(kind) for kind in CLASSES)
