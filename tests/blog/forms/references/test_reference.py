"""A reference that somebody types in, as the list under the post prints it."""

import re
import uuid

import pytest

from blog.citations import format_list
from blog.forms.references.reference import NewWorkForm

ARTICLE = {
    "type": "article-journal",
    "authors": "Brown, Ada",
    "issued": "2019",
    "title": "Quiet nets",
    "container": "Journal of Ties",
}


def printed(**typed) -> str:
    form = NewWorkForm(ARTICLE | typed | {"key": str(uuid.uuid4())})
    assert form.is_valid(), form.errors
    [entry] = format_list([form.record() | {"id": "brown"}])
    return re.sub(r"<[^>]+>", "", entry).replace("&amp;", "&")


@pytest.mark.parametrize("authors", ["Ada Brown; Conor O’Neil", "Brown, Ada & O’Neil, Conor"])
@pytest.mark.parametrize(
    ("volume", "issue", "pages"),
    [
        ("20(3)", "", "pp. 455-471"),
        ("20 (3)", "3", "455–471"),
        ("Vol. 20", "no. 3", "p. 455–471"),
        ("20", "(3)", "S. 455–471"),
        ("Vol. 20, Nr. 3", "", "pages 455-471"),
    ],
)
def test_names_and_numbers_are_read_as_people_write_them(authors, volume, issue, pages):
    entry = printed(authors=authors, volume=volume, issue=issue, pages=pages)

    assert entry.startswith(
        "Brown, A., & O’Neil, C. (2019). Quiet nets. Journal of Ties, 20(3), 455–471."
    )


@pytest.mark.parametrize("typed", ["———", "---", "Brown, Ada\n—", "Ibid."])
@pytest.mark.parametrize("name", ["authors", "editors"])
def test_a_dash_in_the_place_of_names_is_asked_about(name, typed):
    form = NewWorkForm(ARTICLE | {name: typed, "key": str(uuid.uuid4())})

    assert list(form.errors) == [name]


def test_others_whom_a_line_does_not_name_are_cited():
    assert printed(authors="Brown, Ada, et al.").startswith("Brown, A., et al. (2019).")


def test_a_day_with_slashes_is_kept():
    entry = printed(type="webpage", issued="2019/05/12", container="Moor Site")

    assert "(2019, May 12)" in entry


def test_a_volume_of_a_book_keeps_its_words():
    form = NewWorkForm(ARTICLE | {"type": "book", "volume": "2 (Part 1)", "key": str(uuid.uuid4())})

    assert form.is_valid()
    assert form.record()["volume"] == "2 (Part 1)"
    assert "issue" not in form.record()


@pytest.mark.parametrize("name", ["issued", "accessed"])
@pytest.mark.parametrize("typed", ["05/12/2014", "2014-13-45", "2014-02-30", "12/2014"])
def test_a_day_or_month_that_is_not_certain_is_asked_about(name, typed):
    form = NewWorkForm(ARTICLE | {name: typed, "key": str(uuid.uuid4())})

    assert list(form.errors) == [name]


@pytest.mark.parametrize(
    ("typed", "entry"),
    [
        ("1867/2012", "(2012). Quiet nets. (Original work published 1867)"),
        ("13/12/2014", "(2014)."),
        ("in press", "(in press)."),
        ("2012/2013", "(2012–2013)."),
    ],
)
def test_a_date_is_printed_as_it_was_meant(typed, entry):
    found = printed(type="book", issued=typed)

    assert all(part in found for part in entry.split(" Quiet nets. "))
