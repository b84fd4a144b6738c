"""Lines in Vancouver style: articles with supplements, chapters, names with several initials."""

import pytest

from blog.citations.parsers.reference_line import read_reference

CHAPTER = {
    "type": "chapter",
    "author": [{"family": "Luna", "given": "A"}],
    "issued": {"date-parts": [[2010]]},
    "title": "Ties",
    "editor": [{"family": "Mar", "given": "C"}],
    "container-title": "Book of nets",
    "publisher": "Moor Press",
    "publisher-place": "New York",
    "page": "93-113",
}


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        (
            "Luna A. Ties. In: Mar C, editor. Book of nets. New York: Moor Press; 2010. p. 93-113.",
            {},
        ),
        ("Luna A. Ties. In Mar C (ed). Book of nets. New York: Moor Press; 2010. pp. 93–113.", {}),
        ("Luna A. Ties. In: Mar C, ed. Book of nets. New York: Moor Press; 2010:93-113", {}),
        (
            "Luna A. Ties? In: Mar C, Dane DE, et al., editors. Book of nets: an anthology. "
            "2nd ed. New York: Moor Press; 2010. p. 93-113.",
            {
                "title": "Ties?",
                "container-title": "Book of nets: an anthology",
                "edition": "2",
                "editor": [
                    {"family": "Mar", "given": "C"},
                    {"family": "Dane", "given": "D E"},
                    {"literal": "others"},
                ],
            },
        ),
        (
            "Luna A. Ties. In: Mar C, editor. Book of nets. Vol. 2. New York: Moor Press; 2010. "
            "p. 93-113. doi: 10.1234/abc",
            {"volume": "2", "DOI": "10.1234/abc"},
        ),
        (
            "Luna A. Ties [Internet]. In: Mar C, editor. Book of nets. New York: Moor Press; 2010 "
            "[cited 2020 Mar 3]. p. 93-113. Available from: https://example.org/x",
            {"URL": "https://example.org/x", "accessed": {"date-parts": [[2020, 3, 3]]}},
        ),
        (
            "van der Moor A, O’Dell JP. Ties. In: de la Torre C, editor. Book of nets. "
            "St. Louis (MO): Moor & Sons; 2010. p. 93.",
            {
                "author": [
                    {"family": "van der Moor", "given": "A"},
                    {"family": "O’Dell", "given": "J P"},
                ],
                "editor": [{"family": "de la Torre", "given": "C"}],
                "publisher-place": "St. Louis (MO)",
                "publisher": "Moor & Sons",
                "page": "93",
            },
        ),
    ],
)
def test_a_chapter(line, fields):
    assert read_reference(line) == CHAPTER | fields


def test_a_chapter_whose_book_has_no_editor():
    line = "Luna A. Ties. In: Book of nets. New York: Moor Press; 2010. p. 93-113."

    expected = {name: value for name, value in CHAPTER.items() if name != "editor"}
    assert read_reference(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "Luna A. I read the article. In: the afternoon. See London: Bo; 2010. p. 3.",
        "Luna A. Ties. In: Mar C, editor. Book of nets. New York: Moor Press; 2010. Chapter 3.",
        "Luna A. Ties. In: Mar C, editor. Meeting; 2010 May 3; London. Moor: Press; 2011. p. 3-9.",
        "Ada Luna. Ties. In: Mar C, editor. Book of nets. New York: Moor Press; 2010. p. 93-113.",
    ],
)
def test_a_chapter_that_is_not_sure_is_not_read(line):
    assert read_reference(line) == {}


@pytest.mark.parametrize("initials", ["A", "AB", "JP", "JPM"])
def test_names_with_several_initials(initials):
    line = f"Luna {initials}, Sol MK. Ties of nets. J Ties. 1979;74(1):16-18."

    assert read_reference(line)["author"] == [
        {"family": "Luna", "given": " ".join(initials)},
        {"family": "Sol", "given": "M K"},
    ]


@pytest.mark.parametrize(
    ("numbers", "issue"),
    [
        ("74(2)", "2"),
        ("74 Suppl 1", "Suppl 1"),
        ("74(2 Suppl 1)", "2 Suppl 1"),
        ("74(Suppl. 1)", "Suppl. 1"),
        ("74 Pt 2", "Pt 2"),
    ],
)
def test_supplements_of_a_journal(numbers, issue):
    record = read_reference(f"Luna A. Ties of nets. J Ties. 1979 Mar 3;{numbers}:S16-8.")

    assert (record["volume"], record["issue"], record["page"]) == ("74", issue, "S16-8")
    assert record["issued"] == {"date-parts": [[1979, 3, 3]]}


def test_an_article_and_a_book_that_were_read_online():
    seen = "2019 [cited 2020 May 3]"

    article = read_reference(
        f"Luna AB. Ties of nets. J Ties [Internet]. {seen};3(2):1-9. Available from: https://x.org/y"
    )
    book = read_reference(
        f"Luna AB. Ties of nets [Internet]. London: Moor Press; {seen}. Available from: https://x.org/y"
    )

    assert (article["type"], article["container-title"]) == ("article-journal", "J Ties")
    assert (book["type"], book["title"], book["publisher"]) == (
        "book",
        "Ties of nets",
        "Moor Press",
    )
    for record in (article, book):
        assert record["accessed"] == {"date-parts": [[2020, 5, 3]]}
        assert record["URL"] == "https://x.org/y"


@pytest.mark.parametrize(
    "title",
    [
        "The [Internet] of things",
        "Ties [online] and off",
        "Ties [cited in many papers] again",
        "Ties [cited in 40 papers of 2020] again",
        "[Online] ties",
        "Ties [accessed by 200 people]",
    ],
)
def test_words_in_brackets_are_never_lost_from_a_title(title):
    vancouver = read_reference(f"Luna A. {title}. J Ties. 2012;17(1):33-49.")
    harvard = read_reference(f"Luna, A. (2012) ‘{title}’, Journal of Ties, 17(1), pp. 33–49.")

    for record in (vancouver, harvard):
        assert record.get("title", title) == title


@pytest.mark.parametrize(
    "line",
    [
        "Luna A. Ties of nets [Internet]. J Ties. 2012;17(1):33-49.",
        "Luna A. Ties of nets. J Ties [Internet]. 2012 [cited 2020 Mar 3];17(1):33-49.",
        "Luna A. Ties of nets. J Ties [Internet] 2012 [cited 3 March 2020];17(1):33-49.",
        "Luna A. Ties of nets. J Ties [online]. 2012 [accessed on 3.3.2020];17(1):33-49.",
        "Luna A. Ties of nets. [Internet] J Ties. 2012 [cited 2020-03-03];17(1):33-49.",
    ],
)
def test_signs_of_an_entry_read_online_are_no_words_of_it(line):
    record = read_reference(line)

    assert (record["title"], record["container-title"]) == ("Ties of nets", "J Ties")
    assert (record["volume"], record["page"]) == ("17", "33-49")
    if "[cited" in line or "[accessed" in line:
        assert record["accessed"] == {"date-parts": [[2020, 3, 3]]}


def test_a_book_with_the_number_of_its_pages():
    record = read_reference("Luna A. Ties in nets. 2nd ed. London: Moor Press; 2010. 320 p.")

    assert (record["edition"], record["number-of-pages"]) == ("2", "320")


@pytest.mark.parametrize("number", ["1: ", "12: ", "3. ", "[4] ", "5) ", ""])
@pytest.mark.parametrize(
    "end", ["PMID: 123.", "PubMed PMID: 123.", "PMID: 123 [PubMed - indexed for MEDLINE]"]
)
def test_a_numbered_line_of_pubmed_has_its_number(number, end):
    record = read_reference(
        f"{number}Luna A, Sol B. Ties of towns. J Ties. 2012 Mar;17(1):433-49. {end}"
    )

    assert [person["family"] for person in record["author"]] == ["Luna", "Sol"]
    assert (record["PMID"], record["volume"], record["title"]) == ("123", "17", "Ties of towns")
