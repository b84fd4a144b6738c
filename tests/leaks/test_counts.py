"""Leaks without words: counts, suggestions, lists to choose from."""

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.models import Audience, Comment
from tests import factories
from tests.leaks.world import add_reference


@pytest.fixture
def talkers(course, ada, bob, instructor):
    """Return a function for Bob's reply to Cyn, after Ada's: the test says who hears of it."""
    cyn = factories.make_user("Cyn Student")
    factories.add_member(course, cyn)
    post = factories.make_post(cyn, course)
    factories.make_comment(ada, post)

    def bob_answers(audience):
        factories.make_comment(bob, post, audience=audience)

    return bob_answers


@pytest.mark.parametrize(
    ("audience", "suggested"),
    [(Comment.Audience.READERS, ["Bob Student"]), (Comment.Audience.TEAM, [])],
)
def test_private_comment_is_no_reason_to_meet(client, ada, course, talkers, audience, suggested):
    talkers(audience)
    client.force_login(ada)

    build = client.get(reverse("ego_network", args=[course.slug])).context["build"]

    assert [str(meeting.person) for meeting in build] == suggested


@pytest.mark.parametrize(("audience", "count"), [(Audience.INSTRUCTORS, 1), (Audience.ONLY_ME, 0)])
def test_post_for_nobody_is_not_counted(client, ada, instructor, course, audience, count):
    prompt = factories.make_prompt(course)
    factories.make_post(ada, course, prompt=prompt, audience=audience)
    client.force_login(instructor)

    home = client.get(reverse("course_home", args=[course.slug]))
    desk = client.get(reverse("grading_overview", args=[course.slug]))

    assert home.context["to_grade"] == count
    assert [prompt.post_count for prompt in desk.context["prompts"]] == [count]


def test_required_reading_is_chosen_among_works_that_are_known(client, ada, instructor, course):
    known = factories.make_post(ada, course)
    factories.make_reference(known, factories.make_work(course), cited=True)
    add_reference(factories.make_draft_post(ada, course), "draftwork")
    client.force_login(instructor)

    form = client.get(reverse("prompt_new", args=[course.slug])).context["form"]

    assert [str(work) for work in form.fields["required_works"].queryset] == ["Granovetter, 1973"]


def test_deleted_words_are_not_quoted_to_say_whom_they_answer(client, ada, bob, instructor, course):
    post = factories.make_post(ada, course)
    comment = factories.make_comment(bob, post, deleted_at=timezone.now(), tied=False)
    client.force_login(instructor)

    answer = client.get(reverse("comment_addressee", args=[course.slug, comment.pk]))

    assert answer.status_code == 404
