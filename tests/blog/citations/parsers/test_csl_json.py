"""Reading CSL-JSON as people and programs write it."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blog.citations.parsers import clean_csl, read_references
from blog.exceptions import ReadError
from tests.examples import examples


def one(text):
    (record,) = read_references(text)
    return record


def read_or_refuse(text):
    """Read a text; None for a refusal. Anything else that is raised fails the test."""
    try:
        return read_references(text)
    except ReadError:
        return None


class TestJson:
    def test_wrong_types_are_converted_or_dropped(self):
        record = {
            "id": 7,
            "type": "journal-article",
            "title": ["On ties"],
            "subtitle": ["A study"],
            "container-title": ["Ties", "T."],
            "author": [
                {"family": "Luna", "given": None, "ORCID": "x"},
                None,
                3,
                {"name": "Team"},
                {},
            ],
            "editor": "Doe",
            "issued": {"date-parts": [[None]]},
            "published-print": {"date-parts": [["2020", "05"]]},
            "volume": 3,
            "issue": {"no": "text"},
            "page": True,
            "article-number": "e7",
            "DOI": "doi:10.1234/ABC.",
            "reference": [{"unstructured": "x"}],
        }

        assert one(json.dumps(record)) == {
            "id": "7",
            "type": "article-journal",
            "title": "On ties: A study",
            "container-title": "Ties",
            "author": [{"family": "Luna"}, {"literal": "Team"}],
            "editor": [{"literal": "Doe"}],
            "issued": {"date-parts": [[2020, 5]]},
            "volume": "3",
            "number": "e7",
            "DOI": "10.1234/abc",
        }

    @pytest.mark.parametrize(
        "wrap",
        [
            lambda record: record,
            lambda record: [record],
            lambda record: {"items": [record]},
            lambda record: {"status": "ok", "message": record},
            lambda record: {"message": {"items": [record], "total-results": 1}},
            lambda record: {"luna2020": record},
            lambda record: [{"DOI": "10.1234/a", "year": 2010, "csl": record}],
        ],
    )
    def test_records_are_found_in_what_is_wrapped_around_them(self, wrap):
        record = {"title": "Ties", "type": "book", "author": [{"family": "Luna", "given": "A"}]}

        assert one(json.dumps(wrap(record)))["title"] == "Ties"

    def test_an_abbreviation_of_a_group_is_kept(self):
        name = {"literal": "World Health Organization", "custom": {"abbreviation": "WHO"}}

        assert one(json.dumps({"title": "T", "author": [name]}))["author"] == [
            {"literal": "World Health Organization", "short": "WHO"}
        ]

    @pytest.mark.parametrize(
        ("text", "line"),
        [('[\n{"title": "x",\n}]', 3), ("[1, 2]", None), ("[{}]", None), ("[]", None), ("{}", None)]
        + [("[" * 100_000, None), ('[{"volume": ' + "9" * 5000 + "}]", None), ("{", 1)],
    )
    def test_what_is_no_list_of_references_is_refused(self, text, line):
        with pytest.raises(ReadError) as refused:
            read_references(text)

        assert refused.value.line == line


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "id",
                    "type",
                    "title",
                    "author",
                    "family",
                    "literal",
                    "issued",
                    "date-parts",
                    "DOI",
                ]
                + ["custom", "message", "items", "raw", "season", "volume", "subtitle"]
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=20,
)


@given(JSON)
@settings(max_examples=examples(300))
def test_any_json_is_read_or_refused(value):
    records = read_or_refuse(json.dumps([value]))

    assert json.dumps(records, allow_nan=False, ensure_ascii=False).encode()


@given(st.dictionaries(st.sampled_from(["title", "author", "issued", "page", "type", "DOI"]), JSON))
@settings(deadline=None)
def test_what_is_clean_stays_as_it_is(record):
    cleaned = clean_csl(record)

    assert clean_csl(cleaned) == cleaned


@pytest.mark.parametrize(
    ("record", "names"),
    [
        ({"itemType": "book", "title": "Ties", "creators": [{"lastName": "Luna"}]}, "itemType"),
        ({"title": "Ties", "authors": ["Luna, A."], "year": 2010}, "authors, year"),
        ({"title": "Ties", "author": "Luna, A.", "publication_year": 2010}, "publication_year"),
        ({"title": "Ties", "authors": [], "journal": "Nets"}, "journal"),
    ],
)
def test_the_json_of_another_program_is_never_read_by_half(record, names):
    with pytest.raises(ReadError, match=f"it has “{names}”"):
        read_references(json.dumps([{"title": "Nets"}, record]))


def test_the_names_of_fields_are_read_in_any_case():
    record = one('{"Title": "Ties", "Author": ["Luna"], "doi": "10.1234/a", "year": ""}')

    assert (record["title"], record["author"], record["DOI"]) == (
        "Ties", [{"literal": "Luna"}], "10.1234/a"
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        '{"title": "Ties", "URL": "<https://example.org/a>"}',
        "TY  - BOOK\nTI  - Ties\nUR  - <https://example.org/a>\nER  - ",
        "@book{a, title={Ties}, url={<https://example.org/a>}}",
        "%0 Book\n%T Ties\n%U <https://example.org/a>",
    ],
)
def test_an_address_loses_the_brackets_around_it(text):
    assert one(text)["URL"] == "https://example.org/a"
