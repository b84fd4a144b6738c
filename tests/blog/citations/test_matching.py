"""Records of one work: never two editions, always one work typed twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.citations.matching import (
    RecordIndex,
    author_year_title,
    differing_fields,
    distinct_works,
    doi_of,
    is_one_record,
    is_same_work,
    likely_duplicates,
)
from tests.blog.citations.factories import article, book, person
from tests.factories import ARTICLE

TYPED = {key: value for key, value in ARTICLE.items() if key != "DOI"}


@pytest.mark.parametrize(
    ("csl", "expected"),
    [
        (TYPED, "granovetter|1973|thestrengthofweakties"),
        (ARTICLE, author_year_title(TYPED)),
        (TYPED | {"title": "The <i>Strength</i> of Weak Ties"}, author_year_title(TYPED)),
        (TYPED | {"author": [{"family": "GRANOVETTER", "given": "M."}]}, author_year_title(TYPED)),
        (book("Łuna, A.", title="Über stille Netze"), "luna|2020|uberstillenetze"),
        (
            article("Ministry of Culture, Youth", title="How people share what they read")
            | {"author": [{"literal": "Ministry of Culture, Youth"}]},
            "ministryofcultureyouth|2020|howpeopleshare" + "whattheyread",
        ),
        (TYPED | {"title": "Introduction"}, "granovetter|1973|introduction"),
        (TYPED | {"title": "Preface"}, ""),
        (TYPED | {"author": []}, ""),
        (TYPED | {"issued": {"literal": "in press"}}, ""),
        ({}, ""),
    ],
)
def test_author_year_title(csl, expected):
    assert author_year_title(csl) == expected


@pytest.mark.parametrize("doi", ["10.1086/225469", "https://doi.org/10.1086/225469"])
def test_doi_of(doi):
    assert doi_of({"DOI": doi}) == "10.1086/225469"


def test_a_long_title_is_compared_by_its_first_forty_letters():
    long = "Understanding personal learning networks: Their structure, content and skills"

    assert author_year_title(book("Luna, A.", title=long)) == (
        "luna|2020|understandingpersonallearningnetworksthe"
    )


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (TYPED | {"author": [{"family": "Granovetter", "given": "M."}]}, True),
        (TYPED | {"title": "The strength of weak ties.", "publisher": "Chicago"}, True),
        (ARTICLE, True),
        (TYPED | {"title": "The strength of weak ties revisited"}, False),
        (TYPED | {"issue": "5"}, False),
        (TYPED | {"edition": "2"}, False),
        (TYPED | {"issued": {"date-parts": [[1983]]}}, False),
        (TYPED | {"type": "chapter"}, False),
        (TYPED | {"author": [*TYPED["author"], person("Luna, Ana")]}, False),
        (TYPED | {"container-title": "Sociological Theory"}, False),
    ],
)
def test_is_same_work(other, same):
    assert is_same_work(TYPED, other) is same


def test_two_dois_are_two_works():
    assert not is_same_work(ARTICLE, ARTICLE | {"DOI": "10.1000/other"})
    assert is_same_work(ARTICLE, {"DOI": "10.1086/225469", "title": "Typed otherwise"})


def test_likely_duplicates_are_grouped():
    works = [
        ("with doi", ARTICLE),
        ("without", TYPED),
        ("other issue", TYPED | {"issue": "5"}),
        ("other year", TYPED | {"issued": {"date-parts": [[1983]]}}),
        ("bare", {"title": "The strength of weak ties"}),
    ]

    assert likely_duplicates(works) == [["with doi", "without", "other issue"]]


def test_likely_duplicates_never_have_two_dois():
    preprint = ARTICLE | {"DOI": "10.1000/preprint"}

    assert likely_duplicates([(1, ARTICLE), (2, preprint)]) == []
    assert likely_duplicates([(1, ARTICLE), (2, preprint), (3, TYPED)]) == []
    assert likely_duplicates([(1, ARTICLE), (2, preprint), (3, TYPED), (4, TYPED)]) == [[3, 4]]


VARIANT = st.fixed_dictionaries(
    {
        "author": st.sampled_from([[], TYPED["author"], [person("Luna, Ana")]]),
        "title": st.sampled_from(["The strength of weak ties", "THE STRENGTH OF WEAK TIES", "T"]),
        "issued": st.sampled_from([{"date-parts": [[1973]]}, {"date-parts": [[1983, 1]]}, {}]),
    },
    optional={
        "DOI": st.sampled_from(["10.1086/225469", "10.1086/225469.", "10.1000/x", "no doi"]),
        "edition": st.sampled_from(["2", "3"]),
    },
)


@given(VARIANT, VARIANT)
def test_same_works_are_the_same_both_ways_and_likely_duplicates(one, other):
    assert is_same_work(one, other) == is_same_work(other, one)
    if is_same_work(one, other) and not ("DOI" in one and "DOI" in other):
        assert likely_duplicates([(1, one), (2, other)]) == [[1, 2]]


@given(st.lists(VARIANT, max_size=8))
def test_groups_share_no_member_and_do_not_depend_on_the_order(records):
    works = list(enumerate(records))

    groups = likely_duplicates(works)

    members = [key for group in groups for key in group]
    assert len(members) == len(set(members))
    assert all(len(group) > 1 for group in groups)
    assert {frozenset(group) for group in likely_duplicates(works[::-1])} == set(
        map(frozenset, groups)
    )


@given(
    st.dictionaries(st.sampled_from(["title", "author", "issued", "DOI", "type"]), st.integers())
)
def test_nothing_a_record_holds_raises(csl):
    assert isinstance(author_year_title(csl), str)
    assert is_same_work(csl, csl) in (True, False)


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({}, []),
        ({"author": [{"family": "Granovetter", "given": "Mark"}]}, []),
        ({"DOI": None}, []),
        ({"issued": None}, []),
        ({"DOI": "10.1234/other"}, ["DOI"]),
        ({"issued": {"date-parts": [[1983]]}}, ["issued"]),
        ({"title": "The strength of strong ties"}, ["title"]),
        ({"author": [{"family": "Burt", "given": "R."}], "title": "Holes"}, ["author", "title"]),
    ],
)
def test_differing_fields(changes, fields):
    other = {key: value for key, value in (ARTICLE | changes).items() if value is not None}

    assert differing_fields(ARTICLE, other) == fields
    assert differing_fields(other, ARTICLE) == fields


def test_a_work_that_stands_twice_in_a_file_is_one():
    other_edition = TYPED | {"volume": "79"}
    records = [ARTICLE, ARTICLE | {"id": "again"}, TYPED, other_edition, {"title": "Ties"}]

    assert distinct_works(records) == [ARTICLE, other_edition, {"title": "Ties"}]


RECORDS = st.fixed_dictionaries(
    {"title": st.sampled_from(["Ties", "The strength of weak ties"])},
    optional={
        "id": st.sampled_from("ab"),
        "DOI": st.sampled_from(["10.1234/a", "https://doi.org/10.1234/A", "10.1234/b"]),
        "author": st.sampled_from([[person("Luna")], [person("Sol")]]),
        "issued": st.just({"date-parts": [[2005]]}),
        "volume": st.sampled_from("12"),
    },
)


@given(st.lists(RECORDS, max_size=6), RECORDS)
def test_an_index_finds_the_first_record_that_is_one_with_another(records, csl):
    known = {str(place): record for place, record in enumerate(records)}

    assert RecordIndex(known).key_of(csl) == next(
        (key for key, record in known.items() if is_one_record(csl, record)), None
    )
