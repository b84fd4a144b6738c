"""A real course for teachers, 442 people and 2,529 replies: each of its network pages answers."""

import pytest
from django.core.management import call_command

from blog.models import Membership


@pytest.mark.slow
@pytest.mark.django_db
def test_every_network_page_of_a_real_course_answers(client, real_data):
    call_command(
        "load_events",
        real_data / "ties" / "dlt1_events.csv",
        course="dlt1",
        staff="444,445",
        verbosity=0,
    )
    members = Membership.objects.filter(course__slug="dlt1").select_related("user")

    statuses = {}
    for member in members:
        client.force_login(member.user)
        response = client.get("/c/dlt1/network/")
        statuses[member.user.username] = (
            response.status_code,
            # A table row for each tie, or the way to a first one.
            b"Your network starts with one comment" in response.content
            or len(response.context["ties"]) > 0,
        )

    assert statuses == dict.fromkeys((m.user.username for m in members), (200, True))
    assert len(statuses) == 442
