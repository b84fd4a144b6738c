"""The backend takes a turn for whatever writes, once, and gives it back however that ends."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from blog.models import Course, Membership, User
from blog.web.outages import is_outage
from plnsite.sqlite.write_queue import Turn
from tests import factories

ROOT = Path(__file__).resolve().parents[3]

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the database is not SQLite"),
]


def is_free():
    """Return whether the next writer can begin."""
    try:
        Turn(connection.file, 0).end()
    except TimeoutError:
        return False
    return True


@pytest.fixture
def user(db):
    return factories.make_user("Ada Student")


@pytest.fixture
def others_turn(user):
    turn = Turn(connection.file, 0)
    yield turn
    turn.end()


def test_a_transaction_has_its_turn_until_the_outermost_block_ends(user):
    with transaction.atomic():
        begun = is_free()
        with transaction.atomic():
            user.save()
        inner_done = is_free()

    assert (begun, inner_done, is_free()) == (False, False, True)


def test_a_transaction_that_fails_gives_its_turn_back(user):
    def fail():
        with transaction.atomic():
            user.save()
            raise LookupError

    with pytest.raises(LookupError):
        fail()

    assert is_free()


def test_an_inner_block_that_fails_keeps_the_turn(user):
    with transaction.atomic():
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.create(username=user.username, email="other@example.edu")
        kept = not is_free()
        user.save()

    assert (kept, is_free()) == (True, True)


def test_a_transaction_that_cannot_be_committed_gives_its_turn_back(user):
    course = factories.make_course("networks", instructor=user)

    with pytest.raises(IntegrityError), transaction.atomic():
        course.memberships.update(user_id=0)  # which is checked at the end

    assert is_free()
    assert Membership.objects.get().user == user


@pytest.mark.parametrize("is_refused", [False, True])
def test_a_statement_outside_a_transaction_has_a_turn_of_its_own(user, is_refused):
    if is_refused:
        with pytest.raises(IntegrityError):
            User.objects.update(email=None)
    else:
        User.objects.update(display_name="Ada")

    assert is_free()


def test_rows_in_one_call_have_a_turn(user):
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE blog_user SET display_name = %s WHERE id = %s", [("A", user.pk), ("B", user.pk)]
        )

    user.refresh_from_db()
    assert (user.display_name, is_free()) == ("B", True)


def test_a_connection_that_is_closed_in_a_transaction_gives_its_turn_back(user):
    with transaction.atomic():
        connection.close()
        assert is_free()


def test_whoever_reads_does_not_wait(others_turn, user):
    assert User.objects.get() == user


def test_a_turn_that_does_not_come_is_an_outage(others_turn, user, monkeypatch):
    monkeypatch.setattr(connection, "timeout", 0)

    with pytest.raises(OperationalError, match="database is locked") as refused:
        User.objects.update(display_name="Ada")

    assert is_outage(refused.value)
    assert not connection.in_atomic_block


def test_a_queue_that_cannot_be_used_is_an_outage(user, monkeypatch):
    monkeypatch.setattr(connection, "file", "/nowhere/database")

    with pytest.raises(OperationalError, match="the queue of writers cannot be used") as refused:
        User.objects.update(display_name="Ada")

    assert is_outage(refused.value)


def test_a_thread_writes_when_the_one_before_it_is_done(user):
    def write():
        try:
            Course.objects.update(title="second")
        finally:
            connection.close()

    factories.make_course("networks", instructor=user)
    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            writing = other.submit(write)
            Course.objects.update(title="first")
            seen = Course.objects.get().title
        writing.result()

    assert (seen, Course.objects.get().title) == ("first", "second")


# Eight processes that each write some rows one by one, as transactions in transactions and alone.
WRITING = """
import os, sys
from django.conf import settings
settings.configure(DATABASES={"default": {
    "ENGINE": "plnsite.sqlite",
    "NAME": sys.argv[1],
    "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL"},
}})
import django
django.setup()
from django.db import connection, transaction
with connection.cursor() as cursor:
    cursor.execute("CREATE TABLE row (writer int, number int)")
connection.close()

def write(writer):
    with connection.cursor() as cursor:
        for number in range(0, 50, 2):
            with transaction.atomic(), transaction.atomic():
                cursor.execute("SELECT count(*) FROM row")
                cursor.execute("INSERT INTO row VALUES (%s, %s)", [writer, number])
            cursor.execute("INSERT INTO row VALUES (%s, %s)", [writer, number + 1])
            if writer == 0 and number == 10:
                transaction.atomic().__enter__()
                cursor.execute("INSERT INTO row VALUES (99, 99)")
                os.kill(os.getpid(), 9)

children = []
for writer in range(9):
    if not (child := os.fork()):
        write(writer)
        os._exit(0)
    children.append(child)
print(sorted(os.waitpid(child, 0)[1] for child in children))
with connection.cursor() as cursor:
    cursor.execute("SELECT writer, count(*), count(DISTINCT number) FROM row GROUP BY 1 ORDER BY 1")
    print(cursor.fetchall())
    cursor.execute("PRAGMA integrity_check")
    print(cursor.fetchone())
"""


def test_eight_processes_write_all_they_have_while_one_is_killed_in_a_transaction(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", WRITING, tmp_path / "rows.sqlite3"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    every_row = [(0, 12, 12), *((writer, 50, 50) for writer in range(1, 9))]
    assert done.stderr == ""
    assert done.stdout.splitlines() == ["[0, 0, 0, 0, 0, 0, 0, 0, 9]", str(every_row), "('ok',)"]
