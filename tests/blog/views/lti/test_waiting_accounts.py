"""An email that anybody could have typed in an LMS connects nobody but its owner.

``lms`` sends somebody who has chosen the email of Vera, who is no member of anything yet.
"""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from blog.actions.accounts import confirm_email
from blog.lti.names import CLAIM
from blog.models import Membership, PlatformAccount, PlatformMember, User
from tests import factories, university
from tests.blog.views.lti.test_launches import accept_notice, words
from tests.lms import INSTRUCTOR
from tests.university import settings_for

pytestmark = pytest.mark.django_db
EMAIL = "vera@example.edu"


@pytest.fixture
def platform(lms):
    cache.clear()  # so many mails to one mailbox
    return lms.register(trusts_email=False)


@pytest.fixture
def vera():
    """Return the browser of the owner of the email."""
    return Client()


def send(lms, browser, **changes):
    return lms.launch(browser, email=EMAIL, name="Sam", **changes)


def link(to, part):
    """Return the path of the last link with a part that a mailbox got."""
    texts = [one.body for one in mail.outbox if one.to == [to]]
    return [
        path for text in texts for path in re.findall(r"https?://[^/]+(/\S+)", text) if part in path
    ][-1]


def confirm(browser):
    return browser.post(link(EMAIL, "/confirm-email/"))


def choose_password(browser):
    browser.post("/accounts/password/reset/", {"email": EMAIL})
    form = browser.get(link(EMAIL, "/password/reset/key/"))["Location"]
    chosen = {"password1": "five quiet herons wade", "password2": "five quiet herons wade"}
    return browser.post(form, chosen)


def person_of(browser):
    key = browser.session.get("_auth_user_id")
    return User.objects.get(pk=key) if key else None


def nothing_is_left_of_it():
    """Return whether the LMS has left no way in, and no trace in a course, on the account."""
    owner = User.objects.get(email=EMAIL)
    return not (
        owner.platform_accounts.proven().exists()
        or Membership.objects.filter(user=owner).exists()
        or PlatformMember.objects.filter(user=owner).exists()
    )


def test_link_that_is_opened_in_the_same_browser_connects(client, lms, connected, course):
    send(lms, client)
    assert (person_of(client), Membership.objects.filter(user__email=EMAIL).count()) == (None, 0)

    answer = confirm(client)

    person = User.objects.get(email=EMAIL)
    assert person_of(client) == person
    accept_notice(person)
    assert client.get(answer["Location"])["Location"] == f"/c/{course.slug}/"
    assert Membership.objects.get(user=person).role == "student"
    assert send(lms, Client())["Location"] == f"/c/{course.slug}/"


def test_teacher_who_opens_the_link_in_the_same_browser_is_one(client, lms, connected, course):
    send(lms, client, **{f"{CLAIM}roles": [INSTRUCTOR]})

    confirm(client)

    assert Membership.objects.get(user__email=EMAIL).role == "instructor"


def test_link_that_is_opened_elsewhere_connects_nobody(client, vera, lms, connected):
    send(lms, client)

    confirm(vera)
    answer = send(lms, client)

    assert User.objects.get(email=EMAIL).has_confirmed_email
    assert nothing_is_left_of_it()
    assert (answer.status_code, person_of(client)) == (200, None)


def test_new_password_of_the_owner_connects_nobody(client, vera, lms, connected):
    send(lms, client)

    choose_password(vera)
    confirm(vera)
    send(lms, client)

    assert nothing_is_left_of_it()
    assert person_of(client) is None


def test_sign_in_at_the_institution_connects_nobody(client, vera, lms, connected, settings):
    with university.running() as uni:
        for name, value in settings_for(uni.address, trusts_email=True).items():
            setattr(settings, name, value)
        send(lms, client)
        uni.says(name="Vera", email=EMAIL, email_verified=True)

        cache.clear()  # the mailbox has got a link just now
        uni.sign_in(vera)
        confirm(vera)
        send(lms, client)

    owner = User.objects.get(email=EMAIL)
    assert (person_of(vera), owner.has_confirmed_email) == (owner, True)
    assert nothing_is_left_of_it()
    assert person_of(client) is None


def test_email_that_staff_confirm_connects_nobody(client, lms, connected):
    send(lms, client)

    root = factories.make_user("Root", is_staff=True, is_superuser=True)
    confirm_email(User.objects.get(email=EMAIL), by=root)
    send(lms, client)

    assert nothing_is_left_of_it()
    assert person_of(client) is None


def test_account_that_waits_is_sent_its_link_again(client, lms, connected):
    send(lms, client)
    cache.clear()  # some minutes later
    send(lms, client)

    assert [one.to for one in mail.outbox] == [[EMAIL]] * 2
    assert PlatformAccount.objects.filter(is_waiting=True).count() == 1


def test_owner_connects_what_the_mail_did_not(client, vera, lms, connected, course):
    """As Vera, who opens the link on her phone and comes from the LMS on a computer."""
    send(lms, client)
    confirm(vera)
    address = re.search(r"/lti/connect/[^/\"]+/", send(lms, client).content.decode())[0]
    owner = User.objects.get(email=EMAIL)
    accept_notice(owner)
    client.force_login(owner)

    page, answer = client.get(address), client.post(address)

    assert "Connect your account with Campus LMS?" in words(page)
    assert answer["Location"] == f"/c/{course.slug}/"
    assert [one.is_waiting for one in owner.platform_accounts.all()] == [False]


def test_page_that_asks_to_check_the_email_says_where_it_is_from(client, lms, connected):
    """Also the one of an account that is known there, and has an email that waits."""
    said = "This is the address that Campus LMS has for you. If it is wrong, change it there,"
    assert said in words(send(lms, client))
    PlatformAccount.objects.update(is_waiting=False)

    answer = send(lms, client)
    page = words(client.get(answer["Location"]))

    assert "check your email" in page
    assert said in page
    assert "Sign up again" not in page


def test_who_signs_up_here_may_have_a_typo_in_their_email(client, lms, connected):
    send(lms, client)
    form = {"email": "vera@exmaple.edu", "display_name": "Vera"}
    chosen = {"password1": "five quiet herons wade", "password2": "five quiet herons wade"}

    page = words(client.post("/accounts/signup/", form | chosen, follow=True))

    assert "Sign up again" in page
    assert "Campus LMS" not in page
