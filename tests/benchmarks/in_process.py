"""Visits without a server: what one request takes, in figures that a busy machine does not change.

Queries are those of the request, without the statements that begin and end transactions. Calls are
the functions that Python calls, its own and those in C. Steps are the instructions of SQLite's
virtual machine, so they tell a look-up in an index from a scan of a table.
"""

import cProfile
import time

from django.db import connection
from django.test import RequestFactory
from django.test.client import ClientHandler
from django.test.utils import CaptureQueriesContext

from tests.benchmarks.visits import HEADERS, Page

TRANSACTION_WORDS = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


class Visitor:
    """Sends requests through the middleware to the views, signed in as a browser is."""

    def __init__(self):
        self._handler = ClientHandler(enforce_csrf_checks=False)
        self._factory = RequestFactory()

    def open(self, page: Page, reader: dict) -> bytes:
        """Return what a page answers."""
        return self._answered(page, reader, self._handler(self._environ(page, reader)))

    def queries(self, page: Page, reader: dict) -> list[str]:
        environ = self._environ(page, reader)
        with CaptureQueriesContext(connection) as context:
            response = self._handler(environ)
        self._answered(page, reader, response)
        statements = [query["sql"] for query in context.captured_queries]
        return [sql for sql in statements if not sql.startswith(TRANSACTION_WORDS)]

    def calls(self, page: Page, reader: dict) -> int:
        environ = self._environ(page, reader)
        profile = cProfile.Profile()
        profile.enable()
        response = self._handler(environ)
        profile.disable()
        self._answered(page, reader, response)
        return sum(entry.callcount for entry in profile.getstats())

    def steps(self, page: Page, reader: dict) -> int:
        """Return the instructions of SQLite; 0 on another database."""
        if connection.vendor != "sqlite":
            return 0
        environ = self._environ(page, reader)
        count = 0

        def step():
            nonlocal count
            count += 1

        connection.ensure_connection()
        connection.connection.set_progress_handler(step, 1)
        try:
            response = self._handler(environ)
        finally:
            connection.connection.set_progress_handler(None, 1)
        self._answered(page, reader, response)
        return count

    def seconds(self, page: Page, reader: dict) -> float:
        """Return the seconds of a processor that this process takes."""
        environ = self._environ(page, reader)
        start = time.process_time()
        response = self._handler(environ)
        spent = time.process_time() - start
        self._answered(page, reader, response)
        return spent

    def _environ(self, page: Page, reader: dict) -> dict:
        request = page.request(reader)
        return self._factory.generic(
            request.method,
            request.path,
            request.body or b"",
            "application/x-www-form-urlencoded",
            secure=True,
            headers={**HEADERS, "Cookie": reader["cookie"]},
        ).environ

    def _answered(self, page: Page, reader: dict, response) -> bytes:
        found = response.status_code
        assert found == page.status, f"{page.name}: {found}\n{response.content[:2000]!r}"
        page.learn(reader, response.content)
        return response.content
