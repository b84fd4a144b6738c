"""Due times of digests: an hour of the reader's clock, by day, once for what has waited."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.models.digest_schedules import Schedule

VANCOUVER = ZoneInfo("America/Vancouver")
ZONES = [
    ZoneInfo(name)
    for name in (
        "UTC",
        "America/Vancouver",
        "Europe/Berlin",
        "Asia/Kathmandu",
        "Australia/Lord_Howe",  # its clocks change by half an hour
        "Pacific/Apia",
        "America/Santiago",  # its clocks change at midnight
    )
]
MOMENTS = st.datetimes(
    min_value=datetime(2010, 1, 1), max_value=datetime(2030, 1, 1), timezones=st.just(UTC)
)
SCHEDULES = st.builds(
    Schedule,
    st.sampled_from(ZONES),
    st.integers(7, 21),
    st.none() | st.integers(0, 6),
)


def local(*fields):
    return datetime(*fields, tzinfo=VANCOUVER)


@pytest.mark.parametrize(
    ("now", "latest", "following"),
    [
        (local(2026, 11, 2, 8, 0), local(2026, 11, 2, 8), local(2026, 11, 3, 8)),
        (local(2026, 11, 2, 7, 59), local(2026, 11, 1, 8), local(2026, 11, 2, 8)),
        # Clocks go back in the night before: the day has 25 hours.
        (local(2026, 11, 1, 7, 59), local(2026, 10, 31, 8), local(2026, 11, 1, 8)),
        (local(2026, 3, 8, 8, 0), local(2026, 3, 8, 8), local(2026, 3, 9, 8)),
    ],
)
def test_slots_of_each_day(now, latest, following):
    schedule = Schedule(VANCOUVER, 8)

    assert schedule.latest_slot(now.astimezone(UTC)) == latest
    assert schedule.next_slot(now.astimezone(UTC)) == following


def test_slots_of_a_week():
    schedule = Schedule(VANCOUVER, 18, weekday=5)
    friday = local(2026, 11, 27, 23).astimezone(UTC)

    assert schedule.latest_slot(friday) == local(2026, 11, 21, 18)
    assert schedule.next_slot(friday) == local(2026, 11, 28, 18)


@pytest.mark.parametrize(
    ("since", "now", "expected"),
    [
        (local(2026, 11, 2, 7, 30), local(2026, 11, 2, 8, 0), True),
        (local(2026, 11, 2, 8, 1), local(2026, 11, 2, 20, 0), False),  # came after the slot
        (local(2026, 11, 1, 9, 0), local(2026, 11, 2, 7, 59), False),  # not before the hour
        (local(2026, 11, 1, 9, 0), local(2026, 11, 2, 14, 0), True),  # the site was down
        (local(2026, 11, 1, 9, 0), local(2026, 11, 2, 22, 0), False),  # it is night
        (local(2026, 11, 1, 9, 0), local(2026, 11, 3, 6, 0), False),
        (local(2026, 11, 1, 9, 0), local(2026, 11, 3, 8, 0), True),
    ],
)
def test_is_due_daily(since, now, expected):
    schedule = Schedule(VANCOUVER, 8)

    assert schedule.is_due(since.astimezone(UTC), now.astimezone(UTC)) is expected


def test_a_missed_weekly_slot_is_made_up_for_on_a_later_day():
    schedule = Schedule(VANCOUVER, 18, weekday=5)
    since = local(2026, 11, 27, 12).astimezone(UTC)

    assert not schedule.is_due(since, local(2026, 11, 29, 17).astimezone(UTC))
    assert schedule.is_due(since, local(2026, 11, 29, 18).astimezone(UTC))


@given(SCHEDULES, MOMENTS)
def test_now_is_between_two_slots_that_the_reader_has_chosen(schedule, now):
    latest, following = schedule.latest_slot(now), schedule.next_slot(now)

    assert latest.astimezone(UTC) <= now < following.astimezone(UTC)
    for slot in (latest, following):
        assert slot.hour == schedule.hour
        assert schedule.weekday in (None, slot.weekday())
    days = (following.date() - latest.date()).days
    assert days == (1 if schedule.weekday is None else 7)


@given(SCHEDULES, MOMENTS, MOMENTS)
def test_nothing_is_due_at_night_or_before_the_hour(schedule, since, now):
    if schedule.is_due(since, now):
        assert schedule.hour <= now.astimezone(schedule.zone).hour < 22


@given(SCHEDULES, MOMENTS)
def test_whatever_comes_is_due_at_the_next_slot_and_not_before(schedule, since):
    slot = schedule.next_slot(since).astimezone(UTC)

    assert schedule.is_due(since, slot)
    assert not schedule.is_due(since, slot - timedelta(seconds=1))


@given(SCHEDULES, MOMENTS, st.lists(st.integers(0, 60), max_size=20))
def test_with_a_tick_now_and_then_a_day_has_one_digest_at_most(schedule, start, pauses):
    """Something comes after each tick; a tick that finds a digest due takes all that waits."""
    now, waiting_since, sent = start, start, []
    for hours in pauses:
        now += timedelta(hours=hours)
        if schedule.is_due(waiting_since, now):
            sent.append(now.astimezone(schedule.zone).date())
            waiting_since = now + timedelta(seconds=1)

    assert len(set(sent)) == len(sent)
    if schedule.weekday is not None:
        assert len({week_of(day, schedule.weekday) for day in sent}) == len(sent)


def week_of(day: date, weekday: int) -> date:
    """Return the first day of a week that begins on a weekday."""
    return day - timedelta(days=(day.weekday() - weekday) % 7)
