from datetime import date

import pytest


@pytest.fixture
def course(course):
    """A course that began before the dates of ``prompt_form``, whatever the day of the tests."""
    course.starts_on = date(2026, 9, 1)
    course.save()
    return course
