"""The pages of the class bibliography: letters, status words, filters, and the list as text."""

import pytest
from django.utils import timezone

from blog.models import Work, WorkVerification
from blog.queries.bibliography import ListedWork
from blog.queries.bibliography_page import BibliographyEntry
from blog.queries.reference_status import reference_status
from tests import factories
from tests.blog.views.references.test_bibliography import (
    ADAMS,
    LUNA,
    at,
    cite,
    shown,
    sign_in,
)

# By letter, and what registries say


def test_works_stand_under_their_letters_where_authors_sort_them(client, course, ada):
    cite(
        ada,
        course,
        LUNA,
        ADAMS,
        LUNA | {"title": "Another"},
        LUNA | {"author": [], "title": "1984"},
    )
    sign_in(client, ada)

    by_author = client.get(at("bibliography", course)).context["letters"]
    by_year = client.get(at("bibliography", course) + "?sort=year").context["letters"]

    assert [(letter, len(entries)) for letter, entries in by_author] == [
        ("A", 1),
        ("L", 2),
        ("", 1),
    ]
    assert [letter for letter, _entries in by_year] == [""]


@pytest.mark.parametrize(
    ("csl", "result", "is_on", "words"),
    [
        (factories.ARTICLE, None, False, ""),
        (factories.ARTICLE, None, True, "Not checked yet"),
        (factories.ARTICLE, "same", True, "DOI checked"),
        (factories.ARTICLE, {"title": "Weak ties"}, True, "Title differs from the record"),
        (factories.ARTICLE, {"title": "Weak ties", "volume": "9"}, True, "Differs from the record"),
        (factories.ARTICLE, "none", True, "Not found (many references are not listed)"),
        (LUNA, "none", True, "Book, no DOI needed"),
        (LUNA, None, True, "Not checked yet"),
        (LUNA, None, False, ""),
    ],
)
def test_status_in_few_words_and_none_where_nobody_is_asked(
    course, ada, settings, csl, result, is_on, words
):
    settings.CROSSREF_URL = "https://registry.example" if is_on else ""
    settings.DOI_URL = ""
    work = factories.make_work(course, csl)
    found = csl | (result if isinstance(result, dict) else {})
    record = {"source": "Crossref", "csl": found, "notices": [], "years": [1973]}
    verification = WorkVerification(
        work=work,
        found=None if result == "none" else record,
        doi=work.doi,
        checked_at=timezone.now(),
    )
    status = reference_status(csl, verification if result else None)

    assert BibliographyEntry(ListedWork(work), status, False).status_words == words


# Filters


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?by=me", ["Adams, 1999"]),
        ("?by=pod", ["Adams, 1999", "Łuna, 2020"]),
        ("?prompt=1", ["Łuna, 2020"]),
        ("?by=me&prompt=1", []),
        ("?required=on", ["Adams, 1999"]),
        ("?new=on", ["Granovetter, 1973", "Łuna, 2020"]),
        ("?by=nobody&prompt=99", ["Adams, 1999", "Granovetter, 1973", "Łuna, 2020"]),
    ],
)
def test_list_is_filtered(client, course, ada, bob, instructor, prompt, query, expected):
    factories.make_pod(course, "Wrens", ada, bob)
    cite(ada, course, ADAMS)
    luna = cite(bob, course, LUNA)
    luna.prompt = prompt
    luna.save()
    cite(instructor, course, factories.ARTICLE)
    prompt.required_works.add(Work.objects.get(label="Adams, 1999"))

    assert shown(client, ada, course, query) == expected


def test_who_has_no_pod_cannot_ask_for_it(client, course, ada):
    answer = sign_in(client, ada).get(at("bibliography", course))

    assert "My pod" not in answer.content.decode()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("?q=zzzz", "No reference matches “zzzz”"),
        ("?new=on", "No reference matches these filters"),
    ],
)
def test_nothing_found_says_what_was_searched_for(client, course, ada, query, words):
    cite(ada, course, LUNA)

    html = sign_in(client, ada).get(at("bibliography", course) + query).content.decode()

    assert words in html
    assert "Show all references" in html


def test_filters_go_along_to_the_next_page_and_into_files(client, course, ada):
    cite(ada, course, *(LUNA | {"title": f"Quiet networks {n}"} for n in range(21)))

    html = sign_in(client, ada).get(at("bibliography", course) + "?by=me&q=quiet").content.decode()

    assert "?q=quiet&amp;by=me&amp;page=2" in html
    assert f'{at("bibliography_export", course, "bib")}?q=quiet&amp;by=me"' in html


# As files


def test_the_list_as_text(client, course, ada):
    cite(ada, course, LUNA, ADAMS)

    answer = sign_in(client, ada).get(at("bibliography_export", course, "txt"))

    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode() == (
        "Adams, Z. (1999). The loud ones. Heron Press.\n\n"
        "Łuna, D. (2020). Quiet networks. Heron Press.\n\n"
    )
