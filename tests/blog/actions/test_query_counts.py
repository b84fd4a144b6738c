"""Actions on many rows at once take as many queries as on few, inside one transaction."""

import pytest
from django.utils import timezone

from blog.actions.releases import release_prompt
from blog.actions.rubrics import announce_new_words
from blog.models import Grading, OutboxMessage
from tests import factories

COUNTS = pytest.mark.parametrize("count", [1, 3])


def make_gradings(course, grader, count, **fields):
    """Make complete grades of so many students for one prompt; return its rubric's prompt."""
    prompt = factories.make_prompt(course, rubric=factories.make_rubric(course))
    for _each in range(count):
        student = factories.make_user()
        factories.add_member(course, student)
        post = factories.make_post(student, course, prompt=prompt)
        factories.make_grading(post, grader, level=3, **fields)
    return prompt


@COUNTS
def test_release_prompt(course, instructor, count, django_assert_num_queries):
    prompt = make_gradings(course, instructor, count)
    instructor.memberships_now  # noqa: B018

    with django_assert_num_queries(8):
        release_prompt(prompt, by=instructor)

    assert Grading.objects.released().filter(released_rubric=prompt.rubric).count() == count
    assert OutboxMessage.objects.filter(template="feedback_released").count() == count


@COUNTS
def test_announce_new_words(course, instructor, count, django_assert_num_queries):
    prompt = make_gradings(course, instructor, count, released_at=timezone.now())
    criteria = list(prompt.rubric.criteria.all())
    instructor.memberships_now  # noqa: B018

    with django_assert_num_queries(8):
        announce_new_words(
            prompt.rubric, by=instructor, criteria=criteria, levels=[], expected_count=count
        )

    assert Grading.objects.exclude(edited_at=None).count() == count
    assert OutboxMessage.objects.filter(template="feedback_edited").count() == count


def test_an_edit_that_waits_to_be_mailed_is_mailed_once(course, instructor):
    prompt = make_gradings(course, instructor, 3, released_at=timezone.now())
    criteria = list(prompt.rubric.criteria.all())
    first, _second, left = Grading.objects.order_by("pk")
    left.student.memberships.update(ended_at=timezone.now())
    sent = OutboxMessage.objects.create(
        recipient=first.student, key=f"edited:{first.pk}:x", template="feedback_edited", attempts=1
    )

    for _each in range(2):
        announce_new_words(
            prompt.rubric, by=instructor, criteria=criteria, levels=[], expected_count=3
        )

    mails = OutboxMessage.objects.exclude(pk=sent.pk).order_by("key")
    assert [mail.recipient for mail in mails] == [one.student for one in Grading.objects.all()[:2]]


@pytest.mark.parametrize("role", [*factories.Role, None])
@pytest.mark.parametrize("fields", [{}, {"of_record": False}, {"released_at": None}])
def test_the_rule_for_all_students_is_the_rule_for_each(course, instructor, role, fields):
    fields = {"released_at": timezone.now()} | fields
    if not fields.get("of_record", True):
        fields["released_at"] = None
    make_gradings(course, instructor, 1, **fields)
    student = Grading.objects.get().student
    if role is None:
        student.memberships.update(ended_at=timezone.now())
    else:
        student.memberships.update(role=role)
    own = Grading.objects.filter(of_record=True, released_at__lte=timezone.now())

    assert set(Grading.objects.visible_to_their_students()) == set(own.visible_to(student))
