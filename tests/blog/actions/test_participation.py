"""Participation grades: made by the rule of a course, never by default, and taken back."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from blog.actions.grading import GradeRecord, give_feedback
from blog.actions.participation import adopt_grades, save_participation_rule, undo_adoption
from blog.exceptions import Refused, StaleVersion, Taken
from blog.models import (
    AuditEvent,
    Grading,
    GradingEvent,
    ParticipationRule,
    Post,
)
from blog.models.participation import Worth
from blog.models.point_limits import highest_points_for
from blog.queries.adoption import adoption_rows
from blog.queries.gradebook import gradebook
from tests import factories

HOUR = timedelta(hours=1)


@pytest.fixture
def prompt(course):
    """Return a prompt whose dates are over."""
    now = timezone.now()
    return factories.make_prompt(
        course, opens_at=now - 9 * HOUR, due_at=now - 6 * HOUR, comments_due_at=now - 3 * HOUR
    )


@pytest.fixture
def rule(course):
    return ParticipationRule.objects.create(
        course=course, comment_hundredths=150, most_people=2, post_hundredths=50
    )


@pytest.fixture
def posts(course, prompt, ada, bob):
    """Return a post each of Ada, late, and of Bob and two others, on time."""
    others = [factories.make_user(name) for name in ("Cyn", "Dan")]
    for person in others:
        factories.add_member(course, person)
    late = factories.make_post(ada, course, prompt=prompt, at=timezone.now())
    at = timezone.now() - 7 * HOUR
    return [
        late,
        *(factories.make_post(one, course, prompt=prompt, at=at) for one in (bob, *others)),
    ]


def rows_of(prompt, rule, reader):
    return {
        row.member.user.display_name: (row.people, row.has_post, row.hundredths, row.is_offered)
        for row in adoption_rows(prompt, rule, reader)
    }


def tokens(prompt, rule, reader, *names):
    rows = adoption_rows(prompt, rule, reader)
    return [row.token for row in rows if not names or row.member.user.display_name in names]


def test_each_person_counts_once_up_to_the_most_and_only_on_time(
    prompt, rule, posts, instructor, ada, bob
):
    on_time = timezone.now() - 4 * HOUR
    late, *others = posts
    for post in (others[0], others[0], others[1], others[2]):
        factories.make_comment(ada, post, at=on_time)
    factories.make_comment(bob, late, at=on_time)
    factories.make_comment(bob, others[1], at=timezone.now())

    assert rows_of(prompt, rule, instructor) == {
        "Ada Student": (3, False, 300, True),
        "Bob Student": (1, True, 200, True),
        "Cyn": (0, True, 50, True),
        "Dan": (0, True, 50, True),
    }


def test_a_post_within_its_authors_extension_is_on_time(prompt, rule, posts, instructor, ada, bob):
    assert rows_of(prompt, rule, instructor)["Ada Student"] == (0, False, 0, False)

    factories.make_extension(prompt, ada, instructor, days=2)
    factories.make_extension(prompt, bob, instructor, until=prompt.opens_at)

    rows = rows_of(prompt, rule, instructor)
    assert rows["Ada Student"] == (0, True, 50, True)
    assert rows["Bob Student"] == (0, True, 50, True)


def test_points_stay_when_the_author_of_a_post_withdraws_it(prompt, rule, posts, instructor, ada):
    factories.make_comment(ada, posts[1], at=timezone.now() - 4 * HOUR)
    before = rows_of(prompt, rule, instructor)["Ada Student"]

    Post.objects.filter(pk=posts[1].pk).update(status=Post.Status.WITHDRAWN)

    assert rows_of(prompt, rule, instructor)["Ada Student"] == before
    assert before[0] == 1


def test_comments_received_never_count(prompt, rule, posts, instructor, ada):
    rule.post_hundredths = 0
    before = rows_of(prompt, rule, instructor)["Ada Student"]
    for post in posts[1:]:
        factories.make_comment(post.author, posts[0], at=timezone.now() - 4 * HOUR)

    assert rows_of(prompt, rule, instructor)["Ada Student"] == before == (0, False, 0, False)


def test_a_rule_has_nothing_but_comments_people_and_posts():
    names = {field.name for field in Worth._meta.get_fields()}

    assert names == {"comment_hundredths", "most_people", "post_hundredths"}


def test_no_grade_follows_from_the_rule_itself(course, prompt, posts, instructor):
    rule = ParticipationRule(course=course, comment_hundredths=100)
    save_participation_rule(rule, by=instructor)

    assert not Grading.objects.exists()
    assert AuditEvent.objects.filter(action="participation_rule_saved").exists()


def test_adopting_makes_unreleased_grades_of_record_with_their_origin(
    prompt, rule, posts, instructor, ada
):
    factories.make_comment(ada, posts[1], at=timezone.now() - 4 * HOUR)

    adopt_grades(prompt, rule, by=instructor, shown=tokens(prompt, rule, instructor, "Ada Student"))

    [grading] = Grading.objects.all()
    assert (grading.student, grading.kind, grading.of_record) == (ada, "comments", True)
    assert (grading.override_points, grading.released_at) == (Decimal("1.5"), None)
    assert grading.override_reason == "=participation 1"
    assert grading.reason == "You commented on the post of 1 person on time."
    [event] = grading.events.all()
    assert (event.kind, event.actor) == (GradingEvent.Kind.ADOPTED, instructor)
    assert event.changes["override_hundredths"] == [None, 150]


def test_a_grade_by_a_grader_stays(prompt, rule, posts, instructor, assistant, bob):
    theirs = Grading.objects.create(
        prompt=prompt,
        student=bob,
        grader=assistant,
        kind="comments",
        of_record=True,
        text="Read with care.",
        html="<p>Read with care.</p>",
    )

    adoption = adopt_grades(prompt, rule, by=instructor, shown=tokens(prompt, rule, instructor))

    assert theirs.pk not in dict(adoption.gradings)
    assert list(Grading.objects.filter(student=bob)) == [theirs]


def test_the_grade_of_the_post_is_not_touched(prompt, rule, posts, instructor, bob):
    of_post = factories.make_grading(posts[1], instructor)

    adopt_grades(prompt, rule, by=instructor, shown=tokens(prompt, rule, instructor))

    of_post.refresh_from_db()
    assert (of_post.version, of_post.of_record) == (1, True)
    assert Grading.objects.filter(student=bob).count() == 2


def test_whose_points_changed_since_gets_no_grade(prompt, rule, posts, instructor, ada, bob):
    shown = tokens(prompt, rule, instructor)
    factories.make_comment(bob, posts[0], at=timezone.now() - 4 * HOUR)

    adopt_grades(prompt, rule, by=instructor, shown=shown)

    assert not Grading.objects.filter(student=bob).exists()
    assert Grading.objects.count() == 3


def test_nobody_chosen_is_refused(prompt, rule, posts, instructor):
    with pytest.raises(Refused, match="No grades created"):
        adopt_grades(prompt, rule, by=instructor, shown=[])


def test_comments_that_can_still_be_on_time_are_refused(prompt, rule, posts, instructor):
    prompt.comments_due_at = timezone.now() + HOUR
    prompt.save()

    with pytest.raises(Refused, match="can still be written on time"):
        adopt_grades(prompt, rule, by=instructor, shown=tokens(prompt, rule, instructor))


def test_taking_back_deletes_what_nobody_touched(prompt, rule, posts, instructor, ada, bob):
    adoption = adopt_grades(prompt, rule, by=instructor, shown=tokens(prompt, rule, instructor))
    released = Grading.objects.get(student=ada)
    released.release(timezone.now())
    GradingEvent.of(released, by=instructor, kind="released").save()
    changed = Grading.objects.get(student=bob)
    Grading.objects.filter(pk=changed.pk).update(version=2)

    stays = undo_adoption(adoption, by=instructor)

    assert stays == 2
    assert set(Grading.objects.all()) == {released, changed}
    assert undo_adoption(adoption, by=instructor) == 0


def test_a_released_grade_keeps_its_rule_when_the_others_are_undone(
    prompt, rule, posts, instructor, ada
):
    adoption = adopt_grades(prompt, rule, by=instructor, shown=tokens(prompt, rule, instructor))
    released = Grading.objects.get(student=ada)
    released.release(timezone.now())
    undo_adoption(adoption, by=instructor)

    [row] = [row for row in gradebook(prompt.course, instructor).rows if row.member.user == ada]

    assert row.cells[0].comments.highest_points == adoption.highest_points
    assert highest_points_for(prompt, "comments", released) == adoption.highest_points


def test_another_grade_counts_instead_of_one_that_is_taken_back(
    prompt, rule, posts, instructor, assistant, bob
):
    adoption = adopt_grades(prompt, rule, by=instructor, shown=tokens(prompt, rule, instructor))
    other = give_feedback(prompt, bob, by=assistant, kind="comments", levels={}, words="Well said.")

    undo_adoption(adoption, by=instructor)

    assert list(Grading.objects.of_record()) == [other]
    removed = AuditEvent.objects.filter(action="feedback_removed", data__student=bob.pk).get()
    assert removed.data["kind"] == "comments"
    assert removed.data["override_hundredths"] > 0


def test_two_rules_at_once_are_one(course, rule, instructor):
    second = ParticipationRule(course=course, comment_hundredths=100)

    with pytest.raises(Taken):
        save_participation_rule(second, by=instructor)


def test_a_rule_that_was_saved_since_is_not_overwritten(rule, instructor):
    stale = ParticipationRule.objects.get()
    save_participation_rule(rule, by=instructor)

    with pytest.raises(StaleVersion):
        save_participation_rule(stale, by=instructor)


@pytest.mark.parametrize("students", [1, 3])
def test_queries_do_not_grow(course, prompt, rule, instructor, students, django_assert_num_queries):
    for _ in range(students):
        person = factories.make_user()
        factories.add_member(course, person)
        factories.make_post(person, course, prompt=prompt)
    assert instructor.memberships_now

    with django_assert_num_queries(4):
        assert len(adoption_rows(prompt, rule, instructor)) == students


def test_an_adopted_grade_can_be_saved_on(prompt, rule, posts, instructor, bob):
    """A grade of the post on the desk goes its own way beside it."""
    adopt_grades(prompt, rule, by=instructor, shown=tokens(prompt, rule, instructor))

    give_feedback(
        prompt,
        bob,
        by=instructor,
        levels={},
        words="",
        record=GradeRecord(status=Grading.Status.EXCUSED),
    )

    kinds = Grading.objects.filter(student=bob).values_list("kind", "status")
    assert set(kinds) == {("comments", "graded"), ("post", "excused")}
