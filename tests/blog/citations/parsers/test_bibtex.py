"""Reading BibTeX as people and programs write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
            ("@article{a, title = {x}}\n\n@article{b, title {x}}", 3),
            ("@article{a, title = {x}}\n\n@book b, title = {y}", 3),
        ],
    )
    def test_what_is_broken_is_refused_with_its_line(self, text, line):
        with pytest.raises(ReadError, match=f"Line {line} is not valid BibTeX") as refused:
            read_references(text)

        assert refused.value.line == line


class TestFaultsThatTouchNoData:
    ENTRY = "author={Luna, Ada}, title={On ties}, journal={J}, year={2010}"

    @pytest.mark.parametrize(
        "text",
        [
            "@article{, ENTRY}",
            "@article{\n ENTRY}",
            "@article( , ENTRY)",
            "@article{de Luna2010, ENTRY}",
            "@article{luna & sol 2010, ENTRY}",
            "@article{a=b, ENTRY}",
            "@comment this is commented\n@article{k, ENTRY}",
            "@comment{@book{old, title={Old}}}\n@article{k, ENTRY}",
            "@comment{jabref-meta: grouping; {a}} @article{k, ENTRY}",
            "Write to ada@example.org or @ada, {x}. @a b c\n@article{k, ENTRY}",
            "@article{k, ENTRY,}",
            "@article{k, ENTRY,, volume={3}}",
            "@article{k, ENTRY volume={3}}",
            "@article{k,\n% note = {x},\nENTRY}",
            "% by me @home\n@article{k, ENTRY}",
            "@xdata{x, journal={J}}\n@article{k, ENTRY, xdata={x}}",
            "@article{}\n@article{k, ENTRY}",
            "\ufeff@ARTICLE {k , ENTRY }",
        ],
    )
    def test_refuse_nothing(self, text):
        text = text.replace("ENTRY", self.ENTRY)

        record = one(text)

        assert (record["title"], record["container-title"]) == ("On ties", "J")
        assert record["author"] == [{"family": "Luna", "given": "Ada"}]
        assert " " not in record["id"]

    def test_keys_are_made_where_there_are_none(self):
        records = read_references(
            "@article{, ENTRY} @article{\nENTRY, number = 2}".replace("ENTRY", self.ENTRY)
        )

        assert [record["id"] for record in records] == ["luna2010", "luna2010a"]


@pytest.mark.parametrize("value", ["{%s}", '"%s"', "{ %s}", "{\n%s}"])
@pytest.mark.parametrize("title", ["Only 20% in {New York} cite", "% of {Users}, cited"])
def test_a_percent_sign_in_a_field_is_no_comment(value, title):
    record = one("@article{k,\n% note = {x},\ntitle = " + value % title + ",\nyear = 2012}")

    assert record["title"] == title.replace("{", "").replace("}", "")
    assert "note" not in record


class TestNames:
    @pytest.mark.parametrize(
        ("field", "people"),
        [
            (r"Luna, Ada \& Sol, Bo", ["Luna|Ada", "Sol|Bo"]),
            ("Luna, Ada & Sol, Bo", ["Luna|Ada", "Sol|Bo"]),
            ("Luna, Ada; Sol, Bo; Mar, Cy", ["Luna|Ada", "Sol|Bo", "Mar|Cy"]),
            ("Ada Luna; Bo Sol", ["Luna|Ada", "Sol|Bo"]),
            ("Luna, Ada, Sol, Bo, Mar, Cy, Vega, Di", ["Luna|Ada", "Sol|Bo", "Mar|Cy", "Vega|Di"]),
            ("Ada Luna, Bo Sol, Cy Mar", ["Luna|Ada", "Sol|Bo", "Mar|Cy"]),
            ("King, Jr., Martin Luther", ["King|Martin Luther"]),
            ("de la Vega, Jos{\\'e} and van Dijck, Mar", ["Vega|José", "Dijck|Mar"]),
            ("Luna, Ada and others", ["Luna|Ada", "others"]),
            (r"{Barnes \& Noble}", ["Barnes & Noble"]),
            ("{Luna, Sol; Mar}", ["Luna, Sol; Mar"]),
            ("Ministry of Education and Research", ["Ministry of Education and Research"]),
            ("World Health Organization", ["World Health Organization"]),
            ("World Health Organization and Luna, Ada", ["World Health Organization", "Luna|Ada"]),
            ("family=Goethe, given=Johann, prefix=von", ["Goethe|Johann"]),
            ('family={Sol, Mar}, given="Bo" and family=Luna, given={Ada}, given-i=A',
             ["Sol, Mar|Bo", "Luna|Ada"]),
        ],
    )  # fmt: skip
    def test_are_told_apart(self, field, people):
        found = one(f"@book{{k, author={{{field}}}, title={{Ties}}}}")["author"]

        assert [p.get("literal") or f"{p['family']}|{p['given']}" for p in found] == people

    def test_a_prefix_is_a_particle(self):
        record = one("@book{k, author={family=Goethe, given=Johann, prefix=von, suffix=Jr.}}")

        assert record["author"] == [
            {
                "family": "Goethe",
                "given": "Johann",
                "non-dropping-particle": "von",
                "suffix": "Jr.",
            }
        ]


KEYS = ["", " ", "a", "A", "a b", "k2"]
ENTRIES = st.builds(
    "@{}{{{}, {}}}\n".format,
    st.sampled_from(["article", "book", "online", "misc"]),
    st.sampled_from(KEYS),
    st.lists(
        st.sampled_from(
            [
                "author={Luna, A}",
                "title={Ties}",
                "journal={J}",
                "year=2019",
                "crossref={}",
                "xdata={}",
            ]
        ),
        min_size=1,
        unique=True,
    ).map(", ".join),
)


class TestWholes:
    @given(entry=ENTRIES, before=st.lists(ENTRIES, max_size=3), after=st.lists(ENTRIES, max_size=3))
    def test_an_entry_that_names_no_other_reads_alone_as_in_a_file(self, entry, before, after):
        alone = one(entry)
        alone.pop("id")

        records = read_references("".join([*before, entry, *after]))

        assert alone in [
            {name: value for name, value in record.items() if name != "id"} for record in records
        ]

    def test_an_entry_without_a_key_gives_nothing_to_others(self):
        records = read_references(
            "@article{, author={A, B}, title={One}, journal={J}, pages={1}, year=2019}\n"
            "@online{x, title={Three}}"
        )

        assert records[1] == {"id": "x", "type": "webpage", "title": "Three"}

    def test_a_whole_is_found_by_a_key_with_spaces(self):
        records = read_references(
            "@inbook{part, title={Ties}, crossref={the whole}} @book{the whole, title={Nets}}"
        )

        assert records[0]["container-title"] == "Nets"

    def test_a_part_inherits_from_every_level(self):
        text = """
            @inbook{part, author={Lee, C}, title={Ties}, crossref={book}, pages={1--9}}
            @book{book, title={Second nets}, volume={2}, crossref={works}}
            @mvbook{works, title={Collected nets}, publisher={Sage}, editor={Doe, D}, date={1999}}
        """

        assert listed(text)[-1] == (
            "Lee, C. (1999). Ties. In D. Doe (Ed.), Second nets (Vol. 2, pp. 1–9). Sage."
        )

    def test_an_article_inherits_its_periodical(self):
        text = """
            @article{a, author={Lee, C}, title={Ties}, crossref={p}}
            @periodical{p, title={Journal of Ties}, volume={3}, year={1999}}
        """

        assert listed(text)[1] == "Lee, C. (1999). Ties. Journal of Ties, 3."

    def test_a_version_of_software_has_the_name_of_it(self):
        records = read_references(
            "@softwareversion{v, version={2.1}, crossref={s}} @software{s, title={Weaver}}"
        )

        assert (records[0]["title"], records[0]["version"]) == ("Weaver", "2.1")

    def test_a_circle_of_three_comes_to_an_end(self):
        records = read_references(
            "@book{a, title={A}, crossref={b}} @book{b, title={B}, crossref={c}}"
            "@book{c, title={C}, crossref={a}}"
        )

        assert [record["title"] for record in records] == ["A", "B", "C"]

    @pytest.mark.parametrize(
        ("fields", "title"),
        [
            ("title={Net}, subtitle={A tale}", "Net: A tale"),
            ("title={Net: A tale}, subtitle={A tale}", "Net: A tale"),
            ("title={Net: A Tale.}, subtitle={{A} tale}", "Net: A Tale."),
            ("title={What is a net?}, subtitle={A tale}", "What is a net? A tale"),
        ],
    )
    def test_a_subtitle_stands_once(self, fields, title):
        assert one(f"@book{{k, {fields}}}")["title"] == title


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"{\v R}eh{\r u}{\v r}ek", "Řehůřek"),
        (r"Bog\'{o}\~n\ss{} \AA ngstr{\"o}m", "Bogóñß Ångström"),
        (r"\enquote{a} and ``b''", "“a” and “b”"),
        (r"\textit{a \emph{b} c}", "<i>a <i>b</i> c</i>"),
        (r"$(000\bar{1})$ \textsuperscript{3} mm$^2$", "(0001̄) <sup>3</sup> mm²"),
        (r"a~b\,c\ d\quad e", "a b c d e"),
        (r"\unknown{kept} \also kept", "kept also kept"),
        (r"O{\textquoteright}Neil, Children\textquoteright{}s", "O’Neil, Children’s"),
        (r"O{\textquotesingle}Neil", "O'Neil"),
        (r"{\textquotedblleft}A{\textquotedblright} {\textquoteleft}b{\textquoteright}", "“A” ‘b’"),
        (r"{\guilsinglleft}a{\guilsinglright} {\quotedblbase}b", "‹a› „b"),
        (r"a{\textbar}b {\texteuro}5 {\ldots}", "a|b €5 …"),
        (r"na\"{\i}ve Mac\'{\i}as Mar{\'\i}a {\"\i}", "naïve Macías María ï"),
        (r"{\LaTeX} and \TeX{}: \LaTeX rules", "LaTeX and TeX: LaTeX rules"),
        (r"On ties: A\nsurvey", "On ties: A nsurvey"),
        (r"{\foobar}baz \frob 3", "foobarbaz frob 3"),
        (r"{\em Homo ludens} {\it b} {\bf c} {\sc d}", "<i>Homo ludens</i> <i>b</i> c d"),
        (r"{\noopsort{1973b}}1973", "1973"),
        (r"$x \leq y$, $n \log n$, $\pm 1$", "x ≤ y, n log n, ±1"),
        (r"$\frac{1}{2}$ of \frac34, \nicefrac{a+b}{2}", "1/2 of 3/4, (a+b)/2"),
        (r"Ragnhei\dh ur {\TH}\'or", "Ragnheiður Þór"),
        (r"{\noopsort{1973a}}{\switchargs{--90}{1968}}", "1968–90"),
        (r"\href{https://x.org}{here} \url{https://x.org/~a}", "here https://x.org/~a"),
        ("{{Double Braces}} {A}nd", "Double Braces And"),
        ("no latex at all", "no latex at all"),
        ("Only 20% in {New York} cite", "Only 20% in New York cite"),
        (r"{50}% and 20\% of {X}", "50% and 20% of X"),
        (r"{%} of na{\"i}ve users", "% of naïve users"),
        (r"\url{https://x.org/a%20b} {X}", "https://x.org/a%20b X"),
        ("{unbalanced } } {", "unbalanced"),
        (r"{\foobar }baz", "foobarbaz"),
        ("\\", ""),
    ],
)
def test_latex_becomes_text(latex, expected):
    assert plain_latex(latex) == expected


class TestWhatCannotBeRead:
    GOOD = ("@article{a, title={One}, year=2019}\n", "@book{c,\n  title={Three},\n}\n")

    @pytest.mark.parametrize(
        "broken",
        [
            "@article{b, title={Two, year=2019}\n",
            "@article{b, title={Two}, note={{open}, year=2019}\n",
            "@article{b,\n  title={Two},\n  author={Luna, A\n}\n\n",
            "@article{b, title={Two}\n",
            '@article{b, title="Two, year=2019}\n',
            "@article b, title={Two}}\n",
            "@article(b, title={Two}\n",
        ],
    )
    @pytest.mark.parametrize("place", [0, 1, 2])
    def test_the_entries_before_and_after_it_are_read(self, broken, place):
        entries = [*self.GOOD]
        entries.insert(place, broken)
        unread = []

        records = read_references("".join(entries), unread)

        assert [record["title"] for record in records] == ["One", "Three"]
        assert [text.strip() for text in unread] == [broken.strip()]

    def test_a_file_of_nothing_else_is_refused_with_its_line(self):
        unread = []

        with pytest.raises(ReadError) as refusal:
            read_references("\n\n@article{b, title={Two, year=2019}\n", unread)

        assert refusal.value.line is not None
        assert unread == []

    def test_a_caller_who_cannot_say_what_is_unread_gets_all_or_nothing(self):
        with pytest.raises(ReadError):
            read_references("".join([*self.GOOD, "@article{b, title={Two, year=2019}\n"]))

    def test_a_file_of_open_entries_is_given_up(self):
        with pytest.raises(ReadError):
            read_references(self.GOOD[0] + "@article{b, title={Two\n" * 50, [])


@pytest.mark.parametrize(
    ("names", "people"),
    [
        ("A. Sol, B. Luna & C. Mar", "A. Sol; B. Luna; C. Mar"),
        ("A. Sol, B. Luna \\& C. Mar", "A. Sol; B. Luna; C. Mar"),
        ("A. Sol, B. Luna and C. Mar", "A. Sol; B. Luna; C. Mar"),
        ("A. Sol, B. Luna, and C. Mar", "A. Sol; B. Luna; C. Mar"),
        ("A. B. Sol, J.-P. Luna and E. Mar", "A. B. Sol; J.-P. Luna; E. Mar"),
        ("A. Sol, B. Luna", "A. Sol; B. Luna"),
        ("A Sol, B Luna & C Mar", "A Sol; B Luna; C Mar"),
        ("Sol A, Luna B & Mar C", "A. Sol; B. Luna; C. Mar"),
        ("Sol A, Luna B", "A. Sol; B. Luna"),
        ("Ann Sol, Bo Luna & Cy Mar", "Ann Sol; Bo Luna; Cy Mar"),
        ("Ann Sol, Bo Luna, and Cy Mar", "Ann Sol; Bo Luna; Cy Mar"),
        ("Sol, A., B. Luna & C. Mar", "A. Sol; B. Luna; C. Mar"),
        ("Sol, Ann, Bo Luna and Cy Mar", "Ann Sol; Bo Luna; Cy Mar"),
        ("Sol, A. and B. Luna, C. Mar", "A. Sol; B. Luna; C. Mar"),
        ("Sol, A., Luna, B. & Mar, C.", "A. Sol; B. Luna; C. Mar"),
        ("Garcia Lopez, Ana Maria and Sol, Ann", "Ana Maria Garcia Lopez; Ann Sol"),
        ("Garcia Lopez, Ana Maria and {WHO}", "Ana Maria Garcia Lopez; WHO"),
        ("Garcia Lopez, Ana Maria", "Ana Maria Garcia Lopez"),
        ("A. Sol, Jr. and B. Luna", "A. Sol Jr.; B. Luna"),
        ("Ann Sol and Bo Luna", "Ann Sol; Bo Luna"),
    ],
)
def test_no_name_is_made_of_two(names, people):
    (record,) = read_references(f"@book{{k, title={{Ties}}, author={{{names}}}}}")

    found = [
        " ".join(filter(None, map(name.get, ("given", "family", "literal", "suffix"))))
        for name in record["author"]
    ]
    assert "; ".join(found) == people


@pytest.mark.parametrize(
    "key",
    [
        "https://doi.org/10.1002/(SICI)1097-4571(199601)47:1<1::AID-ASI1>3.0.CO;2-X",
        *("smith (2000)", "a#b", "Müller, H. 1996", 'O"Neil', "a=b", "DBLP:journals/x", "x%y", ""),
    ],
)
@pytest.mark.parametrize(
    "entry",
    [
        "@book{%s,\n  title = {Ties}, year = 2000\n}",
        "@book{%s, year=2000, title={Ties}}",
        "@book(%s, % a note\n  title = {Ties}, year = 2000)",
    ],
)
def test_whatever_a_key_has_in_it_its_entry_is_read(entry, key):
    text = entry.replace("%s", key, 1) + "\n@misc{nets, title={Nets}}"

    ties, nets = read_references(text)

    assert (ties["title"], ties["issued"]) == ("Ties", {"date-parts": [[2000]]})
    assert (ties["id"], nets["id"]) == (key.replace(" ", "") or "ties2000", "nets")


def test_the_first_field_of_an_entry_without_a_key_is_none():
    (record,) = read_references("@book{year=2000,title={Ties}}")

    assert record["issued"] == {"date-parts": [[2000]]}
