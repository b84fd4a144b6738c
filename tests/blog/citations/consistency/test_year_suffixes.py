"""A letter after a year that the list does not print is said before publishing."""

import pytest

from blog.citations.consistency import Kind
from tests.blog.citations.consistency.test_exact import book, findings

ONE = {"one": book("Calder, Bea", year=2011)}
TWO = {
    "one": book("Calder, Bea", year=2011, title="Apple rooms"),
    "two": book("Calder, Bea", year=2011, title="Small rooms"),
}


@pytest.mark.parametrize(
    ("text", "works", "snippet"),
    [
        ("(Calder, 2011a)", ONE, "Calder, 2011a"),
        ("Calder (2011a) says", ONE, "Calder, 2011a"),
        ("(Calder, 2011b)", TWO, "Calder, 2011b"),
        ("Calder (2011b) says", TWO, "Calder, 2011b"),
        ("[@two] and Calder (2011b)", TWO, "Calder, 2011b"),
        ("[@one] and Calder (2011b)", ONE, "Calder, 2011b"),
    ],
)
def test_a_letter_that_the_list_does_not_have_is_said(text, works, snippet):
    assert [(kind, one) for kind, one, _keys in findings(text, works)] == [
        (Kind.OTHER_YEAR, snippet)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "(Calder, 2011a, 2011b)",
        "Calder (2011a) and Calder (2011b) say",
        "[@one] and Calder (2011b)",
        "[@two] and Calder (2011a)",
    ],
)
def test_letters_of_the_list_are_left_in_peace(text):
    assert findings(text, TWO) == []
