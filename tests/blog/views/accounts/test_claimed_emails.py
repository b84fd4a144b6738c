"""Nobody loses the way in because somebody else has asked to change to their email."""

import re

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.core import mail
from django.core.cache import cache
from django.test import Client

from blog.models import AuditEvent, User
from blog.queries.platform_accounts import email_is_taken
from tests import factories, university
from tests.submitted import fields_of
from tests.university import settings_for

pytestmark = pytest.mark.django_db
WANTED = "dora@example.edu"
PASSWORD = "five quiet herons wade"


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


@pytest.fixture
def claimed(bob):
    """Return Bob, after a request to change to Dora's email, on the page where one does."""
    client = Client()
    client.force_login(bob)
    client.post("/accounts/email/", {"action_add": "", "email": WANTED})
    mail.outbox.clear()
    cache.clear()  # a mailbox gets one link in some minutes
    return bob


def pending_of(person):
    return list(person.emailaddress_set.filter(verified=False).values_list("email", flat=True))


def sign_up(client):
    fields = fields_of(client.get("/accounts/signup/"), "password1")
    chosen = {"email": WANTED, "password1": PASSWORD, "display_name": "Dora Diaz"}
    return client.post("/accounts/signup/", fields | chosen)


def link_in(message):
    return re.search(r"https?://[^/\s]+(/\S+)", message.body)[1]


def test_asking_is_on_record(claimed):
    events = AuditEvent.objects.filter(action="email_change_asked")

    assert [(event.actor, event.data) for event in events] == [(claimed, {})]


def test_its_owner_signs_up_and_ends_it(claimed):
    visitor = Client()

    assert sign_up(visitor).url == "/accounts/confirm-email/"

    (sent,) = mail.outbox
    assert sent.to == [WANTED]
    assert pending_of(claimed) == [WANTED]  # until somebody shows whose it is
    visitor.post(link_in(sent))
    dora = User.objects.get(email=WANTED)
    assert visitor.session["_auth_user_id"] == str(dora.pk)
    assert (dora.display_name, dora.confirmed_emails) == ("Dora Diaz", {WANTED})
    assert pending_of(claimed) == []


def test_whoever_signed_up_gets_a_link_for_a_new_password(claimed):
    sign_up(Client())
    mail.outbox.clear()

    Client().post("/accounts/password/reset/", {"email": WANTED})

    (sent,) = mail.outbox
    visitor = Client()
    visitor.post(visitor.get(link_in(sent)).url, {"password1": "seven loud geese swim"})
    assert User.objects.get(email=WANTED).check_password("seven loud geese swim")
    claimed.refresh_from_db()
    assert claimed.check_password(factories.PASSWORD)


def test_a_link_of_the_one_who_asked_changes_nothing_of_whoever_signed_up(claimed):
    sign_up(Client())
    address = claimed.emailaddress_set.get(email=WANTED)

    answer = Client().post(f"/accounts/confirm-email/{EmailConfirmationHMAC(address).key}/")

    assert answer.status_code in (200, 302)
    claimed.refresh_from_db()
    assert claimed.email != WANTED
    assert not EmailAddress.objects.filter(email=WANTED, verified=True).exists()
    assert User.objects.get(email=WANTED).display_name == "Dora Diaz"


def test_an_email_that_is_somebodys_still_counts(claimed, ada):
    ada.emailaddress_set.update(verified=False)

    assert email_is_taken(ada.email)
    assert email_is_taken(claimed.email.upper())
    assert not email_is_taken(WANTED)


def test_whoever_opened_an_invitation_is_in_at_once(client, claimed, course, instructor):
    invitation = factories.make_invitation(course, instructor, WANTED)
    opened = client.post(f"{invitation.path}sign-up/")
    fields = fields_of(client.get(opened.url), "password1")

    client.post("/accounts/signup/", fields | {"password1": PASSWORD, "display_name": "Dora"})

    dora = User.objects.get(email=WANTED)
    assert client.session["_auth_user_id"] == str(dora.pk)
    assert dora.has_confirmed_email
    assert pending_of(claimed) == []


@pytest.fixture(scope="module")
def running():
    with university.running() as one:
        yield one


@pytest.mark.parametrize("trusts_email", [True, False])
@pytest.mark.parametrize("is_verified", [True, False])
def test_its_owner_comes_in_by_the_institution(
    running, client, claimed, settings, trusts_email, is_verified
):
    for name, value in settings_for(running.address, trusts_email=trusts_email).items():
        setattr(settings, name, value)
    running.says("d-1", name="Dora Diaz", email=WANTED, email_verified=is_verified)

    answer = running.sign_in(client, "d-1")
    if not is_verified:
        assert answer.url == "/accounts/university/signup/"
        client.post(answer.url, fields_of(client.get(answer.url), "display_name"))

    dora = User.objects.get(email=WANTED)
    assert dora.display_name == "Dora Diaz"
    if is_verified:
        assert client.session["_auth_user_id"] == str(dora.pk)
        assert dora.has_confirmed_email
        assert pending_of(claimed) == []
    else:
        assert [(sent.to, sent.subject) for sent in mail.outbox] == [
            ([WANTED], "Confirm your email to finish your account")
        ]
        assert pending_of(claimed) == [WANTED]
    assert dora.socialaccount_set.get().uid == "d-1"


def test_who_signed_up_and_confirmed_nothing_is_found_beside_a_claim(
    running, client, claimed, settings
):
    for name, value in settings_for(running.address, trusts_email=True).items():
        setattr(settings, name, value)
    sign_up(Client())
    dora = User.objects.get(email=WANTED)
    running.says("d-2", name="Dora D.", email=WANTED, email_verified=True)

    running.sign_in(client, "d-2")

    assert dora.socialaccount_set.exists()
    assert not claimed.socialaccount_set.exists()
