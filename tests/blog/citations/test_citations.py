"""Citations in the text: the rules of the Publication Manual, one by one."""

import pytest

from blog.citations import (
    CiteItem,
    Cluster,
    Run,
    parse_cluster,
    parse_narrative,
    replace_keys,
)
from tests.blog.citations.factories import article, book, entries, entry, in_text, person, write

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
    assert replace_keys(text, {"a": "b", "b": "a", "doi:10.1/x": "luna"}) == expected
