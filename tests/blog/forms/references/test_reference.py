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


def test_a_volume_of_a_book_keeps_its_words():
    form = NewWorkForm(ARTICLE | {"type": "book", "volume": "2 (Part 1)", "key": str(uuid.uuid4())})

    assert form.is_valid()
    assert form.record()["volume"] == "2 (Part 1)"
    assert "issue" not in form.record()
