"""The works of a course that a pasted text names: none is missed, few are read."""

import pytest
from hypothesis import example, given, reject
from hypothesis import strategies as st

from blog.exceptions import ReadError
from blog.lookup import identify
from blog.queries.works import MAX_KNOWN_WORKS, known_works, names_work
from tests import factories

LUNA = {"author": [{"family": "Luna", "given": "Ana"}], "issued": {"date-parts": [[2020]]}}
RECORDS = [
    factories.ARTICLE,
    LUNA | {"title": "Web-based réseaux of learners", "type": "book", "ISBN": "978-0-521-43017-3"},
    LUNA | {"title": "<i>Nets</i>", "ISBN": "0521430178, 9791034567898"},
    LUNA | {"title": "Straße &amp; Œuvre of Łódź", "URL": "https://www.Example.org/Ties?a=1#top"},
    LUNA | {"title": "Ties of one city", "URL": "http://example.org/Ärger/100%_sure/"},
    LUNA | {"title": ["A list of titles", "B"], "ISBN": ["9780521430173"]},
    {"title": 1984, "URL": None},
    {"type": "book"},
    {"title": "Another book", "ISBN": "9790521430172"},
]
# Each with the places of the records that it names.
NAMED = [
    ("10.1086/225469", [0]),
    ("https://doi.org/10.1086/225469", [0]),
    ("9780521430173", [1, 2, 5]),
    ("0-521-43017-8", [1, 2, 5]),
    ("9791034567898", [2]),
    ("979-0-521-43017-2", [8]),
    ("example.org/ties?a=1", [3]),
    ("HTTPS://EXAMPLE.ORG/Ärger/100%_sure", [4]),
    ("The strength of weak ties", [0]),
    ("Webbased reseaux of learners", [1]),
    ("Luna, A. (2020). Web based Réseaux of learners. Press.", [1]),
    ("nets", [2]),
    ("STRASSE & OEUVRE OF LODZ", [3]),
    ("A list of titles", [5]),
    ("Luna, A. (2020). A list of titles. Press.", [5]),
    ("10.1086/225469\n9780521430173", [0, 1, 2, 5]),
    ("10.5555/nobody.has.this", []),
    ("https://example.org/100xysure", []),
    ("Ties", []),
]


@pytest.fixture
def works(ada, course):
    return [factories.make_work(course, csl, added_by=ada) for csl in RECORDS]


@pytest.mark.parametrize(("text", "places"), NAMED)
def test_what_a_text_names_is_found(ada, course, works, text, places):
    pasted = identify(text)

    assert known_works(ada, course, pasted) == [works[place] for place in places]


@pytest.mark.parametrize(("text", "places"), [(text, p) for text, p in NAMED if "\n" not in text])
def test_only_works_that_may_be_meant_are_compared(ada, course, works, text, places, monkeypatch):
    compared = []

    def names(pasted, work):
        compared.append(work)
        return names_work(pasted, work)

    monkeypatch.setattr("blog.queries.works.names_work", names)
    known_works(ada, course, identify(text))

    # Short titles in the line and ISBNs behind the other prefix are compared too, and not taken.
    assert len(compared) < len(works) / 2


def test_many_identifiers_are_not_too_many_conditions(ada, course, works):
    addresses = "\n".join(f"https://example.org/{number}" for number in range(90))
    pasted = identify(f"{addresses}\n9780521430173\nexample.org/ties?a=1")

    assert known_works(ada, course, pasted) == [works[place] for place in (1, 2, 3, 5)]


WORDS = ["the", "Strength", "of", "weak", "ties", "Web-based", "réseaux", "learners", "Luna", "A."]
WORDS += ["nets", "(2020).", "Granovetter,", "&", "1984", "list", "titles", "9780521430173"]
WORDS += ["10.1086/225469", "example.org/ties?a=1"]


def test_narrowing_loses_no_work_that_a_text_names(ada, course, works):
    @example("1984 1984 1984 1984")
    @given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join))
    def check(text):
        try:
            pasted = identify(text)
        except ReadError:  # 1984 1984 1984 has the digits of an ISBN, and is none
            reject()
        parts = pasted.parts or (pasted,)
        named = [work for work in works if any(names_work(part, work) for part in parts)]
        found = known_works(ada, course, pasted)
        assert found == (named if pasted.parts else named[:MAX_KNOWN_WORKS])

    check()


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("text", "queries"),
    [
        ("10.1086/225469", 2),
        ("9780521430173", 2),
        ("example.org/ties", 2),
        ("The strength of weak ties", 3),
        ("10.1086/225469\n9780521430173", 2),
    ],
)
def test_known_works_cost_the_same_queries_however_many(
    ada, course, text, queries, count, django_assert_num_queries
):
    csl = factories.ARTICLE | {"ISBN": "9780521430173", "URL": "https://example.org/ties"}
    for number in range(count):
        record = csl if number == 0 else {k: v for k, v in csl.items() if k != "DOI"}
        factories.make_work(course, record, added_by=ada)
    pasted = identify(text)

    with django_assert_num_queries(queries):
        known_works(ada, course, pasted)
