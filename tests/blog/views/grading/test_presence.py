"""Other graders who have a student open on the grading desk."""

from datetime import timedelta

import pytest
from django.utils import timezone

from blog.models import OpenPlace
from tests import factories

PAGE = "/c/networks/desk/1/7/"


@pytest.fixture
def prompt(course, ada):
    prompt = factories.make_prompt(course)
    factories.set_queue_number(prompt, ada, 7)
    return prompt


def keep_open(client, user):
    client.force_login(user)
    return client.post(f"{PAGE}open/").json()["said"]


def page_of(client, user):
    client.force_login(user)
    return client.get(PAGE).content.decode()


def test_graders_are_told_of_each_other(client, prompt, instructor, assistant):
    assert keep_open(client, instructor) == ""
    assert keep_open(client, assistant) == "Ines Instructor has this open."
    assert keep_open(client, instructor) == "Asa Assistant has this open."
    assert "Asa Assistant has this open." in page_of(client, instructor)
    assert OpenPlace.objects.count() == 2


@pytest.mark.parametrize(("seconds", "is_told"), [(60, True), (100, False)])
def test_it_is_forgotten_soon(client, prompt, instructor, assistant, seconds, is_told):
    keep_open(client, assistant)
    OpenPlace.objects.update(seen_at=timezone.now() - timedelta(seconds=seconds))

    assert bool(keep_open(client, instructor)) is is_told


def test_what_was_open_minutes_ago_is_deleted(client, prompt, instructor, assistant):
    keep_open(client, assistant)
    OpenPlace.objects.update(seen_at=timezone.now() - timedelta(minutes=6))

    keep_open(client, instructor)

    assert OpenPlace.objects.get().grader == instructor


def test_a_page_that_is_read_stores_nothing(client, prompt, instructor):
    page_of(client, instructor)

    assert not OpenPlace.objects.exists()
