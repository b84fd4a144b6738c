"""Real browsers on a running site: one window for each person, and every complaint of it counts.

Playwright's loop runs from the first browser test to the end of the session, and Django takes it
for an asynchronous caller of the ORM. It is none: hence the variable.
"""

import itertools
import os
import threading
from collections.abc import Callable

import pytest
from django.core.servers.basehttp import ServerHandler
from django.db import connection
from playwright.sync_api import Page, expect

from tests.browser import chromium
from tests.browser.acts import wait_for_pages
from tests.browser.joined import JOINED, serve_joined
from tests.browser.steps import session_of
from tests.browser.windows import PATIENCE, Windows

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
expect.set_options(timeout=PATIENCE)

NUMBERS = itertools.count()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    path = chromium.find()
    if path is None:
        pytest.skip("no Chromium on this machine: install the package chromium")
    return browser_type_launch_args | {"executable_path": path, "args": chromium.FLAGS}


@pytest.fixture(scope="session")
def base_url():
    """Return an empty address: each test starts a site of its own."""
    return None


@pytest.fixture(scope="session", autouse=True)
def _no_connection_left(django_db_setup, django_db_blocker):
    """Let PostgreSQL drop the test database though the server still has a connection."""
    yield
    if connection.vendor == "postgresql":
        # While Playwright runs its loop, Django keeps other connections for this thread than before
        # and after; those of now may be among what a copy of the database has ended.
        connection.close()
        with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
                [connection.settings_dict["NAME"]],
            )


@pytest.fixture(scope="session")
def _requests():
    """Count the requests that the server has begun to answer.

    Django's signals would not do: a browser that leaves before its answer is complete, or another
    receiver that fails, and ``request_finished`` is never sent.
    """
    requests = Requests()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ServerHandler, "run", requests.counting(ServerHandler.run))
        yield requests


@pytest.fixture(autouse=True)
def _all_answered(_live_server_helper, _requests):
    """Empty the database only when the server has answered all that the closed pages asked.

    A page that is shut while it saves leaves a thread of the server behind. It would write into the
    next test, or hold a table that PostgreSQL is to empty.
    """
    yield
    assert _requests.wait_for_end(PATIENCE / 1000)


class Requests:
    """The number of requests that are being answered."""

    def __init__(self):
        self._number = 0
        self._changed = threading.Condition()

    def counting(self, run: Callable) -> Callable:
        """Return the method that answers one request, counted while it does."""

        def run_and_count(handler: ServerHandler, application: Callable) -> None:
            self._change(+1)
            try:
                run(handler, application)
            finally:
                self._change(-1)

        return run_and_count

    def _change(self, difference: int) -> None:
        with self._changed:
            self._number += difference
            self._changed.notify_all()

    def wait_for_end(self, seconds: float) -> bool:
        """Return whether all were answered in time."""
        with self._changed:
            return self._changed.wait_for(lambda: self._number == 0, seconds)


@pytest.fixture(scope="session", autouse=True)
def _acts_wait():
    with pytest.MonkeyPatch.context() as patch:
        wait_for_pages(patch)
        yield


@pytest.fixture(scope="session")
def _windows(browser, browser_context_args):
    with pytest.MonkeyPatch.context() as patch:
        serve_joined(patch)
        yield Windows(browser, browser_context_args)


@pytest.fixture
def _own_session_cookie(settings):
    """Give the test's sessions a name of their own.

    The last saving of a page that was closed can reach the site in the next test. Django answers a
    session that is gone by deleting its cookie, which would sign the next person out.
    """
    settings.SESSION_COOKIE_NAME = f"sessionid-{next(NUMBERS)}"


@pytest.fixture
def _joined_files(settings):
    """Serve what a production site joins; ``test_files_as_written`` looks at the rest."""
    settings.STORAGES = JOINED


@pytest.fixture
def window(_windows, live_server, _own_session_cookie, _joined_files):
    """Return a function that opens a browser of its own, signed in as ``user`` if one is given.

    What the browser complains of fails the test, whatever the test looks at: scripts that stop,
    what the content policy refuses, files that are missing, pages that break. A browser is used
    again by tests with the same options, so a test that sets its clock gives it one of its own.
    """
    _windows.complaints.clear()

    def open_window(user=None, **options) -> Page:
        context = _windows.lend(base_url=live_server.url, **options)
        if user is not None:
            context.add_cookies([session_of(user, live_server.url)])
        return context.pages[0] if context.pages else context.new_page()

    yield open_window
    _windows.take_back(live_server.url)
    assert _windows.complaints == []
