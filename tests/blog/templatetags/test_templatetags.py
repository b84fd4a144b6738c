"""Icons, dates and the masthead: what templates rely on."""

import datetime as dt
import re
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.urls import resolve
from django.utils import timezone

from blog.models import Course, Membership, User
from blog.templatetags import dates, icons
from blog.templatetags.navigation import course_nav
from tests import factories

ENDED = {"starts_on": dt.date(2020, 9, 14), "ends_on": dt.date(2020, 12, 6)}
DEADLINE = dt.datetime(2026, 10, 19, 6, 59, tzinfo=dt.UTC)  # 23:59 the day before in Los Angeles


@pytest.fixture
def los_angeles():
    return Course(
        slug="networks",
        title="Networks",
        starts_on=dt.date(2026, 9, 14),
        ends_on=dt.date(2026, 12, 6),
        time_zone="America/Los_Angeles",
    )


def on(monkeypatch, *parts):
    moment = dt.datetime(*parts, tzinfo=dt.UTC)
    monkeypatch.setattr(timezone, "now", lambda: moment)


def render(source, **context):
    return Template("{% load dates icons %}" + source).render(Context(context))


# Icons


@pytest.mark.parametrize("name", icons.DRAWINGS)
def test_icon_is_drawn_inside_the_page_and_hidden_from_screen_readers(name):
    svg = icons.icon(name)

    assert svg.startswith("<svg ")
    assert ('class="i i-turned"' in svg) == (name in icons.TURNED)
    assert 'class="i' in svg
    assert 'aria-hidden="true"' in svg
    assert 'focusable="false"' in svg
    assert "style=" not in svg


def test_icon_half_is_filled_because_the_filling_is_the_message():
    assert '<path fill="currentColor" ' in icons.icon("half")
    assert 'fill="currentColor"' not in icons.icon("open")


def test_icon_with_an_unknown_name_fails():
    with pytest.raises(KeyError):
        icons.icon("heart")


# Dates


def test_deadline_is_said_in_the_zone_of_the_course(los_angeles):
    assert dates.on_day(DEADLINE, los_angeles) == "Sun 18 Oct"
    assert dates.at_time(DEADLINE, los_angeles) == "Sun 18 Oct, 23:59"


def test_deadline_without_a_course_is_said_in_the_active_zone(monkeypatch):
    on(monkeypatch, 2026, 11, 1)

    with timezone.override("Asia/Tokyo"):
        assert dates.at_time(DEADLINE) == "Mon 19 Oct, 15:59"


def test_date_has_no_zone_and_stays_on_its_day(los_angeles):
    assert dates.on_day(dt.date(2026, 10, 18), los_angeles) == "Sun 18 Oct"


def test_day_outside_the_years_of_the_course_names_its_year(los_angeles):
    assert dates.on_day(dt.date(2027, 2, 1), los_angeles) == "Mon 1 Feb 2027"


@pytest.mark.parametrize(
    ("year", "said"), [(2026, "Fri 20 Aug 2027, 23:59"), (2027, "Fri 20 Aug, 23:59")]
)
def test_year_is_named_unless_it_is_this_one(monkeypatch, los_angeles, year, said):
    """A course that ends in the next spring implies nothing about its summer."""
    on(monkeypatch, year, 11, 28)
    los_angeles.ends_on = dt.date(2027, 4, 1)
    moment = dt.datetime(2027, 8, 21, 6, 59, tzinfo=dt.UTC)

    assert dates.at_time(moment, los_angeles) == said


SAVED_AT = dt.datetime(2026, 11, 28, 22, 5, tzinfo=dt.UTC)  # 14:05 in Los Angeles


@pytest.mark.parametrize(
    ("zone", "now", "full", "brief"),
    [
        ("UTC", (2026, 11, 29, 1), "14:05", "14:05"),
        ("America/Tijuana", (2026, 11, 29, 1), "14:05", "14:05"),
        ("America/Tijuana", (2026, 11, 30), "Sat 28 Nov, 14:05", "28 Nov"),
        ("America/Tijuana", (2027, 1, 5), "Sat 28 Nov 2026, 14:05", "28 Nov 2026"),
        ("Asia/Tokyo", (2026, 11, 28, 23), "07:05 your time", "07:05"),
        ("Asia/Tokyo", (2026, 11, 29, 16), "Sun 29 Nov, 07:05 your time", "29 Nov"),
        ("Africa/Accra", (2026, 11, 28, 23), "22:05 your time", "22:05"),
    ],
)
def test_saving_is_told_in_ones_own_time_and_today_without_the_day(
    monkeypatch, los_angeles, zone, now, full, brief
):
    on(monkeypatch, *now)
    user = User(time_zone=zone)

    with timezone.override(los_angeles.zone):
        assert dates.saving_time(SAVED_AT, los_angeles, user) == full
        assert dates.brief_saving_time(SAVED_AT, los_angeles, user) == brief


def test_missing_date_is_nothing(los_angeles):
    assert dates.on_day(None, los_angeles) == ""
    assert dates.at_time(None, los_angeles) == ""
    assert dates.day(None, los_angeles) == ""
    assert dates.moment(None, los_angeles) == ""


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (dt.date(2026, 10, 12), dt.date(2026, 10, 18), "12–18 Oct"),
        (dt.date(2026, 9, 28), dt.date(2026, 10, 4), "28 Sep–4 Oct"),
        (dt.date(2026, 10, 12), dt.date(2026, 10, 12), "12 Oct"),
        (dt.date(2026, 12, 28), dt.date(2027, 1, 3), "28 Dec 2026–3 Jan 2027"),
        (dt.date(2025, 10, 12), dt.date(2025, 10, 18), "12–18 Oct 2025"),
    ],
)
def test_day_range_says_once_what_both_ends_share(los_angeles, first, last, said):
    assert dates.day_range(first, last, los_angeles) == said


def test_day_and_moment_carry_their_value_for_machines(los_angeles):
    html = render(
        "{% day value course %} {% moment value course %}", value=DEADLINE, course=los_angeles
    )

    assert html == (
        '<time datetime="2026-10-18">Sun 18 Oct</time> '
        '<time datetime="2026-10-18T23:59-07:00">Sun 18 Oct, 23:59</time>'
    )


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ((2026, 9, 14, 6, 59), "Starts 14 Sep"),  # still the 13th in Los Angeles
        ((2026, 9, 14, 7), "Week 1 of 12"),
        ((2026, 10, 20), "Week 6 of 12"),
        ((2026, 12, 7, 7, 59), "Week 12 of 12"),
        ((2026, 12, 7, 8), "Ended 6 Dec"),
        ((2027, 3, 1), "Ended 6 Dec 2026"),
    ],
)
def test_course_week_says_which_week_it_is(monkeypatch, los_angeles, now, said):
    on(monkeypatch, *now)

    assert dates.course_week(los_angeles) == said


# The masthead


def member(role, course):
    membership = Membership(role=role, course=course)
    membership.course_case_waits = False
    return membership


def links(role, path, course):
    request = SimpleNamespace(
        course=course,
        membership=member(role, course) if role else None,
        resolver_match=resolve(path),
    )
    found = course_nav({"request": request})["links"]
    return [("*" if link["is_current"] else "") + str(link["label"]) for link in found]


TEAM_LINKS = "People References Class_network"


@pytest.mark.parametrize(
    ("role", "path", "said"),
    [
        ("student", "", "*Course Posts People References My_network My_work"),
        ("student", "prompts/", "*Course Posts People References My_network My_work"),
        ("student", "posts/", "Course *Posts People References My_network My_work"),
        ("student", "posts/a-post/", "Course *Posts People References My_network My_work"),
        ("student", "posts/new/", "Course Posts People References My_network *My_work"),
        ("student", "write/choose/", "Course Posts People References My_network *My_work"),
        ("student", "network/", "Course Posts People References *My_network My_work"),
        ("student", "network/intentions/", "Course Posts People References *My_network My_work"),
        ("student", "network/choices/", "Course Posts People References *My_network My_work"),
        ("instructor", "desk/1/", f"Course *Grading Gradebook Roster {TEAM_LINKS}"),
        ("instructor", "roster/", f"Course Grading Gradebook *Roster {TEAM_LINKS}"),
        ("instructor", "posts/new/", f"*Course Grading Gradebook Roster {TEAM_LINKS}"),
        ("instructor", "posts/", f"*Course Grading Gradebook Roster {TEAM_LINKS}"),
        ("instructor", "posts/a-post/", f"*Course Grading Gradebook Roster {TEAM_LINKS}"),
        ("instructor", "settings/ties/", f"*Course Grading Gradebook Roster {TEAM_LINKS}"),
        (
            "instructor",
            "network/export/",
            "Course Grading Gradebook Roster People References *Class_network",
        ),
        ("instructor", "settings/", f"*Course Grading Gradebook Roster {TEAM_LINKS}"),
        ("instructor", "moderation/", f"*Course Grading Gradebook Roster {TEAM_LINKS}"),
        ("instructor", "settings/pods/", f"Course Grading Gradebook *Roster {TEAM_LINKS}"),
        (
            "assistant",
            "network/class/",
            "Course Grading Gradebook People References *Class_network",
        ),
        (
            "assistant",
            "people/",
            "Course Grading Gradebook *People References Class_network",
        ),
        ("assistant", "moderation/", f"*Course Grading Gradebook {TEAM_LINKS}"),
        ("observer", "references/1/", "Course Posts People *References"),
        ("observer", "posts/a-post/", "Course *Posts People References"),
        ("observer", "prompts/1/", "*Course Posts People References"),
        (None, "", "*Course Posts People References"),
    ],
)
def test_course_nav_has_the_links_of_the_role_and_marks_the_current_one(
    los_angeles, role, path, said
):
    labels = links(role, f"/c/networks/{path}", los_angeles)

    assert labels == [label.replace("_", " ") for label in said.split()]


def test_masthead_names_course_and_week_and_the_reader(client, ada, course):
    client.force_login(ada)

    page = client.get(f"/c/{course.slug}/").content.decode()

    assert f'<b dir="auto">{course.title}</b> <span>' in page
    assert "Ada Student" in page
    assert 'action="/accounts/logout/"' in page


def test_masthead_of_a_visitor_names_the_site_and_links_to_sign_in(client, db):
    page = client.get("/about/").content.decode()

    assert '<a class="wordmark" href="/"><b>Commonplace</b></a>' in page
    assert '<a class="who" href="/accounts/login/">Sign in</a>' in page
    assert "/accounts/logout/" not in page


def courses_in_masthead(client, reader):
    """Return the titles of the courses that the masthead links to from a page outside a course."""
    client.force_login(reader)
    page = client.get("/about/").content.decode()
    return re.findall(r'<a dir="auto" href="/c/[^"]+"><span>([^<]+)</span></a>', page)


def test_masthead_leads_back_to_the_course_that_runs(client, ada, course):
    factories.make_course("over", instructor=ada, title="Last year", **ENDED)

    assert courses_in_masthead(client, ada) == [course.title]
    assert courses_in_masthead(client, factories.make_user("Nobody Yet")) == []


def test_masthead_leads_back_to_courses_that_are_over_where_none_runs(client, bob, course):
    Membership.objects.filter(user=bob).delete()
    factories.make_course("over", instructor=bob, title="Last year", **ENDED)

    assert courses_in_masthead(client, bob) == ["Last year"]


def test_masthead_leaves_many_courses_to_their_list(client, ada, course):
    factories.make_course("second", instructor=ada, title="Second")
    assert courses_in_masthead(client, ada) == [course.title, "Second"]

    factories.make_course("third", instructor=ada)
    assert courses_in_masthead(client, ada) == []


@pytest.mark.parametrize("more", [0, 2])
def test_masthead_outside_a_course_costs_one_query(
    client, ada, course, django_assert_num_queries, more
):
    for _ in range(more):
        factories.make_course(instructor=ada)
    client.force_login(ada)

    with django_assert_num_queries(2):  # session, user with memberships
        client.get("/about/")
