"""Numbers at the start of a title are sorted as words."""

import pytest

from blog.citations.apa.numerals import spelled_out
from tests.blog.citations.factories import offline, on, write


@pytest.mark.parametrize(
    ("title", "sorted_as"),
    [
        ("12 angry men", "twelve angry men"),
        ("1984", "nineteen eighty four"),
        ("1900 and after", "nineteen hundred and after"),
        ("2001: A space odyssey", "two thousand one: A space odyssey"),
        ("101 dalmatians", "one hundred one dalmatians"),
        ("20,000 leagues", "twenty thousand leagues"),
        ("0 degrees", "zero degrees"),
        ("3.14 and more", "3.14 and more"),
        ("10000000 ties", "10000000 ties"),
        ("Ties of 12", "Ties of 12"),
    ],
)
def test_a_title_that_begins_with_a_number_is_sorted_as_if_it_were_spelled(title, sorted_as):
    assert spelled_out(title) == sorted_as


def test_numbers_stand_among_the_words():
    works = {
        key: offline("motion_picture", title, issued=on(2000))
        for key, title in {
            "a": "12 angry men",
            "b": "Tootsie",
            "c": "Ukraine",
            "d": "Zorba",
        }.items()
    }

    entries = write("[@a; @b; @c; @d]", **works).entries

    assert [entry.key for entry in entries] == ["b", "a", "c", "d"]
