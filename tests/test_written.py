"""Detection of writes on each database, also of writes that were undone."""

import pytest
from django.test import Client

from tests import factories
from tests.written import rows_written, snapshot, stands_as, undone

pytestmark = pytest.mark.django_db


def test_rows_that_were_undone_are_counted(ada):
    before, since = snapshot(), rows_written()

    with undone():
        factories.make_user()

    assert rows_written() > since
    assert stands_as(before, since, snapshot)


def test_a_row_that_was_changed_is_seen(ada):
    before, since = snapshot(), rows_written()

    ada.display_name = "Another"
    ada.save()

    assert not stands_as(before, since, snapshot)


def test_reading_counts_nothing(ada, course):
    client = Client()
    client.force_login(ada)
    since = rows_written()

    assert client.get(course.get_absolute_url()).status_code == 200

    assert rows_written() == since
