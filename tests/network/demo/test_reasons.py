"""The reasons that the demo course gives, each computed again from plain rows."""

import pytest
from django.core.management import call_command
from django.db import transaction

from blog.models import Course, User
from network.discovery import Reason
from network.queries.ego_network import load_ego_network
from network.queries.offered_posts import offer_of
from tests.network.plain_rows import Rows

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(scope="module")
def course(django_db_setup, django_db_blocker):
    """Load the course once for this module; every test rolls back to it, the last one all of it."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("demo", "--force", verbosity=0)
        yield Course.objects.get()
        transaction.set_rollback(True)


@pytest.fixture
def students(course):
    return User.objects.filter(memberships__course=course, memberships__role="student")


def test_every_reason_for_a_post_in_the_demo_course_is_true_of_its_rows(course, students):
    rows = Rows(course)

    offered = [(one, reader) for reader in students for one in offer_of(reader, course).posts]

    assert len(offered) > len(students)
    assert {one.reason for one, _ in offered} >= {Reason.WORK, Reason.CITED_TOGETHER, Reason.CHANCE}
    assert [
        (str(one.post), one.reason)
        for one, reader in offered
        if not rows.is_true_of_offer(one, reader)
    ] == []


def test_every_reason_of_the_networks_in_the_demo_course_is_true_of_its_rows(course, students):
    rows = Rows(course)
    networks = [(reader, load_ego_network(reader, course)) for reader in students]

    build = [(one, reader) for reader, network in networks for one in network.get("build", [])]
    quiet = [(one, reader) for reader, network in networks for one in network.get("maintain", [])]
    contacts = [
        (tie, post, reader)
        for reader, network in networks
        for tie, post in network.get("activate", [])
    ]

    assert len(build) > len(students)
    assert quiet
    assert contacts
    assert [one for one, reader in build if not rows.is_true_of_person(one, reader)] == []
    assert [one for one, reader in quiet if not rows.is_true_of_quiet(one, reader)] == []
    assert [row for row in contacts if not rows.is_true_of_contact(*row)] == []
