"""What lines without a trace say of an error: its kind, codes and place, and never its words."""

import ast
import errno
import sqlite3
from pathlib import Path
from smtplib import SMTPResponseException

import pytest
from django.db import OperationalError
from django.urls import reverse

from blog.models import OutboxMessage, queue_mail
from blog.tasks import send_due_mail
from blog.web.logs import told
from tests import factories

ROOT = Path(__file__).resolve().parents[3]
SECRET = "quince-marmalade"  # no @, which is hidden everywhere
LEVELS = {"debug", "info", "warning", "error", "exception", "critical"}
# Those with words of our own alone: of the client that fetches, and one of allauth's three.
OURS = [
    "blog/tasks/guest_comments.py",
    "blog/tasks/verification.py",
    "blog/web/university_login.py",
]


def fail(*args, **kwargs):
    raise ValueError(f"Header values may not contain linefeed: {SECRET}")


def logged_errors(tree: ast.AST):
    """Yield the calls of a logger that have an error itself among their values."""
    for node in ast.walk(tree):
        is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if is_call and node.func.attr in LEVELS and ast.unparse(node.func.value) == "logger":
            values = {ast.unparse(value) for value in node.args[1:]}
            if values & {"error", "exception", "exc", "str(error)", "repr(error)"}:
                yield node


def test_no_line_has_an_error_among_its_values():
    paths = [
        path for room in ("blog", "network", "plnsite") for path in (ROOT / room).rglob("*.py")
    ]

    found = [path for path in paths for _call in logged_errors(ast.parse(path.read_text()))]

    assert sorted(str(path.relative_to(ROOT)) for path in found) == OURS


def test_the_kind_the_codes_and_the_place_are_told():
    try:
        try:
            raise OSError(errno.ENOSPC, SECRET)
        except OSError as cause:
            raise SMTPResponseException(451, SECRET.encode()) from cause
    except SMTPResponseException as error:
        words = told(error)

    first, second = words.split(", from ")
    assert first.startswith("smtplib.SMTPResponseException 451 at tests/blog/web/test_told_errors")
    assert second.startswith("builtins.OSError 28 at tests/blog/web/")
    assert SECRET not in words
    assert told(OSError()) == "builtins.OSError"


@pytest.mark.django_db
def test_a_mail_that_cannot_be_made_is_told_without_its_words(ada, monkeypatch, caplog):
    queue_mail(ada, "feedback_released", key="k", course="C", prompt="P", address="https://x.test/")
    OutboxMessage.objects.update(due_at="2026-01-01T12:00Z")
    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", fail)

    send_due_mail()

    [line] = [record.getMessage() for record in caplog.records if record.name == "blog.tasks.mail"]
    assert line.startswith(f"Mail {OutboxMessage.objects.get().pk} was not sent: builtins.ValueErr")
    assert SECRET not in caplog.text


@pytest.mark.django_db
def test_a_store_that_cannot_be_used_is_told_without_its_words(
    client, ada, course, monkeypatch, caplog
):
    def no_room(*args, **kwargs):
        cause = sqlite3.OperationalError(SECRET)
        cause.sqlite_errorcode, cause.sqlite_errorname = sqlite3.SQLITE_FULL, "SQLITE_FULL"
        raise OperationalError(f'COPY blog_user, line 1: "{SECRET}"') from cause

    client.force_login(ada)
    post = factories.make_post(ada, course)
    monkeypatch.setattr("blog.views.comments.comment.add_comment", no_room)

    answer = client.post(
        reverse("comment_new", args=[course.slug, post.slug]),
        {"text": "x", "audience": 30, "key": "5b8bd5f8-7d4c-4c29-9c0a-0d4ee6aa0d51"},
    )

    assert answer.status_code == 503
    [line] = [record.getMessage() for record in caplog.records if record.name == "blog.web.errors"]
    assert "SQLITE_FULL" in line
    assert SECRET not in line
