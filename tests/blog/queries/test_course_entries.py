"""Entries of a published version that the course has with other words."""

import pytest

from blog.actions.posts import publish_post
from blog.actions.references import add_reference
from blog.actions.works import add_work
from blog.models import Audience
from blog.queries.course_entries import differing_entries
from tests import factories

OURS = factories.ARTICLE


@pytest.fixture
def post(ada, course):
    """Return Ada's draft with her own record, added before anybody else's was published."""
    post = factories.make_draft_post(ada, course)
    add_reference(post, add_work(course, OURS, by=ada), by=ada, key="ties")
    return post


def publish(post):
    return publish_post(
        post, by=post.author, title="T", text="So [@ties].", audience=Audience.COURSE
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "The weakness of strong ties"},
        {"author": [{"family": "Nobody"}]},
        {"issued": {"date-parts": [[1974]]}},
        {"container-title": "Another journal"},
    ],
)
def test_an_entry_differs_if_readers_would_see_something_else(ada, bob, course, post, changes):
    work = factories.share_work(add_work(course, OURS | changes, by=bob))

    revision = publish(post)

    [entry] = differing_entries(revision)
    assert (entry.key, entry.work) == ("ties", work)
    assert entry.published == revision.references[0]["html"]
    assert "The strength of weak ties" in entry.published


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"volume": "77"},
        {"author": [{"family": "Granovetter", "given": "M. S."}]},
        {"title": "The Strength of Weak Ties"},
    ],
)
def test_an_entry_that_reads_the_same_does_not_differ(bob, course, post, changes):
    factories.share_work(add_work(course, OURS | changes, by=bob))

    assert differing_entries(publish(post)) == []


def test_nothing_differs_where_nothing_is_cited(course, ada):
    assert differing_entries(None) == []
    assert differing_entries(factories.make_post(ada, course).revision) == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_entries_of_a_version_cost_one_query(
    ada, bob, course, django_assert_num_queries, count
):
    post, keys = factories.make_draft_post(ada, course), []
    for number in range(count):
        csl = OURS | {"DOI": f"10.5555/{number}"}
        keys.append(add_reference(post, add_work(course, csl, by=ada), by=ada).key)
        factories.share_work(add_work(course, csl | {"title": "Other"}, by=bob))
    text = f"So [@{'; @'.join(keys)}]."
    revision = publish_post(post, by=ada, title="T", text=text, audience=Audience.COURSE)

    with django_assert_num_queries(1):
        assert len(differing_entries(revision)) == count
