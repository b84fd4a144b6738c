"""Entries of other styles are read whole or not at all."""

import pytest

from blog.citations.parsers.reference_line import read_apa, read_reference

TIES = {
    "type": "article-journal",
    "title": "Ties of towns",
    "container-title": "Journal of Ties",
    "volume": "17",
    "issue": "1",
    "page": "33-49",
    "issued": {"date-parts": [[2012]]},
}
INITIALS = [{"family": "Luna", "given": "A."}, {"family": "Sol", "given": "B."}]
IN_FULL = [{"family": "Luna", "given": "Ada"}, {"family": "Sol", "given": "Bo"}]


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("Luna, A. and Sol, B., 2012. Ties of towns. Journal of Ties, 17(1), pp.33-49.",
         INITIALS),
        ("Luna, A. and Sol, B. (2012) ‘Ties of towns’, Journal of Ties, 17(1), pp. 33–49.",
         INITIALS),
        ("Luna, A. & Sol, B. (2012) 'Ties of towns', Journal of Ties, vol. 17, no. 1, pp. 33-49.",
         INITIALS),
        ("Luna, Ada, and Bo Sol. “Ties of towns.” Journal of Ties 17, no. 1 (2012): 33–49.",
         IN_FULL),
        ("Luna, Ada, and Bo Sol. 2012. “Ties of towns.” Journal of Ties 17 (1): 33–49.",
         IN_FULL),
        ('Luna, Ada, and Bo Sol. "Ties of towns." Journal of Ties, vol. 17, no. 1, 2012, pp. 33-49',
         IN_FULL),
        ("[1] A. Luna & B. Sol, “Ties of towns,” Journal of Ties, vol. 17, no. 1, pp. 33–49, 2012",
         INITIALS),
        ("Luna A, Sol B. Ties of towns. Journal of Ties. 2012;17(1):33-49.",
         [{"family": "Luna", "given": "A"}, {"family": "Sol", "given": "B"}]),
    ],
)  # fmt: skip
def test_an_article(line, people):
    assert read_reference(line) == TIES | {"author": people}


@pytest.mark.parametrize(
    ("line", "given"),
    [
        ("Luna, A. (2012) Ties of towns. 2nd edn. London: Sage.", "A."),
        ("Luna, A., 2012. Ties of towns. 2nd ed. London: Sage.", "A."),
        ("Luna, Ada. 2012. Ties of towns. 2nd ed. London: Sage.", "Ada"),
        ("Luna, Ada. Ties of towns. 2nd ed. London: Sage, 2012.", "Ada"),
        ("Luna A. Ties of towns. 2nd ed. London: Sage; 2012.", "A"),
    ],
)
def test_a_book(line, given):
    assert read_reference(line) == {
        "type": "book",
        "author": [{"family": "Luna", "given": given}],
        "issued": {"date-parts": [[2012]]},
        "title": "Ties of towns",
        "edition": "2",
        "publisher": "Sage",
        "publisher-place": "London",
    }


def test_a_chapter_in_harvard():
    line = "Luna, A. (2012) ‘Ties’, in Sol, B. (ed.) Nets of the moor. London: Sage, pp. 3–9."

    assert read_reference(line) == {
        "type": "chapter",
        "author": [{"family": "Luna", "given": "A."}],
        "issued": {"date-parts": [[2012]]},
        "title": "Ties",
        "editor": [{"family": "Sol", "given": "B."}],
        "container-title": "Nets of the moor",
        "publisher": "Sage",
        "publisher-place": "London",
        "page": "3-9",
    }


def test_a_page_in_mla():
    line = (
        "Luna, Ada. “Ties of Towns.” Moor News, 3 Mar. 2020, www.example.org/ties. "
        "Accessed 5 Apr. 2021."
    )

    assert read_reference(line) == {
        "type": "webpage",
        "author": [{"family": "Luna", "given": "Ada"}],
        "issued": {"date-parts": [[2020, 3, 3]]},
        "title": "Ties of Towns",
        "container-title": "Moor News",
        "URL": "https://www.example.org/ties",
        "accessed": {"date-parts": [[2021, 4, 5]]},
    }


@pytest.mark.parametrize(
    "line",
    [
        "",
        "just some words nobody knows",
        "Smith 2012 ties",
        "PMID: 12345678",
        "10.1234/abc",
        "As Luna says (2012), networks are good.",
        "In a study of 2012, Luna found that nets, ties, and knots differ, pp. 3–9.",
        "Luna, A. (2020) Nets of knots, Journal of Nets, 12(3), 12–14.",
        "Luna, A. (2020) Nets: a study, London: Sage.",
        "Dear Ada, I read the article of 2012. It was good. See you in London: Bo.",
        "Luna, Ada, et al. “Ties.” In Nets, edited by Bo Sol, 3–9. London: Sage, 2012.",
        "A. Luna, “Ties,” in Proc. Conf. Nets, Moor, 2012, pp. 3–9.",
        "Ada Luna: Ties of towns, in: Journal of Ties 17 (2012), H. 1, S. 33–49.",
        "Clean Brook Act of 2012, Pub. L. No. 12-34, 56 Stat. 78 (2012).",
    ],
)
def test_what_is_not_sure_is_not_read(line):
    assert read_reference(line) == {}


def test_a_line_that_is_not_read_keeps_its_words_as_a_title():
    assert read_apa("Smith 2012 ties") == {"type": "document", "title": "Smith 2012 ties"}


BATHS = {
    "type": "article-journal",
    "title": "Die Badewanne",
    "container-title": "Zeitschrift für Bäder",
    "volume": "61",
    "issue": "2",
    "page": "3-20",
    "author": [{"family": "Müller", "given": "Hans"}],
    "issued": {"date-parts": [[1977]]},
}


@pytest.mark.parametrize(
    "line",
    [
        "Müller, Hans (1977): Die Badewanne. In: Zeitschrift für Bäder 61 (2), S. 3–20.",
        "Müller, Hans (1977): Die Badewanne. In: Zeitschrift für Bäder 61(2), S. 3-20",
        "Müller, Hans (1977): Die Badewanne. In: Zeitschrift für Bäder, Jg. 61, H. 2, S. 3–20.",
        "Müller, Hans (1977): Die Badewanne. In: Zeitschrift für Bäder 61, Heft 2, S. 3–20.",
        "Müller, Hans: Die Badewanne. In: Zeitschrift für Bäder 61 (1977), H. 2, S. 3–20.",
    ],
)
def test_an_article_as_german_lists_have_it(line):
    assert read_reference(line) == BATHS


@pytest.mark.parametrize("database", ["JSTOR, ", "Project MUSE, ", "ProQuest, ", ""])
@pytest.mark.parametrize("seen", [" Accessed 3 May 2020.", ""])
def test_an_article_of_mla_in_a_second_container(database, seen):
    record = read_reference(
        "Luna, Ada. “Ties of Moors.” African American Review, vol. 40, no. 3, 2006, "
        f"pp. 571–86. {database}www.jstor.example/stable/40033648.{seen}"
    )

    assert (record["title"], record["container-title"], record["page"]) == (
        "Ties of Moors",
        "African American Review",
        "571-86",
    )
    assert record["URL"] == "https://www.jstor.example/stable/40033648"
    assert record.get("source", "") == database.strip(", ")
    assert ("accessed" in record) == bool(seen)


@pytest.mark.parametrize(
    "line",
    [
        "Luna, A. (2012). Ties that bind. London: Moor Press. ISBN 0-306-40615-2 : £19.99",
        "Müller, Hans (1977): Die Badewanne. In: Bäder, Jg. 61, H. 2 und 3, S. 3–20 und 40.",
    ],
)
def test_what_is_left_over_is_in_no_field(line):
    assert read_reference(line) == {}
