"""Letters that share one year: each is a work that is cited, and no link leaves one behind."""

import re

import pytest

from blog.citations.consistency import Kind
from tests.blog.citations.consistency.test_exact import book, cited, findings
from tests.blog.citations.consistency.test_linking import offers

WORKS = {
    "w1": book("Webb, A.", year=2012, title="Apple rooms"),
    "w2": book("Webb, A.", year=2012, title="Berry rooms"),
    "w3": book("Webb, A.", year=2012, title="Cherry rooms"),
    "n1": book("Quill, A.", year=None, title="Apple nets"),
    "n2": book("Quill, A.", year=None, title="Berry nets"),
    "p1": book("Mar, C.", issued={"literal": "in press"}, title="Apple ties"),
    "p2": book("Mar, C.", issued={"literal": "in press"}, title="Berry ties"),
    "boyd": book("boyd, danah"),
}


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("(Webb, 2012a, b)", "w1 w2"),
        ("(Webb, 2012a,b)", "w1 w2"),
        ("(Webb 2012a, b)", "w1 w2"),
        ("(Webb, 2012a–b)", "w1 w2"),
        ("(Webb, 2012a-b)", "w1 w2"),
        ("(Webb, 2012a & b)", "w1 w2"),
        ("(Webb, 2012a and b)", "w1 w2"),
        ("(Webb, 2012a/b)", "w1 w2"),
        ("(Webb, 2012a; b)", "w1 w2"),
        ("(Webb, 2012a to c)", "w1 w2 w3"),
        ("(Webb, 2012a–c)", "w1 w2 w3"),
        ("(Webb, 2012a, b, & c)", "w1 w2 w3"),
        ("(Webb, 2012a, b, and c, p. 3)", "w1 w2 w3"),
        ("(Webb, 2012a–2012c)", "w1 w2 w3"),
        ("(Webb, 2012a-2012b)", "w1 w2"),
        ("(Webb, 2012a/2012b)", "w1 w2"),
        ("(Webb, 2012A, B)", "w1 w2"),
        ("(see Webb, 2012a, b; boyd, 2014)", "w1 w2 boyd"),
        ("(Webb, 2012a, b, 2012c)", "w1 w2 w3"),
        ("(Webb, 2012b, a)", "w1 w2"),
        ("(Webb, 2012b & a)", "w1 w2"),
        ("(Webb, 2012c, a, and b, p. 3)", "w1 w2 w3"),
        ("(Webb, 2012c, a–b)", "w1 w2 w3"),
        ("Webb (2012b, 2012a) says", "w1 w2"),
        ("(Quill, n.d.-b, -a)", "n1 n2"),
        ("Webb (2012a, b) says", "w1 w2"),
        ("Webb (2012a–b, p. 3) says", "w1 w2"),
        ("Webb’s (2012a, b) rooms", "w1 w2"),
        ("(Quill, n.d.-a, -b)", "n1 n2"),
        ("(Quill, n.d.-a, b)", "n1 n2"),
        ("(Mar, in press-a, -b)", "p1 p2"),
    ],
)
def test_each_letter_is_a_work(text, keys):
    assert cited(text, WORKS) == set(keys.split())
    assert findings(text, WORKS) == []
    for _written, linked, _paragraph in offers(text, WORKS):
        assert set(re.findall(r"@(\w+)", linked)) == set(keys.split())
        assert not re.search(r"(?<![\w@-])[a-c](?!\w)", linked)
    assert offers(text, WORKS)


@pytest.mark.parametrize(
    "text",
    [
        "(Webb, 2012a or b)",
        "(Webb, 2012a u. b)",
        "(Webb, 2012c–a)",
        "(Webb, 2012a, a)",
        "(Webb, 2012a, p. 3, b)",
        "(Webb, 2012a, p. 3; b, p. 4)",
        "(Webb, 2012 a, b)",
        "Webb (2012a or b) says",
    ],
)
def test_letters_that_are_not_read_are_never_left_beside_a_link(text):
    assert offers(text, WORKS) == []
    assert findings(text, WORKS) != []


def test_a_letter_that_no_work_has_is_asked_about():
    assert (Kind.SEVERAL, "Webb, 2012d", {"w1", "w2", "w3"}) in findings("(Webb, 2012a, d)", WORKS)


@pytest.mark.parametrize("text", ["(Webb, 2012a, a study)", "(Webb, 2012a, p. 3)"])
def test_other_words_behind_a_year_are_no_letters(text):
    assert cited(text, WORKS) == {"w1"}
    assert len(offers(text, WORKS)) == 1
