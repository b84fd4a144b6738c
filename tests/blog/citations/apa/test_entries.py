"""The reference list: its order, its names, its titles and the forms of its kinds."""

import pytest

from blog.citations import CiteItem, Cluster, format_citations
from tests.blog.citations.factories import article, book, entry, in_text, person


class TestOrder:
    def names(self, *works):
        keyed = {f"k{place}": work for place, work in enumerate(works)}
        clusters = [Cluster(tuple(CiteItem(key) for key in keyed))]
        return [entry.text.split(" (")[0] for entry in format_citations(keyed, clusters).entries]

    def test_nothing_comes_before_something(self):
        assert self.names(
            article("Browning, A. R."),
            article("Brown, J. R.", "Zed, A."),
            article("Brown, J. R."),
            article("Brown, J."),
        ) == ["Brown, J.", "Brown, J. R.", "Brown, J. R., & Zed, A.", "Browning, A. R."]

    def test_accents_case_and_punctuation_do_not_count(self):
        assert self.names(
            article("Ozil, A."),
            article("Özgür, A."),
            article("D'Zurilla, A."),
            article("van Niekerk, A."),
            article("Dabrowski, A."),
            article("Łoś, A."),
        ) == [
            "Dabrowski, A.",
            "D'Zurilla, A.",
            "Łoś, A.",
            "Özgür, A.",
            "Ozil, A.",
            "van Niekerk, A.",
        ]

    def test_titles_stand_among_names_without_their_article(self):
        assert self.names(
            article(title="The middle"),
            article("Luna, A."),
            article("Nu, B."),
            article(title="An ant"),
        ) == ["An ant.", "Luna, A.", "The middle.", "Nu, B."]


class TestNames:
    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            (person("Sartre, Jean-Paul"), "Sartre, J.-P."),
            (person("Lin, Xiao-ming"), "Lin, X."),
            (person("Guo, Y.B."), "Guo, Y. B."),
            (person("Powers, Taryn L"), "Powers, T. L."),
            (person("Smith, JP"), "Smith, J. P."),
            (person("GUMLEY, AL"), "GUMLEY, A."),
            (person("Yu, Xiong (Bill)"), "Yu, X. (Bill)"),
            (person("Medeiros, Elias Silva de"), "Medeiros, E. S. de"),
            (person("Plato, "), "Plato"),
            (person("Bui Phu Hung"), "Bui Phu Hung"),
            ({"family": "King", "given": "Martin", "suffix": "Jr."}, "King, M., Jr."),
            (
                {"family": "Niekerk", "given": "C", "non-dropping-particle": "van"},
                "van Niekerk, C.",
            ),
            ({"family": "Alembert", "given": "J", "non-dropping-particle": "d'"}, "d'Alembert, J."),
            ({"family": "Humboldt", "given": "A", "dropping-particle": "von"}, "Humboldt, A. von"),
            ({"family": "王", "given": "小明"}, "王小明"),
            ({"name": "The Team"}, "The Team"),
            ({"given": "Madonna"}, "Madonna"),
            ("Madonna", "Madonna"),
            (person("Öz, ömer"), "Öz, Ö."),
        ],
    )
    def test_a_name_is_inverted_for_the_list(self, name, expected):
        text = entry(article() | {"author": [name]}).text

        assert text == f"{expected.removesuffix('.')}. (2020). On ties. Journal of Ties."

    def test_particles_that_belong_to_the_name_are_cited(self):
        names = [
            {"family": "Niekerk", "given": "C", "non-dropping-particle": "van"},
            {"family": "Humboldt", "given": "A", "dropping-particle": "von"},
        ]

        assert in_text("[@k]", k=article() | {"author": names}) == [
            "(van Niekerk & Humboldt, 2020)"
        ]

    def test_twenty_authors_are_all_listed(self):
        text = entry(article(*(f"A{n:02}, B." for n in range(1, 21)))).text

        assert text.startswith("A01, B., A02, B., ")
        assert "A18, B., A19, B., & A20, B. (2020)." in text

    def test_of_twenty_one_authors_the_last_but_one_and_the_dots_stand_for_two(self):
        text = entry(article(*(f"A{n:02}, B." for n in range(1, 22)))).text

        assert "A18, B., A19, B., . . . A21, B. (2020)." in text
        assert "A20" not in text


class TestTitles:
    @pytest.mark.parametrize(
        ("title", "expected"),
        [
            ("What is it?", "What is it? <i>"),
            ("An ‘ocean.’", "An ‘ocean.’ <i>"),
            ("The “ocean of data”", "The “ocean of data.” <i>"),
            ("Of the students’", "Of the students’. <i>"),
            ("<i>Homo</i>  sapiens", "<i>Homo</i> sapiens. <i>"),
            ("H<sub>2</sub>O and <scp>DNA</scp>", "H2O and DNA. <i>"),
            ("Bats and\n            <i>balls</i>\n   .", "Bats and <i>balls</i> . <i>"),
            ("Health &amp; care", "Health &amp; care. <i>"),
            ("a < b > c & d", "a &lt; b &gt; c &amp; d. <i>"),
            ("vector<int>", "vector&lt;int&gt;. <i>"),
            ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;. <i>"),
            ("&lt;script&gt;x", "&lt;script&gt;x. <i>"),
            ("<b onclick=x()>bold</b>", "bold. <i>"),
            ("\u202eright to left\x00\ud800", "right to left. <i>"),
            ("<i>never closed", "<i>never closed</i>. <i>"),
        ],
    )
    def test_inline_markup_becomes_italics_or_nothing(self, title, expected):
        html = entry(article("Luna, Ana", title=title)).html

        assert html.removeprefix("Luna, A. (2020). ") == f"{expected}Journal of Ties</i>."

    def test_italics_in_an_italic_title_stand_upright(self):
        html = entry(book("Luna, Ana", title="Of <i>Homo sapiens</i> and others")).html

        assert html == "Luna, A. (2020). <i>Of </i>Homo sapiens<i> and others</i>."


def url(csl, **fields):
    return csl | {"URL": "https://x.org/a?b=1&c=2"} | fields


def lee(type_, **fields):
    fields = {field.replace("_", "-"): value for field, value in fields.items()}
    return {"type": type_, "author": [person("Lee, Chris")], "title": "Ties"} | fields


DAY = {"date-parts": [[2021, 2, 3]]}
EDITORS = [person("Doe, Dan"), person("Roe, Eve")]


@pytest.mark.parametrize(
    ("csl", "expected"),
    [
        (
            article("Lee, Chris", volume="12", issue="3", page="1-10"),
            "Lee, C. (2020). On ties. *Journal of Ties*, *12*(3), 1–10.",
        ),
        (
            article("Lee, Chris", volume="12", issue="4-6", page="5"),
            "Lee, C. (2020). On ties. *Journal of Ties*, *12*(4–6), 5.",
        ),
        (article("Lee, Chris", issue="5"), "Lee, C. (2020). On ties. *Journal of Ties*, (5)."),
        (
            article("Lee, Chris", volume="9", number="e77"),
            "Lee, C. (2020). On ties. *Journal of Ties*, *9*, Article e77.",
        ),
        (
            article("Lee, Chris", volume="9", page="e77"),
            "Lee, C. (2020). On ties. *Journal of Ties*, *9*, e77.",
        ),
        (
            lee("article-newspaper", container_title="The Times", page="B6", issued=DAY),
            "Lee, C. (2021, February 3). Ties. *The Times*, B6.",
        ),
        (
            lee(
                "article-magazine",
                container_title="Mag",
                issued={"date-parts": [[2020]], "season": 2},
            ),
            "Lee, C. (2020, Summer). Ties. *Mag*.",
        ),
        (
            url(lee("post-weblog", container_title="The Blog", issued=DAY)),
            "Lee, C. (2021, February 3). Ties. *The Blog*. URL",
        ),
        (
            url(lee("webpage", container_title="Site", issued=DAY)),
            "Lee, C. (2021, February 3). *Ties*. Site. URL",
        ),
        (
            url(lee("webpage", container_title="Site", issued=DAY), accessed=DAY),
            "Lee, C. (2021, February 3). *Ties*. Site. URL",
        ),
        (
            url(lee("webpage", container_title="Site"), accessed=DAY),
            "Lee, C. (n.d.). *Ties*. Site. Retrieved February 3, 2021, from URL",
        ),
        (
            url({"type": "webpage", "title": "Ties", "publisher": "WHO", "issued": DAY}),
            "WHO. (2021, February 3). *Ties*. URL",
        ),
        (
            url(
                {"type": "entry-encyclopedia", "title": "Ties", "container-title": "Wiki"},
                accessed=DAY,
            ),
            "Ties. (n.d.). In *Wiki*. Retrieved February 3, 2021, from URL",
        ),
        (
            lee("book", edition="2", volume="1", publisher="Sage", issued=DAY),
            "Lee, C. (2021). *Ties* (2nd ed., Vol. 1). Sage.",
        ),
        (
            lee("book", edition="Third", publisher="Lee", issued=DAY),
            "Lee, C. (2021). *Ties* (3rd ed.).",
        ),
        (
            lee("book", edition="Rev. ed.", volume="IV", issued=DAY),
            "Lee, C. (2021). *Ties* (Rev. ed., Vol. IV).",
        ),
        (
            lee("book", translator=[EDITORS[0]], editor=[EDITORS[1]], edition="11"),
            "Lee, C. (n.d.). *Ties* (E. Roe, Ed.; D. Doe, Trans.; 11th ed.).",
        ),
        (
            {
                "type": "book",
                "title": "Ties",
                "editor": EDITORS,
                "publisher": "Sage",
                "issued": DAY,
            },
            "Doe, D., & Roe, E. (Eds.). (2021). *Ties*. Sage.",
        ),
        (
            {"type": "book", "title": "Ties", "editor": EDITORS[:1]},
            "Doe, D. (Ed.). (n.d.). *Ties*.",
        ),
        (
            lee(
                "chapter",
                container_title="Book",
                editor=EDITORS,
                edition="2",
                volume="3",
                page="1-20",
                publisher="Sage",
                issued=DAY,
            ),
            "Lee, C. (2021). Ties. In D. Doe & E. Roe (Eds.), *Book* "
            "(2nd ed., Vol. 3, pp. 1–20). Sage.",
        ),
        (
            lee("chapter", container_title="Book", page="7"),
            "Lee, C. (n.d.). Ties. In *Book* (p. 7).",
        ),
        (
            lee(
                "paper-conference", container_title="Proc.", page="1-6", publisher="ACM", issued=DAY
            ),
            "Lee, C. (2021). Ties. *Proc.*, 1–6.",
        ),
        (
            lee(
                "paper-conference",
                container_title="Proc.",
                editor=EDITORS[:1],
                page="1-6",
                publisher="ACM",
                issued=DAY,
            ),
            "Lee, C. (2021). Ties. In D. Doe (Ed.), *Proc.* (pp. 1–6). ACM.",
        ),
        (
            lee(
                "speech",
                genre="Paper presentation",
                event_title="Conf",
                event_place="Rome, Italy",
                issued={"date-parts": [[2021, 2, 3], [2021, 2, 5]]},
            ),
            "Lee, C. (2021, February 3–5). *Ties* [Paper presentation]. Conf, Rome, Italy.",
        ),
        (
            lee("report", number="12", publisher="GPO", issued=DAY),
            "Lee, C. (2021). *Ties* (Report No. 12). GPO.",
        ),
        (
            lee("report", number="NIH 17-12", publisher="GPO", issued=DAY),
            "Lee, C. (2021). *Ties* (NIH 17-12). GPO.",
        ),
        (
            url(
                lee(
                    "thesis",
                    genre="Doctoral dissertation",
                    publisher="Uni",
                    archive="Archive",
                    issued=DAY,
                )
            ),
            "Lee, C. (2021). *Ties* [Doctoral dissertation, Uni]. Archive. URL",
        ),
        (
            lee("thesis", genre="Master's thesis", publisher="Uni", issued=DAY),
            "Lee, C. (2021). *Ties* [Unpublished master's thesis]. Uni.",
        ),
        (
            lee("dataset", version="2", publisher="Zenodo", DOI="10.5281/zenodo.1", issued=DAY),
            "Lee, C. (2021). *Ties* (Version 2) [Data set]. Zenodo. https://doi.org/10.5281/zenodo.1",
        ),
        (
            lee("software", version="1.2", publisher="CRAN", issued=DAY),
            "Lee, C. (2021). *Ties* (Version 1.2) [Computer software]. CRAN.",
        ),
        (
            lee(
                "article",
                genre="Preprint",
                publisher="PsyArXiv",
                DOI="10.31234/osf.io/abc",
                issued=DAY,
            ),
            "Lee, C. (2021). *Ties* [Preprint]. PsyArXiv. https://doi.org/10.31234/osf.io/abc",
        ),
        (
            url(lee("motion_picture", container_title="YouTube", issued=DAY)),
            "Lee, C. (2021, February 3). *Ties* [Video]. YouTube. URL",
        ),
        (
            {
                "type": "motion_picture",
                "title": "Ties",
                "director": EDITORS,
                "publisher": "Pixar",
                "issued": DAY,
            },
            "Doe, D., & Roe, E. (Directors). (2021). *Ties* [Film]. Pixar.",
        ),
        (
            url(
                {
                    "type": "broadcast",
                    "title": "Ties",
                    "host": EDITORS[:1],
                    "container-title": "Pod",
                    "number": "12",
                    "publisher": "NPR",
                    "issued": DAY,
                }
            ),
            "Doe, D. (Host). (2021, February 3). Ties (No. 12) [Audio podcast episode]. In *Pod*. "
            "NPR. URL",
        ),
        (
            lee("song", container_title="Album", publisher="Label", issued=DAY),
            "Lee, C. (2021). Ties [Song]. On *Album*. Label.",
        ),
        (
            url(lee("post", genre="Tweet", container_title="Twitter", issued=DAY)),
            "Lee, C. (2021, February 3). *Ties* [Tweet]. Twitter. URL",
        ),
        (
            lee("patent", number="123", genre="U.S. Patent", publisher="USPTO", issued=DAY),
            "Lee, C. (2021). *Ties* (U.S. Patent No. 123). USPTO.",
        ),
        (
            lee(
                "review-book",
                container_title="Mag",
                volume="3",
                reviewed_title="Old",
                reviewed_author=EDITORS[:1],
            ),
            "Lee, C. (n.d.). Ties [Review of the book *Old*, by D. Doe]. *Mag*, *3*.",
        ),
        (
            {
                "type": "legal_case",
                "title": "Brown v. Board",
                "volume": "347",
                "container-title": "U.S.",
                "page": "483",
                "issued": {"date-parts": [[1954]]},
            },
            "Brown v. Board, 347 U.S. 483 (1954).",
        ),
        (
            lee("manuscript", publisher="Uni", issued=DAY),
            "Lee, C. (2021). *Ties* [Unpublished manuscript]. Uni.",
        ),
        (
            {
                "type": "book",
                "author": [person("Plato")],
                "title": "Laws",
                "issued": {"date-parts": [[-380]], "circa": True},
            },
            "Plato. (ca. 380 B.C.E.). *Laws*.",
        ),
        (lee("no such type", container_title="Mag", volume=3), "Lee, C. (n.d.). Ties. *Mag*, *3*."),
        (lee("", publisher="Sage"), "Lee, C. (n.d.). *Ties*. Sage."),
    ],
)
def test_an_entry_has_the_form_of_its_kind(csl, expected):
    written = "".join(f"*{run.text}*" if run.italic else run.text for run in entry(csl).runs)

    assert written == expected.replace("URL", "https://x.org/a?b=1&c=2")


@pytest.mark.parametrize(
    ("issued", "expected"),
    [
        ({"date-parts": [[2020, 5, 4]]}, "2020, May 4"),
        ({"date-parts": [["2020", "05"]]}, "2020, May"),
        ({"date-parts": [[2020, 13]]}, "2020, Spring"),
        ({"date-parts": [[2020, 24]]}, "2020, Winter"),
        ({"date-parts": [[2020, 5, 30], [2020, 6, 2]]}, "2020, May 30–June 2"),
        ({"date-parts": [[2019], [2021]]}, "2019–2021"),
        ({"raw": "2020-05-04"}, "2020, May 4"),
        ({"raw": "2020-05-04T10:00:00Z"}, "2020, May 4"),
        ({"raw": "1948/07//"}, "1948, July"),
        ({"raw": "2019/2021"}, "2019–2021"),
        ({"literal": "4 May 2020"}, "2020, May 4"),
        ({"literal": "January 12, 2012"}, "2012, January 12"),
        ({"literal": "Autumn 2012"}, "2012, Fall"),
        ({"literal": "2003–2005"}, "2003–2005"),
        ({"literal": "Qing dynasty"}, "Qing dynasty"),
        ({"literal": "n.d."}, "n.d."),
        ("2020", "2020"),
        (2020, "2020"),
        ({"date-parts": [[None]]}, "n.d."),
        ({"date-parts": [[]]}, "n.d."),
        ({"date-parts": []}, "n.d."),
        ({"date-parts": [[0]]}, "n.d."),
        ({"date-parts": [[2020, 99, 99]]}, "2020"),
        ({"date-parts": [[10**30]]}, "n.d."),
        ({"date-parts": "2020"}, "n.d."),
        ([], "n.d."),
        (True, "n.d."),
    ],
)
def test_a_date_is_read_from_whatever_files_hold(issued, expected):
    csl = {"type": "webpage", "author": ["Luna"], "title": "T", "issued": issued}

    assert entry(csl).text == f"Luna. ({expected}). T."


def test_registry_arrays_are_read_for_their_first_text():
    csl = article("Luna, Ana") | {"title": ["On ties"], "container-title": ["Ties", "T."]}

    assert entry(csl).text == "Luna, A. (2020). On ties. Ties."


def test_an_address_that_is_no_web_address_is_not_a_link():
    html = entry(book("Luna, Ana") | {"URL": 'javascript:alert("1")'}).html

    assert html == ("Luna, A. (2020). <i>On ties</i>. javascript:alert(&quot;1&quot;).")


def test_an_unknown_style_is_refused():
    with pytest.raises(ValueError, match="mla"):
        format_citations({}, [], style="mla")
