"""Labels of works in the text: groups, titles for authors, year suffixes, et al., initials."""

import pytest

from blog.citations import CiteItem, Cluster, Run, format_citations
from tests.blog.citations.factories import article, book, entries, entry, in_text, person, write

LUNA = article("Luna, Ana")
MARTIN = article("Martin, Ann", "Bo, Bob", "Cy, Cid")


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
            ("anything at all", "anything", "Anything"),
            ("anything at all", "all", "Anything at All"),  # no entry begins with “all”
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


class TestTitleCase:
    """Only what is plainly English takes title case; the list prints titles as stored."""

    @pytest.mark.parametrize(
        ("title", "expected"),
        [
            ("how people learn in networks", "How People Learn in Networks"),
            ("interpersonal skills", "Interpersonal Skills"),
            ("brooks in summer", "Brooks in Summer"),
            ("children's friendships", "Children's Friendships"),
            ("wikipedia and the classroom", "Wikipedia and the Classroom"),
            ("applied ecology", "Applied Ecology"),
            ("it'll do, they say", "It'll Do, They Say"),
            # other letters
            ("Visión y estrategia de la red", None),
            ("Réseaux d’apprentissage", None),
            ("Мир в сети", None),
            ("Éducation", None),
            # other words
            ("Redes personales de aprendizaje", None),
            ("Rapport d'étude", None),
            ("L'apprentissage en ligne", None),
            ("Lernen in der digitalen welt", None),
            ("Leren van elkaar op het web", None),
            ("Jaringan belajar untuk guru", None),
            ("Il valore della rete", None),
            # nothing tells
            ("Redes personales", None),
            ("Verkko ja oppiminen", None),
            ("Jahresbericht", None),
        ],
    )
    def test_a_title_that_is_not_plainly_english_stays_as_it_is(self, title, expected):
        csl = book(title=title)

        assert in_text("[@k]", k=csl) == [f"({expected or title}, 2020)"]
        assert entry(csl).text == f"{title}. (2020)."

    def test_the_language_of_the_record_decides(self):
        assert in_text("[@k]", k=book(title="mehr netze", language="en-GB")) == [
            "(Mehr Netze, 2020)"
        ]
        assert in_text("[@k]", k=book(title="the net", language="nl")) == ["(the net, 2020)"]

    def test_where_the_title_does_not_tell_its_journal_does(self):
        csl = article(title="wikis, blogs, podcasts")

        assert in_text("[@k]", k=csl) == ["(“Wikis, Blogs, Podcasts,” 2020)"]


class TestShortTitles:
    """A shortened title is a phrase that begins the entry."""

    @pytest.mark.parametrize(
        ("title", "expected"),
        [
            (
                "left with fish too small to sell in the market of the next town",
                "Left With Fish Too Small",
            ),
            (
                "United Nations Organization Stabilization Mission in the Democratic Republic of "
                "the Congo",
                "United Nations Organization Stabilization Mission",
            ),
            (
                "nets, weirs, traps, and other ways in which people of the moor catch fish",
                "Nets, Weirs, Traps, and Other Ways",
            ),
            (
                "what we know about the ways in which students of the moor learn",
                "What We Know About the Ways",
            ),
            ("COVID-19: how the people of the moor wrote to each other online", "COVID-19"),
            (
                "how “people of the moor who were never asked” wrote to each other online",
                "How “People of the Moor”",
            ),
            (
                "two small letters (and one long answer to them) from the people of the moor",
                "Two Small Letters",
            ),
            (
                "Redes de la gente que vive en el moro y de los que no viven en ningún lugar",
                "Redes de la gente que vive",
            ),
        ],
    )
    def test_a_shortened_title_ends_with_a_phrase(self, title, expected):
        assert in_text("[@k]", k=book(title=title)) == [f"({expected}, 2020)"]

    @pytest.mark.parametrize(
        ("title", "expected"),
        [
            ('"This Is Not a Net," says the moor', "“‘This Is Not a Net,’ Says the Moor,” 2020"),
            ("widget, n.", "“Widget, n.,” 2020"),
            ("The weirs of the U.S.", "“The Weirs of the U.S.,” 2020"),
            ("The weirs of the moor.", "“The Weirs of the Moor,” 2020"),
            ("What the moor says:", "“What the Moor Says,” 2020"),
        ],
    )
    def test_a_title_inside_quotation_marks_keeps_its_own_signs(self, title, expected):
        assert in_text("[@k]", k=article(title=title)) == [f"({expected})"]

    def test_the_first_twenty_words_of_a_post_are_its_title_in_list_and_text(self):
        words = "the moor said “we are so many and so few at the same time that nobody counts us”"
        csl = {"type": "post", "title": f"{words} today {words}"}

        assert entry(csl).text.startswith("the moor said “we are so many and so few at the same")
        assert "counts us” today the [Post]" in entry(csl).text
