"""A real server, killed while somebody types: not a word is lost, and what was saved is there once.

The other tests of autosave refuse requests in the browser. Here the processes die: gunicorn's
master and workers get SIGKILL in the middle, and a new server starts on the same database.
"""

import os
import re
import signal
import sqlite3
import time
from contextlib import closing

import pytest
from django.conf import global_settings
from django.db import connection
from django.test import override_settings
from django.urls import reverse
from playwright.sync_api import expect

from tests import factories
from tests.browser.sites import Site
from tests.browser.steps import failure, log_in, press_until_at
from tests.browser.windows import PATIENCE

SAVE_WITHIN = PATIENCE / 1000

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the server has a copy of a file"),
]


class KilledSite(Site):
    def kill(self):
        os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait()

    def texts_with(self, words: str) -> list[str]:
        with closing(sqlite3.connect(self.database)) as database:
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            rows = database.execute("SELECT text FROM blog_draft WHERE instr(text, ?)", [words])
            return [text for (text,) in rows]

    def await_text(self, words: str) -> str:
        """Return the one text with these words, once it is saved.

        The page says "Saved" for each save, also while it has typed on since.
        """
        deadline = time.monotonic() + SAVE_WITHIN
        while not (texts := self.texts_with(words)) and time.monotonic() < deadline:
            time.sleep(0.2)
        (text,) = texts
        return text


@pytest.fixture
def draft(transactional_db, course, ada):
    """Return a draft of somebody whose password a server with ordinary settings can check."""
    with override_settings(PASSWORD_HASHERS=global_settings.PASSWORD_HASHERS):
        ada.set_password(factories.PASSWORD)
    ada.save()
    return factories.make_draft_post(ada, course)


@pytest.fixture
def site(tmp_path, draft):
    site = KilledSite(tmp_path)
    site.fill()
    site.start()
    yield site
    site.kill()


def test_a_server_killed_while_somebody_types_loses_nothing(new_context, site, draft):
    page = new_context(base_url=site.url).new_page()
    log_in(page, "ada@example.edu", factories.PASSWORD)
    page.goto(reverse("post_edit", args=["networks", draft.slug]))
    text = page.locator("textarea[name=text]")
    state = page.locator("[data-state]").first
    press_until_at(page, "end", text)
    text.press_sequentially(" Saved before the end.")
    expect(state).to_have_text(re.compile(r"^\s*Saved"))
    site.await_text("Saved before the end.")

    site.kill()
    text.press_sequentially(" Typed while nobody listened.")
    expect(failure(page)).to_have_text(
        "Not saved: the site does not respond (stored on this device)"
    )
    assert site.texts_with("Typed while nobody listened.") == []

    site.start()
    text.press_sequentially(" And on.")
    expect(state).to_have_text(re.compile(r"^\s*Saved"))
    saved = site.await_text("And on.")
    assert saved.endswith("Saved before the end. Typed while nobody listened. And on.")
