"""Citations in the text: the rules of the Publication Manual, one by one."""

import pytest

from blog.citations import (
    CiteItem,
    Cluster,
    Run,
    format_citations,
    parse_cluster,
    parse_narrative,
    rekeyed,
)
from tests.blog.citations.records import article, book, entries, entry, in_text, person, write

LUNA = article("Luna, Ana")
SALAS = article("Salas, Eva", "D'Agostino, Joe")
MARTIN = article("Martin, Ann", "Bo, Bob", "Cy, Cid")

BUI = {
    "type": "article-journal",
    "title": "Editorial: The roles of social media in education: Affective, behavioral, and "
    "cognitive dimensions",
    "author": [
        {"literal": "Bui Phu Hung"},
        {"family": "Ulla", "given": "Mark B."},
        {"family": "Tarrayo", "given": "V. N."},
        {"literal": "Pham Chien Thang"},
    ],
    "container-title": "Frontiers in Psychology",
    "volume": "14",
    "number": "1287728",
    "issued": {"date-parts": [[2023, 9]]},
    "DOI": "10.3389/fpsyg.2023.1287728",
}
RAJAGOPAL = {
    "type": "article-journal",
    "title": "Understanding personal learning networks: Their structure, content and the "
    "networking skills needed to optimally use them",
    "author": [
        {"family": "Rajagopal", "given": "Kamakshi"},
        {"family": "Joosten-ten Brinke", "given": "Desirée"},
        {"family": "Van Bruggen", "given": "Jan"},
        {"family": "Sloep", "given": "Peter B."},
    ],
    "container-title": "First Monday",
    "volume": 17,
    "issue": 1,
    "issued": {"date-parts": [["2012", "1", "2"]]},
    "DOI": "https://doi.org/10.5210/fm.v17i1.3559",
}


def test_the_first_post_lists_its_two_works():
    formatted = write("[@bui] @bui @rajagopal [@rajagopal, p. 3]", bui=BUI, rajagopal=RAJAGOPAL)

    assert [entry.text for entry in formatted.entries] == [
        "Bui Phu Hung, Ulla, M. B., Tarrayo, V. N., & Pham Chien Thang. (2023). Editorial: The "
        "roles of social media in education: Affective, behavioral, and cognitive dimensions. "
        "Frontiers in Psychology, 14, Article 1287728. "
        "https://doi.org/10.3389/fpsyg.2023.1287728",
        "Rajagopal, K., Joosten-ten Brinke, D., Van Bruggen, J., & Sloep, P. B. (2012). "
        "Understanding personal learning networks: Their structure, content and the networking "
        "skills needed to optimally use them. First Monday, 17(1). "
        "https://doi.org/10.5210/fm.v17i1.3559",
    ]
    assert in_text("[@bui] @bui @r [p. 3] [@r; @bui]", bui=BUI, r=RAJAGOPAL) == [
        "(Bui Phu Hung et al., 2023)",
        "Bui Phu Hung et al. (2023)",
        "Rajagopal et al. (2012, p. 3)",
        "(Bui Phu Hung et al., 2023; Rajagopal et al., 2012)",
    ]


def test_journal_and_volume_are_italic_and_the_doi_is_a_link():
    assert entry(RAJAGOPAL).html == (
        "Rajagopal, K., Joosten-ten Brinke, D., Van Bruggen, J., &amp; Sloep, P. B. (2012). "
        "Understanding personal learning networks: Their structure, content and the networking "
        "skills needed to optimally use them. <i>First Monday</i>, <i>17</i>(1). "
        '<a href="https://doi.org/10.5210/fm.v17i1.3559" rel="nofollow noopener">'
        "https://doi.org/10.5210/fm.v17i1.3559</a>"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[@luna]", "(Luna, 2020)"),
        ("@luna", "Luna (2020)"),
        ("[-@luna]", "(2020)"),
        ("[@salas]", "(Salas & D'Agostino, 2020)"),
        ("@salas", "Salas and D'Agostino (2020)"),
        ("[@martin]", "(Martin et al., 2020)"),
        ("@martin", "Martin et al. (2020)"),
        ("[@luna, p. 14]", "(Luna, 2020, p. 14)"),
        ("[@luna, pp. 3-5]", "(Luna, 2020, pp. 3–5)"),
        ("[@luna, 33]", "(Luna, 2020, p. 33)"),
        ("[@luna p. 3, 7]", "(Luna, 2020, pp. 3, 7)"),
        ("[@luna, para. 4]", "(Luna, 2020, para. 4)"),
        ("[@luna, ¶ 4]", "(Luna, 2020, para. 4)"),
        ("[@luna, chap. 1]", "(Luna, 2020, Chapter 1)"),
        ("[@luna, fig. 2 and 3]", "(Luna, 2020, Figures 2 and 3)"),
        ("[@luna, p. iv]", "(Luna, 2020, p. iv)"),
        ("[@luna, 1:30:40]", "(Luna, 2020, 1:30:40)"),
        ("[@luna{ii, A, D-Z}, with a suffix]", "(Luna, 2020, pp. ii, A, D-Z, with a suffix)"),
        ("[see @luna, pp. 3 and *passim*]", "(see Luna, 2020, p. 3 and passim)"),
        ("[@luna, emphasis added]", "(Luna, 2020, emphasis added)"),
        ("@luna [p. 33]", "Luna (2020, p. 33)"),
        ("@luna [p. 33, my translation]", "Luna (2020, p. 33, my translation)"),
        ("[@salas; @luna]", "(Luna, 2020; Salas & D'Agostino, 2020)"),
        ("[@salas, p. 3; @luna, p. 5]", "(Luna, 2020, p. 5; Salas & D'Agostino, 2020, p. 3)"),
        ("[see @salas; @luna]", "(see Luna, 2020; Salas & D'Agostino, 2020)"),
        ("[@martin; see also @luna]", "(Martin et al., 2020; see also Luna, 2020)"),
        ("[@luna; @luna]", "(Luna, 2020)"),
        ("[@luna: 33]", "(Luna, 2020, p. 33)"),
        ("[@salas, @luna]", "(Luna, 2020; Salas & D'Agostino, 2020)"),
        ("[@salas and @luna]", "(Luna, 2020; Salas & D'Agostino, 2020)"),
        ("[@luna, p. 1; @luna, p. 9]", "(Luna, 2020, p. 1; Luna, 2020, p. 9)"),
        ("[Rabbitt, 1982, as cited in @luna]", "(Rabbitt, 1982, as cited in Luna, 2020)"),
        (
            "[@salas, p. 3, as cited in @luna]",
            "(Salas & D'Agostino, 2020, p. 3, as cited in Luna, 2020)",
        ),
        ("[@nobody]", "(@nobody?)"),
        ("@nobody", "@nobody?"),
        ("@nobody [p. 3]", "@nobody? (p. 3)"),
        ("[@nobody; @luna]", "(Luna, 2020; @nobody?)"),
    ],
)
def test_a_citation_reads_as_the_manual_writes_it(text, expected):
    assert in_text(text, luna=LUNA, salas=SALAS, martin=MARTIN) == [expected]


@pytest.mark.parametrize(
    "inner",
    [
        "",
        "luna2020",
        "me@example.org",
        "@",
        "; ;",
        "see @luna; and other things",
        r"\@luna",
        "p. 3",
    ],
)
def test_what_is_no_citation_is_left_to_the_text(inner):
    assert parse_cluster(inner) is None


@pytest.mark.parametrize("inner", ["a link text", "^1", "see there", "x" * 5000])
def test_a_bracket_after_a_key_that_is_no_locator_is_left_to_the_text(inner):
    assert parse_narrative("luna", inner) is None


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("@Foo_bar.baz.", "Foo_bar.baz"),
        ("@Foo_bar--baz", "Foo_bar"),
        ("@luna2020: a claim", "luna2020"),
        ("@DBLP:conf/cata/2010, p. 3", "DBLP:conf/cata/2010"),
        ("@{https://x.org/a?b=c}, p. 3", "https://x.org/a?b=c"),
        ("@2020luna", "2020luna"),
        ("@nguyễn2020", "nguyễn2020"),
    ],
)
def test_a_key_ends_where_the_sentence_goes_on(typed, key):
    assert parse_cluster(typed).items[0].key == key


def test_a_cluster_keeps_every_part_of_each_item():
    assert parse_cluster("see @doe99, pp. 33-35 and more; -@smith04, chap. 1") == Cluster(
        (
            CiteItem("doe99", "see", "page", "33–35", " and more"),
            CiteItem("smith04", "", "chapter", "1", "", suppress_author=True),
        )
    )


def test_a_key_leads_to_its_entry_and_what_surrounds_it_does_not():
    runs = write("[see @luna, p. 3; @salas]", luna=LUNA, salas=SALAS).in_text[0]

    assert runs == (
        Run("(see "),
        Run("Luna, 2020, p. 3", "luna"),
        Run("; "),
        Run("Salas & D'Agostino, 2020", "salas"),
        Run(")"),
    )


def test_a_narrative_citation_is_one_link():
    assert write("@luna [p. 3]", luna=LUNA).in_text == ((Run("Luna (2020, p. 3)", "luna"),),)


def test_unknown_keys_are_named_once_in_the_order_of_use():
    formatted = write("[@b; @luna] @a [@b]", luna=LUNA)

    assert formatted.unknown == ("b", "a")
    assert [entry.key for entry in formatted.entries] == ["luna"]


def test_works_that_nobody_cites_are_not_listed():
    assert entries("[@luna]", luna=LUNA, salas=SALAS) == [
        "Luna, A. (2020). On ties. Journal of Ties."
    ]


class TestGroups:
    NIMH = {"literal": "National Institute of Mental Health", "short": "NIMH"}

    def test_an_abbreviation_is_introduced_once_then_stands_alone(self):
        nimh = book() | {"author": [self.NIMH]}

        assert in_text("[@n] [@n] @n", n=nimh) == [
            "(National Institute of Mental Health [NIMH], 2020)",
            "(NIMH, 2020)",
            "NIMH (2020)",
        ]

    def test_an_abbreviation_is_introduced_in_a_sentence(self):
        custom = {"literal": self.NIMH["literal"], "custom": {"abbreviation": "NIMH"}}

        assert in_text("@n [p. 3] [@n]", n=book() | {"author": [custom]}) == [
            "National Institute of Mental Health (NIMH, 2020, p. 3)",
            "(NIMH, 2020)",
        ]

    def test_two_works_of_one_group_introduce_it_once(self):
        one, two = ({**book(year=year), "author": [self.NIMH]} for year in (2019, 2020))

        assert in_text("[@one] [@two]", one=one, two=two) == [
            "(National Institute of Mental Health [NIMH], 2019)",
            "(NIMH, 2020)",
        ]

    def test_the_list_prints_the_whole_name_and_no_publisher_that_repeats_it(self):
        report = {
            "type": "report",
            "author": [self.NIMH],
            "publisher": "National Institute of Mental Health",
            "title": "Anxiety",
            "number": "12",
        }

        assert entry(report).text == (
            "National Institute of Mental Health. (n.d.). Anxiety (Report No. 12)."
        )


class TestWithoutAuthorOrDate:
    def test_the_title_of_an_article_stands_in_quotation_marks(self):
        csl = article(title="Understanding sensory memory", year=2018)

        assert in_text("[@k] @k [@k, p. 2]", k=csl) == [
            "(“Understanding Sensory Memory,” 2018)",
            "“Understanding Sensory Memory” (2018)",
            "(“Understanding Sensory Memory,” 2018, p. 2)",
        ]
        assert entry(csl).text == "Understanding sensory memory. (2018). Journal of Ties."

    def test_the_title_of_a_book_is_italic(self):
        assert write("[@k]", k=book(title="interpersonal skills")).in_text == (
            (
                Run("("),
                Run("Interpersonal Skills", "k", italic=True),
                Run(", 2020", "k"),
                Run(")"),
            ),
        )

    def test_quotation_marks_inside_a_quoted_title_become_single(self):
        csl = article(title="The “ocean of data”")

        assert in_text("[@k]", k=csl) == ["(“The ‘Ocean of Data’,” 2020)"]

    @pytest.mark.parametrize(
        ("title", "short", "expected"),
        [
            ("Ties that bind: " + "a study of many words " * 3, "", "Ties That Bind"),
            (
                "one two three four five six seven eight nine ten eleven",
                "",
                "One Two Three Four Five Six",
            ),
            ("anything at all", "all", "All"),
        ],
    )
    def test_a_long_title_is_shortened_in_the_text(self, title, short, expected):
        csl = book(title=title, title_short=short)

        assert in_text("[@k]", k=csl) == [f"({expected}, 2020)"]

    def test_two_long_titles_that_start_alike_are_not_shortened_alike(self):
        works = {
            key: book(title=f"Ties that bind: a study in seven words of the {place}")
            for key, place in (("north", "north"), ("south", "south"))
        }

        assert in_text("[@north] [@south]", **works) == [
            "(Ties That Bind: A Study in Seven Words of the North, 2020)",
            "(Ties That Bind: A Study in Seven Words of the South, 2020)",
        ]

    def test_no_date(self):
        csl = article("Luna, Ana", year=None)

        assert in_text("[@k]", k=csl) == ["(Luna, n.d.)"]
        assert entry(csl).text == "Luna, A. (n.d.). On ties. Journal of Ties."

    @pytest.mark.parametrize("issued", [{"literal": "in press"}, {"raw": "in press"}, "in press"])
    def test_in_press(self, issued):
        csl = article("Luna, Ana", year=None) | {"issued": issued}

        assert in_text("[@k]", k=csl) == ["(Luna, in press)"]

    def test_a_status_speaks_for_a_missing_date_only(self):
        status = {"status": "forthcoming"}

        assert in_text("[@k]", k=article("Luna, Ana", year=None) | status) == [
            "(Luna, forthcoming)"
        ]
        assert in_text("[@k]", k=LUNA | status) == ["(Luna, 2020)"]

    @pytest.mark.parametrize(
        "empty", [{}, {"title": None}, {"author": [], "title": ""}, None, [], "text", 3]
    )
    def test_a_record_of_nothing_is_untitled(self, empty):
        assert in_text("[@k]", k=empty) == ["(Untitled, n.d.)"]
        assert entry(empty).text == "Untitled. (n.d.)."


class TestYearSuffixes:
    def test_letters_follow_the_order_of_the_list_not_of_the_text(self):
        works = {
            "z": article("Luna, Ana", title="Zebras"),
            "a": article("Luna, Ana", title="The ants"),
        }

        assert in_text("[@z] [@a] [@a; @z]", **works) == [
            "(Luna, 2020b)",
            "(Luna, 2020a)",
            "(Luna, 2020a, 2020b)",
        ]
        assert entries("[@z] [@a]", **works) == [
            "Luna, A. (2020a). The ants. Journal of Ties.",
            "Luna, A. (2020b). Zebras. Journal of Ties.",
        ]

    def test_without_a_date_and_in_press_the_letter_takes_a_hyphen(self):
        undated = article("Luna, Ana", year=None)
        coming = undated | {"status": "in press"}
        works = {
            "a": undated | {"title": "Ants"},
            "b": undated | {"title": "Bees"},
            "c": coming | {"title": "Ants"},
            "d": coming | {"title": "Bees"},
        }

        assert in_text("[@d; @c; @b; @a]", **works) == [
            "(Luna, n.d.-a, n.d.-b, in press-a, in press-b)"
        ]

    def test_a_bare_year_comes_before_a_day_and_days_in_their_order(self):
        page = {"type": "webpage", "author": [person("Luna, Ana")], "title": "A"}
        works = {
            "may": page | {"issued": {"date-parts": [[2020, 5, 4]]}},
            "april": page | {"issued": {"date-parts": [[2020, 4]]}},
            "year": page | {"title": "Z", "issued": {"date-parts": [[2020]]}},
        }

        assert entries("[@may; @april; @year]", **works) == [
            "Luna, A. (2020a). Z.",
            "Luna, A. (2020b, April). A.",
            "Luna, A. (2020c, May 4). A.",
        ]

    def test_a_month_that_a_journal_article_does_not_print_does_not_order_it(self):
        works = {
            "z": article("Luna, Ana", year=[2020, 1], title="Zebras"),
            "a": article("Luna, Ana", year=[2020, 12], title="Ants"),
        }

        assert in_text("[@a]; [@z]", **works) == ["(Luna, 2020a)", "(Luna, 2020b)"]

    def test_letters_go_on_after_z(self):
        works = {f"k{n:02}": article("Luna, Ana", title=f"Study {n:02}") for n in range(28)}
        clusters = [Cluster((CiteItem(key),)) for key in works]

        texts = [
            "".join(run.text for run in runs) for runs in format_citations(works, clusters).in_text
        ]

        assert texts[25:] == ["(Luna, 2020z)", "(Luna, 2020aa)", "(Luna, 2020ab)"]

    def test_works_without_author_and_with_one_title_are_lettered(self):
        works = {"one": book(title="Ties", publisher="A"), "two": book(title="Ties", publisher="B")}

        assert sorted(in_text("[@one] [@two]", **works)) == ["(Ties, 2020a)", "(Ties, 2020b)"]


class TestEtAl:
    def test_names_are_added_until_two_works_differ(self):
        common = ("Kapoor, A.", "Bloom, B.")
        works = {
            "one": article(*common, "Montez, C.", "Warner, D.", "Hill, E.", year=2017),
            "two": article(*common, "Zucker, C.", "Warner, D.", "Hill, E.", year=2017),
        }

        assert in_text("[@one] @two", **works) == [
            "(Kapoor, Bloom, Montez, et al., 2017)",
            "Kapoor, Bloom, Zucker, et al. (2017)",
        ]

    def test_all_are_named_where_only_the_last_differs(self):
        works = {
            "one": article("Hasan, A.", "Liang, B.", "Kahn, C.", "Jones-Miller, D.", year=2015),
            "two": article("Hasan, A.", "Liang, B.", "Kahn, C.", "Weintraub, D.", year=2015),
        }

        assert in_text("[@one] @two", **works) == [
            "(Hasan, Liang, Kahn, & Jones-Miller, 2015)",
            "Hasan, Liang, Kahn, and Weintraub (2015)",
        ]

    def test_another_year_is_difference_enough(self):
        works = {"one": MARTIN, "two": article("Martin, Ann", "Xu, X.", "Yu, Y.", year=2021)}

        assert in_text("[@one; @two]", **works) == ["(Martin et al., 2020, 2021)"]

    def test_one_set_of_authors_takes_letters_not_names(self):
        works = {"one": MARTIN, "two": MARTIN | {"title": "Other ties"}}

        assert in_text("[@one] [@two]", **works) == [
            "(Martin et al., 2020a)",
            "(Martin et al., 2020b)",
        ]

    def test_names_and_letters_together(self):
        works = {
            "one": MARTIN | {"title": "A"},
            "two": MARTIN | {"title": "B"},
            "three": article("Martin, Ann", "Bo, Bob", "Zu, Zoe"),
        }

        assert in_text("[@one] [@two] [@three]", **works) == [
            "(Martin, Bo, & Cy, 2020a)",
            "(Martin, Bo, & Cy, 2020b)",
            "(Martin, Bo, & Zu, 2020)",
        ]

    def test_a_record_that_stops_at_and_others_cites_et_al(self):
        csl = article("Luna, Ana", "others")

        assert in_text("[@k]", k=csl) == ["(Luna et al., 2020)"]
        assert entry(csl).text == "Luna, A., et al. (2020). On ties. Journal of Ties."


class TestSharedSurnames:
    def test_first_authors_with_other_initials_show_them_always(self):
        works = {
            "j": article("Taylor, Jane M.", "Neimeyer, R.", year=2015),
            "t": article("Taylor, Tom", year=2014),
        }

        assert in_text("[@t; @j] @j", **works) == [
            "(J. M. Taylor & Neimeyer, 2015; T. Taylor, 2014)",
            "J. M. Taylor and Neimeyer (2015)",
        ]

    def test_the_same_person_is_recognised_by_initials(self):
        works = {"one": LUNA, "two": article("Luna, A.", year=2021)}

        assert in_text("[@one; @two]", **works) == ["(Luna, 2020, 2021)"]

    def test_a_second_author_of_the_same_surname_changes_nothing(self):
        works = {"one": LUNA, "two": article("Salas, Eva", "Luna, Zoe")}

        assert in_text("[@one; @two]", **works) == ["(Luna, 2020; Salas & Luna, 2020)"]

    def test_uncited_works_do_not_count(self):
        assert in_text("[@one]", one=LUNA, two=article("Luna, Zoe")) == ["(Luna, 2020)"]


def test_several_works_of_one_author_give_their_years_undated_first_and_coming_last():
    works = {
        "b": article("VA", year=2019),
        "n": article("VA", year=None),
        "p": article("VA", year=None, status="in press"),
        "a1": article("VA", year=2017, title="A"),
        "a2": article("VA", year=2017, title="B"),
    }

    assert in_text("[@p; @b; @n; @a2; @a1]", **works) == [
        "(VA, n.d., 2017a, 2017b, 2019, in press)"
    ]


def test_a_republished_work_gives_both_years():
    freud = book("Freud, Sigmund", year=1953, title="Dreams", publisher="Hogarth")
    freud |= {"original-date": {"date-parts": [[1900]]}, "translator": [person("Strachey, James")]}

    assert in_text("[@k] @k", k=freud) == ["(Freud, 1900/1953)", "Freud (1900/1953)"]
    assert entry(freud).text == (
        "Freud, S. (1953). Dreams (J. Strachey, Trans.). Hogarth. (Original work published 1900)"
    )


def test_a_personal_communication_says_so_in_the_text():
    letter = {
        "type": "personal_communication",
        "author": [person("Paige, Edna")],
        "issued": {"date-parts": [[2019, 3, 3]]},
    }

    assert in_text("[@k] @k", k=letter) == [
        "(E. Paige, personal communication, March 3, 2019)",
        "E. Paige (personal communication, March 3, 2019)",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[@a; see @b, p. 3]", "[@b; see @a, p. 3]"),
        ("@a [p. 3] and -@b", "@b [p. 3] and -@a"),
        ("@{a}s and [-@{b}]", "@{b}s and [-@{a}]"),
        ("@ab, mail@a.org, \\@a, @a: so", "@ab, mail@a.org, \\@a, @b: so"),
        ("@doi:10.1/x.", "@luna."),
    ],
)
def test_a_text_is_made_to_cite_by_other_keys_all_at_once(text, expected):
    assert rekeyed(text, {"a": "b", "b": "a", "doi:10.1/x": "luna"}) == expected
