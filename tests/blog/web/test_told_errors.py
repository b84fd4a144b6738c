"""Lines about an error without a trace: its kind, codes and place, and never its words."""

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
LEVELS = {"debug", "info", "warning", "warn", "error", "exception", "critical", "fatal", "log"}
# Where an answer from elsewhere, a form or an error has words of its own.
WORDS = {"headers", "document", "body", "content", "text", "reason", "message", "strerror", "POST"}
# What says nothing of an error but its kind or number.
SAFE = ("told(", "type(", "len(")
NUMBERS = {"status", "errno", "pk"}
# Those with words of our own alone: of the client that fetches, and one of allauth's three.
OURS = [
    "blog/tasks/guest_comments.py",
    "blog/tasks/verification.py",
    "blog/web/university_login.py",
]


def fail(*args, **kwargs):
    raise ValueError(f"Header values may not contain linefeed: {SECRET}")


def logged_errors(tree: ast.AST):
    """Yield the calls of a logger that could repeat words of an error or of somebody else.

    An error is what an ``except`` has caught, under whatever name, what is made of it, and what
    comes by the name of one.
    """
    caught = {n.name for n in ast.walk(tree) if isinstance(n, ast.ExceptHandler) and n.name}
    errors = {"error", "exception", "exc"} | caught
    for node in ast.walk(tree):
        is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if is_call and node.func.attr in LEVELS and "log" in ast.unparse(node.func.value).lower():
            values = [*node.args, *(keyword.value for keyword in node.keywords)]
            if any(repeats_words(value, errors) for value in values):
                yield node


def repeats_words(value: ast.AST, errors: set[str]) -> bool:
    if ast.unparse(value).startswith(SAFE):
        return False
    if isinstance(value, ast.Attribute) and value.attr in NUMBERS:
        return False
    inside = list(ast.walk(value))
    names = {one.id for one in inside if isinstance(one, ast.Name)}
    return bool(names & errors) or any(
        isinstance(one, ast.Attribute) and one.attr in WORDS for one in inside
    )


@pytest.mark.parametrize(
    "line",
    [
        "logger.warning('No: %s', oops)",
        "logger.warning(f'No: {oops}')",
        "logger.warning('No: ' + str(oops))",
        "logger.warning(oops)",
        "logger.log(30, 'No: %s', repr(oops))",
        "logger.warning('No: %s', oops.args[0])",
        "logger.warning('No: %s', exc)",
        "logging.getLogger('x').warning('No: %s', oops)",
        "logger.info('No: %s', answer.headers.get('x-help', ''))",
        "logger.info('No', extra={'why': answer.document})",
    ],
)
def test_each_way_to_repeat_words_is_seen(line):
    tree = ast.parse(f"try:\n    pass\nexcept ValueError as oops:\n    {line}")

    assert len(list(logged_errors(tree))) == 1


@pytest.mark.parametrize(
    "line",
    [
        "logger.warning('No: %s', told(oops))",
        "logger.warning('No: %s', oops.status)",
        "logger.exception('No')",
        "logger.warning('No: %s', type(oops).__name__)",
    ],
)
def test_what_says_nothing_of_it_is_let_pass(line):
    tree = ast.parse(f"try:\n    pass\nexcept ValueError as oops:\n    {line}")

    assert not list(logged_errors(tree))


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
