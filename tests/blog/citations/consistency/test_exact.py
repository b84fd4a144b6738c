"""Works that a text cites by hand, and so lists."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.citations import CiteItem, Cluster, format_citations
from blog.citations.consistency import Kind, check_consistency
from blog.text import render_post
from blog.text.lines import lines_of
from blog.text.rewriting import link_citation
from tests.blog.citations.consistency.test_consistency import work


def book(*names, year=2014, **fields):
    record = work(*names, year=year, **fields)
    return record | {"issued": {}} if year is None else record


WORKS = {
    "calder": book("Calder, Bea"),
    "calder2": book("Calder, Bea", year=2016, title="Large rooms"),
    "pair": book("Luna, Ana", "Sol, B.", year=2010),
    "three": book("Bui, A.", "Mar, B.", "Öz, C.", year=2023),
    "who": book("World Health Organization", year=2020),
    "cdc": book("Centers for Disease Control and Prevention", year=2021),
    "gogh": book("van Gogh, V.", year=1990),
    "hooks": book("hooks, bell", year=1994),
    "nd": book("Quill, A.", year=None),
    "king": book("King, M. L.", year=1963),
    "tanaka": book("田中, 太郎", year=2015),
    "obrien": book("O'Brien, P.", year=2011),
    "gasset": book("Ortega y Gasset, J.", year=1930),
    "ties": book(year=2020, title="Ties of all kinds: A story"),
}


def cited(text, works=WORKS):
    return {reference.key for reference in render_post(text, works).references}


def findings(text, works=WORKS):
    """Return the findings about citations, as ``(kind, snippet, keys)``."""
    rendered = render_post(text, works)
    listed = [reference.key for reference in rendered.references]
    return [
        (one.kind, one.snippet, {candidate.key for candidate in one.candidates})
        for one in check_consistency(lines_of(rendered.html), works, listed)
        if one.kind not in (Kind.NOT_CITED, Kind.NO_LOCATOR)
    ]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("(Calder, 2014)", "calder"),
        ("Calder (2014) says", "calder"),
        ("Calder, B. (2014) says", "calder"),
        ("Calder(2014) says", "calder"),
        ("(see Calder, 2014, p. 3; Luna & Sol, 2010)", "calder pair"),
        ("(Luna and Sol, 2010, pp. 3–5)", "pair"),
        ("Luna and Sol’s (2010) rooms", "pair"),
        ("Calder's (2014) rooms", "calder"),
        ("Calder’s (2014, p. 3) rooms", "calder"),
        ("(Calder, 2014, 2016)", "calder calder2"),
        ("Calder (2014, 2016) says", "calder calder2"),
        ("Calder (2014; 2016) says", "calder calder2"),
        ("(Calder, 2014 and Luna & Sol, 2010)", "calder pair"),
        ("(Calder, 2014, Luna & Sol, 2010)", "calder pair"),
        ("(Calder 2014; Bui et al., 2023)", "calder three"),
        ("(CALDER, 2014)", "calder"),
        ("(Bui et al., 2023)", "three"),
        ("(Bui, et al., 2023)", "three"),
        ("Bui *et al.* (2023) say", "three"),
        ("Bui and colleagues (2023) say", "three"),
        ("Bui & al. (2023) and (Bui & al., 2023) say", "three"),
        ("(Calder, 2014; B. Sol, personal communication, May 3, 2020)", "calder"),
        ("(B. Sol, personal communication, May 2020; Calder, 2014)", "calder"),
        ("(Calder, 2014, and B. Sol, Personal Communication, May 2020)", "calder"),
        ("Bui, Mar, and Öz (2023) say", "three"),
        ("(Bui, Mar & Oz, 2023)", "three"),
        ("(World Health Organization [WHO], 2020), (WHO, 2020)", "who"),
        ("World Health Organization (WHO, 2020) says", "who"),
        ("The Centers for Disease Control and Prevention (2021) say", "cdc"),
        ("(Centers for Disease Control and Prevention, 2021)", "cdc"),
        ("(van Gogh, 1990), Van Gogh (1990)", "gogh"),
        ("bell hooks (1994) and hooks’s (1994) book (hooks, 1994)", "hooks"),
        ("(Quill, n.d.)", "nd"),
        ("Quill (n. d.) says", "nd"),
        ("(Quill, n.d., para. 4)", "nd"),
        ("(M. L. King, 1963)", "king"),
        ("(King Jr., 1963)", "king"),
        ("田中（2015）", "tanaka"),
        ("（田中，2015）", "tanaka"),
        ("(O’Brien, 2011)", "obrien"),
        ("(Ortega y Gasset, 1930)", "gasset"),
        ("(“Ties of All Kinds,” 2020)", "ties"),
        ("“Ties of All Kinds: A Story” (2020)", "ties"),
        ("Here Calder (2014) says", "calder"),
        ("In Canada, Calder (2014) says", "calder"),
        ("(for a review, see Calder, 2014)", "calder"),
        ("(adapted from Calder, 2014)", "calder"),
        ("(cf. Calder, 2014; see also Luna & Sol, 2010)", "calder pair"),
        ("(Rabbitt, 1982, as cited in Calder, 2014)", "calder"),
        ("Rabbitt (1982, as cited in Calder, 2014)", "calder"),
        ("(Calder, 2014: 33)", "calder"),
        ("[Calder, 2014] and Calder [2014]", "calder"),
        ("(Calder,\n2014)", "calder"),
        ("# Calder (2014)", "calder"),
        ("* (Calder, 2014)", "calder"),
        ("> Calder (2014)", "calder"),
        ("a[^1]\n\n[^1]: (Calder, 2014)", "calder"),
        ("|a|b|\n|-|-|\n|c|(Calder, 2014)|", "calder"),
    ],
)
def test_what_is_typed_is_listed_and_stays(text, keys):
    assert cited(text) == set(keys.split())
    assert findings(text) == []
    assert render_post(text, WORKS).html == render_post(text).html


@pytest.mark.parametrize(
    ("text", "kind", "keys"),
    [
        ("(Luna, 2010)", Kind.NOT_EXACT, "pair"),
        ("(Luna et al., 2010)", Kind.NOT_EXACT, "pair"),
        ("(Sol & Luna, 2010)", Kind.NOT_EXACT, "pair"),
        ("Sol and Luna (2010)", Kind.NOT_EXACT, "pair"),
        ("(Bui, 2023)", Kind.NOT_EXACT, "three"),
        ("(Bui 2023)", Kind.NOT_EXACT, "three"),
        ("(A. Calder, 2014)", Kind.NOT_EXACT, "calder"),
        ("Garcia Calder (2014)", Kind.NOT_EXACT, "calder"),
        ("Calder, B. C. (2014)", Kind.NOT_EXACT, "calder"),
        ("(2014, Calder)", Kind.NOT_EXACT, "calder"),
        ("(2014: Calder, p. 3)", Kind.NOT_EXACT, "calder"),
        ("Calder<sup>2014</sup> says", Kind.NOT_EXACT, "calder"),
        ("Luna and Sol (2011)", Kind.OTHER_YEAR, "pair"),
        ("Sol and Calder (2014)", Kind.NOT_IN_REFERENCES, ""),
        ("(Calder, 2015)", Kind.NOT_IN_REFERENCES, ""),
        ("(Nobody, 1999)", Kind.NOT_IN_REFERENCES, ""),
        ("Nobody, N., & Calder, B. (2014)", Kind.NOT_IN_REFERENCES, ""),
        ("Calder, N., & Nobody, B. (2014)", Kind.NOT_EXACT, "calder"),
    ],
)
def test_what_is_not_exactly_a_reference_is_shown_and_not_listed(text, kind, keys):
    assert cited(text) == set()
    assert [(one, found) for one, _snippet, found in findings(text)] == [(kind, set(keys.split()))]


@pytest.mark.parametrize(
    "text",
    [
        "`(Calder, 2014)`",
        "```\n(Calder, 2014)\n```",
        "in May (2014) and (May 2014), (since 2014), (N = 12, 2014), (p. 2014)",
        "(B. Calder, personal communication, May 4, 2014)",
        "## References\n\nCalder, B. (2014). Small rooms.",
    ],
)
def test_what_is_no_citation_is_not_listed(text):
    assert cited(text) == set()


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("(Calder, 2014; see also @pair)", "calder pair"),
        ("(see @pair, p. 3; Calder, 2014)", "calder pair"),
        ("[@pair; Calder, 2014]", "calder pair"),
        ("[see Calder, 2014; @pair; @gogh; Quill, n.d.]", "calder pair gogh nd"),
        ("(Calder, 2014, and @pair)", "calder pair"),
        ("(@pair and Calder, 2014)", "calder pair"),
        ("(Calder, 2014; [@pair, p. 3])", "calder pair"),
        ("([@pair]; Calder, 2014)", "calder pair"),
        ("@pair and Calder (2014; see @gogh)", "calder pair gogh"),
    ],
)
def test_what_is_typed_beside_a_key_is_listed(text, keys):
    assert cited(text) == set(keys.split())
    assert findings(text) == []


def test_a_citation_in_a_long_bracket_is_listed():
    many = "; ".join(f"Writer & Another, {1960 + n}, pp. 10–20" for n in range(60))

    assert cited(f"({many}; Calder, 2014)") == {"calder"}


@pytest.mark.parametrize(
    "text",
    [
        "Calder’s work (2014) is good.",
        "In Calder's small, old book (2014, p. 3) it is said.",
        "Calder’s *Small Rooms* (2014) is good.",
        "As Calder wrote in her book (2014), rooms matter.",
        "(Calder; 2014)",
        "(see Calder; 2014, p. 3; Luna & Sol, 2010)",
        "[Calder; 2014]",
    ],
)
def test_names_and_a_year_that_are_near_can_be_linked(text):
    assert findings(text) == [(Kind.NOT_EXACT, "Calder, 2014", {"calder"})]
    assert "calder" not in cited(text)
    linked = link_citation(text, "Calder, 2014", "calder", WORKS)
    assert "calder" in cited(linked)
    assert findings(linked) == []


@pytest.mark.parametrize(
    "text",
    [
        "In Vancouver people walk (2014). Mozart’s town (2014) is old.",
        "(Methods; 2014) and (see Methods; 2014)",
        "Calder’s work (1999) is good; bell hooks (1994) too.",
        "(N. Obody, personal communication, May 2014; @pair)",
        "The @pair; [@pair, p. 3; May 2014]",
    ],
)
def test_what_is_near_a_year_and_no_reference_is_left_in_peace(text):
    assert findings(text) == []


@pytest.mark.parametrize("text", ["(Nobody, 2001; see also @pair)", "[@pair; Nobody, 2001]"])
def test_a_work_that_is_missing_beside_a_key_is_told(text):
    assert findings(text) == [(Kind.NOT_IN_REFERENCES, "Nobody, 2001", set())]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("In 2014, Calder said so.", {"calder"}),
        ("Calder, in a book of 2014, said so.", {"calder"}),
        ("(Calder: 2014b)", {"calder"}),
        ("O’Brien’s book came out in 2011.", {"obrien"}),
        ("Vincent van Gogh, 1990", {"gogh"}),
        ("Calder said so.\n\nIn 2014, all was well.", set()),
        (f"Calder said so {'and so ' * 10}in 2014.", set()),
        ("Nobody said so in 2014.", set()),
    ],
)
def test_what_is_named_near_its_year_is_never_called_uncited(text, keys):
    works = {key: WORKS[key] for key in ("calder", "obrien", "gogh")}
    labels = {"Calder, 2014": "calder", "O’Brien, 2011": "obrien", "O'Brien, 2011": "obrien"}
    rendered = render_post(text, works)
    listed = [reference.key for reference in rendered.references]

    uncited = {
        labels.get(one.snippet, "gogh")
        for one in check_consistency(lines_of(rendered.html), works, listed)
        if one.kind == Kind.NOT_CITED
    }

    assert uncited == set(works) - keys - set(listed)


PIECES = ["Calder, 2014", "@pair", "see @gogh, p. 3", "B. Sol, personal communication, May 2020"]
PIECES += ["as said above", "Quill, n.d.", "my translation", "[@three]"]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=8), st.sampled_from(["()", "[]"]))
def test_what_is_beside_a_citation_never_hides_it(pieces, brackets):
    if brackets == "[]" and "[@three]" in pieces:
        return
    listed = cited(f"So {brackets[0]}{'; '.join(pieces)}{brackets[1]}.")

    assert ("calder" in listed) == ("Calder, 2014" in pieces)
    assert ("nd" in listed) == ("Quill, n.d." in pieces)


def test_a_citation_that_fits_two_works_lists_neither():
    works = {"one": book("Calder, B."), "two": book("Calder, B.", title="Vast rooms")}

    assert cited("(Calder, 2014)", works) == set()
    assert findings("(Calder, 2014)", works) == [(Kind.SEVERAL, "Calder, 2014", {"one", "two"})]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("(Calder, 2014a)", "one"),
        ("(Calder, 2014b)", "two"),
        ("(Calder, 2014a, 2014b)", "one two"),
        ("(A. Luna, 2014), (B. Luna, 2014)", "ana bea"),
    ],
)
def test_letters_and_initials_tell_works_apart(text, keys):
    works = {
        "two": book("Calder, B.", title="Vast rooms"),
        "one": book("Calder, B.", title="Small rooms"),
        "ana": book("Luna, Ana", title="Nets"),
        "bea": book("Luna, Bea", title="Webs"),
    }

    assert cited(text, works) == set(keys.split())
    assert {kind for kind, _text, _keys in findings(text, works)} <= {Kind.OTHER_YEAR}


@pytest.mark.parametrize(
    "text",
    ["(Calder, 2014b)", "(Calder, 2014c)", "Calder (2014b)", "(Calder, 2014-b)", "[Calder, 2014z]"],
)
def test_one_work_alone_is_no_second(text):
    assert cited(text, {"one": book("Calder, B.")}) == set()
    assert [kind for kind, *_rest in findings(text, {"one": book("Calder, B.")})] == [
        Kind.NOT_EXACT
    ]


@pytest.mark.parametrize(("letter", "keys"), [("", {"nd"}), ("-a", {"nd"}), ("-b", set())])
def test_one_work_without_a_year_is_no_second(letter, keys):
    assert cited(f"(Quill, n.d.{letter})") == keys


@pytest.mark.parametrize(
    ("text", "key"), [("(Calder, 2014b)", "two"), ("(Calder, 2014c)", ""), ("(Calder, 2014d)", "")]
)
def test_a_letter_is_a_place_in_the_list_whatever_else_is_cited(text, key):
    works = {
        "one": book("Calder, B.", title="Small rooms"),
        "two": book("Calder, B.", title="Vast rooms"),
    }

    assert cited(text, works) == {key} - {""}
    assert cited(f"{text} (Calder, 2014e)", works) == {key} - {""}


def test_two_letters_and_one_work_are_not_one_citation():
    text = "(Calder, 2014a) and (Calder, 2014b)"

    assert cited(text, {"one": book("Calder, B.")}) == set()
    assert [kind for kind, *_rest in findings(text, {"one": book("Calder, B.")})] == [
        Kind.NOT_EXACT,
        Kind.NOT_EXACT,
    ]


@pytest.mark.parametrize("turned", [False, True])
def test_the_exact_surnames_win_whatever_comes_first(turned):
    records = [("pair", book("Abara, B.", "Lindqvist, S.")), ("alone", book("Abara, B."))]
    works = dict(reversed(records) if turned else records)

    assert cited("(Abara, 2014)", works) == {"alone"}
    assert cited("(Abara & Lindqvist, 2014)", works) == {"pair"}
    assert cited("(Abara et al., 2014)", works) == set()


def test_a_typed_citation_has_its_paragraphs_beside_those_by_key():
    (reference,) = render_post(
        "One (Calder, 2014).\n\nTwo [@calder].\n\nThree: Calder (2014).", WORKS
    ).references

    assert (reference.key, reference.cited_in) == ("calder", (1, 2, 3))


FAMILIES = [
    "Calder",
    "Luna",
    "van Gogh",
    "O'Brien",
    "Öztürk",
    "Łoś",
    "Ortega y Gasset",
    "Díaz-Ruiz",
]
AUTHORS = st.lists(st.sampled_from(FAMILIES), min_size=1, max_size=5, unique=True)


@given(st.lists(st.tuples(AUTHORS, st.integers(1950, 2029)), min_size=1, max_size=6))
def test_what_the_list_calls_a_work_cites_it_when_it_is_typed(drawn):
    """A label that is printed for a work can be copied as text, and the work is still listed."""
    works = {
        f"k{number}": book(*(f"{family}, A." for family in families), year=year, title=f"T{number}")
        for number, (families, year) in enumerate(drawn)
    }
    clusters = [Cluster((CiteItem(key),), narrative=n) for key in works for n in (False, True)]
    labels = [
        "".join(run.text for run in runs) for runs in format_citations(works, clusters).in_text
    ]

    text = "\n\n".join(f"So say {label} and others do not." for label in labels)

    assert cited(text, works) == set(works)
    assert findings(text, works) == []


@pytest.mark.parametrize(
    "text", ["(Calder, ’14)", "(Calder, '14, p. 3)", "(Calder ’14)", "Calder (’14) says"]
)
def test_a_short_year_cites_the_work_it_can_only_mean(text):
    assert cited(text) == {"calder"}


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("In Calder's 2014 book, nets hold.", "calder"),
        ("In Calder’s well-known 2014 book, nets hold.", "calder"),
        ("Calder’s book from 2014 holds.", "calder"),
        ("Calder’s May 2014 talk", "calder"),
        ("Calder, in 2014, says so.", "calder"),
        ("Calder 2014 says so.", "calder"),
        ("In 2014 Calder wrote about nets.", "calder"),
        ("In her 2014 book, Calder says so.", "calder"),
        ("the 2014 book by Calder", "calder"),
        ("Luna and Sol's 2010 study", "pair"),
        ("Bui et al.’s 2023 paper", "three"),
        ("the World Health Organization’s 2020 report", "who"),
        ("(Calder 14)", "calder"),
        ("(see Calder 14; Luna & Sol 10)", "calder pair"),
    ],
)
def test_a_year_in_another_place_is_asked_about_and_never_listed(text, keys):
    assert cited(text) == set()
    assert [(kind, found) for kind, _snippet, found in findings(text)] == [
        (Kind.NOT_EXACT, {key}) for key in keys.split()
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Europe's 2014 crisis",
        "In 2014, Europe changed.",
        "Nobody’s 2014 book",
        "(Nobody ’14)",
        "(Room 14)",
        "[@calder] wrote it. In 2014, Calder moved.",
        "Call 2014 Calder Street",
        "Calder was in room 2.2014 then.",
    ],
)
def test_a_year_beside_other_words_is_no_citation(text):
    assert findings(text) == []


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        ("In Calder's 2014 book", "In Calder's [-@calder] book"),
        ("As Calder, 2014, shows", "As Calder [-@calder], shows"),
        ("As *Calder*, 2014 shows", "As *Calder* [-@calder] shows"),
        ("As **Calder,** 2014 shows", "As **Calder,** [-@calder] shows"),
        ("(Calder, ’14, p. 3)", "[@calder, p. 3]"),
        ("(Calder 14)", "[@calder]"),
    ],
)
def test_a_year_in_another_place_is_linked_where_it_is(text, linked):
    snippet = "Calder, ’14" if "14)" in text or "’14" in text else "Calder, 2014"

    assert link_citation(text, snippet, "calder", WORKS) == linked


def test_a_short_year_after_a_comma_that_no_reference_has_is_said():
    assert findings("(Nobody, ’14)") == [(Kind.NOT_IN_REFERENCES, "Nobody, ’14", set())]


@pytest.mark.parametrize(
    ("text", "keys"),
    [("(Quill, nd)", "nd"), ("(Luna/Sol 2010)", "pair"), ("(Luna/Sol, 2010, S. 3)", "pair")],
)
def test_habits_of_other_places_cite(text, keys):
    assert cited(text) == set(keys.split())


@pytest.mark.parametrize("text", ["(2014, May)", "(2014, London)", "May 2014", "Room2014 is old"])
def test_a_year_beside_a_word_that_is_no_reference_is_no_citation(text):
    assert findings(text) == []


def test_names_as_in_a_reference_list_are_told_as_they_are_typed():
    assert findings("Nobody, N. M. (1999) says") == [
        (Kind.NOT_IN_REFERENCES, "Nobody, N. M., 1999", set())
    ]
