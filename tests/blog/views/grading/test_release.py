"""The page that releases the grades of a prompt: what it showed is released, and nothing else."""

import pytest

from blog.actions.grading import give_feedback
from blog.models import Grading, OutboxMessage, Prompt
from tests import factories
from tests.submitted import fields_of

PAGE = "/c/networks/desk/1/release/"
WAITS = "1 grade was changed or completed since you opened the page, and is not released."


@pytest.fixture
def post(ada, course):
    prompt = factories.make_prompt(course, rubric=factories.make_rubric(course))
    return factories.make_post(ada, course, "Of ties", prompt=prompt, slug="of-ties")


@pytest.fixture
def signed_in(client, instructor):
    client.force_login(instructor)
    return client


def sent_by(page):
    """Return what a browser sends from the page, the key against a second click left out."""
    return {"grading": fields_of(page, "grading")["grading"]}


def words(response):
    return " ".join(response.content.decode().split())


def test_release_is_asked_for_and_done_by_instructors(signed_in, post, assistant):
    factories.make_grading(post, assistant, level=3)
    page = signed_in.get(PAGE)
    assert "Release 1 grade?" in words(page)
    assert not Grading.objects.released().exists()

    signed_in.force_login(assistant)
    assert signed_in.post(PAGE, sent_by(page)).status_code == 403
    signed_in.force_login(post.course.memberships.instructors().get().user)
    done = signed_in.post(PAGE, sent_by(page), follow=True)

    assert "1 student can now read their feedback." in words(done)
    assert Grading.objects.released().count() == 1
    again = signed_in.post(PAGE, sent_by(page), follow=True)
    assert "Nothing was left to release." in words(again)


def test_a_grade_that_was_completed_since_waits(signed_in, post, instructor, bob, course):
    listed = factories.make_grading(post, instructor, level=3)
    page = signed_in.get(PAGE)
    later = factories.make_post(bob, course, "Later", prompt=post.prompt)
    waiting = factories.make_grading(later, instructor, level=3)

    done = signed_in.post(PAGE, sent_by(page), follow=True)

    assert "1 student can now read their feedback." in words(done)
    assert WAITS in words(done)
    assert list(Grading.objects.released()) == [listed]
    assert "Release 1 grade?" in words(signed_in.get(PAGE))
    assert not OutboxMessage.objects.filter(key__startswith=f"release:{waiting.pk}:").exists()


@pytest.mark.parametrize("change", ["levels", "words"])
def test_a_grade_that_was_changed_since_waits(
    signed_in, post, instructor, assistant, bob, course, change
):
    listed = factories.make_grading(
        factories.make_post(bob, course, "Other", prompt=post.prompt), instructor, level=3
    )
    changed = factories.make_grading(post, assistant, level=3)
    page = signed_in.get(PAGE)
    first = post.prompt.rubric.criteria.first()
    levels = {first: first.levels.first()} if change == "levels" else {}
    text = "Other words." if change == "words" else changed.text
    give_feedback(
        post.prompt,
        post.author,
        by=assistant,
        post=post,
        revision=post.revision,
        levels=levels,
        words=text,
        version=changed.version,
    )

    done = signed_in.post(PAGE, sent_by(page), follow=True)

    assert "1 student can now read their feedback." in words(done)
    assert WAITS in words(done)
    assert list(Grading.objects.released()) == [listed]
    signed_in.post(PAGE, sent_by(signed_in.get(PAGE)))
    assert Grading.objects.released().count() == 2


def test_grades_by_another_rubric_than_the_page_knew_wait(signed_in, post, instructor):
    grading = factories.make_grading(post, instructor, level=3)
    page = signed_in.get(PAGE)
    Prompt.objects.update(rubric=None)  # its words make it complete without one

    done = signed_in.post(PAGE, sent_by(page), follow=True)

    assert WAITS in words(done)
    assert "can now read" not in words(done)
    grading.refresh_from_db()
    assert not grading.is_released


@pytest.mark.parametrize(
    "sent", [{}, {"grading": ""}, {"grading": ["x", "²", "9" * 5000, "1", "1:x", ":"]}]
)
def test_a_release_of_no_listed_grade_releases_nothing(signed_in, post, instructor, sent):
    factories.make_grading(post, instructor, level=3)

    done = signed_in.post(PAGE, sent, follow=True)

    assert WAITS in words(done)
    assert not Grading.objects.released().exists()


def test_a_grade_that_graders_differ_on_waits_until_it_is_settled(
    signed_in, post, instructor, assistant
):
    grading = factories.make_grading(post, instructor, level=3)
    factories.make_grading(post, assistant, level=2, of_record=False)

    page = words(signed_in.get(PAGE))
    signed_in.post(PAGE, {"grading": grading.state_key})

    assert "1 grade cannot be released yet: two graders chose different levels." in page
    assert "No grades to release yet" in page
    assert not Grading.objects.released().exists()
