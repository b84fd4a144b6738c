"""Open edX as the LMS of a test."""

import pytest

from tests.lti_consumer.running import MISSING, PYTHON, running_open_edx


@pytest.fixture
def open_edx(live_server, settings):
    """Open edX, registered here; it asks our live server for its keys."""
    if not PYTHON.exists():
        pytest.skip(MISSING)
    settings.SITE_URL = live_server.url
    with running_open_edx(live_server.url) as running:
        running.register()
        yield running
