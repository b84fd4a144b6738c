"""Consistency of a text and its references: findings, and cases without any."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.citations.consistency import MAX_FINDINGS, Kind, check_consistency
from blog.text import MAX_POST_CHARS, render_post
from blog.text.lines import lines_of
from tests.long import few_of


def work(*names, year=2020, title="On ties", **fields):
    """Make a record; “Family, Given” is split, a name without a comma is not."""
    parts = [name.partition(", ") for name in names]
    return {
        "type": "article-journal",
        "author": [
            {"family": family, "given": given} if given else {"literal": family}
            for family, _comma, given in parts
        ],
        "title": title,
        "issued": {"date-parts": [[year]]},
        **fields,
    }


BUI = work(
    *("Bui Phu Hung", "Ulla, M. B.", "Tarrayo, V. N.", "Pham Chien Thang"),
    year=2023,
    title="Editorial: The roles of social media in education",
)
RAJAGOPAL = work(
    *("Rajagopal, K.", "Joosten-ten Brinke, D.", "Van Bruggen, J.", "Sloep, P. B."),
    year=2012,
    title="Understanding personal learning networks",
)
REFERENCES = {"bui": BUI, "raj": RAJAGOPAL}


def check(rendered, works):
    cited = [reference.key for reference in rendered.references]
    return check_consistency(lines_of(rendered.html), works, cited)


def found(text, works=REFERENCES):
    """Return the findings as ``(kind, snippet, other)``."""
    return [
        (finding.kind, finding.snippet, finding.other)
        for finding in check(render_post(text, works), works)
    ]


class TestTheSeed:
    """A student’s real post, with its encoding broken and its citations typed by hand."""

    @pytest.mark.parametrize("works", [REFERENCES, {"bui": BUI}, {}], ids=["both", "one", "none"])
    def test_one_source_has_two_names_and_nothing_else(self, real_data, works):
        (path,) = (real_data / "seeds").glob("000_*")

        assert found(path.read_text(), works) == [
            (Kind.TWO_NAMES, "Bui Phu Hung et al., 2023", "Bui et al., 2023")
        ]


class TestCitationsAndShelf:
    @pytest.mark.parametrize(
        "text",
        [
            "Ties are weak [@bui; @raj].",
            "Ties are weak (Bui Phu Hung et al., 2023; Rajagopal et al., 2012).",
            "Rajagopal et al. (2012) and Bui Phu Hung et al. (2023, p. 3) agree.",
            "As Rajagopal, Joosten-ten Brinke, Van Bruggen, and Sloep (2012) say. [@bui]",
            "However, Rajagopal and colleagues (2012) differ. See @bui.",
            "Rajagopal et al.’s (2012) model (see also Bui Phu Hung et al., 2023, pp. 3–4).",
            "@bui, (e.g., Rajagopal et al., 2012, 2012)",
        ],
    )
    def test_citations_of_every_shape_find_their_works(self, text):
        assert found(text) == []

    def test_a_typed_citation_without_a_work_is_found(self):
        assert found(
            "So it is (Smith & Lee, 2020a), [@bui; @raj]. Smith and Lee (2020a) agree."
        ) == [(Kind.NOT_IN_REFERENCES, "Smith & Lee, 2020a", "")]

    def test_a_key_without_a_work_is_told_elsewhere(self):
        assert found("Ties [@nobody; @bui; @raj].") == []

    def test_a_work_that_nothing_cites_is_found(self):
        assert found("Ties [@bui].") == [(Kind.NOT_CITED, "Rajagopal et al., 2012", "")]

    @pytest.mark.parametrize(
        "text",
        [
            "in May (May 2020), later (Fall, 2020), and since (since 2019, as before)",
            "a letter (A. Luna, personal communication, May 4, 2020)",
            "numbers (N = 12, 2020), (p. 3), (2020), (PLN), (see above)",
            "code `(Smith, 2020)` is not spared, but this is:\n\n```\n(Jones, 2019)\n```",
        ],
    )
    def test_what_only_looks_like_a_citation_is_left_in_peace(self, text):
        kinds = {snippet for kind, snippet, _ in found(f"{text}\n\n[@bui; @raj]")}

        assert kinds <= {"Smith, 2020"}

    def test_an_entry_typed_under_the_text_that_nothing_cites_is_found(self):
        text = (
            "Ties (Luna, 2020).\n\n## References\n\nLuna, A. (2020). Ties.\n\n"
            "Sol, B., & Mar, C. (2019, May 4). Nets. https://example.org"
        )

        assert found(text, {}) == [(Kind.NOT_CITED, "Sol, B., & Mar, C. (2019)", "")]

    def test_an_acronym_and_its_group_are_one_name(self):
        works = {"who": work("World Health Organization", year=2020)}

        assert found("(World Health Organization, 2020), later (WHO, 2020).", works) == []

    def test_a_title_stands_for_an_author(self):
        works = {
            "ties": {"type": "webpage", "title": "Ties of all kinds", "issued": {"raw": "2020"}}
        }

        assert found("(“Ties of All Kinds,” 2020)", works) == []

    def test_a_unicode_name_is_a_name(self):
        works = {"o": work("Öztürk, Ö.", year=2019), "l": work("Łoś, A.", year=2018)}

        assert found("Öztürk (2019) and (Łoś, 2018).", works) == []


class TestTwoNames:
    def test_of_a_typed_citation_and_a_key(self):
        assert found("Ties (Bui et al., 2023) [@bui; @raj].") == [
            (Kind.TWO_NAMES, "Bui et al., 2023", "Bui Phu Hung et al., 2023")
        ]

    def test_of_a_work_that_is_not_a_reference_of_the_post(self):
        assert found("(Nguyen Van Anh, 2020), then (Nguyen, 2020).", {}) == [
            (Kind.NOT_IN_REFERENCES, "Nguyen Van Anh, 2020", ""),
            (Kind.TWO_NAMES, "Nguyen Van Anh, 2020", "Nguyen, 2020"),
        ]

    def test_two_people_of_one_family_are_two(self):
        works = {"a": work("Luna, Ana", year=2020), "b": work("Luna, Bea", year=2019, title="Nets")}

        assert found("(Luna, 2020) and (Luna, 2019)", works) == []

    def test_of_two_references_that_are_one_work(self):
        works = {"luna2020": work("Luna, Ana"), "luna": work("Luna, A.", title="On Ties.")}

        assert found("[@luna; @luna2020]", works) == [(Kind.TWO_ENTRIES, "[@luna2020]", "[@luna]")]


class TestYears:
    def test_a_year_that_is_not_the_works_is_found_once_for_each_way_to_say_it(self):
        text = "Rajagopal et al. (2011), again (Rajagopal et al., 2011). [@bui]"

        assert found(text) == [
            (Kind.OTHER_YEAR, "Rajagopal et al., 2011", "Rajagopal et al., 2012")
        ]

    @pytest.mark.parametrize(
        ("issued", "cited", "other"),
        [
            ({}, "2004", "n.d."),
            ({}, "2004a", "n.d."),
            ({}, "2003/2004", "n.d."),
            ({}, "in press", "n.d."),
            ({"date-parts": [[2011]]}, "n.d.", "2011"),
            ({"date-parts": [[2011]]}, "n.d.-a", "2011"),
            ({"date-parts": [[2011]]}, "in press", "2011"),
            ({"date-parts": [[-380]]}, "1997", "380 B.C.E."),
            ({"literal": "in press"}, "2024", "in press"),
            ({"literal": "in press"}, "n.d.", "in press"),
            ({"literal": "forthcoming"}, "2024", "forthcoming"),
        ],
    )
    def test_words_in_place_of_a_year_differ_from_it(self, issued, cited, other):
        works = {"kolk": work("van der Kolk, B.", issued=issued)}
        text = f"van der Kolk ({cited}), again (van der Kolk, {cited})."

        assert found(text, works) == [
            (Kind.OTHER_YEAR, f"van der Kolk, {cited}", f"van der Kolk, {other}")
        ]

    def test_another_year_is_found_beside_the_right_one(self):
        works = {"turkle": work("Turkle, S.", year=2011)}

        assert found("(Turkle, n.d.; Turkle, 2011)", works) == [
            (Kind.OTHER_YEAR, "Turkle, n.d.", "Turkle, 2011")
        ]

    @pytest.mark.parametrize(
        ("fields", "cited"),
        [
            ({"original-date": {"date-parts": [[1934]]}}, "1934/2020"),
            ({"issued": {"date-parts": [[2019], [2021]]}}, "2021"),
            ({"issued": {}}, "n.d."),
            ({"issued": {}}, "no date"),
            ({"issued": {"literal": "in press"}}, "in press"),
        ],
    )
    def test_the_years_of_a_work_are_all_its_own(self, fields, cited):
        assert found(f"Ties (Luna, {cited}).", {"luna": work("Luna, Ana") | fields}) == []


class TestQuotations:
    CITED = "(Rajagopal et al., 2012"

    @pytest.mark.parametrize(
        "text",
        [
            f"“Networking is a skill and an attitude” {CITED}).",
            f'As they say, "networking is a skill and an attitude" {CITED}).',
            "“Networking is a skill and an attitude” [@raj].",
            "@raj write: “Networking is a skill and an attitude.”",
            "> Networking is a skill and an attitude [@raj]",
        ],
    )
    def test_words_of_another_without_their_place_are_found(self, text):
        ((kind, snippet, _),) = found(
            f"{text} Other things [@bui].\n\n[@raj]" if ">" not in text else f"{text}\n\n[@bui]"
        )

        assert kind == Kind.NO_LOCATOR
        assert snippet.lower().startswith("networking is a skill and an attitude")

    @pytest.mark.parametrize(
        "text",
        [
            f"“Networking is a skill and an attitude” {CITED}, p. 3).",
            f"“Networking is a skill and an attitude” {CITED}, para. 12).",
            "“Networking is a skill and an attitude” [@raj, chap. 2].",
            "@raj [p. 3] write: “Networking is a skill and an attitude.”",
            "“Networking is a skill and an attitude” [@raj, 1:23].",
            "They are “orchestrators” [@raj].",
            "“Understanding personal learning networks” [@raj] is an article.",
            "“The Strength of Weak Ties” is older than [@raj].",
            "My mother says “networking is what I always did.” Others differ [@raj].",
            "> Networking is a skill and an attitude [@raj, p. 3]",
        ],
    )
    def test_words_with_their_place_terms_titles_and_talk_are_left_in_peace(self, text):
        assert found(f"{text}\n\n[@bui; @raj]") == []

    def test_forty_words_in_quotation_marks_should_be_a_block(self):
        long = " ".join(["tie"] * 40)

        assert found(f"“{long}” [@raj, p. 3]. [@bui]") == [
            (Kind.LONG_QUOTATION, "tie tie tie tie tie tie tie tie…", "")
        ]
        assert found(f"“{long.removesuffix(' tie')}” [@raj, p. 3]. [@bui]") == []
        assert found(f"> “{long}” [@raj, p. 3]\n\n[@bui]") == []

    def test_a_finding_knows_its_paragraph(self):
        text = "One [@bui].\n\nTwo.\n\n“Networking is a skill and an attitude” [@raj]."

        (finding,) = check(render_post(text, REFERENCES), REFERENCES)

        assert finding.paragraph == 3


PARTS = ["(", ")", "“", "”", '"', "Luna", " ", ", ", "2020", "et al.", " and ", "[@bui]", "\n\n"]
PARTS += ["References", "> ", "## ", "p. 3", "van ", ".", "’s ", "; ", "<b>", "`", "École"]


@given(st.lists(st.sampled_from(PARTS), max_size=60).map("".join))
def test_whatever_is_typed_a_check_answers(text):
    findings = check(render_post(text, REFERENCES), REFERENCES)

    assert all(finding.snippet for finding in findings)
    assert len(findings) <= MAX_FINDINGS


@given(
    st.lists(st.sampled_from(["Ties matter. ", "[@bui] ", "[@raj, p. 3] ", "\n\n"]), max_size=20)
)
def test_a_text_that_cites_by_key_alone_only_ever_leaves_works_out(parts):
    text = "".join(parts)

    expected = {"raj": "Rajagopal et al., 2012", "bui": "Bui Phu Hung et al., 2023"}
    assert {(kind, snippet) for kind, snippet, _ in found(text)} == {
        (Kind.NOT_CITED, label) for key, label in expected.items() if f"@{key}" not in text
    }


HOSTILE = {
    "names without end": "Luna " * 12_000,
    "names and years": "Luna Sol (2020) " * 3_700,
    "commas": "Luna, " * 9_000 + "(2020)",
    "particles": "van der " * 7_500 + "(2020)",
    "open brackets": "(Luna, 2020" * 5_400,
    "brackets": "(Luna et al., 2020) " * 3_000,
    "many works": " ".join(f"(Luna{chr(97 + n % 26)}{n}, 2020)" for n in range(2_900)),
    "one long bracket": f"({'Luna, 2020; ' * 330}) " * 15,
    "joins in a bracket": f"(Luna, 2020{', ' * 1_900}Sol, 2021) " * 15,
    "lead-ins in a bracket": f"(Luna, 2020 {'see ' * 950}x Sol, 2021) " * 15,
    "bare years in a bracket": f"({'1999 ' * 780}) " * 15,
    "keys in brackets": "(Luna, 2020; @bui; ([@raj])) " * 240,
    "brackets in brackets": "((" * 15_000 + "[@bui])" * 480,
    "brackets within brackets": "(((Luna, 2020) x) y " * 3_100 + ")" * 3_100,
    "deep brackets": "(" * 20_000 + "Luna, 2020" + ")" * 20_000,
    "letters of a year": f"(Luna, 2020a{', b' * 1_200}) " * 16,
    "days of a year": f"({'Luna, May 3, 2020, ' * 200}) " * 16,
    "words of titles": "how ties form (2020) " * 2_900,
    "small letters": "как пишет (2020) " * 3_500,
    "possessives": "Luna’s work (2020) " * 3_000,
    "quotation marks": "“" * 30_000 + "”" * 30_000,
    "quotations": "“one two three four” (Luna, 2020) " * 1_700,
    "years": "2020 " * 12_000,
    "capitals": "A B C D E F, and " * 3_500,
}


@pytest.mark.parametrize("recipe", few_of(HOSTILE, 3))
def test_no_text_takes_long(recipe):
    """The worst of these takes a third of a second."""
    rendered = render_post(HOSTILE[recipe][:MAX_POST_CHARS], REFERENCES)
    began = time.process_time()

    findings = check(rendered, {f"k{n}": work(f"Luna{n}, A.", title=f"T{n}") for n in range(200)})

    assert time.process_time() - began < 4
    assert len(findings) == MAX_FINDINGS


@pytest.mark.parametrize(
    ("text", "snippet"),
    [
        ("So (Calder & Bui 2019).", "Calder & Bui, 2019"),
        ("So (see Calder 2019).", "Calder, 2019"),
        ("So (Calder 2019, p. 3).", "Calder, 2019"),
        ("So (Calder 2019: 33).", "Calder, 2019"),
        ("So (Calder et al. 2019).", "Calder et al., 2019"),
    ],
)
def test_a_citation_without_a_comma_needs_its_reference(text, snippet):
    assert (Kind.NOT_IN_REFERENCES, snippet, "") in found(text)


@pytest.mark.parametrize("text", ["(Rio 2016)", "(in Rio 2016)", "(May 2019)", "(Windows 2000)"])
def test_other_names_with_a_year_are_no_citations(text):
    assert [one for one in found(text) if one[0] == Kind.NOT_IN_REFERENCES] == []
