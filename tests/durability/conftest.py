"""A course that sixteen students write in at once, in a place of its own."""

from io import StringIO

import pytest
from django.conf import global_settings
from django.core.management import call_command
from django.test import override_settings
from django.urls import reverse

from blog.models import Rubric
from tests import factories
from tests.durability.places import empty_place, fill
from tests.durability.writers import grader, student
from tests.submitted import version_in_form

WRITERS = 16


@pytest.fixture
def class_of_writers(transactional_db, course, instructor):
    """Return sixteen students; each has a draft, and a post that waits for its grade."""
    prompt = factories.make_prompt(course, rubric=factories.make_rubric(course))
    students = [factories.make_user(f"Student {n}") for n in range(WRITERS)]
    for one in students:
        factories.add_member(course, one)
    posts = [factories.make_post(one, course, prompt=prompt) for one in students]
    drafts = [factories.make_draft_post(one, course) for one in students]
    call_command("rebuild_search", stdout=StringIO())
    return students, posts, drafts


@pytest.fixture
def writers(class_of_writers, place_of_course, course, instructor):
    """Return the students and their grader, signed in at the place, with all that they need."""
    students, posts, drafts = class_of_writers
    place = place_of_course
    with override_settings(PASSWORD_HASHERS=global_settings.PASSWORD_HASHERS):
        instructor.set_password(factories.PASSWORD)
    instructor.save()
    with place.signing():
        made = [
            student(n, one, course, drafts[n], posts, [x for x in students if x != one])
            for n, one in enumerate(students)
        ]
        desk = [
            reverse(
                "grading_student",
                args=[course.slug, 1, post.prompt.queue_places.get(student=post.author).number],
            )
            for post in posts
        ]
        made.append(grader(WRITERS, instructor, desk, version_in_form(Rubric)))
    fill(place)
    return made


@pytest.fixture
def place_of_course(tmp_path):
    with empty_place(tmp_path / "site") as place:
        yield place
