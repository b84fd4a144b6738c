"""Surnames typed without a capital: cited or asked about like any other, and no word taken for one.

Headings too: what is typed there counts as in a paragraph.
"""

import pytest

from blog.citations.consistency import Kind
from blog.citations.consistency.lower_case import NO_SURNAME
from tests.blog.citations.consistency.test_exact import book, cited, findings

WORKS = {
    "boyd": book("boyd, danah"),
    "hooks": book("hooks, bell", year=1994),
    "smith": book("Smith, J.", year=1990),
    "dijck": book("van Dijck, J.", year=2013),
    "pair": book("boyd, danah", "Ellison, N.", year=2007),
    "calder": book("Calder, Bea"),
    "three": book("boyd, danah", "hooks, bell", "West, C.", year=2001),
}
CITATIONS = [
    ("Networked publics matter (boyd, 2014).", "boyd", "boyd, 2014"),
    ("Well said, and hooks (1994) agrees.", "hooks", "hooks, 1994"),
    ("danah boyd (2014) has more.", "boyd", "boyd, 2014"),
    ("I wonder. danah boyd (2014) has more.", "boyd", "boyd, 2014"),
    ("(danah boyd, 2014)", "boyd", "danah boyd, 2014"),
    ("As smith (1990) says, ties are weak.", "smith", "smith, 1990"),
    ("smith (1990)", "smith", "smith, 1990"),
    ("I agree with smith (1990).", "smith", "smith, 1990"),
    ("According to smith (1990, p. 3), ties are weak.", "smith", "smith, 1990"),
    ("(van dijck, 2013)", "dijck", "van dijck, 2013"),
    ("(see smith, 1990, p. 4)", "smith", "smith, 1990"),
    ("(boyd & ellison, 2007)", "pair", "boyd & ellison, 2007"),
    ("(boyd and ellison, 2007)", "pair", "boyd and ellison, 2007"),
    ("I read boyd & ellison (2007) twice.", "pair", "boyd & ellison, 2007"),
    ("(boyd & Ellison, 2007)", "pair", "boyd & Ellison, 2007"),
    ("(boyd and Ellison, 2007, p. 5)", "pair", "boyd and Ellison, 2007"),
    ("(see boyd & Ellison, 2007; Calder, 2014)", "pair calder", "boyd & Ellison, 2007"),
    ("As boyd and Ellison (2007) say.", "pair", "boyd and Ellison, 2007"),
    ("I read boyd & Ellison (2007) twice.", "pair", "boyd & Ellison, 2007"),
    ("boyd, hooks, and West (2001) agree.", "three", "boyd, hooks, and West, 2001"),
    ("(Calder, 2014; smith, 1990)", "calder smith", "smith, 1990"),
    ("(Calder, 2014, and smith, 1990)", "calder smith", "smith, 1990"),
    ("boyd’s (2014) book", "boyd", "boyd, 2014"),
]


@pytest.mark.parametrize(("text", "keys", "_snippet"), CITATIONS)
def test_a_name_in_lower_case_is_cited(text, keys, _snippet):
    assert cited(text, WORKS) == set(keys.split())


@pytest.mark.parametrize(("text", "_keys", "snippet"), CITATIONS)
def test_one_without_a_reference_is_asked_about(text, _keys, snippet):
    assert (Kind.NOT_IN_REFERENCES, snippet, set()) in findings(text, {})


@pytest.mark.parametrize(
    "text", ["The work of coders and Smith (1990).", "(for teachers & Smith, 1990)"]
)
def test_an_ordinary_word_before_and_is_no_part_of_the_names(text):
    assert cited(text, WORKS) == {"smith"}


@pytest.mark.parametrize("word", sorted(NO_SURNAME))
def test_an_ordinary_word_before_a_year_is_no_name(word):
    for text in (f"It was {word} (2014).", f"It was so ({word}, 2014).", f"as {word} (2014) says"):
        assert findings(text, WORKS) == []


@pytest.mark.parametrize(
    "text",
    [
        "in (2014)",
        "(see, 2014)",
        "(since then, 2014)",
        "(in may, 2014)",
        "(published online, 2014)",
        "(founded 1994)",
        "(version 2, 2014)",
        "her house (2014) and the harvest (2015) count",
        "It is about social media (2014).",
        "theory and practice (2014)",
        "the boom in vaccines (2014) went on",
    ],
)
def test_other_words_before_a_year_are_left_in_peace(text):
    assert findings(text, WORKS) == []


@pytest.mark.parametrize(
    "heading",
    [
        "Calder (2014)",
        "About Calder (2014)",
        "Understanding Calder (2014) and hooks (1994)",
        "Rooms (Calder, 2014)",
        "What Calder (2014) says",
    ],
)
@pytest.mark.parametrize("marks", ["## {}", "### {}", "{}\n---"])
def test_a_citation_in_a_heading_counts(heading, marks):
    text = marks.format(heading) + "\n\nWords."

    assert "calder" in cited(text, WORKS)
    assert (Kind.NOT_IN_REFERENCES, "Calder, 2014", set()) in findings(text, {})
