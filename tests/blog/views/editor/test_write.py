"""Write leads to what one is writing, or to a choice."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import factories

EARLIER = timezone.now() - timedelta(days=20)


def at(name, course, *args):
    return reverse(name, args=[course.slug, *args])


@pytest.fixture
def earlier(course):
    return factories.make_prompt(course, opens_at=EARLIER, due_at=EARLIER + timedelta(days=5))


def test_write_leads_to_the_draft_for_the_current_prompt(client, ada, course, earlier, prompt):
    factories.make_draft_post(ada, course, "Older", prompt=earlier)
    draft = factories.make_draft_post(ada, course, "Begun", prompt=prompt)
    factories.make_draft_post(ada, course, "Newer, without a prompt")
    client.force_login(ada)

    assert client.get(at("write", course)).url == at("post_edit", course, draft.slug)


def test_write_leads_to_the_choice_where_there_is_no_such_draft(
    client, ada, bob, course, earlier, prompt
):
    factories.make_draft_post(ada, course, "Older", prompt=earlier)
    factories.make_draft_post(bob, course, "Bob’s", prompt=prompt)
    client.force_login(ada)

    assert client.get(at("write", course)).url == at("write_choice", course)


def test_write_leads_to_the_choice_after_publishing(client, ada, course, prompt):
    factories.make_post(ada, course, prompt=prompt)
    client.force_login(ada)

    assert client.get(at("write", course)).url == at("write_choice", course)


def test_the_choice_has_open_prompts_drafts_and_a_post_of_ones_own(
    client, ada, bob, course, earlier, prompt
):
    later = timezone.now() + timedelta(days=1)
    factories.make_prompt(course, opens_at=later, due_at=later + timedelta(days=5))
    factories.make_post(ada, course, prompt=earlier)
    draft = factories.make_draft_post(ada, course, "Begun")
    factories.make_draft_post(bob, course, "Bob’s")
    client.force_login(ada)

    response = client.get(at("write_choice", course))

    assert response.context["prompts"] == [prompt]
    assert response.context["posts"].drafts == [draft]
    html = response.content.decode()
    assert f'href="{at("post_new", course)}?prompt={prompt.number}"' in html
    assert f'href="{at("post_edit", course, draft.slug)}"' in html
    assert f'href="{at("post_new", course)}?prompt=none"' in html
    assert html.count("btn-primary") == 1


def test_the_choice_says_where_nothing_is_open(client, ada, course):
    client.force_login(ada)

    html = client.get(at("write_choice", course)).content.decode()

    assert "You have a post for each open prompt, and no drafts." in html


def test_the_choice_costs_the_same_at_one_and_three(client, django_assert_num_queries, ada, course):
    client.force_login(ada)
    factories.make_prompt(course)
    factories.make_draft_post(ada, course)

    with django_assert_num_queries(5):
        client.get(at("write_choice", course))
    for _ in range(2):
        factories.make_prompt(course)
        factories.make_draft_post(ada, course)
    with django_assert_num_queries(5):
        client.get(at("write_choice", course))


def test_the_header_of_a_student_has_write_on_every_page_of_the_course(
    client, ada, instructor, course
):
    for reader, has_it in ((ada, True), (instructor, False)):
        client.force_login(reader)
        html = client.get(at("post_list", course)).content.decode()
        assert (f'href="{at("write", course)}"' in html) is has_it
