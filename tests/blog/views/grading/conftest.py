"""A student with number 7 on the grading desk, and an instructor who grades what they posted."""

import pytest
from django.utils import timezone

from tests import factories


@pytest.fixture
def prompt(course, ada):
    prompt = factories.make_prompt(course, rubric=factories.make_rubric(course))
    factories.set_queue_number(prompt, ada, 7)
    return prompt


@pytest.fixture
def post(prompt, ada, course):
    return factories.make_post(ada, course, "Of ties", prompt=prompt, slug="of-ties")


@pytest.fixture
def released(post, instructor):
    return factories.make_grading(post, instructor, "Read.", level=2, released_at=timezone.now())


@pytest.fixture
def desk(client, instructor):
    client.force_login(instructor)
    client.writer = instructor.pk
    return client
