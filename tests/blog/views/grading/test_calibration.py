"""The page of the posts that all graders grade first."""

import pytest

from blog.actions.calibration import begin_calibration
from blog.models import Calibration
from tests import factories

PAGE = "/c/networks/desk/1/calibration/"


@pytest.fixture
def prompt(course):
    return factories.make_prompt(course, rubric=factories.make_rubric(course))


@pytest.fixture
def posts(prompt, course, ada, bob):
    return [
        factories.make_post(user, course, f"Ties of {user.display_name}", prompt=prompt)
        for user in (ada, bob)
    ]


@pytest.fixture
def signed_in(client, instructor, prompt):
    client.force_login(instructor)
    return client


def words(response):
    return " ".join(response.content.decode().split())


def test_posts_are_chosen_by_their_authors_names(signed_in, posts):
    assert "Choose two or three posts" in words(signed_in.get(PAGE))

    done = signed_in.post(f"{PAGE}begin/", {"posts": [post.pk for post in posts]}, follow=True)

    assert "Every grader now finds these posts first in their queue." in words(done)
    assert "Grade your 2 posts" in words(done)
    assert set(Calibration.objects.get().posts.all()) == set(posts)


@pytest.mark.parametrize(
    ("chosen", "error"),
    [
        ([], "Choose two or three posts."),
        ([0], "Choose two or three posts."),
        (["x"], "One of these posts can no longer be chosen. Choose again."),
    ],
)
def test_another_number_of_posts_is_refused(signed_in, posts, chosen, error):
    keys = [posts[each].pk if each == 0 else each for each in chosen]

    page = signed_in.post(f"{PAGE}begin/", {"posts": keys})

    assert page.status_code == 422
    assert error in words(page)
    assert not Calibration.objects.exists()


def test_levels_show_when_all_have_graded(signed_in, posts, instructor, assistant, prompt):
    begin_calibration(prompt, posts, by=instructor)
    for post in posts:
        factories.make_grading(post, instructor, "By Ines.", level=4)
    factories.make_grading(posts[0], assistant, level=2, of_record=False)
    before = words(signed_in.get(PAGE))
    factories.make_grading(posts[1], assistant, level=4, of_record=False)

    after = words(signed_in.get(PAGE))

    assert "1 graded, 1 left" in before
    assert "Levels show here when every grader has graded all of them." in before
    assert "levels apart" not in before
    assert (after.count("2 levels apart"), after.count(" the same</span>")) == (2, 2)


def test_a_grader_sees_nothing_of_others_before_they_have_graded(
    signed_in, posts, instructor, assistant, prompt
):
    begin_calibration(prompt, posts, by=instructor)
    for post in posts:
        factories.make_grading(post, instructor, "By Ines.", level=4)
    signed_in.force_login(assistant)
    desk = factories.desk_address(posts[0])

    pages = [words(signed_in.get(address)) for address in (PAGE, desk)]

    assert all("By Ines." not in page and "graded this" not in page for page in pages)
    assert "Beyond" not in pages[0]
    factories.make_grading(posts[0], assistant, level=2, of_record=False)
    assert "By Ines." in words(signed_in.get(desk))


def test_an_instructor_need_not_wait(signed_in, posts, instructor, assistant, prompt):
    begin_calibration(prompt, posts, by=instructor)
    assert "Show the levels now" in words(signed_in.get(PAGE))

    done = words(signed_in.post(f"{PAGE}end/", follow=True))

    assert "This page now shows what graders chose." in done
    assert "Show the levels now" not in done


def test_an_assistant_chooses_nothing(signed_in, posts, assistant):
    signed_in.force_login(assistant)

    page = words(signed_in.get(PAGE))

    assert "No posts are chosen yet." in page
    assert "Choose two or three posts" not in page


def test_a_prompt_without_a_rubric_says_so(signed_in, prompt):
    prompt.rubric = None
    prompt.save()

    assert "This prompt has no rubric" in words(signed_in.get(PAGE))


@pytest.mark.parametrize("n", [2, 3])
def test_queries_do_not_grow_with_posts(
    signed_in, posts, instructor, assistant, prompt, course, n, django_assert_num_queries
):
    for _ in range(n - len(posts)):
        student = factories.make_user()
        factories.add_member(course, student)
        posts.append(factories.make_post(student, course, prompt=prompt))
    begin_calibration(prompt, posts, by=instructor)
    for post in posts:
        factories.make_grading(post, instructor, level=4)
        factories.make_grading(post, assistant, level=2, of_record=False)

    # session, person with memberships, prompt; criteria and levels; the calibration, its posts,
    # graders, gradings, scores and levels; the posts to choose from
    with django_assert_num_queries(12):
        signed_in.get(PAGE)
