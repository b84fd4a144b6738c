"""A student's own progress on the course home."""

import pytest

from blog.queries.course_home import new_posts, student_steps
from blog.queries.editor import editor_context
from tests import factories


@pytest.fixture
def prompt(course):
    return factories.make_prompt(course, comments_min=2)


def peers_in_the_editor(writer, prompt):
    context = editor_context(writer, prompt.course, post=None, prompt=prompt, text="")
    return context["progress"].peers.people


def test_steps_count_the_people_commented_on_as_the_editor_does(ada, bob, course, prompt):
    post = factories.make_post(bob, course, prompt=prompt)
    factories.make_comment(ada, post)
    factories.make_comment(ada, post, "Another thought.")

    steps = student_steps(ada, prompt)

    assert (steps.commented_on, steps.has_commented_enough) == (1, False)
    assert peers_in_the_editor(ada, prompt) == 1


def test_steps_are_done_once_enough_people_are_commented_on(ada, bob, course, prompt):
    classmate = factories.make_user()
    factories.add_member(course, classmate)
    for author in (bob, classmate):
        factories.make_comment(ada, factories.make_post(author, course, prompt=prompt))

    steps = student_steps(ada, prompt)

    assert (steps.commented_on, steps.has_commented_enough) == (2, True)
    assert peers_in_the_editor(ada, prompt) == 2


def test_steps_leave_out_comments_on_posts_for_another_prompt_and_on_ones_own(
    ada, bob, course, prompt
):
    other = factories.make_prompt(course)
    factories.make_comment(ada, factories.make_post(bob, course, prompt=other))
    factories.make_comment(ada, factories.make_post(ada, course, prompt=prompt))

    assert student_steps(ada, prompt).commented_on == peers_in_the_editor(ada, prompt) == 0


def test_steps_have_the_withdrawn_post_until_there_is_another(ada, course, prompt):
    withdrawn = factories.make_withdrawn_post(ada, course, "Back", prompt=prompt)
    assert student_steps(ada, prompt).post == withdrawn

    draft = factories.make_draft_post(ada, course, "Again", prompt=prompt)

    assert student_steps(ada, prompt).post == draft


def test_what_is_new_says_what_one_did_and_repeats_nothing(ada, bob, course):
    waiting, commented = [factories.make_post(bob, course) for _ in range(2)]
    factories.make_comment(ada, commented)

    found = new_posts(ada, course, but=[waiting])

    assert [(post, post.is_commented) for post in found] == [(commented, True)]
