"""Moments that forms send back."""

from datetime import UTC, datetime

import pytest

from blog.web.times import read_moment


@pytest.mark.parametrize(
    "value", ["2026-03-02T13:30:00+01:30", "2026-03-02T12:00:00Z", "2026-03-02 12:00:00+00:00"]
)
def test_a_moment_is_read_in_utc(value):
    moment = read_moment(value)

    assert (moment, moment.tzinfo) == (datetime(2026, 3, 2, 12, tzinfo=UTC), UTC)


@pytest.mark.parametrize(
    "value",
    [
        *("", "yesterday", "2026-03-02", "2026-03-02T12:00:00", "2026-02-30T12:00:00Z"),
        *("0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "2026-03-02T12:00:00+99:99"),
    ],
)
def test_what_is_no_moment_is_none(value):
    assert read_moment(value) is None
