"""Reading BibTeX, RIS and CSL-JSON as people and programs write them."""

import json
import os
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blog.citations import CiteItem, Cluster, format_citations
from blog.citations.parsers import clean_csl, normalise_doi, read_references, suggest_key
from blog.citations.parsers.latex import plain_latex
from blog.exceptions import ReadError

DATA = os.environ.get("PLN_TEST_DATA")
FOLDERS = ("bbt-import", "bbt-csl", "pybtex", "rispy")
FILES = [
    path
    for folder in FOLDERS
    for path in sorted((Path(DATA or "/nowhere") / "references" / folder).glob("*.*"))
]


def one(text):
    (record,) = read_references(text)
    return record


def read_or_refuse(text):
    """Read a text; None for a refusal. Anything else that is raised fails the test."""
    try:
        return read_references(text)
    except ReadError:
        return None


def listed(text):
    works = {record["id"]: record for record in read_references(text)}
    return [
        entry.text
        for entry in format_citations(works, [Cluster((CiteItem(key),)) for key in works]).entries
    ]


@pytest.mark.skipif(not FILES, reason="PLN_TEST_DATA names no folder with reference files")
def test_there_are_files_of_every_kind():
    assert {path.suffix for path in FILES} >= {".bib", ".ris", ".json"}


@pytest.mark.parametrize(
    "path",
    FILES or [pytest.param(None, marks=pytest.mark.skip(reason="PLN_TEST_DATA is not set"))],
    ids=lambda path: path and f"{path.parent.name}/{path.name[-40:]}",
)
def test_a_file_that_people_have_is_read_and_can_be_listed(path):
    text = path.read_text(encoding="utf-8", errors="replace")
    start = process_time()

    if path.suffix == ".yml":
        with pytest.raises(ReadError):
            read_references(text)
        return
    records = read_references(text)

    works = {record["id"]: record for record in records}
    formatted = format_citations(works, [Cluster((CiteItem(key),)) for key in works])
    assert len(formatted.entries) == len(records) > 0
    assert all(entry.text for entry in formatted.entries)
    assert process_time() - start < 5  # seconds; the longest takes a twentieth of one


class TestBibTeX:
    def test_an_article(self):
        assert one(
            r"""
            @string{ties = "Journal of Ties"}
            @comment{x, not an entry}
            @Article{luna:2020,
              author = {Luna, Ana Mar{\'\i}a and {de la Vega}, Jos{\'e} and
                        {World Health Organization} and Ludwig van Beethoven and
                        King, Jr., Martin Luther},
              title = "On {T}ies \& \emph{Homo ludens}: 100\% of H$_2$O --- and $\alpha$",
              journal = ties # { Quarterly}, year = 2020, month = may, volume = 3, number = {1--2},
              pages = {10--19}, doi = {https://doi.org/10.1234/ABC_d}, keywords = {x},
            }
            """
        ) == {
            "id": "luna:2020",
            "type": "article-journal",
            "author": [
                {"family": "Luna", "given": "Ana María"},
                {"family": "de la Vega", "given": "José"},
                {"literal": "World Health Organization"},
                {"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"},
                {"family": "King", "given": "Martin Luther", "suffix": "Jr."},
            ],
            "title": "On Ties & <i>Homo ludens</i>: 100% of H<sub>2</sub>O — and α",
            "container-title": "Journal of Ties Quarterly",
            "issued": {"date-parts": [[2020, 5]]},
            "volume": "3",
            "issue": "1–2",
            "page": "10–19",
            "DOI": "10.1234/abc_d",
            "keyword": "x",
        }

    @pytest.mark.parametrize(
        ("entry", "expected"),
        [
            (
                "@incollection{k, author={Lee, C}, title={Ties}, booktitle={Book}, editor={Doe, D},"
                " publisher={Sage}, address={London}, year={1999}, pages={1--9}, edition={2}}",
                "Lee, C. (1999). Ties. In D. Doe (Ed.), Book (2nd ed., pp. 1–9). Sage.",
            ),
            (
                "@phdthesis{k, author={Lee, C}, title={Ties}, school={Uni}, year={1999}}",
                "Lee, C. (1999). Ties [Unpublished doctoral dissertation]. Uni.",
            ),
            (
                "@thesis{k, author={Lee, C}, title={Ties}, institution={Uni}, date={1999-03-02},"
                " type={mathesis}, url={https://x.org/a_b}}",
                "Lee, C. (1999). Ties [Master's thesis, Uni]. https://x.org/a_b",
            ),
            (
                "@techreport{k, author={Lee, C}, title={Ties}, institution={Uni}, "
                "number={7}, year=1999}",
                "Lee, C. (1999). Ties (Report No. 7). Uni.",
            ),
            (
                r"@misc{k, author={Lee, C}, title={Ties}, year=1999, "
                r"howpublished={\url{https://x.org/~lee}}}",
                "Lee, C. (1999). Ties. https://x.org/~lee",
            ),
            (
                "@online{k, author={Lee, C}, title={Ties}, url={https://x.org}, "
                "urldate={2021-02-03}}",
                "Lee, C. (n.d.). Ties. Retrieved February 3, 2021, from https://x.org",
            ),
            (
                "@misc{k, author={Lee, C}, title={Ties}, eprint={2001.00001}, "
                "archiveprefix={arXiv}, year=2020}",
                "Lee, C. (2020). Ties. https://arxiv.org/abs/2001.00001",
            ),
            (
                "@article{k, author={Lee, C and others}, title={Ties}, subtitle={A Study},"
                " journaltitle={J}, eid={e7}, volume={3}, pubstate={inpress}}",
                "Lee, C., et al. (in press). Ties: A Study. J, 3, Article e7.",
            ),
            (
                "@book(k, editor = {Doe, D and Roe, R}, title = {Ties}, year = {1999})",
                "Doe, D., & Roe, R. (Eds.). (1999). Ties.",
            ),
            (
                "@article{k, author={Lee, C}, title={Ties}, journal=UNDEFINED_NAME, "
                "year={2003--2005}}",
                "Lee, C. (2003–2005). Ties. UNDEFINED_NAME.",
            ),
        ],
    )
    def test_an_entry_of_each_kind_is_listed_in_its_form(self, entry, expected):
        assert listed(entry) == [expected]

    def test_a_part_takes_from_the_whole_what_it_leaves_to_it(self):
        text = """
            @incollection{part, author={Lee, C}, title={Ties}, crossref={Whole}, pages={1--9}}
            @book{whole, editor={Doe, D}, title={Book}, publisher={Sage}, year=1999,
                doi={10.1234/b}}
        """

        assert listed(text)[1] == "Lee, C. (1999). Ties. In D. Doe (Ed.), Book (pp. 1–9). Sage."

    def test_entries_that_name_each_other_come_to_an_end(self):
        records = read_references(
            "@book{a, title={A}, crossref={b}} @book{b, title={B}, crossref={a}}"
        )

        assert [record["id"] for record in records] == ["a", "b"]

    def test_two_entries_of_one_key_are_both_kept(self):
        records = read_references("@book{k, title={Ties}} @book{k, title={Knots}, year=1999}")

        assert [record["id"] for record in records] == [
            "k",
            "knots1999",
        ]

    @pytest.mark.parametrize(
        ("text", "line"),
        [
            ("@article{a,\n title = {x},\n year = }", 3),
            ("@article{a,\n title = {x\n", 2),
            ("@article{a, title = {x}}\n\n@article{b, title = {x} year = 3}", 3),
            ("@article{}", 1),
            ("@article{, title = {x}}", 1),
        ],
    )
    def test_what_is_broken_is_refused_with_its_line(self, text, line):
        with pytest.raises(ReadError, match=f"Line {line} is not valid BibTeX") as refused:
            read_references(text)

        assert refused.value.line == line


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"{\v R}eh{\r u}{\v r}ek", "Řehůřek"),
        (r"Bog\'{o}\~n\ss{} \AA ngstr{\"o}m", "Bogóñß Ångström"),
        (r"\enquote{a} and ``b''", "“a” and “b”"),
        (r"\textit{a \emph{b} c}", "<i>a <i>b</i> c</i>"),
        (r"$(000\bar{1})$ \textsuperscript{3} mm$^2$", "(0001̄) <sup>3</sup> mm²"),
        (r"a~b\,c\ d\quad e", "a b c d e"),
        (r"\unknown{kept} \also kept", "kept kept"),
        (r"\href{https://x.org}{here} \url{https://x.org/~a}", "here https://x.org/~a"),
        ("{{Double Braces}} {A}nd", "Double Braces And"),
        ("no latex at all", "no latex at all"),
        ("{unbalanced } } {", "unbalanced"),
        ("\\", ""),
    ],
)
def test_latex_becomes_text(latex, expected):
    assert plain_latex(latex) == expected


class TestRis:
    ARTICLE = """TY  - JOUR
ID  - luna2020
AU  - Luna, Ana
AU  - King, Martin, Jr.
AU  - Bui Phu Hung
TI  - On ties
T2  - Journal of Ties
PY  - 2020/05/04/
VL  - 3
IS  - 1
SP  - 10
EP  - 19
DO  - 10.1234/ABC
UR  - https://x.org/a; https://x.org/b
ER  - 
"""  # noqa: W291

    def test_an_article(self):
        assert one(self.ARTICLE) == {
            "id": "luna2020",
            "type": "article-journal",
            "author": [
                {"family": "Luna", "given": "Ana"},
                {"family": "King", "given": "Martin", "suffix": "Jr."},
                {"literal": "Bui Phu Hung"},
            ],
            "title": "On ties",
            "container-title": "Journal of Ties",
            "issued": {"date-parts": [[2020, 5, 4]]},
            "volume": "3",
            "issue": "1",
            "page": "10-19",
            "DOI": "10.1234/abc",
            "URL": "https://x.org/a",
        }

    @pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
    def test_marks_and_line_ends_of_every_system(self, newline):
        assert one("\ufeff" + self.ARTICLE.replace("\n", newline))["title"] == "On ties"

    def test_a_record_that_is_not_closed_is_kept(self):
        text = "TY  - BOOK\nTI  - One\nPY  - 1999\nTY  - BOOK\nTI  - Two\nPY  - 1999"

        assert listed(text) == ["One. (1999).", "Two. (1999)."]

    def test_text_before_the_first_tag_and_after_the_last_is_no_matter(self):
        text = "1.\nTY  - BOOK\nstray\nTI  - Ties that\n  bind\nZZ  - unknown\nER  -\nstray\n"

        assert one(text)["title"] == "Ties that bind"

    def test_a_chapter(self):
        text = "TY  - CHAP\nAU  - Lee, C\nA2  - Doe, D\nTI  - Ties\nT2  - Book\nPB  - Sage\nSP  - 7"

        assert listed(text) == ["Lee, C. (n.d.). Ties. In D. Doe (Ed.), Book (p. 7). Sage."]


class TestJson:
    def test_wrong_types_are_mended_or_dropped(self):
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


@pytest.mark.parametrize(
    "text",
    ["", " ", "\ufeff", "Luna, A. (2020). On ties.", "<html>", "@luna", "- id: x\n", "%PDF-1.4"],
)
def test_what_is_none_of_the_formats_is_refused(text):
    with pytest.raises(ReadError):
        read_references(text)


def test_an_id_is_kept_where_it_is_the_only_one_and_made_where_it_is_not():
    records = [
        {"id": "a", "title": "Ties"},
        {"id": "a", "title": "Ties", "issued": 2020},
        {"title": "The {Ties}", "issued": 2020},
        {"id": "{}", "author": [{"family": "Müller-Łoś", "given": "A"}], "issued": "1999"},
        {"id": "10.1016/0160-4120(81)90073-8", "title": "x"},
    ]

    assert [record["id"] for record in read_references(json.dumps(records))] == [
        "a",
        "ties2020",
        "ties2020a",
        "mullerlos1999",
        "10.1016/0160-4120(81)90073-8",
    ]


@pytest.mark.parametrize(
    ("csl", "taken", "expected"),
    [
        (
            {"author": [{"family": "Rajagopal", "given": "K"}], "issued": 2012},
            set(),
            "rajagopal2012",
        ),
        (
            {"author": [{"family": "Rajagopal", "given": "K"}], "issued": 2012},
            {"rajagopal2012"},
            "rajagopal2012a",
        ),
        ({"author": [{"family": "van Bruggen", "given": "J"}]}, set(), "vanbruggennd"),
        ({"author": [{"literal": "Bui Phu Hung"}], "issued": 2023}, set(), "bui2023"),
        (
            {"author": [{"literal": "National Institute", "short": "NI"}], "issued": 2023},
            set(),
            "ni2023",
        ),
        ({"editor": [{"family": "Doe", "given": "D"}], "issued": 2023}, set(), "doe2023"),
        ({"title": "The <i>ties</i> that bind", "issued": 2023}, set(), "ties2023"),
        ({}, set(), "worknd"),
    ],
)
def test_a_suggested_key_says_who_and_when(csl, taken, expected):
    assert suggest_key(csl, taken) == expected


def test_keys_do_not_run_out():
    taken = set()
    for _ in range(60):
        taken.add(suggest_key({"title": "Ties"}, taken))

    assert len(taken) == 60


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10.1234/ABC", "10.1234/abc"),
        ("doi:10.1234/abc.", "10.1234/abc"),
        ("https://dx.doi.org/10.1234/abc", "10.1234/abc"),
        ("https://doi.org/10.1234%2Fabc", "10.1234/abc"),
        ("(see 10.1016/0160-4120(81)90073-8)", "10.1016/0160-4120(81)90073-8"),
        ("<a href='https://doi.org/10.1234/abc'>", "10.1234/abc"),
        (
            "10.1002/(SICI)1097(1998)17:15<1661::AID-S9>3.0.CO;2-2",
            "10.1002/(sici)1097(1998)17:15<1661::aid-s9>3.0.co;2-2",
        ),
        ("10.1234/a&amp;b", "10.1234/a&b"),
        ("no doi", ""),
        ("10.12/short", ""),
        ("", ""),
    ],
)
def test_a_doi_is_found_however_it_is_written(text, expected):
    assert normalise_doi(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "@a{" * 100_000,
        "@a{k,title=" + "{" * 50_000 + "x" + "}" * 50_000 + "}",
        "@a{k,title={" + r"\emph{a}" * 50_000 + "}}",
        "@a{k,title={" + "$" * 500_000 + "}}",
        "@a{k,author={" + "{}" * 50_000 + "}}",
        "@a{k,author={" + "a and " * 50_000 + "b}}",
        '@string{a="'
        + "x" * 1000
        + '"}'
        + "".join(
            f"@string{{{new}={f'{old} # ' * 30}{old}}}" for old, new in ("ab", "bc", "cd", "de")
        )
        + "@a{k,title=e}",
        "TY  - JOUR\nTI  - a\n" + "x\n" * 200_000,
        "TY  - JOUR\nTI  - a\n" * 20_000,
        "@" * 1_000_000,
        "x" * 3_000_000,
        '[{"title": "\\ud800<i>' + "<i>" * 100_000 + '"}]',
    ],
    ids=lambda text: text[:16],
)
def test_a_hostile_file_costs_little(text):
    start = process_time()

    records = read_or_refuse(text)

    assert process_time() - start < 3  # seconds of CPU; the honest time is a third of one
    assert records is None or all(record["id"] for record in records)


PIECES = st.sampled_from(
    [
        "@",
        "article",
        "{",
        "}",
        ",",
        "=",
        '"',
        "#",
        "\\",
        "$",
        "k",
        "title",
        "author",
        " and ",
        "year",
    ]
    + [
        "2020",
        "\n",
        "TY  - ",
        "JOUR",
        "AU  - ",
        "UR  - ",
        "ER  - ",
        "PY  - ",
        "ü",
        "\\'e",
        "%",
        "~",
        "[",
    ]
    + [
        "]",
        ":",
        "null",
        "\x00",
        "\ud800",
        "{\\",
        "crossref",
        "@string",
        "@preamble",
        "@comment",
        "(",
        ")",
    ]
)


@given(st.lists(PIECES, max_size=60).map("".join))
@settings(max_examples=500, deadline=None)
def test_any_text_is_read_or_refused(text):
    records = read_or_refuse(text)

    assert records is None or len({record["id"] for record in records}) == len(records) > 0


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
@settings(max_examples=300, deadline=None)
def test_any_json_is_read_or_refused(value):
    records = read_or_refuse(json.dumps([value]))

    assert json.dumps(records, allow_nan=False, ensure_ascii=False).encode()


@given(st.dictionaries(st.sampled_from(["title", "author", "issued", "page", "type", "DOI"]), JSON))
@settings(deadline=None)
def test_what_is_clean_stays_as_it_is(record):
    cleaned = clean_csl(record)

    assert clean_csl(cleaned) == cleaned
