"""Citations typed by hand as they could be linked: nothing of the text is lost on the way."""

import pytest

from blog.text import render_post
from blog.text.guard import MAX_POST_CHARS
from blog.text.lines import lines_of
from blog.text.rewriting import link_citation, link_citations, typed_links
from tests.blog.citations.consistency.test_exact import book

WORKS = {
    "calder": book("Calder, Bea"),
    "pair": book("Luna, Ana", "Sol, B.", year=2010),
    "turkle": book("Turkle, Sherry", year=2011),
    "plato": book("Plato", year=-350),
    "who": book("World Health Organization", year=2019),
    "guardian": book("The Guardian", year=2011),
    "ties": book(year=2018, title="How Ties Form"),
    "tanaka": book("田中, 太郎", year=2015),
}


def offers(text, works=WORKS):
    """Return what is offered for a text: what is written, what it becomes, and where."""
    found = typed_links(text, lines_of(render_post(text, works).html), works)
    return [(one.written, one.linked, one.paragraph) for one in found]


@pytest.mark.parametrize(
    ("text", "written", "linked"),
    [
        ("So (Calder, 2014).", "(Calder, 2014)", "[@calder]"),
        ("So (see Calder, 2014, p. 3).", "(see Calder, 2014, p. 3)", "[see @calder, p. 3]"),
        ("Calder (2014) says.", "Calder (2014)", "@calder"),
        ("Calder (2014, p. 3) says.", "Calder (2014, p. 3)", "@calder [p. 3]"),
        ("So Luna and Sol (2010).", "Luna and Sol (2010)", "@pair"),
        ("As Calder (2014) says.", "Calder (2014)", "@calder"),
        ("However, in Calder (2014) it is.", "Calder (2014)", "@calder"),
        ("Calder’s (2014) rooms.", "Calder’s (2014)", "Calder’s [-@calder]"),
        ("So *Calder* (2014).", "*Calder* (2014)", "@calder"),
        ("Turkle S. (2011) says.", "Turkle S. (2011)", "@turkle"),
        ("So (Turkle S., 2011).", "(Turkle S., 2011)", "[@turkle]"),
        ("So (Calder 2014).", "(Calder 2014)", "[@calder]"),
        ("So (calder 2014).", "(calder 2014)", "[@calder]"),
        ("So (see Calder 2014, p. 3).", "(see Calder 2014, p. 3)", "[see @calder, p. 3]"),
        ("So (Luna & Sol 2010).", "(Luna & Sol 2010)", "[@pair]"),
        ("So (Plato, 350 B.C.E.).", "(Plato, 350 B.C.E.)", "[@plato]"),
        ("So (Plato, c. 350 BC).", "(Plato, c. 350 BC)", "[@plato]"),
        ("Plato (ca. 350 BCE) says.", "Plato (ca. 350 BCE)", "@plato"),
        ("How Ties Form (2018) shows.", "How Ties Form (2018)", "@ties"),
        ("The World Health Organization (2019)", "World Health Organization (2019)", "@who"),
        ("(the World Health Organization, 2019)", None, "[the @who]"),
        ("The Guardian (2011) says.", "The Guardian (2011)", "@guardian"),
        ("Bea Calder (2014) says.", "Calder (2014)", "@calder"),
        ("Ana Luna and Bob Sol (2010)", None, "Ana Luna and Bob Sol [-@pair]"),
        ("**As Calder** (2014) says.", "(2014)", "[-@calder]"),
        ("(田中, 2015：33)", None, "[@tanaka, 33]"),
        ("(Calder, 2014, my *own* words)", None, "[@calder, my *own* words]"),
        ("(see *also* Calder, 2014)", None, "[see *also* @calder]"),
        ("Calder (2014, my *own* words)", None, "Calder [-@calder, my *own* words]"),
        (r"(Calder, 2014, a\_b)", None, "[@calder, a_b]"),
        (
            "(Calder, 2014, https://example.org/a_b_c)",
            None,
            "[@calder, https://example.org/a_b_c]",
        ),
        (
            '(Calder, 2014, "a quote; with (Luna & Sol, 2010)", p. 3)',
            "(Luna & Sol, 2010)",
            "[@pair]",
        ),
    ],
)
def test_a_citation_beyond_doubt_is_offered_with_what_it_becomes(text, written, linked):
    assert offers(text) == [(written or text, linked, 1)]


def test_one_pair_of_brackets_becomes_one_citation():
    text = "One.\n\nSo (Calder, 2014; Luna & Sol, 2010)."

    assert offers(text) == [("(Calder, 2014; Luna & Sol, 2010)", "[@calder; @pair]", 2)]


def test_each_place_of_a_citation_is_offered():
    text = "Calder (2014) says so (Calder, 2014), and Calder (2014) again."

    in_sentence, in_brackets = ("Calder (2014)", "@calder", 1), ("(Calder, 2014)", "[@calder]", 1)
    assert offers(text) == [in_sentence, in_brackets, in_sentence]


def test_all_citations_are_linked_at_once_and_those_in_doubt_stay():
    text = "Calder (2014; Luna & Sol, 2010) says `Calder (2014)` (Turkle B., 2011; Calder, 2014)."
    keys = {"Calder, 2014": "calder", "Luna & Sol, 2010": "pair"}

    assert link_citations(text, keys, WORKS) == (
        "Calder [-@calder; @pair] says `Calder (2014)` (Turkle B., 2011) [@calder]."
    )


@pytest.mark.parametrize(
    "text",
    [
        "So [@calder].",
        "So `(Calder, 2014)`.",
        "So (Calder, 2015).",
        "So (Turkle B., 2011).",
        "So (Nobody, 2014).",
        "[Calder (2014)](https://example.org/a)",
        "([Calder, 2014](https://example.org/a))",
        "[*more* by Calder (2014) here][a]\n\n[a]: https://example.org/a",
        "[Calder, 2014]\n\n[Calder, 2014]: https://example.org/a",
        '[a](https://example.org/a "a > Calder (2014)")',
        '<a href="https://example.org/a">Calder (2014)</a>',
        "https://example.org/Calder_(2014) and https://example.org/Calder(2014)",
        "<https://example.org/Calder(2014)>",
        "![Calder (2014)](https://example.org/a.png)",
        "```\nCalder (2014)\n```",
        "(*Calder, 2014*)",
        "So**(Calder, 2014)**",
        "(*see Calder*, 2014)",
        "(Calder, 2014, `code`)",
        "(Calder, 2014, [a](https://example.org/a))",
        '(Calder, 2014, "a; b", p. 3)',
        "",
    ],
)
def test_nothing_is_offered_where_nothing_is_certain(text):
    assert offers(text) == []
    assert offers(text, {}) == []
    assert link_citation(text, "Calder, 2014", "calder", WORKS) == text


@pytest.mark.parametrize("text", ["(Calder’s 2014 book)", "(Luna, 2013, Calder’s 2014 book)"])
def test_the_work_of_a_name_in_brackets_is_left_as_it_is(text):
    assert link_citation(text, "Calder, 2014", "calder", WORKS) == text


def test_a_text_as_long_as_it_may_be_is_offered_nothing():
    citation = "(Calder, 2014)"
    text = citation + " " * (MAX_POST_CHARS - len(citation))

    assert offers(text[:-1000]) != []
    assert offers(text) == []


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        ("As Calder (2014) says.", "As @calder says."),
        ("In Calder (2014) and here.", "In @calder and here."),
        ("Both, however, Calder (2014).", "Both, however, @calder."),
    ],
)
def test_the_words_that_begin_a_sentence_stay(text, linked):
    assert link_citation(text, "Calder, 2014", "calder", WORKS) == linked
