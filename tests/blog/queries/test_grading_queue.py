"""The grading queue, and every count that rests on the definition of a complete grade."""

from datetime import timedelta

import pytest
from django.utils import timezone

from blog.actions.releases import release_prompt
from blog.actions.rubrics import change_rubric
from blog.models import Audience, Criterion, Grading, Post, Score
from blog.queries.course_home import student_steps
from blog.queries.grading_queue import (
    grading_queue,
    next_to_grade,
    prompts_to_grade,
    prompts_to_read,
    ready_for_release,
    still_to_read,
)
from blog.queries.queue_rows import queue_parts
from blog.queries.rubric_change import rubric_change
from tests import factories


@pytest.fixture
def rubric(course):
    return factories.make_rubric(course)


@pytest.fixture
def prompt(course, rubric):
    return factories.make_prompt(course, rubric=rubric)


@pytest.fixture
def post(prompt, ada, course):
    return factories.make_post(ada, course, "Of ties", prompt=prompt)


def add_scores(grading, criteria, position=2):
    for criterion in criteria:
        level = criterion.levels.get(position=position)
        Score.objects.create(grading=grading, criterion=criterion, level=level)


def counts(prompt, reader):
    """Return what each page counts: queue, course home, overview, release."""
    [overview] = prompts_to_grade(prompt.course, reader)
    queue = grading_queue(prompt, reader)
    assert still_to_read([overview]) == prompts_to_read(prompt.course, reader)
    return {
        "states": [item.state for item in queue],
        "left": {
            sum(item.needs_grade for item in queue),
            sum(one.ungraded_count for one in prompts_to_read(prompt.course, reader)),
            overview.ungraded_count,
        },
        "ready": {
            sum(item.state == "graded" for item in queue),
            len(ready_for_release(prompt)),
        },
    }


@pytest.mark.parametrize(
    ("has_rubric", "scored", "words", "state"),
    [
        (True, "all", "", "graded"),
        (True, "all", "Good.", "graded"),
        (True, "one", "Good.", "in_progress"),
        (True, "none", "Good.", "in_progress"),
        (True, "none", "", "ungraded"),
        (True, "other", "", "in_progress"),
        (True, "other and one", "", "in_progress"),
        (False, "none", "Good.", "graded"),
        (False, "none", "", "ungraded"),
        (False, "all", "", "in_progress"),
        (False, "all", "Good.", "graded"),
    ],
)
def test_one_definition_of_a_complete_grade(
    prompt, post, rubric, course, instructor, has_rubric, scored, words, state
):
    other = factories.make_rubric(course, "Other", criteria=["A", "B", "C"]).criteria.all()
    own = rubric.criteria.all()
    chosen = {"none": [], "all": own, "one": own[:1], "other": other}
    chosen["other and one"] = [*other, own[0]]
    if not has_rubric:
        prompt.rubric = None
        prompt.save()
    html = f"<p>{words}</p>" if words else ""
    grading = factories.make_grading(post, instructor, words)
    Grading.objects.update(html=html)
    add_scores(grading, chosen[scored])

    left = state != "graded"
    assert counts(prompt, instructor) == {"states": [state], "left": {left}, "ready": {not left}}


def test_a_rubric_without_criteria_asks_for_words(prompt, post, instructor):
    Criterion.objects.all().delete()
    factories.make_grading(post, instructor)

    assert counts(prompt, instructor)["ready"] == {1}


def test_a_released_grade_is_done_by_any_rubric(prompt, post, rubric, course, instructor):
    factories.make_grading(post, instructor, level=3)
    release_prompt(prompt, by=instructor)
    change_rubric(prompt, factories.make_rubric(course, "Other"), by=instructor, instead_of=rubric)

    [item] = grading_queue(prompt, instructor)

    assert counts(prompt, instructor) == {"states": ["released"], "left": {0}, "ready": {0}}
    assert item.needs_new_levels


def test_posts_of_the_team_and_of_former_students_are_not_left_to_grade(
    prompt, post, course, instructor, bob
):
    factories.make_post(instructor, course, prompt=prompt)
    factories.make_post(bob, course, prompt=prompt)
    course.memberships.filter(user=bob).update(ended_at=timezone.now())

    assert counts(prompt, instructor)["left"] == {1}


@pytest.mark.parametrize(
    ("texts", "count"), [(["One."], 1), (["One.", "Two."], 2), (["One.", ""], 1)]
)
def test_the_queue_says_how_many_grades_a_student_has(
    prompt, post, instructor, assistant, texts, count
):
    for grader, text in zip([instructor, assistant], texts, strict=False):
        grading = factories.make_grading(post, grader, text, of_record=grader == instructor)
        Grading.objects.filter(pk=grading.pk).update(html=text)

    [item] = grading_queue(prompt, instructor)

    assert item.grading_count == count


CLOSED = {
    "withdrawn": {"status": Post.Status.WITHDRAWN},
    "deleted": {"deleted_at": timezone.now()},
    "only its author’s": {"audience": Audience.ONLY_ME},
}


@pytest.mark.parametrize("changes", CLOSED.values(), ids=CLOSED)
def test_a_graded_post_stays_in_the_queue_when_it_is_closed(prompt, post, instructor, changes):
    factories.make_grading(post, instructor, level=3)
    Post.objects.update(**changes)

    [item] = grading_queue(prompt, instructor)

    assert (item.post, item.is_published, item.state) == (post, False, "graded")
    assert not item.needs_grade


@pytest.mark.parametrize("changes", CLOSED.values(), ids=CLOSED)
def test_a_closed_post_without_a_grade_is_no_post(prompt, post, instructor, changes):
    Post.objects.update(**changes)

    [item] = grading_queue(prompt, instructor)

    assert (item.post, item.state) == (None, "no_post")


def test_a_new_post_goes_before_the_one_that_was_graded(prompt, post, course, ada, instructor):
    factories.make_grading(post, instructor, level=3)
    Post.objects.update(status=Post.Status.WITHDRAWN)
    newer = factories.make_post(ada, course, "Anew", prompt=prompt)

    [item] = grading_queue(prompt, instructor)

    assert (item.post, item.is_published, item.changed_since_grading) == (newer, True, True)


@pytest.mark.parametrize(
    "changes", [{"ended_at": timezone.now()}, {"role": "assistant"}], ids=["left", "promoted"]
)
def test_the_grade_of_a_former_student_stays_in_the_queue(
    prompt, post, course, ada, bob, instructor, changes
):
    factories.make_grading(post, instructor, level=3)
    course.memberships.filter(user=ada).update(**changes)

    first, last = grading_queue(prompt, instructor)

    assert (first.member.user, first.state) == (bob, "no_post")
    assert (last.member.user, last.state, last.post) == (ada, "former", post)
    assert ready_for_release(prompt) == []


def test_passing_over_posts_meets_all_of_them(prompt, course, instructor):
    now = timezone.now()
    for n in range(4):
        student = factories.make_user(f"Student {n}")
        factories.add_member(course, student)
        at = now - timedelta(days=4 - n)
        factories.make_post(student, course, f"Post {n}", prompt=prompt, at=at)
    queue = grading_queue(prompt, instructor)

    met, item = [], next_to_grade(queue)
    for _ in range(5):
        met.append(item.post.title)
        item = next_to_grade(queue, after=item.member.user)

    assert met == ["Post 0", "Post 1", "Post 2", "Post 3", "Post 0"]


@pytest.mark.parametrize("students", [1, 3])
def test_overview_counts_each_thing_once_in_one_query(
    prompt, course, instructor, assistant, students, django_assert_num_queries
):
    """Joined, two posts and two gradings of each student would be counted as many times."""
    assert instructor.memberships_now, "loaded once per request"
    for n in range(students):
        student = factories.make_user()
        factories.add_member(course, student)
        post = factories.make_post(student, course, prompt=prompt)
        released_at = timezone.now() if n == 0 else None
        factories.make_grading(post, instructor, released_at=released_at)
        factories.make_grading(post, assistant, of_record=False)

    with django_assert_num_queries(1):
        [overview] = prompts_to_grade(course, instructor)

    assert (overview.post_count, overview.ungraded_count, overview.released_count) == (
        students,
        students - 1,
        1,
    )


def test_overview_has_open_prompts_last_first_with_zero_counts(prompt, course, instructor):
    second = factories.make_prompt(course)
    factories.make_prompt(course, opens_at=timezone.now() + timedelta(days=1))

    overview = list(prompts_to_grade(course, instructor))

    assert overview == [second, prompt]
    assert {(p.post_count, p.ungraded_count, p.released_count) for p in overview} == {(0, 0, 0)}


@pytest.mark.parametrize("has_rubric", [True, False])
def test_a_student_is_told_of_released_feedback(prompt, post, ada, instructor, has_rubric):
    if not has_rubric:
        prompt.rubric = None
        prompt.save()
    grading = factories.make_grading(post, instructor)
    assert student_steps(ada, prompt).feedback is None

    Grading.objects.update(released_at=timezone.now())

    assert student_steps(ada, prompt).feedback == grading


@pytest.mark.parametrize("rubrics", [1, 3])
def test_rubric_change_counts_grades_by_each_rubric(
    prompt, rubric, course, instructor, rubrics, django_assert_num_queries
):
    others = [
        factories.make_rubric(course, f"Rubric {n}", criteria=["A", "B"]) for n in range(rubrics)
    ]
    for chosen, released in [(rubric, False), (rubric, True), (others[0], False), (None, False)]:
        student = factories.make_user()
        factories.add_member(course, student)
        post = factories.make_post(student, course, prompt=prompt)
        grading = factories.make_grading(
            post, instructor, released_at=timezone.now() if released else None
        )
        add_scores(grading, chosen.criteria.all() if chosen else [])

    with django_assert_num_queries(2):
        change = rubric_change(prompt)

    assert change.released == 1
    assert (change.present.rubric, change.present.complete, change.present.incomplete) == (
        rubric,
        1,
        2,
    )
    assert [(o.rubric, o.complete, o.incomplete) for o in change.others] == [
        (None, 3, 0),
        (others[0], 1, 2),
        *((other, 0, 3) for other in others[1:]),
    ]


def test_a_grade_on_which_graders_differ_cannot_go(
    prompt, post, course, bob, instructor, assistant
):
    factories.make_grading(post, instructor, level=3)
    factories.make_grading(post, assistant, level=2, of_record=False)
    factories.make_grading(factories.make_post(bob, course, prompt=prompt), instructor, level=3)

    queue = grading_queue(prompt, instructor)

    by_student = {item.member.user_id: item for item in queue}
    assert [(item.state, item.differs, item.can_go) for item in by_student.values()] == [
        ("graded", True, False),
        ("graded", False, True),
    ]
    parts = {part.key: part.items for part in queue_parts(queue, instructor)}
    assert parts["differs"] == [by_student[post.author_id]]
