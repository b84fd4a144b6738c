import pytest

from tests.blog.views.prompts.test_prompt import begin_before_prompt_form


@pytest.fixture
def course(course):
    return begin_before_prompt_form(course)
