"""The page on privacy names who else gets something, by the settings of the site."""

import re

import pytest
from django.urls import reverse

from tests.university import settings_for

UNIVERSITY = "Example University learns when you sign in here"
BUCKET = "A storage service stores pictures"
SENTRY = "A service that collects program errors"


def sign_in_there(settings):
    settings.UNIVERSITY_LOGIN = settings_for("https://login.example.edu")["UNIVERSITY_LOGIN"]


def keep_files_there(settings):
    default = settings.STORAGES["default"] | {"OPTIONS": {"bucket_name": "pln"}}
    settings.STORAGES = settings.STORAGES | {"default": default}


def tell_errors(settings):
    settings.SENTRY_DSN = "https://key@sentry.example.edu/1"


@pytest.mark.parametrize(
    ("switch_on", "words"),
    [(sign_in_there, UNIVERSITY), (keep_files_there, BUCKET), (tell_errors, SENTRY), (None, "")],
)
def test_each_service_is_named_where_the_settings_name_it(client, db, settings, switch_on, words):
    if switch_on:
        switch_on(settings)

    page = client.get(reverse("privacy")).text

    assert [one for one in (UNIVERSITY, BUCKET, SENTRY) if one in page] == [words] * bool(words)
    assert "Nothing else that you write leaves this site" in page


@pytest.mark.parametrize("name", ["privacy", "account_erase"])
@pytest.mark.parametrize(("days", "words"), [(45, "45 days"), (1, "1 day")])
def test_pages_say_how_old_backups_get(client, ada, settings, name, days, words):
    settings.BACKUPS_KEPT_DAYS = days
    client.force_login(ada)

    page = " ".join(client.get(reverse(name)).text.split())

    assert re.search(rf"[Bb]ackups[^.]* for (up to )?{words}\b", page)


def test_it_says_what_is_stored_for_how_long_and_whom_to_write_to(client, db, settings):
    settings.RETENTION_DAYS = settings.RETENTION_DAYS | {"sent_mail": 17, "audit_events": 0}
    settings.PRIVACY_CONTACT = "Privacy office, privacy@example.edu"

    page = " ".join(client.get(reverse("privacy")).text.split())

    assert "What is stored about you" in page
    assert "Sent emails: 17 days" in page
    assert "Records of who did what: not deleted" in page
    assert 'href="mailto:privacy@example.edu"' in page
