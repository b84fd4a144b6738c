"""Corrections that a registry has for a reference: accepted with one click."""

import pytest

from blog.actions.references import add_reference
from blog.actions.works import add_work
from blog.citations.parsers.reference_line import read_apa
from blog.models import Work
from blog.tasks import verify_due_works
from tests import factories
from tests.blog.citations.test_comparison import BUI_LINE
from tests.blog.lookup.stub import BUI
from tests.blog.views.editor.buttons import button
from tests.blog.views.references.lookup_steps import page, sign_in


@pytest.fixture
def post(ada, course):
    return factories.make_draft_post(ada, course)


@pytest.fixture
def reference(ada, post):
    return add_reference(post, add_work(post.course, factories.ARTICLE, by=ada), by=ada)


def test_a_correction_is_accepted_with_one_click(crossref, client, ada, course, post):
    crossref.lay_work(BUI)
    reference = add_reference(post, add_work(course, read_apa(BUI_LINE), by=ada), by=ada)
    verify_due_works()
    sign_in(client, ada)
    shown = client.get(page("reference_edit", post, reference.key)).content.decode()

    answer = client.post(page("reference_accept", post, reference.key), {"value": "place"})

    assert "The page or article number is missing. In the registry it is “1287728”." in shown
    assert answer.url == page("reference_edit", post, reference.key)
    assert Work.objects.get().csl["number"] == "1287728"
    after = client.get(answer.url).content.decode()
    assert "Checked with Crossref" in after
    assert "Use this value" not in after


def test_the_editor_accepts_a_correction_too_and_keeps_the_words(
    crossref, client, ada, course, post
):
    crossref.lay_work(BUI)
    reference = add_reference(post, add_work(course, read_apa(BUI_LINE), by=ada), by=ada)
    verify_due_works()
    sign_in(client, ada)
    form = client.get(page("post_edit", post)).context["form"]
    data = {bound.name: bound.value() or "" for bound in form}
    data |= {
        "text": "New words.",
        "version": "0.1",
    }

    client.post(button("editor_correction_accept", post, reference.key, "place"), data)

    assert Work.objects.get().csl["number"] == "1287728"
    assert post.drafts.get().text == "New words."


def test_a_correction_of_what_does_not_differ_is_refused(client, ada, reference):
    address = page("reference_accept", reference.post, reference.key)

    answer = sign_in(client, ada).post(address, {"value": "year"}, follow=True)

    assert "There is nothing left to correct." in answer.content.decode()
    assert client.get(address).status_code == 405
    gone = client.post(page("reference_accept", reference.post, "nobody"))
    assert gone.status_code == 302
