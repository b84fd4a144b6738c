"""T10: nobody learns from an answer whether an email has an account; only its mailbox does."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
KNOWN, UNKNOWN = "known.person@example.edu", "other.person@example.edu"
VARIES = re.compile(r'value="[^"]*"|other\.person|known\.person|nonce-\S+')

FORMS = {
    "login": ("/accounts/login/", "login", {"password": "not the password at all"}),
    "reset": ("/accounts/password/reset/", "email", {}),
    "sign-up": (
        "/accounts/signup/",
        "email",
        {"display_name": "Nia New", "password1": "seven grey stones sing"},
    ),
}


def answers(path, field, fields, email):
    """Return what a browser without an account gets for an email, and after it: what can differ."""
    cache.clear()
    client = Client()
    answer = client.post(path, {field: email} | fields)
    seen = [answer]
    if answer.status_code == 302:
        seen.append(client.get(answer.url))
    return [
        (
            one.status_code,
            one.get("Location", ""),
            sorted(name for name in one.headers if name != "Content-Length"),
            sorted(one.cookies),
            VARIES.sub("", one.content.decode()),
        )
        for one in seen
    ]


@pytest.mark.figure
@pytest.mark.parametrize("form", FORMS)
def test_known_and_unknown_emails_get_the_same_answer(figure, form):
    factories.make_user("Known Person", email=KNOWN)

    known = answers(*FORMS[form], KNOWN)
    mails = [(one.to, one.subject) for one in mail.outbox]
    mail.outbox.clear()
    unknown = answers(*FORMS[form], UNKNOWN)

    assert known == unknown
    # A mail to the address that was typed, each time or never; what it says is for its mailbox.
    assert [to for to, _subject in mails] == [[KNOWN]] * len(mail.outbox)
    assert [one.to for one in mail.outbox] == [[UNKNOWN]] * len(mails)
    figure(
        "No answer tells whether an email has an account",
        "{forms} forms, {answers} answers compared",
        forms=1,
        answers=len(known),
    )


def test_the_link_is_sent_again_to_whoever_waits_for_it_in_the_same_words():
    factories.make_user("Known Person", email=KNOWN)
    said = []
    for email in (KNOWN, UNKNOWN):
        cache.clear()
        client = Client()
        client.post("/accounts/signup/", {"email": email} | FORMS["sign-up"][2])
        page = client.get("/accounts/confirm-email/")
        said.append((page.status_code, VARIES.sub("", page.content.decode())))

    assert said[0] == said[1]


def test_an_invitation_says_the_same_to_people_with_and_without_an_account(course, instructor):
    factories.make_user("Known Person", email=KNOWN)
    pages = []
    for email in (KNOWN, UNKNOWN):
        invitation = factories.make_invitation(course, instructor, email)
        page = Client().get(invitation.path)
        words = VARIES.sub("", page.content.decode()).replace(invitation.path, "")
        pages.append((page.status_code, sorted(page.headers), words))

    assert pages[0] == pages[1]
