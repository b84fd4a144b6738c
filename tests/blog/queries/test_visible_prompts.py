"""The prompts of a course are those that the general rule finds there."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from blog.models import Extension, Prompt, User
from blog.queries.visible_prompts import visible_prompts
from tests import factories

READERS = ["ada", "bob", "instructor", "assistant", "observer", "eve"]


@pytest.fixture
def prompts(course, ada, bob, instructor):
    now = timezone.now()
    open_now = factories.make_prompt(course)
    factories.make_prompt(course, opens_at=now + timedelta(days=2))
    factories.make_prompt(course, is_draft=True)
    factories.make_prompt(course, archived_at=now)
    factories.make_prompt(factories.make_course(instructor=bob))
    Extension.objects.create(
        prompt=open_now, student=ada, until=now + timedelta(days=30), given_by=instructor
    )


@pytest.mark.usefixtures("prompts")
@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("listed", [True, False])
def test_they_are_what_the_general_rule_finds(request, course, name, listed):
    request.getfixturevalue(name)
    reader = User.objects.get(pk=request.getfixturevalue(name).pk)
    plain = Prompt.objects.in_course(course).visible_to(reader)
    plain = list(plain.listed() if listed else plain)

    for _ in range(2):
        found = visible_prompts(reader, course, listed=listed)

        assert found == plain
        assert [p.extended_until for p in found] == [p.extended_until for p in plain]
    assert len(plain) == {"instructor": 4, "assistant": 4, "eve": 0}.get(name, 2) - (
        listed and name != "eve"
    )


def test_visitors_see_none(course):
    assert visible_prompts(AnonymousUser(), course) == []
