"""An invitation is corrected before it is used."""

import pytest

from blog.models import Invitation, OutboxMessage
from tests import factories


@pytest.fixture
def invitation(course, instructor):
    return factories.make_invitation(course, instructor, "nia@exmaple.edu", name="Nia New")


@pytest.fixture
def address(client, invitation, instructor):
    client.force_login(instructor)
    return f"/c/networks/roster/invitations/{invitation.pk}/"


def change(client, address, **fields):
    was = client.get(address).context["form"].initial
    return client.post(address, was | fields)


def test_another_email_gets_a_new_link_and_the_old_one_stops(client, address, invitation):
    old = invitation.path

    answer = change(client, address, email="Nia@Example.edu")

    assert answer.url == "/c/networks/roster/"
    invitation.refresh_from_db()
    assert (invitation.email, invitation.name, invitation.sendings) == (
        "nia@example.edu",
        "Nia New",
        2,
    )
    assert OutboxMessage.objects.get().email == "nia@example.edu"
    client.logout()
    assert client.get(old).status_code == 404
    assert client.get(invitation.path).status_code == 200


def test_another_name_sends_nothing(client, address, invitation):
    change(client, address, name="Nia Newman")

    invitation.refresh_from_db()
    assert (invitation.name, invitation.sendings) == ("Nia Newman", 1)
    assert not OutboxMessage.objects.exists()


@pytest.mark.parametrize(
    ("email", "said"),
    [
        ("ada", "is already in the course"),
        ("ola@example.edu", "is already invited"),
        ("no email", "Enter a valid email address"),
    ],
)
def test_an_email_that_cannot_be_is_refused_at_its_field(
    client, address, course, instructor, ada, email, said
):
    factories.make_invitation(course, instructor, "ola@example.edu")

    answer = change(client, address, email=ada.email.upper() if email == "ada" else email)

    assert answer.status_code == 422
    assert said in str(answer.context["form"].errors["email"])
    assert Invitation.objects.filter(email="nia@exmaple.edu").exists()


def test_a_change_by_somebody_else_is_seen(client, address, invitation):
    was = client.get(address).context["form"].initial
    Invitation.objects.filter(pk=invitation.pk).update(sendings=2)

    answer = client.post(address, was | {"email": "nia@example.edu"})

    assert answer.status_code == 409
    assert "while this page was open" in answer.content.decode()


def test_what_was_used_is_not_changed(client, address, invitation, course, ada):
    invitation.accepted_at = invitation.sent_at
    invitation.membership = course.memberships.get(user=ada)
    invitation.save()

    assert client.get(address).status_code == 404


def test_what_was_sent_too_often_keeps_its_email(client, address, invitation):
    Invitation.objects.update(sendings=6)

    answer = change(client, address, email="nia@example.edu")

    assert answer.status_code == 422
    assert "sent too often" in answer.content.decode()


def test_the_roster_leads_there(client, address):
    assert f'href="{address}"' in client.get("/c/networks/roster/").content.decode()
