"""Dates as iCalendar, read back by the library and looked at byte by byte."""

import unicodedata
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from blog.models import Course, Prompt
from blog.queries.calendar import CalendarDate, Kind
from blog.views.feeds.calendar_file import as_calendar_file
from tests.examples import examples

SITE = "https://pln.example.edu"
CHANGED = datetime(2026, 10, 1, 8, 30, tzinfo=UTC)
LOS_ANGELES = ZoneInfo("America/Los_Angeles")


def a_date(at=None, kind=Kind.POST, title="Blog post 1", course="Nets", **prompt):
    """Return a date of a prompt, or of its course, of rows that are nowhere stored."""
    course = Course(pk=3, slug="nets", title=course, time_zone="America/Los_Angeles")
    prompt = Prompt(pk=7, number=1, title=title, course=course, **prompt)
    at = at or datetime(2026, 10, 18, 23, 59, tzinfo=LOS_ANGELES)
    return CalendarDate(kind, at, course, CHANGED, 2, None if kind == Kind.LAST_DAY else prompt)


def events_of(*dates):
    return Calendar.from_ical(as_calendar_file(dates, SITE)).events


def lines_of(*dates):
    unfolded = as_calendar_file(dates, SITE).replace(b"\r\n ", b"")
    return unfolded.decode().split("\r\n")


def test_a_deadline_is_one_event_with_all_that_a_program_wants():
    prompt = {"words_min": 500, "words_max": 800, "references_min": 2, "comments_min": 2}

    assert sorted(lines_of(a_date(**prompt))) == sorted(
        [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Commonplace//Course dates//EN",
            "NAME:Course dates",
            "X-WR-CALNAME:Course dates",
            "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
            "X-PUBLISHED-TTL:PT6H",
            "BEGIN:VEVENT",
            "UID:prompt-7-post@pln.example.edu",
            "DTSTAMP:20261001T083000Z",
            "LAST-MODIFIED:20261001T083000Z",
            "SEQUENCE:2",
            "DTSTART:20261019T065900Z",
            "DTEND:20261019T070000Z",
            "SUMMARY:Post due: Blog post 1 (Nets)",
            "DESCRIPTION:Sun 18 Oct 2026\\, 23:59 in the time zone of the course\\, "
            "America/Los_Angeles.\\nAsked for: 500–800 words\\, 2 references\\, "
            "comments on the posts of 2 classmates.",
            "CATEGORIES:Nets",
            "URL:https://pln.example.edu/c/nets/prompts/1/",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
            "END:VCALENDAR",
            "",
        ]
    )


@pytest.mark.parametrize(
    ("kind", "summary", "asked"),
    [
        (Kind.OPENS, "Opens: Blog post 1 (Nets)", "Asked for: 2 references, comments on"),
        (Kind.POST, "Post due: Blog post 1 (Nets)", "Asked for: 2 references, comments on"),
        (Kind.COMMENTS, "Comments due: Blog post 1 (Nets)", "Asked for: comments on"),
    ],
)
def test_each_date_says_what_it_is_of_and_what_is_asked_for(kind, summary, asked):
    [event] = events_of(
        a_date(kind=kind, references_min=2, comments_min=2, comments_across_pods=True)
    )

    assert str(event["summary"]) == summary
    line = str(event["description"]).split("\n")[1]
    assert line.startswith(asked)
    assert line.endswith("the posts of 2 classmates, one of them in another pod.")


def test_nothing_asked_for_is_not_said():
    [event] = events_of(a_date(kind=Kind.COMMENTS, references_min=2))

    assert "\n" not in str(event["description"])


def test_the_last_day_is_a_whole_day():
    [event] = events_of(a_date(date(2026, 12, 22), Kind.LAST_DAY))

    assert (event.start, event.end) == (date(2026, 12, 22), date(2026, 12, 23))
    assert str(event["summary"]) == "Last day: Nets"
    assert str(event["url"]) == "https://pln.example.edu/c/nets/"


@pytest.mark.parametrize(
    ("local", "in_utc"),
    [
        # Summer time until 1 November 2026, 2:00; that night 1:30 comes twice.
        (datetime(2026, 10, 31, 23, 59), datetime(2026, 11, 1, 6, 59)),
        (datetime(2026, 11, 1, 1, 30), datetime(2026, 11, 1, 8, 30)),
        (datetime(2026, 11, 1, 1, 30, fold=1), datetime(2026, 11, 1, 9, 30)),
        (datetime(2026, 11, 1, 23, 59), datetime(2026, 11, 2, 7, 59)),
        # Since 14 March 2027, 2:00.
        (datetime(2027, 3, 13, 23, 59), datetime(2027, 3, 14, 7, 59)),
        (datetime(2027, 3, 14, 23, 59), datetime(2027, 3, 15, 6, 59)),
    ],
)
def test_a_moment_is_the_same_instant_on_both_sides_of_a_change_of_clocks(local, in_utc):
    [event] = events_of(a_date(local.replace(tzinfo=LOS_ANGELES)))

    assert event.start == in_utc.replace(tzinfo=UTC)
    assert event.end - event.start == timedelta(minutes=1)
    assert f"{local:%H:%M} in the time zone of the course" in str(event["description"])


def test_seconds_of_a_date_are_left_out():
    [event] = events_of(a_date(datetime(2026, 10, 18, 23, 59, 59, 999, tzinfo=UTC)))

    assert event.start == datetime(2026, 10, 18, 23, 59, tzinfo=UTC)


def test_a_calendar_without_dates_can_be_read():
    assert events_of() == []


TITLES = [
    "One\r\nEND:VEVENT\r\nSUMMARY:Two",
    "One\rTwo\nThree",
    'Commas, semicolons; and \\ backslashes: "quoted"',
    "ما الذي تعلّمته، ومن علّمك؟ " * 3,
    "👩🏽‍💻" * 30,
    "これは長い題名です" * 12,
    "e\u0301" * 59,
    "Bells \x07 and \x1b escapes \x85 and \u2028 separators",
    "\u202eright to left",
]


def expected(title):
    line = " ".join(title.split())
    return "".join(sign for sign in line if unicodedata.category(sign) != "Cc")


@pytest.mark.parametrize("title", TITLES)
def test_a_title_is_read_back_as_one_line(title):
    [event] = events_of(a_date(title=title))

    assert str(event["summary"]) == f"Post due: {expected(title)} (Nets)"


@settings(max_examples=examples(60))
@given(
    # The library reads \N as the end of a line where it writes, too.
    title=st.text(max_size=120).filter(lambda title: "\\N" not in title),
    course=st.text(max_size=120).filter(lambda title: "\\N" not in title),
)
def test_no_title_breaks_the_file(title, course):
    body = as_calendar_file([a_date(title=title, course=course), a_date()], SITE)

    lines = body.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert not any(b"\r" in line or b"\n" in line for line in lines)
    assert [line.decode() for line in lines]  # no sign is cut in two
    first, second = Calendar.from_ical(body).events
    assert str(first["summary"]) == f"Post due: {expected(title)} ({expected(course)})"
    assert str(second["summary"]) == "Post due: Blog post 1 (Nets)"
