from datetime import UTC, datetime, timedelta

from django.utils import timezone


def test_security_txt_says_whom_to_tell(client, db, settings):
    settings.SECURITY_CONTACT = "mailto:security@example.edu"
    settings.SITE_URL = "https://pln.example.edu"
    settings.LANGUAGES = [("en", "English"), ("ar", "العربية")]

    answer = client.get("/.well-known/security.txt")

    fields = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    expires = datetime.strptime(fields.pop("Expires"), "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert fields == {
        "Contact": "mailto:security@example.edu",
        "Preferred-Languages": "en, ar",
        "Canonical": "https://pln.example.edu/.well-known/security.txt",
    }
    assert timedelta(days=90) < expires - timezone.now() < timedelta(days=365)
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Cache-Control"] == "public, max-age=86400"


def test_a_site_without_a_contact_has_no_such_file(client, db, settings):
    settings.SECURITY_CONTACT = ""

    assert client.get("/.well-known/security.txt").status_code == 404
