"""Results of a look-up, and its words about the parts that it does not find."""

from blog.lookup import Kind, look_up
from blog.lookup.results import MAX_QUESTIONS
from tests.blog.lookup.stub import BUI, RAJAGOPAL

LUNA = "Luna, A. (2012). Ties of towns. Moor Press. https://doi.org/10.1234/luna"


def titles(outcome):
    return [record["title"] for choice in outcome.choices for record in choice.records]


def test_several_identifiers_are_looked_up_together(crossref):
    crossref.lay_work(BUI)
    crossref.lay_work(RAJAGOPAL)

    outcome = look_up(
        f"{BUI['DOI']}\n<https://doi.org/{RAJAGOPAL['DOI']}>\n10.1234/unknown\n{LUNA}"
    )

    assert outcome.kind is Kind.SEVERAL
    assert [choice.source for choice in outcome.choices] == ["Crossref", ""]
    assert [len(choice.records) for choice in outcome.choices] == [2, 1]
    assert outcome.unread == ["10.1234/unknown"]
    assert outcome.is_later is False


def test_without_services_identifiers_are_given_back(settings, db):
    settings.CROSSREF_URL = settings.DOI_URL = ""

    outcome = look_up("10.1234/abc.1\n10.1234/abc.2")

    assert outcome.choices == []
    assert outcome.unread == ["10.1234/abc.1", "10.1234/abc.2"]
    assert outcome.start == {"type": "article-journal", "DOI": "10.1234/abc.1"}
    assert outcome.is_later is False


def test_a_long_list_of_identifiers_is_asked_in_part(crossref):
    outcome = look_up("\n".join(f"10.1234/abc.{n}" for n in range(30)))

    assert 0 < len(crossref.asked) <= MAX_QUESTIONS
    assert (len(outcome.unread), outcome.is_later) == (30, True)


def test_a_line_that_is_not_read_is_offered_as_a_title_only(settings, db):
    settings.CROSSREF_URL = settings.DOI_URL = ""

    outcome = look_up("just some words nobody knows")

    assert outcome.choices == []
    assert outcome.start == {"title": "just some words nobody knows"}
    assert outcome.unread == ["just some words nobody knows"]


def test_the_doi_of_a_line_that_is_not_read_is_asked_for(crossref):
    crossref.lay_work(BUI)

    outcome = look_up(f"Bui 2023 social media, see {BUI['DOI']}")

    assert len(titles(outcome)) == 1


def test_lines_that_are_not_read_are_named_beside_those_that_are(db):
    outcome = look_up(f"{LUNA}\n\nSmith 2012 ties\n\n{LUNA.replace('luna', 'sol')}")

    assert titles(outcome) == ["Ties of towns", "Ties of towns"]
    assert (outcome.unread, outcome.start) == (["Smith 2012 ties"], {})
