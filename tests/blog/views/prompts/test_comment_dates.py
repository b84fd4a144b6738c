"""By when one comments is on every page that says by when one posts."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.templatetags.dates import on_day
from tests import factories


@pytest.fixture(params=[0, 2], ids=["no comments asked for", "comments asked for"])
def prompt(request, course):
    return factories.make_prompt(course, comments_min=request.param)


def page(client, user, address):
    client.force_login(user)
    html = client.get(address, follow=True).content.decode()
    return " ".join(html.split())


@pytest.mark.parametrize(
    ("name", "reader"),
    [
        ("course_home", "ada"),
        ("course_home", "instructor"),
        ("course_home", "observer"),
        ("prompt_list", "ada"),
        ("prompt_list", "instructor"),
        ("prompt_page", "ada"),
        ("course_work", "ada"),
        ("write_choice", "ada"),
        ("post_new", "ada"),
        ("grading_overview", "instructor"),
        ("course_edit", "instructor"),
    ],
)
def test_both_dates_are_said(client, request, course, prompt, ada, name, reader):
    args = [prompt.number] if name == "prompt_page" else []
    address = reverse(name, args=[course.slug, *args])
    query = f"?prompt={prompt.number}" if name == "post_new" else ""

    html = page(client, request.getfixturevalue(reader), address + query)

    assert on_day(prompt.due_at, course) in html
    assert on_day(prompt.comments_due_at, course) in html


@pytest.mark.parametrize("reader", ["ada", "instructor"])
def test_the_author_and_the_team_see_both_beside_a_post(
    client, request, course, prompt, ada, reader
):
    post = factories.make_post(ada, course, prompt=prompt)

    html = page(client, request.getfixturevalue(reader), post.get_absolute_url())

    assert f"(due {on_day(prompt.due_at, course)})" in html
    assert f"<dd> due {on_day(prompt.comments_due_at, course)} </dd>" in html


def test_rows_of_prompts_say_when_comments_were_due(client, course, ada):
    due = timezone.now() - timedelta(days=9)
    prompt = factories.make_prompt(course, due_at=due, opens_at=due - timedelta(days=7))

    html = page(client, ada, reverse("course_home", args=[course.slug]))

    assert f"Comments were due {on_day(prompt.comments_due_at, course)}" in html
