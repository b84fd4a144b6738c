"""The page of the search: what it says where something, nothing and no word is searched for."""

import pytest
from django.urls import reverse

from blog.models.search import rebuild_search
from tests import factories


@pytest.fixture
def search(client, ada, course):
    client.force_login(ada)

    def get(**query):
        rebuild_search(course)
        return client.get(reverse("search", args=[course.slug]), query)

    return get


def test_hits_are_marked(search, bob, course):
    factories.make_post(bob, course, "Half-open doors", "It is open, <b>so</b>.")

    answer = search(q="open door")

    text = answer.content.decode()
    assert '<mark class="hit">open doors</mark>' in text
    assert "These are all the results." in text


def test_text_that_was_found_is_escaped(search, bob, course):
    factories.make_post(bob, course, "Doors", "<script>open</script>")

    answer = search(q="open door")

    assert "&lt;script&gt;<mark" in answer.content.decode()


def test_without_words_the_page_says_what_can_be_found(search):
    assert "Finds posts, comments, references and people" in search().content.decode()


def test_nothing_found_says_what_was_searched_for_and_what_to_try(search):
    text = search(q="opne <dor>").content.decode()

    assert "Nothing matches “opne &lt;dor&gt;”" in text
    assert "Check the spelling" in text


@pytest.mark.parametrize("query", ["x" * 10_000, '" OR 1', "\ud800"])
def test_any_query_is_a_page(search, query):
    assert search(q=query.encode("utf-8", "replace").decode()).status_code == 200


@pytest.mark.parametrize(
    "fields", [{"kind": "draft"}, {"prompt": "99"}, {"by": "x"}, {"after": "-"}]
)
def test_what_is_no_filter_counts_as_missing(search, bob, course, fields):
    factories.make_post(bob, course, "Doors")

    assert len(search(q="door", **fields).context["result"].of["post"].hits) == 1


def test_a_kind_goes_on_on_the_next_page(search, client, bob, course):
    for n in range(11):
        factories.make_post(bob, course, f"Door {n}")

    first = search(q="door", kind="post")
    key = first.context["result"].of["post"].next_key
    last = search(q="door", kind="post", after=key)

    assert f"?q=door&amp;kind=post&amp;after={key}" in first.content.decode()
    assert [str(hit.row) for hit in last.context["result"].of["post"].hits] == ["Door 0"]
    assert "That’s all that was found." in last.content.decode()


def test_the_masthead_leads_to_the_search(client, ada, course):
    client.force_login(ada)

    home = client.get(reverse("course_home", args=[course.slug]))

    assert reverse("search", args=[course.slug]) in home.content.decode()
