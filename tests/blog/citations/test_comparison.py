"""A record and a registry’s: each difference is named once, by its cause, and can be fixed."""

import json
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.citations.comparison import (
    VerificationResult,
    apply_fix,
    discrepancies_between,
    own_discrepancies,
    verification_result,
)
from blog.citations.parsers import clean_csl
from blog.citations.parsers.reference_line import read_apa, split_references
from blog.lookup.registries import _found
from tests.blog.lookup.stub import BUI, RAJAGOPAL
from tests.factories import ARTICLE


def found(message, **fields):
    return asdict(_found(message, "Crossref")) | fields


def granovetter(**fields):
    """Return what a registry says of the article that the factories know."""
    csl = ARTICLE | {"container-title-short": "Am J Sociol"} | fields
    return {"csl": csl, "source": "Crossref", "years": [1973], "notices": []}


def named(discrepancies):
    return [discrepancy.name for discrepancy in discrepancies]


# The two works of a real student's post

BUI_LINE = (
    "Bui Phu Hung, Ulla, M. B., Tarrayo, V. N., & Pham Chien Thang. (2023). Editorial: The roles "
    "of social media in education: affective, behavioral, and cognitive dimensions. Frontiers in "
    "Psychology, 14. https://doi.org/10.3389/fpsyg.2023.1287728"
)
RAJAGOPAL_LINE = (
    "Rajagopal, K., Joosten\u0101ten Brinke, D., Van Bruggen, J., & B. Sloep, P. (2012, January "
    "12). View of Understanding personal learning networks: Their structure, content and the "
    "networking skills needed to optimally use them | First Monday. Firstmonday.org. "
    "https://firstmonday.org/ojs/index.php/fm/article/view/3559/3131"
)
RAJAGOPAL_FAULTS = ["view-of", "site-tail", "lost-hyphen", "turned-name", "journal-page"]


def test_the_first_work_lacks_its_article_number_and_nothing_else():
    csl = read_apa(BUI_LINE)

    (discrepancy,) = discrepancies_between(csl, found(BUI))

    assert verification_result(csl, found(BUI)) is VerificationResult.DIFFERS
    assert named(own_discrepancies(csl)) == ["place"]
    assert (discrepancy.name, discrepancy.ours, discrepancy.theirs) == ("place", "", "1287728")
    assert discrepancy.words == "The page or article number is missing."
    assert apply_fix(csl, [discrepancy]) == csl | {"number": "1287728"}
    assert (
        verification_result(apply_fix(csl, [discrepancy]), found(BUI)) is VerificationResult.CHECKED
    )


def test_the_second_work_has_five_faults_and_no_others():
    csl = read_apa(RAJAGOPAL_LINE)

    discrepancies = discrepancies_between(csl, found(RAJAGOPAL))

    assert named(discrepancies) == named(own_discrepancies(csl)) == RAJAGOPAL_FAULTS
    assert [(d.ours, d.theirs) for d in discrepancies[2:]] == [
        ("Joosten\u0101ten Brinke, D.", "Joosten-ten Brinke, D."),
        ("B. Sloep, P.", "Sloep, P. B."),
        ("Firstmonday.org", "First Monday, 17(1)"),
    ]
    assert apply_fix(csl, discrepancies) == {
        "type": "article-journal",
        "author": [
            {"family": "Rajagopal", "given": "K."},
            {"family": "Joosten-ten Brinke", "given": "Desirée"},
            {"family": "Van Bruggen", "given": "J."},
            {"family": "Sloep", "given": "Peter B."},
        ],
        "issued": {"date-parts": [[2012, 1, 12]]},
        "title": RAJAGOPAL["title"][0],
        "container-title": "First Monday",
        "volume": "17",
        "issue": "1",
        "DOI": "10.5210/fm.v17i1.3559",
    }
    assert (
        verification_result(apply_fix(csl, discrepancies), found(RAJAGOPAL))
        is VerificationResult.CHECKED
    )


@pytest.mark.parametrize("order", [[0, 1, 2, 3, 4], [4, 3, 2, 1, 0], [1, 0, 4, 2, 3]])
def test_faults_can_be_fixed_one_by_one_in_any_order(order):
    csl = read_apa(RAJAGOPAL_LINE)

    for name in [RAJAGOPAL_FAULTS[place] for place in order]:
        csl = apply_fix(
            csl, [d for d in discrepancies_between(csl, found(RAJAGOPAL)) if d.name == name]
        )

    assert discrepancies_between(csl, found(RAJAGOPAL)) == []


def test_the_real_list_has_exactly_these_defects(real_data):
    (path,) = (real_data / "seeds").glob("000_*.txt")
    lines = split_references(path.read_text(encoding="utf-8").split("\nReferences\n")[1])

    works = [read_apa(line) for line in lines]

    assert [read_apa(BUI_LINE), read_apa(RAJAGOPAL_LINE)] == works
    assert [named(discrepancies_between(csl, found(message))) for csl, message in
            zip(works, (BUI, RAJAGOPAL), strict=True)] == [["place"], RAJAGOPAL_FAULTS]  # fmt: skip


@pytest.mark.parametrize("message", [BUI, RAJAGOPAL])
def test_corrected_works_have_none(message):
    csl = found(message)["csl"]

    assert verification_result(csl, found(message)) is VerificationResult.CHECKED
    assert own_discrepancies(csl) == []


# One field


@pytest.mark.parametrize(
    ("ours", "names"),
    [
        ({"issued": {"date-parts": [[1974]]}}, ["year"]),
        ({"issued": None}, ["year"]),
        ({"volume": "87"}, ["volume"]),
        ({"volume": None}, ["volume"]),
        ({"issue": "7"}, ["issue"]),
        ({"page": "1361-1380"}, ["place"]),
        ({"page": None}, ["place"]),
        ({"page": "1360-80"}, []),
        ({"page": "1360"}, []),
        ({"page": "1360–1380"}, []),
        ({"container-title": "American journal of sociology"}, []),
        ({"container-title": "The American Journal of Sociology"}, []),
        ({"container-title": "Am. J. Sociol."}, []),
        ({"container-title": "Am J Sociol"}, []),
        ({"container-title": "American Sociological Review"}, ["journal"]),
        ({"title": "The Strength of Weak Ties"}, []),
        ({"title": "The strength of <i>weak</i> ties"}, []),
        ({"title": "The strength of strong ties"}, ["title"]),
        ({"DOI": None}, ["doi"]),
        ({"author": [{"family": "Granovetter", "given": "M."}]}, []),
        ({"author": [{"family": "Granovetter"}]}, []),
        ({"author": [{"literal": "Mark S. Granovetter"}]}, []),
        ({"author": [{"family": "Granovetter", "given": "Nina"}]}, ["author"]),
        ({"author": [{"family": "Granoveter", "given": "Mark"}]}, ["author"]),
        ({"author": None}, ["author"]),
        ({"URL": "https://example.org/", "publisher": "Chicago"}, []),
    ],
)
def test_one_field_that_differs(ours, names):
    csl = {name: value for name, value in (ARTICLE | ours).items() if value is not None}

    discrepancies = discrepancies_between(csl, granovetter())

    assert named(discrepancies) == names
    assert discrepancies_between(apply_fix(csl, discrepancies), granovetter()) == []


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ({"literal": "Bui Phu Hung"}, {"family": "Bui", "given": "Phu Hung"}),
        ({"literal": "Bui Phu Hung"}, {"family": "Hung", "given": "Bui Phu"}),
        ({"family": "Beethoven", "non-dropping-particle": "van", "given": "L."},
         {"family": "van Beethoven", "given": "Ludwig"}),
        ({"family": "Łukasiewicz", "given": "J."}, {"family": "Lukasiewicz", "given": "Jan"}),
        ({"literal": "World Health Organization"}, {"literal": "World Health Organization"}),
    ],
)  # fmt: skip
def test_one_person_however_the_name_was_split(ours, theirs):
    assert discrepancies_between(ARTICLE | {"author": [ours]}, granovetter(author=[theirs])) == []


def test_a_list_that_ends_in_et_al_is_compared_as_far_as_it_goes():
    people = [{"family": name, "given": "A."} for name in ("One", "Two", "Three")]
    ours = ARTICLE | {"author": [people[0], {"literal": "et al."}]}

    assert discrepancies_between(ours, granovetter(author=people)) == []
    assert named(discrepancies_between(ours, granovetter(author=people[::-1]))) == ["author"]


def test_a_year_of_print_and_a_year_online_are_both_right():
    online = ARTICLE | {"issued": {"date-parts": [[1972]]}}

    assert discrepancies_between(online, granovetter() | {"years": [1972, 1973]}) == []


def test_a_long_main_title_may_stand_without_its_subtitle():
    main = "Understanding personal learning networks"
    theirs = granovetter(title=f"{main}: Their structure")

    assert discrepancies_between(ARTICLE | {"title": main}, theirs) == []
    assert named(discrepancies_between(ARTICLE | {"title": "Editorial"}, theirs)) == ["title"]


def test_a_doi_of_another_work():
    csl = clean_csl(
        {"title": "An essay on bees", "author": [{"family": "Apis", "given": "M."}],
         "type": "book", "DOI": ARTICLE["DOI"]}
    )  # fmt: skip

    (discrepancy,) = discrepancies_between(csl, granovetter())

    assert (discrepancy.name, discrepancy.theirs, discrepancy.change) == (
        "other-work",
        ARTICLE["title"],
        {},
    )
    assert discrepancy.words == "The DOI belongs to another work."


@pytest.mark.parametrize(
    ("csl", "names"),
    [
        ({"type": "webpage", "title": "Bees | The Site"}, ["site-tail"]),
        ({"type": "webpage", "title": "Bees - The Site", "container-title": "The Site"},
         ["site-tail"]),
        ({"type": "webpage", "title": "Bees – Example", "URL": "https://example.org/"},
         ["site-tail"]),
        ({"type": "book", "title": "Bees – a history"}, []),
        ({"type": "book", "title": "A room with a view of bees"}, []),
        ({"type": "webpage", "title": "Bees", "URL": "https://x.example/article/view/3"},
         ["journal-page"]),
        ({"type": "webpage", "title": "Bees", "URL": "https://x.example/posts/3"}, []),
        ({"type": "book", "author": [{"family": "Ngāti Porou", "given": "A."}]}, []),
        ({"type": "book", "author": [{"family": "Mārama", "given": "A."}]}, []),
        ({"type": "book", "author": [{"family": "O. Henry"}]}, []),
        ({"type": "article-journal", "volume": "3", "issue": "1"}, []),
    ],
)  # fmt: skip
def test_traces_are_seen_without_asking_anybody(csl, names):
    assert named(own_discrepancies(csl)) == names


# Results


def test_what_nobody_has_is_not_found():
    assert verification_result(ARTICLE, None) is VerificationResult.NOT_FOUND


def test_what_was_taken_back_is_retracted_whatever_else():
    notice = {"kind": "retraction", "doi": "10.1234/n", "date": "2024-05-01"}

    assert (
        verification_result(ARTICLE, granovetter() | {"notices": [notice]})
        is VerificationResult.RETRACTED
    )


def test_a_doi_without_data_is_checked_as_far_as_it_goes():
    answer = {"csl": {}, "source": "doi.org", "years": [], "notices": []}

    assert verification_result(ARTICLE, answer) is VerificationResult.CHECKED


VALUES = st.recursive(
    st.none() | st.integers() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["family", "given", "literal", "date-parts"]), inner)
    ),
    max_leaves=8,
)
RECORDS = st.dictionaries(
    st.sampled_from(["type", "title", "author", "issued", "volume", "page", "URL", "DOI"]), VALUES
).map(clean_csl)


@given(RECORDS, RECORDS)
def test_taking_everything_that_is_found_leaves_nothing_that_differs(ours, theirs):
    answer = {"csl": theirs, "source": "Crossref", "years": [], "notices": []}

    discrepancies = discrepancies_between(ours, answer)

    if named(discrepancies) != ["other-work"]:
        left = discrepancies_between(apply_fix(ours, discrepancies), answer)
        assert [d.name for d in left if d.change] == []


def test_real_works_agree_with_themselves_and_with_their_printed_entries(real_data):
    works = json.loads((real_data / "references" / "crossref-works.json").read_text())
    gold = json.loads((real_data / "references" / "apa7-gold-citeproc-js.json").read_text())
    known = {work["DOI"].lower(): found(work) for work in works if "DOI" in work}

    alone = [verification_result(answer["csl"], answer) for answer in known.values()]
    printed = [
        verification_result(read_apa(one["apa_text"]), known[one["DOI"].lower()])
        for one in gold
        if one["DOI"].lower() in known
    ]

    assert set(alone) == {VerificationResult.CHECKED}
    assert printed.count(VerificationResult.CHECKED) / len(printed) > 0.9
