"""Real browsers on a running site: one window for each person, and every complaint of it counts.

Playwright's loop runs from the first browser test to the end of the session, and Django takes it
for an asynchronous caller of the ORM. It is none: hence the variable.
"""

import os
import threading
import time

import pytest
from django.db import connection
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Response, expect

from tests.browser import chromium
from tests.browser.steps import session_of

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
# A machine that runs other tests beside these is slow, and waiting costs nothing when all is well.
PATIENCE = 15_000
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    path = chromium.find()
    if path is None:
        pytest.skip("no Chromium on this machine: install the package chromium")
    return browser_type_launch_args | {"executable_path": path, "args": chromium.FLAGS}


@pytest.fixture(scope="session")
def base_url():
    """Say that no site is given from outside: each test starts its own."""
    return None


@pytest.fixture(scope="session", autouse=True)
def _no_connection_left(django_db_setup, django_db_blocker):
    """Let PostgreSQL drop the test database though the server still has a connection."""
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(autouse=True)
def _all_answered(_live_server_helper):
    """Empty the database only when the server has answered all that the closed browsers asked.

    A page that is shut while it saves leaves a thread of the server behind. It would write into the
    next test, or hold a table that PostgreSQL is to empty.
    """
    yield
    until = time.monotonic() + PATIENCE / 1000
    while (answering := _answering()) and time.monotonic() < until:
        for thread in answering:
            if thread.is_alive():  # one that is about to start cannot be joined yet
                thread.join(timeout=until - time.monotonic())


def _answering() -> list[threading.Thread]:
    threads = threading.enumerate()
    return [thread for thread in threads if "process_request_thread" in thread.name]


@pytest.fixture
def window(new_context, live_server):
    """Return a function that opens a browser of its own, signed in as ``user`` if one is given.

    What the browser complains of fails the test, whatever the test looks at: scripts that stop,
    what the content policy refuses, files that are missing, pages that break.
    """
    complaints = []

    def open_window(user=None, **options) -> Page:
        context = new_context(base_url=live_server.url, reduced_motion="reduce", **options)
        context.set_default_timeout(PATIENCE)
        watch(context, complaints)
        if user is not None:
            context.add_cookies([session_of(user, live_server.url)])
        return context.new_page()

    yield open_window
    assert complaints == []


def watch(context: BrowserContext, complaints: list[str]) -> None:
    """Collect what a browser complains of. That a page or a script is refused is an answer."""

    def hear(message: ConsoleMessage):
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            complaints.append(f"console: {message.text}")

    def look(answer: Response):
        may_be_refused = answer.request.resource_type in ("document", "fetch", "xhr")
        if answer.status >= 500 or (answer.status >= 400 and not may_be_refused):
            complaints.append(f"{answer.status}: {answer.url}")

    context.on("console", hear)
    context.on("weberror", lambda error: complaints.append(f"script: {error.error}"))
    context.on("response", look)
