"""A publisher and its place, which APA does not print."""

import pytest

from blog.citations import format_list
from blog.citations.csl.places import split_place
from blog.citations.parsers import read_references
from blog.citations.parsers.reference_line import read_reference


@pytest.mark.parametrize(
    ("publisher", "place", "name"),
    [
        ("Paris: UNESCO", "Paris", "UNESCO"),
        ("Paris : Seuil", "Paris", "Seuil"),
        ("Vancouver, B.C.: Tony Bates Associates", "Vancouver, B.C.", "Tony Bates Associates"),
        ("Upper Saddle River, NJ: Pearson", "Upper Saddle River, NJ", "Pearson"),
        ("London & New York: Routledge", "London & New York", "Routledge"),
        ("New York; London: Norton", "New York; London", "Norton"),
        ("NYU Press, New York", "New York", "NYU Press"),
        ("Penguin Books, London, UK", "London, UK", "Penguin Books"),
        ("Springer, Berlin, Heidelberg", "Berlin, Heidelberg", "Springer"),
        ("Routledge, London and New York", "London and New York", "Routledge"),
        ("University of California, Berkeley", "", "University of California, Berkeley"),
        ("Museum of Modern Art, New York", "", "Museum of Modern Art, New York"),
        ("Routledge: Taylor & Francis", "", "Routledge: Taylor & Francis"),
        ("Oxford University Press", "", "Oxford University Press"),
        ("New York, NY", "", "New York, NY"),
        ("", "", ""),
    ],
)
def test_a_place_is_told_from_a_publisher_where_it_is_sure(publisher, place, name):
    assert split_place(publisher) == (place, name)


@pytest.mark.parametrize("publisher", ["Paris: UNESCO", "Vancouver, B.C.: Moor Press"])
@pytest.mark.parametrize(
    "written",
    [
        "Luna, A. (2019). Quiet nets. {}.",
        "@book{{luna, author={{Luna, A.}}, title={{Quiet nets}}, year=2019, publisher={{{}}}}}",
        "TY  - BOOK\nAU  - Luna, A.\nTI  - Quiet nets\nPY  - 2019\nPB  - {}\nER  - \n",
        '[{{"type": "book", "author": [{{"family": "Luna", "given": "A."}}], '
        '"title": "Quiet nets", "issued": {{"date-parts": [[2019]]}}, "publisher": "{}"}}]',
        "%0 Book\n%A Luna, A.\n%T Quiet nets\n%D 2019\n%I {}\n",
    ],
    ids=["line", "BibTeX", "RIS", "CSL", "EndNote"],
)
def test_a_place_is_printed_nowhere(written, publisher):
    text = written.format(publisher)
    is_line = text.startswith("Luna")
    record = read_reference(text) if is_line else read_references(text)[0]

    name = publisher.rpartition(": ")[2]
    assert format_list([record | {"id": "luna"}]) == [
        f"Luna, A. (2019). <i>Quiet nets</i>. {name}."
    ]
