import pytest

from blog.exceptions import Refused
from network.queries.class_figure import FigureMaker
from network.queries.class_figures import ClassRecord, class_figures
from network.queries.drawn_class import drawn_class
from tests.network.class_world import make_class, write_in_ring


def test_the_file_shows_what_the_page_shows(course, instructor):
    students, posts = make_class(course, 20, pods=9)
    write_in_ring(course, students, posts, 1, 4, days_ago=20)
    write_in_ring(course, students[:9], posts[:9], 2)
    record = ClassRecord(course)
    figures = class_figures(record, record.weeks, by_section=False)
    page = FigureMaker(record, figures, instructor, by_section=False).make(None)

    drawn = drawn_class(course, {pk: f"P{pk}" for pk in record.students}, record.day)

    assert [(one.label, one.x, one.y, one.outline, one.is_shaded) for one in drawn.people] == [
        (f"P{node.key}", node.x, node.y, *node.shape) for node in page.nodes
    ]
    assert sorted((tie.path, tie.tie_class) for tie in drawn.ties) == sorted(
        (line.path, line.tie_class.name.lower().replace("_", " ")) for line in page.lines
    )


def test_a_small_class_has_no_figure(course):
    make_class(course, 19)

    with pytest.raises(Refused, match="fewer than 20"):
        drawn_class(course, {}, course.today())
