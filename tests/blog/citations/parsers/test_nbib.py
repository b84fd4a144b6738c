"""Reading PubMed's export."""

import pytest

from blog.citations.parsers import read_references

ARTICLE = """PMID- 12345678
OWN - NLM
IS  - 1234-5679 (Electronic)
VI  - 17
IP  - 1
DP  - 2012 Mar 3
TI  - Ties of towns: how nets
      are mended.
PG  - 433-49
LID - 10.1234/ABC.12 [doi]
AB  - Nets are mended by
      many hands.
FAU - Luna, Ada
AU  - Luna A
FAU - O'Neil, Bo, Jr
CN  - Moor Study Group
LA  - eng
PT  - Journal Article
TA  - J Ties
JT  - Journal of ties
PMC - PMC1234567
"""


def test_an_article():
    (record,) = read_references(ARTICLE)

    assert record == {
        "id": "luna2012",
        "type": "article-journal",
        "title": "Ties of towns: how nets are mended",
        "author": [
            {"family": "Luna", "given": "Ada"},
            {"family": "O'Neil", "given": "Bo", "suffix": "Jr"},
            {"literal": "Moor Study Group"},
        ],
        "container-title": "Journal of ties",
        "container-title-short": "J Ties",
        "volume": "17",
        "issue": "1",
        "page": "433-449",
        "issued": {"date-parts": [[2012, 3, 3]]},
        "DOI": "10.1234/abc.12",
        "PMID": "12345678",
        "PMCID": "PMC1234567",
        "ISSN": "1234-5679 (Electronic)",
        "language": "eng",
        "abstract": "Nets are mended by many hands.",
    }


def test_each_number_begins_a_record():
    text = f"{ARTICLE}PMID- 2\nTI  - Other.\n\nPMID- 3\nBTI - Nets.\nTI  - Part.\n"

    assert [(r["type"], r["title"]) for r in read_references(text)] == [
        ("article-journal", "Ties of towns: how nets are mended"),
        ("article-journal", "Other"),
        ("chapter", "Part"),
    ]


def test_short_names_get_their_initials():
    (record,) = read_references("PMID- 1\nTI  - Ties.\nAU  - Luna AB\nAU  - van Dijck M\n")

    assert record["author"] == [
        {"family": "Luna", "given": "A. B."},
        {"family": "van Dijck", "given": "M."},
    ]


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("2012", [[2012]]),
        ("2012 Mar", [[2012, 3]]),
        ("2012 Mar 3", [[2012, 3, 3]]),
        ("2012 Dec 31-2013 Jan 3", [[2012, 12, 31], [2013, 1, 3]]),
        ("2012 Nov-2013 Jan", [[2012, 11], [2013, 1]]),
        ("2012 Winter-2013 Spring", [[2012], [2013]]),
        ("2012-2013", [[2012], [2013]]),
        ("2012 Nov-Dec", [[2012, 11]]),
    ],
)
def test_a_date_may_go_on_in_the_next_year(words, parts):
    (record,) = read_references(f"PMID- 1\nTI  - Ties.\nDP  - {words}\n")

    assert record["issued"]["date-parts"] == parts


@pytest.mark.parametrize("words", ["in press", "2012 1st Quarter", "2013 Jan-2012 Nov"])
def test_words_that_are_no_date_stay_in_their_order(words):
    (record,) = read_references(f"PMID- 1\nTI  - Ties.\nDP  - {words}\n")

    assert record["issued"] == {"literal": words}
