"""Keys in the list of an LMS: they name people in that course of that LMS, as they stand there."""

import pytest
from django.test import Client
from django.urls import reverse

from blog.models import Membership, PlatformAccount, StudentIdentifier
from tests import factories
from tests.lms import running_lms

pytestmark = pytest.mark.django_db


@pytest.fixture
def listed(client, lms, connected, instructor):
    """Return what the preview of a list says: its state, the member, how, and the changes."""

    def listed(*people):
        client.force_login(instructor)
        lms.members = [{"roles": ["Learner"], **person} for person in people]
        address = reverse("connected_course_roster", args=[connected.course.slug, connected.pk])
        preview = client.post(address, follow=True).context["preview"]
        return [
            (row.state, row.member and row.member.user, row.found_by, row.problem, row.changes)
            for row in preview.rows
        ]

    return listed


def launched(lms, person, subject):
    """Let somebody come in from an LMS, with the key that it has for them."""
    PlatformAccount.objects.create(issuer=lms.url, subject=subject, user=person)
    lms.launch(Client(), sub=subject)


def test_key_of_another_lms_is_somebody_else(listed, connected, ada, course, instructor):
    """Moodle and Blackboard count people from 1 on: each has a fifth one."""
    nia = {"user_id": "5", "name": "Nia New", "family_name": "New", "email": "nia@example.edu"}
    with running_lms() as other:
        factories.make_platform_course(
            course, instructor, other.register(name="Other LMS"), context_id="context-1"
        )
        launched(other, ada, "5")

        [row] = listed(nia)

    assert row[:3] == ("new", None, "")


def test_keys_of_two_lmss_stand_side_by_side(listed, lms, connected, ada, course, instructor):
    launched(lms, ada, "s-a")
    with running_lms() as other:
        factories.make_platform_course(
            course, instructor, other.register(name="Other LMS"), context_id="context-1"
        )
        launched(other, ada, "5")

        [row] = listed({"user_id": "s-a"})

    assert row == ("known", ada, "number", "", {})


def test_keys_of_an_lms_are_compared_as_they_stand(listed, lms, connected, ada, bob):
    """Letters are not one in another case, and zeros count, in what an LMS makes up itself."""
    launched(lms, ada, "a0")
    launched(lms, bob, "A0")

    rows = listed({"user_id": "A0"}, {"user_id": "a0"}, {"user_id": "0a0"})

    assert rows[:2] == [("known", bob, "number", "", {}), ("known", ada, "number", "", {})]
    assert rows[2][1] is None


def test_key_in_a_list_is_nobodys_number(listed, client, lms, connected, ada, course):
    """Launches alone say whose it is: adding the list keeps none, nor for who is invited."""
    new = {"name": "Nia New", "email": "nia@example.edu"}
    [known, invited] = listed({"user_id": "s-a", "email": ada.email}, {"user_id": "s-n", **new})

    imported = course.roster_imports.get()
    client.post(reverse("roster_import_add", args=[course.slug, imported.pk]))

    assert (known[1], known[4]) == (ada, {})
    assert invited[4] == {"listed_name": "Nia New"}
    assert course.invitations.get().identifiers == {}
    assert not StudentIdentifier.objects.exists()
    assert Membership.objects.in_course(course).filter(user=ada).exists()


def test_list_of_a_course_that_was_disconnected_finds_nobody_by_key(
    listed, client, lms, connected, ada, course
):
    launched(lms, ada, "s-a")
    [row] = listed({"user_id": "s-a"})
    connected.delete()

    page = client.get(reverse("roster_import", args=[course.slug, course.roster_imports.get().pk]))

    assert row[1] == ada
    assert [one.member for one in page.context["preview"].rows] == [None]
