"""A work of the course that a text names among other words: no registry is asked about it."""

import pytest

from blog.actions.references import add_reference
from blog.actions.works import add_work
from tests import factories
from tests.blog.views.references.lookup_steps import look_up_known, sign_in

DOI = factories.ARTICLE["DOI"]


@pytest.fixture
def post(ada, course):
    post = factories.make_draft_post(ada, course)
    add_reference(post, add_work(course, factories.ARTICLE, by=ada), by=ada)
    return post


@pytest.fixture
def no_registry(monkeypatch):
    def ask(text):
        raise AssertionError(text)

    monkeypatch.setattr("blog.views.references.finding.look_up", ask)


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "Granovetter 1973 {}",
        "the one on ties, https://doi.org/{}, I think",
        "PMID: 12345678 doi: {}",
        "{} and PMID: 12345678",
        "PMID: 12345678, {}",
        "{}\nPMID: 12345678",
    ],
)
@pytest.mark.usefixtures("no_registry")
def test_the_course_is_asked_first(client, ada, post, text):
    answer, known = look_up_known(sign_in(client, ada), post, text.format(DOI))

    assert answer.status_code == 200
    assert len(known) == 1


@pytest.mark.parametrize("text", ["{} and PMID: 12345678", "PMID: 12345678, {}"])
@pytest.mark.usefixtures("no_registry")
def test_what_is_beside_it_is_no_title(client, ada, post, text):
    answer, _known = look_up_known(sign_in(client, ada), post, text.format(DOI))

    assert answer.context["outcome"].unread == ["PMID: 12345678"]
    assert "PMID: 12345678" in answer.content.decode()
