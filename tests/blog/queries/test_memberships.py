"""Lists of memberships: a person's courses, and the pods of a course."""

from datetime import timedelta

from django.utils import timezone

from blog.models import User
from blog.queries.memberships import (
    current_memberships,
    ended_memberships,
    members_of_pods,
    pods_in_use,
)
from blog.queries.roster import groups_of
from tests import factories


def people(memberships):
    return [membership.user for membership in memberships]


def test_memberships_of_a_person_by_state(ada, course, django_assert_num_queries):
    yesterday = timezone.now() - timedelta(days=1)
    over = factories.make_course(
        starts_on=yesterday.date() - timedelta(days=90), ends_on=yesterday.date()
    )
    archived = factories.make_course(archived_at=yesterday)
    for left in (over, archived):
        factories.add_member(left, ada)
    first, last = factories.make_course(), factories.make_course()
    factories.add_member(first, ada, ended_at=yesterday)
    factories.add_member(last, ada, ended_at=timezone.now())
    ada = User.objects.get(pk=ada.pk)

    with django_assert_num_queries(2):
        current, ended = current_memberships(ada), ended_memberships(ada)
        courses = {state: [m.course for m in group] for state, group in current.items()}

    assert courses == {"running": [course], "over": [over], "archived": [archived]}
    assert [m.course for m in ended] == [last, first]


def test_groups_are_sorted_as_the_reader_s_language_does_it(course):
    for name in ("zebras", "Night owls", "Éclairs", "Foxes"):
        factories.make_pod(course, name)
        factories.make_section(course, name)

    for groups in groups_of(course):
        assert [one.name for one in groups] == ["Éclairs", "Foxes", "Night owls", "zebras"]


def test_pods_with_members_are_sorted_by_name(course, ada, bob, django_assert_num_queries):
    wrens = factories.make_pod(course, "Wrens", ada)
    herons = factories.make_pod(course, "Herons", bob)
    factories.make_pod(course, "Empty")

    with django_assert_num_queries(2):
        pods = members_of_pods(list(pods_in_use(course)))

    assert [(pod, people(members)) for pod, members in pods] == [(herons, [bob]), (wrens, [ada])]
    with django_assert_num_queries(0):
        assert members_of_pods([]) == []
