from network.queries.class_charts import class_charts
from network.queries.class_figures import ClassRecord, class_figures
from network.ties import TieClass
from tests.network.class_world import make_class, write, write_in_ring


def charts_of(course) -> dict:
    record = ClassRecord(course)
    return class_charts(class_figures(record, record.weeks, by_section=False))


def test_charts_and_tables_say_the_same(course, instructor):
    students, posts = make_class(course, 6)
    write_in_ring(course, students, posts, 1, 5, days_ago=30)
    write_in_ring(course, students, posts, 2, days_ago=9)
    write(course, (instructor, posts[0]), (students[0], posts[1]))

    found = charts_of(course)

    for kind, total in (("mix", sum), ("reciprocity", max)):
        rows = [[number(cell) for cell in cells] for _, cells in found[f"{kind}_table"].rows]
        numbers = [int(bar.number) for bar in found[f"{kind}_bars"]]
        assert [total(row) for row in rows] == numbers
    among = [number(cells[-1]) for _, cells in found["staff_table"].rows]
    commented = [cells[0] != "0" for _, cells in found["staff_table"].rows]
    assert [int(bar.number) for bar in found["staff_bars"]] == [
        100 - share if has_comments else 0
        for share, has_comments in zip(among, commented, strict=True)
    ]
    assert [week for week, _ in found["mix_table"].rows] == [*range(1, len(among) + 1)]


def number(cell: str) -> int:
    """Return the number in a cell; 0 where it says that there is none."""
    digits = cell.removesuffix(" %")
    return int(digits) if digits.isdecimal() else 0


def test_bars_are_of_the_classes_in_the_stylesheet(course):
    students, posts = make_class(course, 3)
    write(course, (students[0], posts[1]))

    found = charts_of(course)

    assert [part.css for part in found["mix_bars"][-1].parts] == ["bar-very-weak"]
    assert found["mix"] == {"strong": 0, "weak": 0, "very_weak": 1}
    assert found["mix_table"].headings == [
        str(kind.label) for kind in (TieClass.STRONG, TieClass.WEAK, TieClass.VERY_WEAK)
    ]
