"""Pages of a site that asks no registry advise nothing that it cannot do."""

import pytest

from blog.exceptions import ReadError
from blog.lookup import identify
from tests import factories
from tests.blog.citations.test_comparison import BUI_LINE
from tests.blog.views.references.lookup_steps import look_up, sign_in


@pytest.fixture
def post(ada, course):
    return factories.make_draft_post(ada, course)


@pytest.fixture
def alone(settings):
    """Set up a site that asks nobody."""
    settings.CROSSREF_URL = settings.DOI_URL = ""


@pytest.mark.parametrize("line", ["See 10.5555/jsm.2020.032 for nets", "words nobody knows"])
def test_a_site_that_asks_nobody_advises_no_identifiers(alone, client, ada, post, line):
    answer, choices = look_up(sign_in(client, ada), post, f"{BUI_LINE}\n\n{line}")

    page = " ".join(answer.content.decode().split())
    assert len(choices) == 1
    assert "No reference was found for this part of your text. Type it in." in page
    for advice in ("Paste its DOI", "One or more DOIs", "a DOI, a link"):
        assert advice not in page


def test_a_line_that_has_its_doi_is_not_sent_for_it(client, ada, post):
    answer, _choices = look_up(
        sign_in(client, ada), post, f"{BUI_LINE}\n\nSee 10.5555/jsm.2020.032 for nets"
    )

    assert "Paste its DOI" not in answer.content.decode()


@pytest.mark.parametrize("pasted", ["PMID: 12345678", "", "  \n"])
def test_a_refusal_advises_no_identifiers_where_nobody_is_asked(alone, pasted):
    with pytest.raises(ReadError) as refusal:
        identify(pasted)

    assert "DOI" not in str(refusal.value)


def test_the_front_page_promises_no_look_up_where_nobody_is_asked(alone, client, db):
    assert "Paste a DOI" not in client.get("/").content.decode()


DOI, ISBN, BOTH = "10.5555/jsm.2020.032", "9780521430173", "DOIs or ISBNs"


@pytest.mark.parametrize(
    ("pasted", "named"),
    [
        (f"{DOI}\n{ISBN}", BOTH),
        (f"{ISBN}\n{DOI}", BOTH),
        (f"{ISBN}, https://doi.org/{DOI}", BOTH),
        (f"{DOI}\n10.5555/other", "DOIs"),
        (f"{ISBN}\n9780262033848", "ISBNs"),
    ],
)
def test_every_kind_of_number_in_a_paste_is_named(alone, client, ada, post, pasted, named):
    answer, choices = look_up(sign_in(client, ada), post, pasted)

    page = answer.content.decode()
    assert choices == []
    assert f"We can’t look up {named} on this site." in page
    assert "The form is for the first of these." in page
    assert all(f"{part}</li>" in page for part in answer.context["outcome"].unread)


@pytest.mark.parametrize(
    ("typed", "name", "value"),
    [
        ("10.9999/unknown.1", "doi", "10.9999/unknown.1"),
        ("words nobody knows", "title", "words nobody knows"),
        ("https://example.org/a", "url", "https://example.org/a"),
    ],
)
def test_the_form_for_what_was_typed_has_it_and_the_focus(
    alone, client, ada, post, typed, name, value
):
    address = f"/c/networks/posts/{post.slug}/references/"

    form = sign_in(client, ada).get(address, {"typed": typed}).context["form"]

    assert form[name].value() == value
    assert "autofocus" in str(form["authors"])


def test_an_empty_form_takes_no_focus(client, ada, post):
    answer = sign_in(client, ada).get(f"/c/networks/posts/{post.slug}/references/")

    assert "autofocus" not in str(answer.context["form"]["authors"])
