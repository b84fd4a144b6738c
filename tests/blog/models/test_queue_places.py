"""Numbers on the grading desk: drawn once for each student and prompt."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError

from blog.models import Membership, QueuePlace, draw_queue_places
from tests import factories


def places(**conditions):
    return dict(QueuePlace.objects.filter(**conditions).values_list("student", "number"))


def test_each_student_has_a_number_for_each_prompt(course, prompt, ada, bob, instructor):
    other = factories.make_prompt(course)

    for one in (prompt, other):
        drawn = places(prompt=one)
        assert set(drawn) == {ada.pk, bob.pk}
        assert len(set(drawn.values())) == 2
        assert all(1 <= number <= 99 for number in drawn.values())


def test_numbers_stay_when_somebody_joins_or_leaves(course, prompt, ada, bob):
    before = places()
    cleo = factories.make_user()

    membership = factories.add_member(course, cleo)
    Membership.objects.filter(user=bob).update(ended_at=membership.joined_at)

    after = places()
    assert before.items() < after.items()
    assert set(after) == {ada.pk, bob.pk, cleo.pk}


def test_whoever_becomes_a_student_gets_numbers(course, prompt, observer):
    membership = observer.memberships.get()
    assert observer.pk not in places()

    membership.role = Membership.Role.STUDENT
    membership.save()

    assert observer.pk in places(prompt=prompt)


def test_a_large_course_draws_from_more_numbers(course, prompt):
    people = [factories.make_user().pk for _ in range(60)]

    draw_queue_places([prompt], people)

    drawn = places(prompt=prompt)
    assert len(set(drawn.values())) == len(drawn) == 60
    assert max(drawn.values()) <= 120


@pytest.mark.parametrize("same", ["student", "number"])
def test_a_number_is_one_students_and_a_student_has_one(course, prompt, ada, bob, same):
    place = QueuePlace.objects.get(student=ada)
    fields = {"student": factories.make_user(), "number": 98, same: getattr(place, same)}

    with pytest.raises(IntegrityError):
        QueuePlace.objects.create(prompt=prompt, **fields)


def test_the_migration_gives_numbers_to_all_who_have_none(course, prompt, ada, bob, instructor):
    graded = factories.make_grading(factories.make_post(ada, course, prompt=prompt), instructor)
    Membership.objects.filter(user=ada).update(role=Membership.Role.ASSISTANT)
    kept = QueuePlace.objects.get(student=bob)
    QueuePlace.objects.exclude(pk=kept.pk).delete()
    migration = import_module("blog.migrations.0046_students_have_numbers_on_the_grading_desk")

    migration.draw(apps, None)

    drawn = places(prompt=prompt)
    assert set(drawn) == {graded.student_id, bob.pk}
    assert drawn[bob.pk] == kept.number
