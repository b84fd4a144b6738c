"""A real course for teachers, 442 people and 2,529 replies: its network pages answer."""

import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import Count

from blog.models import Course, Membership, User, notice_version
from network.metrics import structure, units
from network.queries.class_figures import ClassRecord

EVERY = 8
# What is counted of it is counted by the same lines on every database.
ELSEWHERE = pytest.mark.slow if connection.vendor == "sqlite" else pytest.mark.long


def load(real_data):
    call_command(
        "load_events",
        real_data / "ties" / "dlt1_events.csv",
        course="dlt1",
        staff="444,445",
        verbosity=0,
    )
    User.objects.update(notice_version=notice_version())  # whoever signs in has accepted it


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.django_db
def test_network_pages_of_a_real_course_answer(client, real_data):
    """From those who wrote nothing to those who wrote most, every eighth."""
    load(real_data)
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


@ELSEWHERE
@pytest.mark.slow
@pytest.mark.django_db
def test_class_network_of_a_real_course_shows_its_figures(client, real_data):
    """With the two facilitators set apart, as they were for the figures in its literature."""
    load(real_data)
    staff = Membership.objects.filter(course__slug="dlt1").instructors().first()
    client.force_login(staff.user)

    response = client.get("/c/dlt1/network/class/")

    text = re.sub(r"\s+", " ", response.content.decode())
    assert "181 of 440 students have no comment by a classmate yet." in text
    assert "72 of 440 have no tie to a classmate" in text
    assert (
        "Of 2443 comments, 30.0 % are to the teaching team, 5.9 % by the team, and 64.5 % from "
        "student to student." in text
    )
    figure = response.context["figure"]
    assert (figure.kind, len(figure.nodes), len(figure.student_rows)) == ("dots", 440, 440)
    record = ClassRecord(Course.objects.get(slug="dlt1"))
    assert round(structure.reciprocity(units.arcs_of(record.units)), 3) == 0.219
    told = sum(len(peers) for row in figure.student_rows for _, peers in row.ties)
    assert told == 2 * len(figure.lines)
