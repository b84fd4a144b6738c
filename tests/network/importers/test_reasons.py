"""The reasons that a real course of 440 students gives, each computed again from plain rows.

Its log has no references, so posts and people are offered for the peers that people have, for a
comment that is missing, or by chance.
"""

from datetime import UTC, datetime, time
from random import Random

import pytest
from django.core.management import call_command

from blog.models import Course, User
from network.discovery import Reason
from network.queries.ego_network import load_ego_network
from network.queries.offered_posts import offer_of
from tests.long import few_of
from tests.network.plain_rows import Rows
from tests.written import kept

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# Drawn from 440: each takes a fraction of a second.
READERS = few_of([20, 120], 2)


@pytest.fixture(scope="module")
def course(real_data, django_db_setup, django_db_blocker):
    with kept(django_db_blocker):
        log = real_data / "ties" / "dlt1_events.csv"
        call_command("load_events", log, course="dlt1", staff="444,445", verbosity=0)
        yield Course.objects.get(slug="dlt1")


@pytest.fixture(params=READERS)
def readers(request, course):
    """Return the same students at each run, drawn from all of them."""
    students = User.objects.filter(memberships__course=course, memberships__role="student")
    return Random(440).sample(list(students.order_by("pk")), request.param)


def test_every_reason_for_a_post_in_a_real_course_is_true_of_its_rows(course, readers):
    rows = Rows(course)

    offered = [(one, reader) for reader in readers for one in offer_of(reader, course).posts]

    assert len(offered) > len(readers)
    assert {one.reason for one, _ in offered} >= {Reason.UNANSWERED, Reason.CHANCE}
    assert [
        (str(one.post), one.reason)
        for one, reader in offered
        if not rows.is_true_of_offer(one, reader)
    ] == []


def test_every_reason_of_the_networks_in_a_real_course_is_true_of_its_rows(
    course, readers, monkeypatch
):
    """On the course's last day: a course that is over suggests nothing."""
    last_day = datetime.combine(course.ends_on, time(12), UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: last_day)
    rows = Rows(course)
    networks = [(reader, load_ego_network(reader, course)) for reader in readers]

    build = [(one, reader) for reader, network in networks for one in network["build"]]
    quiet = [(one, reader) for reader, network in networks for one in network["maintain"]]

    assert len(build) > len(readers) / 2
    assert quiet
    assert [one for one, reader in build if not rows.is_true_of_person(one, reader)] == []
    assert [one for one, reader in quiet if not rows.is_true_of_quiet(one, reader)] == []
