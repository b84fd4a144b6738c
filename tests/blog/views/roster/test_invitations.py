"""The link of an invitation: a visitor makes an account or signs in, and joins."""

import logging
import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache

from blog.models import Invitation, Membership, OutboxMessage, User, notice_version
from blog.web.logs import HideTokens
from tests import factories
from tests.submitted import fields_of

SIGNUP = {
    "display_name": "Nia",
    "password1": "quiet herons walk slowly",
    "time_zone": "Europe/Rome",
}


@pytest.fixture(autouse=True)
def _no_earlier_tries(db):
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def invitation(course, instructor):
    return factories.make_invitation(course, instructor, "nia@example.edu", name="Nia New")


def page_of(response):
    return " ".join(response.content.decode().split())


def accept_notice(client):
    """Accept what everybody has to who has just signed up."""
    assert client.get("/me/").url.startswith("/about/notice/")
    client.post("/about/notice/accept/", {"notice": notice_version()})


def sign_up(client, invitation, email):
    to_sign_up = client.post(f"{invitation.path}sign-up/")
    page = page_of(client.get(to_sign_up.url))
    form = SIGNUP | {"email": email, "next": invitation.path}
    return page, client.post("/accounts/signup/", form)


def test_new_account_is_confirmed_by_the_link_and_joins(client, invitation):
    page, signed_up = sign_up(client, invitation, "nia@example.edu")

    assert 'value="nia@example.edu"' in page
    assert signed_up.url == invitation.path
    accept_notice(client)
    joined = client.post(invitation.path)
    assert joined.url == "/c/networks/"
    person = User.objects.get(email="nia@example.edu")
    assert EmailAddress.objects.get(user=person).verified
    assert Membership.objects.get(user=person).listed_name == "Nia New"
    assert mail.outbox == []


def test_link_confirms_no_other_email(client, invitation):
    sign_up(client, invitation, "other@example.edu")

    [address] = EmailAddress.objects.filter(user__email="other@example.edu")
    assert (address.email, address.verified) == ("other@example.edu", False)
    assert not EmailAddress.objects.filter(email="nia@example.edu").exists()


def test_person_with_an_account_joins_with_it(client, invitation, eve):
    client.force_login(eve)
    assert "Join Learning in networks?" in page_of(client.get(invitation.path))

    client.post(invitation.path)

    assert Invitation.objects.get().membership.user == eve
    assert client.get(invitation.path).status_code == 404


def test_a_second_click_leads_where_the_first_one_did(client, invitation, eve, ada):
    client.force_login(eve)
    first = client.post(invitation.path)

    assert client.post(invitation.path).url == first.url == "/c/networks/"
    client.force_login(ada)
    assert client.post(invitation.path).status_code == 404


def test_looking_at_the_link_accepts_nothing(client, invitation, eve):
    client.force_login(eve)

    client.get(invitation.path)

    assert Invitation.objects.open().get() == invitation


@pytest.mark.parametrize("token", ["1-1.x", "nonsense", "1", "١-1.x"])
def test_links_that_nobody_sent_are_not_found(client, course, token):
    response = client.get(f"/join/invitations/{token}/")

    assert response.status_code == 404
    assert "This invitation no longer works" in page_of(response)


def test_log_has_no_link_that_works(client, invitation):
    record = logging.LogRecord("n", 30, "p", 1, "Not Found: %s", (invitation.path,), None)

    HideTokens().filter(record)

    assert record.getMessage() == "Not Found: /join/invitations/…/"


def test_invitation_to_teach_is_not_for_other_emails(client, course, instructor, eve):
    invitation = factories.make_invitation(course, instructor, "ta@example.edu", role="assistant")
    client.force_login(eve)

    assert "This invitation is for ta@example.edu." in page_of(client.get(invitation.path))
    client.post(invitation.path)
    assert eve.membership_in(course) is None


@pytest.mark.parametrize("role", ["instructor", "assistant"])
def test_forwarded_invitation_to_teach_needs_a_mail_to_its_email(client, course, instructor, role):
    student = factories.make_invitation(course, instructor, "nia@example.edu")
    client.post(f"{student.path}sign-up/")
    student.delete()
    invitation = factories.make_invitation(course, instructor, "nia@example.edu", role=role)

    page, signed_up = sign_up(client, invitation, "nia@example.edu")

    assert 'value="nia@example.edu"' in page
    assert "is already confirmed" not in page
    assert signed_up.url == "/accounts/confirm-email/"
    client.post(invitation.path)
    person = User.objects.get(email="nia@example.edu")
    assert person.membership_in(course) is None
    confirmed = re.search(r"https?://[^/]*(/accounts/confirm-email/\S+)", mail.outbox[0].body)[1]
    client.post(confirmed)
    accept_notice(client)
    client.post(invitation.path)
    person = User.objects.get(pk=person.pk)
    assert person.membership_in(course).role == role


def test_invitation_is_sent_again_and_withdrawn(client, course, instructor, invitation):
    client.force_login(instructor)
    first = invitation.path

    client.post(f"/c/networks/roster/invitations/{invitation.pk}/send/")
    assert client.get(first).status_code == 404
    client.post(f"/c/networks/roster/invitations/{invitation.pk}/withdraw/")

    invitation.refresh_from_db()
    assert (invitation.sendings, invitation.is_open) == (2, False)


def test_a_second_click_sends_no_second_invitation(client, course, instructor, invitation):
    client.force_login(instructor)
    address = f"/c/networks/roster/invitations/{invitation.pk}/send/"
    page = client.get("/c/networks/roster/")
    sent = fields_of(page, having="sendings")
    waiting = OutboxMessage.objects.count()

    answers = [client.post(address, sent, follow=True) for _click in range(2)]

    assert answers[0].status_code == answers[1].status_code == 200
    assert OutboxMessage.objects.count() == waiting + 1
    invitation.refresh_from_db()
    assert invitation.sendings == 2
    client.post(address, {"sendings": "2"})
    assert OutboxMessage.objects.count() == waiting + 2


def test_stopped_code_is_refused_in_words(client, course, instructor, eve, ada):
    client.force_login(instructor)
    client.post("/c/networks/roster/joining/stop/")
    client.force_login(eve)

    refused = client.get(f"/join/{course.join_code}/")

    assert refused.status_code == 404
    assert "Joining with this code is turned off." in page_of(refused)
    client.force_login(ada)
    assert client.get(f"/join/{course.join_code}/").url == "/c/networks/"
