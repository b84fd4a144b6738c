"""Help for people who are stuck: staff confirm emails and appoint instructors."""

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from blog.actions.courses import appoint_instructor
from blog.exceptions import NotAllowed
from blog.models import AuditEvent
from tests import factories
from tests.blog.admin.support import grant, list_url


@pytest.fixture
def office(clerk):
    client = Client()
    client.force_login(clerk)
    return client


def do(client, action, *people):
    form = {"action": action, "_selected_action": [person.pk for person in people]}
    return client.post(list_url("blog_user"), form, follow=True)


def unconfirmed(name, **fields):
    user = factories.make_user(name, **fields)
    user.emailaddress_set.update(verified=False)
    return user


def sign_in(user):
    client = Client()
    client.post(reverse("account_login"), {"login": user.email, "password": factories.PASSWORD})
    return "_auth_user_id" in client.session


def test_staff_confirm_an_email_and_its_owner_signs_in(office, clerk):
    stuck = unconfirmed("Sam Stuck")
    assert not sign_in(stuck)

    do(office, "confirm_emails", stuck)

    assert sign_in(stuck)
    event = AuditEvent.objects.get(action="email_confirmed")
    assert (event.actor, event.target) == (clerk, f"user:{stuck.pk}")


def test_an_account_without_an_address_gets_one(office):
    stuck = factories.make_user("Sam Stuck")
    stuck.emailaddress_set.all().delete()

    do(office, "confirm_emails", stuck)

    assert stuck.emailaddress_set.values_list("email", "primary", "verified").get() == (
        stuck.email,
        True,
        True,
    )


@pytest.mark.parametrize("action", ["confirm_emails", "send_confirmations_again"])
def test_staff_confirm_neither_their_own_email_nor_that_of_staff(office, clerk, root, action):
    root.emailaddress_set.update(verified=False)

    answer = do(office, action, clerk, root)

    assert "You cannot change your own account" in answer.content.decode()
    assert not root.emailaddress_set.get().verified
    assert mail.outbox == []


def test_staff_send_the_confirmation_again_and_not_to_whom_it_is_confirmed(office, ada, clerk):
    stuck = unconfirmed("Sam Stuck")

    answer = do(office, "send_confirmations_again", stuck, ada)

    assert [message.to for message in mail.outbox] == [[stuck.email]]
    assert "confirm-email" in mail.outbox[0].body
    assert "This email is already confirmed." in answer.content.decode()
    event = AuditEvent.objects.get(action="confirmation_sent_again")
    assert (event.actor, event.target) == (clerk, f"user:{stuck.pk}")


def test_a_confirmation_that_cannot_be_sent_is_not_said_to_be_sent(office, monkeypatch):
    stuck = unconfirmed("Sam Stuck")

    def fail(*args, **kwargs):
        raise OSError

    monkeypatch.setattr("django.core.mail.message.EmailMessage.send", fail)
    page = do(office, "send_confirmations_again", stuck).content.decode()

    assert "We could not send the email." in page
    assert "The link is sent" not in page


def appoint(client, course, email):
    form = {"action": "appoint_instructor", "_selected_action": [course.pk], "person": email}
    return client.post(list_url("blog_course"), form, follow=True).content.decode()


@pytest.fixture
def registry(clerk, office):
    """Return staff who may also look at courses."""
    grant(clerk, "view_user", "change_user", "view_course")
    return office


@pytest.mark.parametrize("who", ["eve", "ada", "observer", "gone"])
def test_staff_appoint_an_instructor(registry, clerk, course, eve, ada, observer, who):
    person = {"eve": eve, "ada": ada, "observer": observer}.get(who)
    if person is None:
        person = factories.make_user("Gus Gone")
        factories.add_member(course, person, ended_at=timezone.now())

    page = appoint(registry, course, f" {person.email.upper()}")

    assert "is an instructor of Learning in networks now." in page
    assert list(course.memberships.filter(user=person).values_list("role", "ended_at")) == [
        ("instructor", None)
    ]
    event = AuditEvent.objects.get(action="instructor_appointed")
    assert (event.actor, event.course) == (clerk, course)


def test_nobody_appoints_themselves(registry, clerk, course):
    with pytest.raises(NotAllowed):
        appoint_instructor(course, clerk, by=clerk)

    assert "nobody can appoint themselves" in appoint(registry, course, clerk.email)
    assert not course.memberships.filter(user=clerk).exists()


def test_an_email_that_nobody_has_is_said(registry, course):
    assert "Nobody has the email “x@example.org”." in appoint(registry, course, "x@example.org")


def test_who_may_not_change_people_appoints_nobody(course, ada):
    client = Client()
    looker = factories.make_user("Lou Looker", is_staff=True)
    grant(looker, "view_course")
    client.force_login(looker)

    appoint(client, course, ada.email)

    assert course.memberships.get(user=ada).role == "student"


def test_groups_are_for_superusers(office, clerk, site):
    rights = Permission.objects.filter(content_type__app_label="auth")
    clerk.user_permissions.add(*rights)

    assert office.get(reverse("admin:auth_group_changelist")).status_code == 403
    assert office.post(reverse("admin:auth_group_add"), {"name": "Mine"}).status_code == 403
    assert site.get(reverse("admin:auth_group_changelist")).status_code == 200


@pytest.mark.parametrize("email", ["root@example.edu", "Rosa.Root@Example.EDU"])
def test_the_first_superuser_signs_in_at_once(client, db, monkeypatch, email):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", factories.PASSWORD)
    call_command("createsuperuser", interactive=False, email=email, display_name="Rosa Root")

    for typed in (email, email.lower()):
        answer = client.post(
            reverse("account_login"), {"login": typed, "password": factories.PASSWORD}
        )
        assert answer.url == "/"
        client.logout()
