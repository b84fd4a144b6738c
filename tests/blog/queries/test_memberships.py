"""Lists of memberships: a person's courses, and the people of a course in groups."""

from datetime import timedelta

from django.utils import timezone

from blog.models import User
from blog.queries.memberships import (
    current_memberships,
    ended_memberships,
    people_in_groups,
    pods_with_members,
)
from tests import factories


def people(memberships):
    return [membership.user for membership in memberships]


def test_memberships_of_a_person_by_state(ada, course, django_assert_num_queries):
    yesterday = timezone.now() - timedelta(days=1)
    over = factories.make_course(
        starts_on=yesterday.date() - timedelta(days=90), ends_on=yesterday.date()
    )
    factories.add_member(over, ada)
    first, last = factories.make_course(), factories.make_course()
    factories.add_member(first, ada, ended_at=yesterday)
    factories.add_member(last, ada, ended_at=timezone.now())
    ada = User.objects.get(pk=ada.pk)

    with django_assert_num_queries(2):
        current, ended = current_memberships(ada), ended_memberships(ada)
        courses = {state: [m.course for m in group] for state, group in current.items()}

    assert courses == {"running": [course], "over": [over]}
    assert [m.course for m in ended] == [last, first]


def test_people_of_a_course_in_groups(
    course, instructor, assistant, observer, ada, bob, django_assert_num_queries
):
    pod = factories.make_pod(course, "Herons", ada)
    gone = factories.make_user("Gone")
    factories.add_member(course, gone, ended_at=timezone.now())

    with django_assert_num_queries(1):
        groups = people_in_groups(course)

    assert [(group, people(members)) for group, members in groups.pop("pods")] == [(pod, [ada])]
    assert {name: people(members) for name, members in groups.items()} == {
        "teaching": [assistant, instructor],
        "others": [bob],
        "observers": [observer],
    }


def test_pods_with_members_are_sorted_by_name(course, ada, bob, django_assert_num_queries):
    wrens = factories.make_pod(course, "Wrens", ada)
    herons = factories.make_pod(course, "Herons", bob)
    factories.make_pod(course, "Empty")

    with django_assert_num_queries(1):
        pods = pods_with_members(course)

    assert [(pod, people(members)) for pod, members in pods] == [(herons, [bob]), (wrens, [ada])]
