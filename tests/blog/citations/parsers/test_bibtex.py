"""Reading BibTeX as people and programs write it."""

import pytest

from blog.citations import CiteItem, Cluster, format_citations
from blog.citations.parsers import read_references
from blog.citations.parsers.latex import plain_latex
from blog.exceptions import ReadError


def one(text):
    (record,) = read_references(text)
    return record


def listed(text):
    works = {record["id"]: record for record in read_references(text)}
    return [
        entry.text
        for entry in format_citations(works, [Cluster((CiteItem(key),)) for key in works]).entries
    ]


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
