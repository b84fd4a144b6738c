"""Limits of mails to one mailbox, and the message for one too many."""

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from blog.web.allauth_adapter import MAILS_AN_HOUR
from tests import factories

TAGS = ["", "+a", "+b", "+c"]


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()
    yield
    cache.clear()


def reset(email, client=None):
    return (client or Client()).post(reverse("account_reset_password"), {"email": email})


def sign_up(email):
    fields = {"display_name": "Mina", "password1": "five quiet herons wade", "email": email}
    return Client().post(reverse("account_signup"), fields)


@pytest.mark.parametrize(
    ("ask", "name", "page"),
    [
        (reset, "ada", "/accounts/password/reset/done/"),
        (reset, "nobody", "/accounts/password/reset/done/"),
        (sign_up, "mina", "/accounts/confirm-email/"),
    ],
)
def test_a_mailbox_gets_few_and_every_page_says_the_same(ada, ask, name, page):
    emails = [f"{name}{TAGS[n % len(TAGS)]}@example.edu" for n in range(4 * MAILS_AN_HOUR)]

    answers = {ask(email).url for email in emails}

    assert answers == {page}
    kinds = {m.subject for m in mail.outbox}
    assert all(sum(m.subject == kind for m in mail.outbox) <= MAILS_AN_HOUR for kind in kinds)


def test_strangers_use_up_nothing_of_a_browser_that_has_signed_in(ada):
    own = Client()
    own.post("/accounts/login/", {"login": ada.email, "password": factories.PASSWORD})
    own.post("/accounts/logout/")
    for _each in range(2 * MAILS_AN_HOUR):
        reset(ada.email)
    mail.outbox.clear()

    reset(ada.email, own)

    assert [m.to for m in mail.outbox] == [[ada.email]]


def test_nor_of_another_mailbox(ada, bob):
    for _each in range(2 * MAILS_AN_HOUR):
        reset(ada.email)
    mail.outbox.clear()

    reset(bob.email)

    assert [m.to for m in mail.outbox] == [[bob.email]]
