"""The gradebook: its states, its sums, what it hides, and the number of its queries."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from blog.actions.grading import GradeRecord, give_feedback
from blog.models import Audience, Grading, ParticipationRule, SecondGrading, SecondGradingDraw
from blog.queries.adoption import adoption_rows
from blog.queries.gradebook import gradebook
from blog.queries.gradebook_page import GradebookFilter, gradebook_page
from blog.templatetags.gradebook import lateness
from tests import factories

Status, Kind = Grading.Status, Grading.Kind
HOUR = timedelta(hours=1)
QUERIES = 13


@pytest.fixture
def rubric(course):
    return factories.make_rubric(course)


@pytest.fixture
def prompt(course, rubric):
    return factories.make_prompt(course, rubric=rubric, comments_min=2)


@pytest.fixture
def post(prompt, ada, course):
    return factories.make_post(ada, course, "Of ties", prompt=prompt)


def cells_of(course, reader, student):
    """Return what a student has for the first prompt, as a reader sees it."""
    [row] = [one for one in gradebook(course, reader).rows if one.member.user_id == student.pk]
    return row.cells[0]


def state(course, reader, student):
    cell = cells_of(course, reader, student).post
    return cell.state, cell.status, cell.points, cell.highest_points


def close_posts(prompt):
    now = timezone.now()
    prompt.due_at, prompt.comments_due_at = now - 2 * HOUR, now - HOUR
    prompt.opens_at = now - 3 * HOUR
    prompt.save()


def test_a_post_without_a_grade_is_to_read(course, post, instructor, ada):
    assert state(course, instructor, ada) == ("to_read", "", None, 8)


def test_a_student_without_a_post(course, prompt, instructor, ada):
    assert state(course, instructor, ada) == ("no_post_yet", "", None, 8)

    close_posts(prompt)

    assert state(course, instructor, ada) == ("no_post", "", None, 8)


def test_a_draft_is_a_word_until_posts_are_due(course, prompt, instructor, assistant, ada):
    factories.make_draft_post(ada, course, prompt=prompt)

    for reader in (instructor, assistant):
        assert state(course, reader, ada) == ("draft", "", None, 8)
    close_posts(prompt)
    assert state(course, instructor, ada) == ("no_post", "", None, 8)


@pytest.mark.parametrize("kind", ["withdrawn", "only_me"])
def test_other_posts_that_the_team_does_not_read_are_no_drafts(
    course, prompt, instructor, ada, kind
):
    if kind == "withdrawn":
        factories.make_withdrawn_post(ada, course, prompt=prompt)
    else:
        factories.make_post(ada, course, prompt=prompt, audience=Audience.ONLY_ME)

    assert state(course, instructor, ada)[0] == "no_post_yet"


@pytest.mark.parametrize(
    ("released_in", "expected"),
    [(None, "not_released"), (HOUR, "not_released"), (-HOUR, "released")],
)
def test_a_grade_says_whether_it_is_released(course, post, instructor, ada, released_in, expected):
    at = timezone.now() + released_in if released_in else None
    factories.make_grading(post, instructor, level=3, released_at=at)

    assert state(course, instructor, ada) == (expected, "graded", 6, 8)


def test_a_grade_that_is_not_complete(course, post, rubric, instructor, ada):
    grading = factories.make_grading(post, instructor, level=3)
    grading.scores.first().delete()

    assert state(course, instructor, ada) == ("in_progress", "graded", 3, 8)


def test_a_post_that_changed_after_it_was_read(course, post, instructor, ada):
    factories.make_grading(post, instructor, level=3)
    factories.publish_again(post)

    assert cells_of(course, instructor, ada).post.state == "changed"
    Grading.objects.update(released_at=timezone.now())
    cell = cells_of(course, instructor, ada).post
    assert (cell.state, cell.has_changed) == ("released", True)


@pytest.mark.parametrize("status", [Status.EXCUSED, Status.NOT_SUBMITTED])
def test_a_student_without_work(course, prompt, instructor, ada, status):
    give_feedback(
        prompt, ada, by=instructor, levels={}, words="", record=GradeRecord(status=status)
    )

    assert state(course, instructor, ada) == ("not_released", status, None, 8)


def test_other_points_count_instead_of_levels(course, post, instructor, ada):
    factories.make_grading(
        post, instructor, level=3, override_hundredths=750, override_reason="Agreed."
    )

    assert state(course, instructor, ada)[2] == Decimal("7.5")


def test_a_released_grade_counts_by_its_own_rubric(course, post, prompt, instructor, ada):
    factories.make_grading(post, instructor, level=4, released_at=timezone.now())
    prompt.rubric = factories.make_rubric(course, "Other", criteria=["One"])
    prompt.save()

    assert state(course, instructor, ada) == ("released", "graded", 8, 8)


def test_second_gradings_that_differ(course, post, instructor, assistant, ada):
    factories.make_grading(post, instructor, level=3)
    factories.make_grading(post, assistant, level=2, of_record=False)

    assert cells_of(course, instructor, ada).post.state == "differs"


def test_whoever_is_to_grade_unseen_sees_no_grade(course, post, prompt, instructor, assistant, ada):
    first = factories.make_grading(post, instructor, level=3)
    draw = SecondGradingDraw.objects.create(prompt=prompt, seed=1, drawn_by=instructor)
    SecondGrading.objects.create(draw=draw, first=first, grader=assistant)

    assert state(course, assistant, ada) == ("hidden", "", None, 8)
    assert state(course, instructor, ada) == ("not_released", "graded", 6, 8)


def test_a_post_that_all_grade_first_is_hidden_until_ones_own(
    course, post, prompt, instructor, assistant, ada
):
    factories.make_grading(post, instructor, level=3)
    factories.make_calibration(prompt, post, by=instructor)

    assert state(course, assistant, ada)[0] == "hidden"
    factories.make_grading(post, assistant, level=3, of_record=False)
    assert state(course, assistant, ada)[0] == "not_released"


def test_the_grade_of_comments_is_beside_that_of_the_post(course, post, prompt, instructor, ada):
    factories.make_grading(post, instructor, level=3)
    Grading.objects.create(
        prompt=prompt,
        student=ada,
        grader=instructor,
        kind=Kind.COMMENTS,
        of_record=True,
        override_hundredths=200,
        override_reason="Read.",
    )

    cells = cells_of(course, instructor, ada)

    assert (cells.post.points, cells.comments.state, cells.comments.points) == (
        6,
        "not_released",
        2,
    )


def test_a_grade_of_comments_with_one_level_of_two_is_in_progress(course, rubric, instructor, ada):
    prompt = factories.make_prompt(course, comments_rubric=rubric)
    first, *others = rubric.criteria.all()
    give_feedback(
        prompt,
        ada,
        by=instructor,
        kind=Kind.COMMENTS,
        levels={first: first.levels.last()},
        words="",
    )

    assert others
    assert cells_of(course, instructor, ada).comments.state == "in_progress"


def test_the_sum_leaves_out_who_is_excused_and_counts_who_did_not_submit(
    course, rubric, instructor, ada
):
    statuses = [Status.GRADED, Status.EXCUSED, Status.NOT_SUBMITTED]
    for status in statuses:
        prompt = factories.make_prompt(course, rubric=rubric)
        post = factories.make_post(ada, course, prompt=prompt)
        level = 3 if status == Status.GRADED else None
        factories.make_grading(post, instructor, level=level, status=status)

    [row] = gradebook(course, instructor).rows

    assert row.so_far == (6, 16)
    assert row.posts_on_time == 3


def test_a_post_within_its_authors_extension_is_on_time(course, prompt, instructor, ada, bob):
    close_posts(prompt)
    factories.make_extension(prompt, ada, instructor, days=1)
    for author in (ada, bob):
        factories.make_post(author, course, prompt=prompt, at=timezone.now())

    on_time = {row.member.user: row.posts_on_time for row in gradebook(course, instructor).rows}

    assert on_time == {ada: 1, bob: 0}
    assert lateness(cells_of(course, instructor, ada)) == ""
    assert lateness(cells_of(course, instructor, bob)) != ""


def test_a_planned_grade_counts_by_the_rubric_of_its_release(course, post, prompt, instructor, ada):
    factories.make_grading(post, instructor, level=4, released_at=timezone.now() + HOUR)
    prompt.rubric = factories.make_rubric(course, "Other", criteria=["One"])
    prompt.save()

    assert state(course, instructor, ada) == ("not_released", "graded", 8, 8)


def test_a_planned_grade_of_comments_counts_by_the_rubric_of_its_release(
    course, rubric, prompt, instructor, ada
):
    prompt.comments_rubric = rubric
    prompt.save()
    planned = {"released_at": timezone.now() + HOUR, "released_rubric": rubric}
    factories.make_comments_grading(prompt, ada, instructor, level=4, **planned)
    prompt.comments_rubric = factories.make_rubric(course, "Other", criteria=["One"])
    prompt.save()

    cell = cells_of(course, instructor, ada).comments

    assert (cell.state, cell.points, cell.highest_points) == ("not_released", 8, 8)
    assert cell.counted == (8, 8)


def test_comments_are_counted_by_the_people_they_are_for(
    course, post, prompt, instructor, ada, bob
):
    other = factories.make_user("Cyn")
    factories.add_member(course, other)
    for author in (bob, other):
        factories.make_post(author, course, prompt=prompt)
    posts = [course.posts.get(author=author) for author in (bob, other)]
    factories.make_comment(ada, posts[0])
    factories.make_comment(ada, posts[0])
    factories.make_comment(ada, posts[1], at=prompt.comments_due_at + HOUR)
    factories.make_comment(bob, post)
    factories.make_comment(ada, post)

    shares = {row.member.user_id: row.participation for row in gradebook(course, instructor).rows}
    share = shares[ada.pk]

    assert (share.written, share.peers, share.peers_on_time, share.received) == (3, 2, 1, 1)
    assert shares[bob.pk].received == 2


@pytest.mark.parametrize("students", [1, 3])
@pytest.mark.parametrize("prompts", [1, 3])
def test_queries_do_not_grow(
    django_assert_num_queries, course, rubric, instructor, assistant, students, prompts
):
    people = [factories.make_user() for _ in range(students)]
    for person in people:
        factories.add_member(course, person, pod=factories.make_pod(course))
    for _ in range(prompts):
        prompt = factories.make_prompt(course, rubric=rubric)
        for person in people:
            post = factories.make_post(person, course, prompt=prompt)
            factories.make_comment(people[0], post)
            factories.make_grading(post, instructor, level=3)
            factories.make_grading(post, assistant, level=2, of_record=False)
    assert instructor.memberships_now

    with django_assert_num_queries(QUERIES):
        book = gradebook(course, instructor)
        gradebook_page(book, GradebookFilter(query="x"))

    assert len(book.rows) == students
    assert {len(row.cells) for row in book.rows} == {prompts}


def test_the_filter_finds_by_name_group_and_state(course, post, prompt, instructor, ada, bob):
    pod = factories.make_pod(course, "Alder", ada)
    book = gradebook(course, instructor)

    def names(**chosen):
        page = gradebook_page(book, GradebookFilter(**chosen))
        return [shown.row.member.user.display_name for shown in page.rows]

    assert names(query="ADA stu") == ["Ada Student"]
    assert names(pod=str(pod.pk)) == ["Ada Student"]
    assert names(pod="none") == ["Bob Student"]
    assert names(section="none") == ["Ada Student", "Bob Student"]
    assert names(state="to_read") == ["Ada Student"]
    assert names(state="to_read", prompt="7") == []


def test_the_next_post_is_the_one_that_waited_longest(course, post, prompt, instructor, ada, bob):
    factories.make_post(bob, course, prompt=prompt, at=timezone.now() - HOUR)

    assert gradebook(course, instructor).next_place.item.member.user == bob


def test_a_late_post_is_not_on_time_where_late_posts_are_accepted(course, instructor, ada):
    due = timezone.now() - timedelta(hours=6)
    prompt = factories.make_prompt(course, due_at=due, late_posts="accept")
    factories.make_post(ada, course, prompt=prompt, at=timezone.now())
    rule = ParticipationRule.objects.create(
        course=course, post_hundredths=50, comment_hundredths=0, most_people=2
    )

    [row] = gradebook(course, instructor).rows
    [adopted] = adoption_rows(prompt, rule, instructor)

    assert row.posts_on_time == 0
    assert not adopted.has_post
