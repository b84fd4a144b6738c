"""Changes of a course's settings that would move dates or take readers away: they ask first."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.actions.courses import change_course
from blog.forms.time_zones import zone_names
from blog.models import Audience, AuditEvent, Course, Post
from blog.models.prompt_dates import same_clock_time
from tests import factories
from tests.submitted import fields_of

PATH = "/c/networks/settings/"
LOS_ANGELES, AMSTERDAM = "America/Los_Angeles", "Europe/Amsterdam"


def at(zone, *moment):
    return datetime(*moment, tzinfo=ZoneInfo(zone))


@pytest.fixture
def course(instructor):
    return factories.make_course(
        "networks",
        instructor=instructor,
        time_zone=LOS_ANGELES,
        starts_on=date(2027, 1, 11),
        ends_on=date(2027, 4, 16),
    )


@pytest.fixture
def prompt(course):
    return factories.make_prompt(
        course,
        opens_at=at(LOS_ANGELES, 2027, 3, 1, 0, 0),
        due_at=at(LOS_ANGELES, 2027, 3, 14, 23, 59),
        comments_due_at=at(LOS_ANGELES, 2027, 4, 4, 23, 59),
    )


@pytest.fixture
def teacher(client, instructor):
    client.force_login(instructor)
    return client


def save(client, **changes):
    """Change settings on a new page, and return the page that comes then."""
    return client.post(PATH, fields_of(client.get(PATH), "about") | changes)


def answer(client, page, **answers):
    return client.post(PATH, fields_of(page, "about") | answers)


def clock(prompt, zone):
    prompt.refresh_from_db()
    moments = (prompt.opens_at, prompt.due_at, prompt.comments_due_at)
    return [f"{moment.astimezone(ZoneInfo(zone)):%d %b %H:%M}" for moment in moments]


# Time zone


def test_a_new_zone_asks_and_lists_what_it_would_move(teacher, course, prompt):
    response = save(teacher, time_zone=AMSTERDAM)

    page = response.content.decode()
    assert response.status_code == 200
    assert "opens Mon 1 Mar 2027, 00:00, post by Sun 14 Mar 2027, 23:59" in page
    assert "opens Mon 1 Mar 2027, 09:00, post by Mon 15 Mar 2027, 07:59" in page
    assert Course.objects.get().time_zone == LOS_ANGELES
    assert clock(prompt, LOS_ANGELES) == ["01 Mar 00:00", "14 Mar 23:59", "04 Apr 23:59"]


def test_saving_again_without_an_answer_asks_again(teacher, prompt):
    page = save(teacher, time_zone=AMSTERDAM, about="New words")

    again = answer(teacher, page)

    assert fields_of(again, "about")["about"] == "New words"
    assert "Nothing is saved yet" in again.content.decode()
    assert Course.objects.get().time_zone == LOS_ANGELES


@pytest.mark.parametrize(
    ("choice", "shown"),
    [
        ("clock-times", ["01 Mar 00:00", "14 Mar 23:59", "04 Apr 23:59"]),
        ("moments", ["01 Mar 09:00", "15 Mar 07:59", "05 Apr 08:59"]),
    ],
)
def test_the_choice_is_done(teacher, prompt, choice, shown):
    page = save(teacher, time_zone=AMSTERDAM)

    response = answer(teacher, page, **{"keep-dates": choice})

    assert response.url == PATH
    assert Course.objects.get().time_zone == AMSTERDAM
    assert clock(prompt, AMSTERDAM) == shown
    event = AuditEvent.objects.get(action="time_zone_changed")
    assert event.data == {
        "before": LOS_ANGELES,
        "after": AMSTERDAM,
        "keep_clock_times": choice == "clock-times",
    }


def test_an_answer_about_one_zone_is_none_about_another(teacher, prompt):
    page = save(teacher, time_zone=AMSTERDAM)

    response = answer(teacher, page, **{"keep-dates": "moments", "time_zone": "Asia/Tokyo"})

    assert "Which dates do you want in Asia/Tokyo?" in response.content.decode()
    assert Course.objects.get().time_zone == LOS_ANGELES


@pytest.mark.parametrize("zone", ["America/Tijuana", LOS_ANGELES])
def test_a_zone_with_the_same_clock_asks_nothing(teacher, prompt, zone):
    assert save(teacher, time_zone=zone).status_code == 302

    assert Course.objects.get().time_zone == zone


def test_a_course_without_prompts_takes_its_zone_at_once(teacher, course):
    assert save(teacher, time_zone=AMSTERDAM).status_code == 302

    assert Course.objects.get().time_zone == AMSTERDAM


@pytest.mark.parametrize("choice", ["clock-times", "moments"])
def test_a_prompt_that_is_open_in_the_old_zone_moves_no_date(teacher, prompt, choice):
    path = "/c/networks/prompts/1/edit/"
    page = fields_of(teacher.get(path), "question")
    answer(teacher, save(teacher, time_zone=AMSTERDAM), **{"keep-dates": choice})
    before = clock(prompt, AMSTERDAM)

    response = teacher.post(path, page | {"title": "Renamed"})

    assert "The time zone of the course is now Europe/Amsterdam." in response.content.decode()
    assert clock(prompt, AMSTERDAM) == before
    assert prompt.title == "Blog post 1"


def test_a_new_prompt_that_is_open_in_the_old_zone_is_looked_at_again(teacher, course):
    path = "/c/networks/prompts/new/"
    page = fields_of(teacher.get(path), "question") | {
        "question": "Why?",
        "opens_at": "2027-03-01T00:00",
        "due_at": "2027-03-14T23:59",
        "comments_due_at": "2027-04-04T23:59",
    }
    save(teacher, time_zone=AMSTERDAM)

    refused = teacher.post(path, page)
    assert "Check the dates, then save again." in refused.content.decode()
    assert teacher.post(path, fields_of(refused, "question")).status_code == 302

    assert clock(course.prompts.get(), AMSTERDAM)[1] == "14 Mar 23:59"


@pytest.mark.parametrize("keep_clock_times", [True, False])
def test_the_day_from_which_a_post_is_for_the_course_stays_that_day(
    course, ada, instructor, keep_clock_times
):
    post = factories.make_post(ada, course, audience=Audience.PUBLIC)
    passed = factories.make_post(ada, course, audience=Audience.PUBLIC)
    Post.objects.filter(pk=post.pk).update(public_until=at(LOS_ANGELES, 2027, 4, 1))
    Post.objects.filter(pk=passed.pk).update(public_until=at(LOS_ANGELES, 2026, 1, 1))
    course.time_zone = AMSTERDAM

    change_course(course, by=instructor, keep_clock_times=keep_clock_times)

    post.refresh_from_db()
    passed.refresh_from_db()
    assert post.public_until == at(AMSTERDAM, 2027, 4, 1)
    assert passed.public_until == at(LOS_ANGELES, 2026, 1, 1)


def test_clock_times_out_of_order_are_refused_in_words(teacher, course):
    """An hour that a clock shows twice can hold two dates in one minute of another zone."""
    first = datetime(2026, 11, 1, 8, 30, tzinfo=UTC)  # 01:30 in Los Angeles, before and
    second = datetime(2026, 11, 1, 9, 30, tzinfo=UTC)  # after the clock is put back
    factories.make_prompt(course, opens_at=first, due_at=second, comments_due_at=second)
    page = save(teacher, time_zone=AMSTERDAM)

    refused = answer(teacher, page, **{"keep-dates": "clock-times"})

    assert "“Blog post 1” cannot keep its clock times" in refused.content.decode()
    assert Course.objects.get().time_zone == LOS_ANGELES
    assert answer(teacher, page, **{"keep-dates": "moments"}).status_code == 302


@given(
    moment=st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
    zones=st.tuples(*[st.sampled_from(sorted(zone_names()))] * 2),
)
def test_the_clock_shows_the_same_in_any_other_zone(moment, zones):
    here, there = map(ZoneInfo, zones)

    moved = same_clock_time(moment, here, there)

    shown = moved.astimezone(there).replace(tzinfo=None)
    before = moment.astimezone(here).replace(tzinfo=None)
    # An hour that the other clock skips is shown as much later as it is put forward.
    exists = before.replace(tzinfo=there).astimezone(UTC).astimezone(there).replace(tzinfo=None)
    assert shown == exists
    assert (shown == before) or shown > before


# Widest audience


@pytest.fixture
def public_posts(course, ada):
    return [factories.make_post(ada, course, audience=Audience.PUBLIC) for _ in range(2)]


def test_narrowing_asks_with_the_number_of_posts(teacher, public_posts):
    page = save(teacher, widest_audience="30")

    assert "2 posts have a wider audience than “course”." in page.content.decode()
    assert Course.objects.get().widest_audience == Audience.PUBLIC
    assert {post.audience for post in Post.objects.all()} == {Audience.PUBLIC}
    assert answer(teacher, page).status_code == 200  # the box is not ticked

    response = answer(teacher, page, narrow=page.context["form"].narrowing)

    assert response.status_code == 302
    assert {post.audience for post in Post.objects.all()} == {Audience.COURSE}


def test_a_post_more_since_the_question_asks_again(teacher, course, public_posts, ada):
    page = save(teacher, widest_audience="30")
    factories.make_post(ada, course, audience=Audience.SIGNED_IN)

    again = answer(teacher, page, narrow=page.context["form"].narrowing)

    assert "3 posts have a wider audience" in again.content.decode()
    assert Course.objects.get().widest_audience == Audience.PUBLIC


@pytest.mark.parametrize("widest", ["30", "40", "50"])
def test_narrowing_without_wider_posts_asks_nothing(teacher, course, ada, widest):
    factories.make_post(ada, course)

    assert save(teacher, widest_audience=widest).status_code == 302


# Last day


def test_a_last_day_before_dates_of_prompts_is_refused_at_its_field(teacher, prompt):
    form = save(teacher, ends_on="2027-04-01").context["form"]

    assert form.errors == {
        "ends_on": [
            "“Blog post 1” has dates after this day. Change its dates first, or choose a later "
            "last day."
        ]
    }
    assert save(teacher, ends_on="2027-04-04").status_code == 302


BERLIN = "Europe/Berlin"
LATE_IN_ZONE = (
    "In this time zone “Blog post 1” has dates after the last day. Keep the clock times, or choose "
    "a later last day."
)
LATE_FOR_DAY = (
    "“Blog post 1” has dates after this day. Change its dates first, or choose a later last day."
)


def on_last_day(course, zone):
    """Give the course a prompt with comments due on its last day, 23:59, in a zone."""
    Course.objects.update(time_zone=zone)
    return factories.make_prompt(
        course,
        opens_at=at(zone, 2027, 4, 1),
        due_at=at(zone, 2027, 4, 10, 23, 59),
        comments_due_at=at(zone, 2027, 4, 16, 23, 59),
    )


@pytest.mark.parametrize(
    ("before", "after", "choice", "last_day", "errors"),
    [
        (LOS_ANGELES, BERLIN, "moments", "2027-04-16", {"ends_on": [LATE_IN_ZONE]}),
        (LOS_ANGELES, BERLIN, "moments", "2027-04-17", None),
        (LOS_ANGELES, BERLIN, "clock-times", "2027-04-16", None),
        (LOS_ANGELES, BERLIN, "clock-times", "2027-04-15", {"ends_on": [LATE_FOR_DAY]}),
        (LOS_ANGELES, BERLIN, "moments", "2027-04-15", {"ends_on": [LATE_FOR_DAY]}),
        (LOS_ANGELES, "Asia/Tokyo", "moments", "2027-04-16", {"ends_on": [LATE_IN_ZONE]}),
        (BERLIN, LOS_ANGELES, "moments", "2027-04-16", None),
        (BERLIN, LOS_ANGELES, "clock-times", "2027-04-15", {"ends_on": [LATE_FOR_DAY]}),
        (BERLIN, LOS_ANGELES, "moments", "2027-04-15", {"ends_on": [LATE_FOR_DAY]}),
        ("Asia/Tokyo", LOS_ANGELES, "moments", "2027-04-16", None),
        ("Asia/Tokyo", "Pacific/Kiritimati", "moments", "2027-04-16", {"ends_on": [LATE_IN_ZONE]}),
        ("Pacific/Kiritimati", LOS_ANGELES, "moments", "2027-04-16", None),
        ("Pacific/Kiritimati", LOS_ANGELES, "moments", "2027-04-15", {"ends_on": [LATE_FOR_DAY]}),
    ],
)
def test_dates_are_held_against_the_last_day_as_they_will_be(
    teacher, course, before, after, choice, last_day, errors
):
    on_last_day(course, before)
    page = save(teacher, time_zone=after, ends_on=last_day)

    response = answer(teacher, page, **{"keep-dates": choice})

    saved = Course.objects.get()
    if errors is None:
        assert response.status_code == 302
        assert (saved.time_zone, str(saved.ends_on)) == (after, last_day)
    else:
        assert response.status_code == 422
        assert response.context["form"].errors == errors
        assert (saved.time_zone, str(saved.ends_on)) == (before, "2027-04-16")


def test_dates_after_the_last_day_are_asked_about_again(teacher, course):
    on_last_day(course, LOS_ANGELES)
    refused = answer(teacher, save(teacher, time_zone=BERLIN), **{"keep-dates": "moments"})

    assert "Which dates do you want in Europe/Berlin?" in refused.content.decode()
    assert answer(teacher, refused, **{"keep-dates": "clock-times"}).status_code == 302


def test_a_lower_last_day_is_right_where_the_zone_moves_the_date_before_it(teacher, course):
    """Due at 08:00 on the last day in Berlin is 23:00 on the day before in Los Angeles."""
    prompt = on_last_day(course, BERLIN)
    prompt.comments_due_at = at(BERLIN, 2027, 4, 16, 8, 0)
    prompt.save()
    page = save(teacher, time_zone=LOS_ANGELES, ends_on="2027-04-15")

    assert answer(teacher, page, **{"keep-dates": "moments"}).status_code == 302


def test_a_prompt_that_is_late_already_does_not_stand_against_another_zone(teacher, course):
    on_last_day(course, LOS_ANGELES)
    Course.objects.update(ends_on=date(2027, 4, 1))
    page = save(teacher, time_zone=BERLIN)

    assert answer(teacher, page, **{"keep-dates": "moments"}).status_code == 302


def test_other_settings_can_be_saved_although_a_prompt_is_late(teacher, course, prompt):
    Course.objects.update(ends_on=date(2027, 3, 20))

    assert save(teacher, about="New").status_code == 302
