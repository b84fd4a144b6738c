"""The posts that all graders grade first: who is asked, and who sees what until when."""

import pytest
from django.utils import timezone

from blog.actions.calibration import begin_calibration, end_calibration
from blog.actions.second_gradings import draw_second_gradings
from blog.exceptions import Refused
from blog.models import AuditEvent, Calibration
from blog.queries.calibration import calibration_state
from blog.queries.grading_page import criteria_of
from blog.queries.grading_queue import grading_queue, next_to_grade
from blog.queries.second_gradings import students_due_from
from tests import factories


@pytest.fixture
def prompt(course):
    return factories.make_prompt(course, rubric=factories.make_rubric(course))


@pytest.fixture
def posts(prompt, course):
    """Return four posts of as many students."""
    students = [factories.make_user() for _ in range(4)]
    for student in students:
        factories.add_member(course, student)
    return [factories.make_post(student, course, prompt=prompt) for student in students]


def state_of(prompt):
    return calibration_state(prompt, criteria_of(prompt.rubric))


def test_every_grader_finds_the_posts_first(prompt, posts, instructor, assistant):
    factories.make_grading(posts[2], instructor, level=2)

    begin_calibration(prompt, posts[2:], by=instructor)

    for grader in (instructor, assistant):
        queue = grading_queue(prompt, grader)
        due = [item.post for item in queue if item.is_due]
        assert due == [posts[3]] if grader == instructor else due == [posts[3], posts[2]]
        assert next_to_grade(queue).post == posts[3]


def test_a_grader_is_asked_until_their_own_grading_is_complete(
    prompt, posts, instructor, assistant
):
    begin_calibration(prompt, posts[:2], by=instructor)
    authors = {posts[0].author_id, posts[1].author_id}
    grading = factories.make_grading(posts[0], assistant)
    assert students_due_from(prompt, assistant) == authors

    grading.delete()
    factories.make_grading(posts[0], assistant, level=3)

    assert students_due_from(prompt, assistant) == {posts[1].author_id}
    assert students_due_from(prompt, instructor) == authors


def test_differences_show_when_everybody_has_graded(prompt, posts, instructor, assistant):
    begin_calibration(prompt, posts[:2], by=instructor)
    for post in posts[:2]:
        factories.make_grading(post, instructor, level=4)
    factories.make_grading(posts[0], assistant, level=2, of_record=False)
    assert not state_of(prompt).is_open_to_read

    factories.make_grading(posts[1], assistant, level=4, of_record=False)

    state = state_of(prompt)
    assert state.is_open_to_read
    assert state.graders == [assistant, instructor]
    assert [[row.apart for row in each.criteria] for each in state.posts] == [[2, 2], [0, 0]]
    [first, _] = state.posts[0].criteria
    assert [level.title for level in first.levels] == ["Partly", "Beyond"]


def test_somebody_who_does_not_grade_need_not_be_waited_for(prompt, posts, instructor, assistant):
    begin_calibration(prompt, posts[:2], by=instructor)
    factories.make_grading(posts[0], instructor, level=4)

    end_calibration(prompt, by=instructor)

    assert state_of(prompt).is_open_to_read
    assert students_due_from(prompt, assistant) == frozenset()
    end_calibration(prompt, by=instructor)
    assert AuditEvent.objects.filter(action="calibration_ended").count() == 1


def test_other_posts_can_be_chosen_and_begin_again(prompt, posts, instructor, assistant):
    begin_calibration(prompt, posts[:2], by=instructor)
    end_calibration(prompt, by=instructor)

    begin_calibration(prompt, posts[1:], by=instructor)

    calibration = Calibration.objects.get()
    assert set(calibration.posts.all()) == set(posts[1:])
    assert not calibration.has_ended


def test_a_post_that_was_withdrawn_is_asked_of_nobody(prompt, posts, instructor, assistant):
    begin_calibration(prompt, posts[:2], by=instructor)
    posts[0].status = posts[0].Status.WITHDRAWN
    posts[0].save()

    assert students_due_from(prompt, assistant) == {posts[1].author_id}
    assert [each.post for each in state_of(prompt).posts] == [posts[1]]


@pytest.mark.parametrize("n", [0, 1, 4])
def test_two_or_three_posts_are_chosen(prompt, posts, instructor, n):
    with pytest.raises(Refused, match="Choose two or three posts"):
        begin_calibration(prompt, posts[:n], by=instructor)


def test_posts_that_nobody_can_grade_blindly_are_refused(prompt, posts, instructor, course):
    factories.make_grading(posts[0], instructor, level=3, released_at=timezone.now())
    elsewhere = factories.make_post(posts[1].author, course)

    for unfit in (posts[0], elsewhere):
        with pytest.raises(Refused, match="can no longer be chosen"):
            begin_calibration(prompt, [unfit, posts[2]], by=instructor)


def test_without_a_rubric_there_is_nothing_to_compare(prompt, posts, instructor):
    prompt.rubric = None
    prompt.save()

    with pytest.raises(Refused, match="this prompt has no rubric"):
        begin_calibration(prompt, posts[:2], by=instructor)


def test_they_are_not_drawn_for_a_second_grade(prompt, posts, instructor, assistant):
    for post in posts[:3]:
        factories.make_grading(post, instructor, level=3)
    begin_calibration(prompt, posts[:2], by=instructor)

    [drawn] = draw_second_gradings(prompt, by=instructor, size=9)

    assert drawn.first.post == posts[2]
