"""A real course for teachers, 442 people and 2,529 replies: its network pages answer."""

import pytest
from django.core.management import call_command
from django.db.models import Count

from blog.models import Membership

EVERY = 8


@pytest.mark.slow
@pytest.mark.django_db
def test_network_pages_of_a_real_course_answer(client, real_data):
    """From those who wrote nothing to those who wrote most, every eighth."""
    call_command(
        "load_events",
        real_data / "ties" / "dlt1_events.csv",
        course="dlt1",
        staff="444,445",
        verbosity=0,
    )
    members = Membership.objects.filter(course__slug="dlt1").select_related("user")
    assert len(members) == 442
    written = members.annotate(written=Count("user__comments")).order_by("-written", "pk")

    statuses = {}
    for member in written[::EVERY]:
        client.force_login(member.user)
        response = client.get("/c/dlt1/network/")
        statuses[member.user.username] = (
            response.status_code,
            # A table row for each tie, or the way to a first one.
            b"Your network starts with one comment" in response.content
            or len(response.context["ties"]) > 0,
        )

    assert set(statuses.values()) == {(200, True)}
    assert len(statuses) == 56
