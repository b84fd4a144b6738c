"""Access: one row per address, and no address without its row.

The addresses come from the URL configuration, so a new one fails here until somebody has written
down what every role gets. Each row is asked with a fresh session per role; what changes something
is asked with POST, and a role that gets 403 or 404 must leave the database as it was.
"""

import pytest
from django.urls import URLPattern, get_resolver

from tests.access_rows import ROLES, ROWS
from tests.access_world import Asking, made_for, plant
from tests.error_pages import bare_error_pages
from tests.written import kept, rows_written, snapshot

ALLAUTH = ("accounts/", "accounts/two-step/", "accounts/university/", "admin/")


def named_addresses():
    """Return the name of every address that is ours: not allauth's, not the admin site's."""
    names = []

    def walk(patterns):
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                names.append(pattern.name)
            elif str(pattern.pattern) not in ALLAUTH:
                walk(pattern.url_patterns)

    walk(get_resolver().url_patterns)
    return names


def test_every_address_has_its_row():
    assert sorted(ROWS) == sorted(named_addresses())


@pytest.fixture(scope="module")
def planted(django_db_setup, django_db_blocker):
    """Yield one of everything for all rows, as each is asked and undone; who asks; and its rows."""
    with kept(django_db_blocker), bare_error_pages():
        world = plant()
        yield world, Asking(world), snapshot()


@pytest.mark.slow
@pytest.mark.whole
@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(ROWS))
def test_access(name, planted):
    _method, expected = ROWS[name]
    world, asking, before = planted
    since = rows_written()
    asked = made_for(name, world)
    before = before if rows_written() == since else snapshot()

    answers = asking.of(asked)(name, asked, before)
    statuses = {role: status for role, status, _page in answers}

    assert statuses == dict(zip(ROLES, expected, strict=True))
