from datetime import timedelta

import pytest
from django.utils import timezone

from network import ties
from network.metrics.units import UnitsOfDay
from network.queries.class_units import read_units, state_of_units
from network.ties.pairs import classes_on
from tests import factories


@pytest.fixture
def asking(course):
    """Return a prompt that asks for one comment, by two days from now."""
    return factories.make_prompt(
        course, comments_min=1, comments_due_at=timezone.now() + timedelta(days=9)
    )


def people_of(units):
    return sorted((one.source, one.target, one.events) for one in units)


def test_units_of_a_day_are_summed(course, ada, bob):
    post, other = factories.make_post(ada, course), factories.make_post(ada, course, "Another")
    day = course.today()
    for place in (post, post, other):
        factories.make_comment(bob, place)

    expected = [UnitsOfDay(bob.pk, ada.pk, day, units=2, events=3)]

    assert read_units(course) == expected
    assert read_units(course, without_required=True) == expected


def test_required_comments_are_the_first_up_to_the_number_asked(course, ada, bob, asking):
    post = factories.make_post(ada, course, prompt=asking)
    free = factories.make_post(ada, course, "Free")
    for place in (post, post, free):
        factories.make_comment(bob, place)

    [left] = read_units(course, without_required=True)

    assert (left.source, left.target, left.events) == (bob.pk, ada.pk, 2)


def test_comments_after_the_date_are_not_required(course, ada, bob, asking):
    post = factories.make_post(ada, course, prompt=asking)
    factories.make_comment(bob, post, at=asking.comments_due_at + timedelta(minutes=2))

    assert len(read_units(course, without_required=True)) == 1


def test_comments_of_the_team_and_on_ones_own_post_are_not_required(
    course, ada, bob, instructor, asking
):
    post = factories.make_post(ada, course, prompt=asking)
    theirs = factories.make_comment(instructor, post)
    factories.make_comment(ada, post, parent=theirs)

    left = people_of(read_units(course, without_required=True))

    assert left == sorted([(instructor.pk, ada.pk, 1), (ada.pk, instructor.pk, 1)])


def test_the_state_changes_with_every_unit(course, ada, bob, instructor):
    post = factories.make_post(ada, course)
    seen = [state_of_units(course)]
    first = factories.make_comment(bob, post)
    seen.append(state_of_units(course))
    factories.make_comment(bob, post)
    seen.append(state_of_units(course))
    other = factories.make_comment(instructor, post)
    seen.append(state_of_units(course))
    for comment in (first, other):
        comment.delete()
    ties.rebuild(course)
    seen.append(state_of_units(course))

    assert len(set(seen)) == len(seen)


def test_classes_are_those_of_the_ties(course, ada, bob, instructor):
    for days in (1, 4, 9, 20):
        at = timezone.now() - timedelta(days=days)
        for one, other in ((ada, bob), (bob, ada), (instructor, ada)):
            factories.make_comment(one, factories.make_post(other, course, at=at), at=at)

    for days in (0, 5, 25):
        day = course.today() - timedelta(days=days)
        found = classes_on(ties.clock_of(course), read_units(course), day)
        assert found == {
            (pair.one, pair.other): pair.tie_class for pair in ties.pairs_of(course, day)
        }
