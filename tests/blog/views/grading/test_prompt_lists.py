"""The prompts in the lists of the teaching team: archived ones, and their order."""

import pytest
from django.urls import reverse

from blog.actions.messages import send_message
from blog.actions.prompts import archive_prompts, move_prompt
from blog.exceptions import Refused
from blog.models import Message
from tests import factories

WITH_WORK = [
    "gradebook",
    "gradebook_exports",
    "participation_rule",
    "grading_overview",
    "grading_person",
    "person_page",
]


@pytest.fixture
def signed_in(client, instructor):
    client.force_login(instructor)
    return client


def page_of(client, course, name, person):
    args = [course.slug, person.username] if "person" in name else [course.slug]
    return client.get(reverse(name, args=args)).content.decode()


@pytest.mark.parametrize("name", [*WITH_WORK, "message_overview"])
def test_an_archived_prompt_is_in_no_list(signed_in, course, instructor, ada, name):
    prompt = factories.make_prompt(course, title="Archived one")
    assert "Archived one" in page_of(signed_in, course, name, ada)

    archive_prompts([prompt], by=instructor)

    assert "Archived one" not in page_of(signed_in, course, name, ada)


@pytest.mark.parametrize("name", WITH_WORK)
def test_what_was_written_for_an_archived_prompt_stays(signed_in, course, instructor, ada, name):
    prompt = factories.make_prompt(course, title="Archived one")
    factories.make_post(ada, course, prompt=prompt)

    archive_prompts([prompt], by=instructor)

    assert "Archived one" in page_of(signed_in, course, name, ada)


def test_nobody_is_written_to_about_an_archived_prompt(course, instructor, ada):
    prompt = factories.make_prompt(course)
    archive_prompts([prompt], by=instructor)

    with pytest.raises(Refused, match="This prompt is archived"):
        send_message(prompt, "no-post", [ada.pk], by=instructor, title="x", text="y")

    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("name", "last_first"),
    [
        ("gradebook", False),
        ("gradebook_exports", False),
        ("prompt_list", False),
        ("grading_overview", True),
        ("message_overview", True),
        ("participation_rule", True),
        ("grading_person", True),
        ("person_page", True),
    ],
)
def test_lists_have_the_order_of_the_course(signed_in, course, instructor, ada, name, last_first):
    first, second = (factories.make_prompt(course, title=title) for title in ("Aaa 1", "Zzz 2"))
    for prompt in (first, second):
        factories.make_post(ada, course, prompt=prompt)
    move_prompt(second, by=instructor, up=True)

    page = page_of(signed_in, course, name, ada)
    page = page.partition('id="main"')[2] or page

    assert (page.index("Zzz 2") > page.index("Aaa 1")) is last_first
