"""Files that attack, at every form that takes a file, and line breaks in addresses and mails."""

import time

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from blog.models import OutboxMessage
from blog.tasks import send_due_mail
from tests.leaks.world import plant
from tests.security.test_forms_of_others import forms, world  # noqa: F401 - fixtures
from tests.typed_fields import fill
from tests.written import undone

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

SECONDS = 10  # of CPU: nobody waits longer for an answer
SOME_OR_ALL = pytest.mark.parametrize(
    "each", [pytest.param(25, id="some"), pytest.param(1, id="all", marks=pytest.mark.long)]
)
# What nobody types into a field of one line, and a program may send.
BREAKS = [
    "Ada\r\nBcc: eve@example.edu",
    "Ada\nSubject: Another",
    "Ada\r\n\r\n<script>alert(1)</script>",
    "Ada\u2028Bcc: eve@example.edu",
    "Ada\x85Bcc: eve@example.edu",
    "\u202eadA",
    "=?utf-8?q?Ada=0ABcc:_eve?=",
    "<script>alert(1)</script>",
    "Ada, Eve <eve@example.edu>",
    'Ada" <eve@example.edu>',
]


def files_of(folder):
    """Return every file of the collections, whatever it is."""
    return [
        path for path in sorted(folder.rglob("*")) if path.is_file() and path.stat().st_size < 10**7
    ]


@pytest.mark.figure
@SOME_OR_ALL
def test_no_file_breaks_a_form_that_takes_one(world, forms, real_data, figure, each):  # noqa: F811
    taking = [form for form in forms if form.files]
    client, sent, wrong = world.client("instructor"), 0, []

    for path in files_of(real_data)[::each]:
        data = path.read_bytes()
        cache.clear()  # which has the limits of what somebody may send
        for form in taking:
            files = {name: SimpleUploadedFile(path.name, data) for name in form.files}
            began = time.process_time()
            with undone():
                status = client.post(form.path, form.fields | files).status_code
            sent += 1
            if status >= 500 or time.process_time() - began > SECONDS:
                wrong.append((form.path, path.name, status, time.process_time() - began))

    assert len(taking) >= 3
    assert wrong == []
    figure("No file breaks a form that takes one", f"{sent} files sent to {len(taking)} forms")


@pytest.mark.figure
def test_no_line_break_in_an_address_becomes_a_header(world, real_data, figure):  # noqa: F811
    addresses = (real_data / "attack-lists/patt-crlf.txt").read_text().splitlines()
    client, wrong = world.client("instructor"), []

    for address in filter(None, addresses):
        for path in (address, f"/accounts/login/?next={address}", f"/c/here/posts/{address}"):
            answer = client.get(path)
            headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
            if answer.status_code >= 500 or "crlf" in answer.cookies or "\nSet-Cookie" in headers:
                wrong.append((path, answer.status_code))

    assert wrong == []
    figure("No line break in an address becomes a header", f"{3 * len(addresses)} addresses")


@pytest.mark.figure
def test_no_word_in_a_mail_becomes_a_header(figure):
    plant()
    fill(BREAKS)
    mail.outbox.clear()
    OutboxMessage.objects.update(sent_at=None, attempts=0, due_at=timezone.now())

    send_due_mail()

    assert OutboxMessage.objects.exclude(last_error="").count() == 0
    assert mail.outbox
    for message in mail.outbox:
        sent = message.message()
        assert len(message.recipients()) == 1
        assert [sent.get_all(name) and len(sent.get_all(name)) for name in ("Subject", "To")] == [
            1,
            1,
        ]
        assert sent["Bcc"] is None
        assert len(str(sent["Subject"]).splitlines()) == 1
        assert message.body.strip()
    figure("No word in a mail becomes a header", f"{len(mail.outbox)} mails")
