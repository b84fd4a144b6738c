"""The pages of a release with a date, of its mails, and of taking it back."""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from blog.actions.releases import release_prompt
from blog.models import Grading, OutboxMessage
from tests import factories

PAGE = "/c/networks/desk/1/release/"
BACK = f"{PAGE}take-back/"
VANCOUVER = ZoneInfo("America/Vancouver")


@pytest.fixture
def grading(ada, course, instructor):
    course.time_zone = "America/Vancouver"
    course.save()
    prompt = factories.make_prompt(course, rubric=factories.make_rubric(course))
    post = factories.make_post(ada, course, "Of ties", prompt=prompt, slug="of-ties")
    return factories.make_grading(post, instructor, level=3)


@pytest.fixture
def signed_in(client, instructor):
    client.force_login(instructor)
    return client


def words(response):
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


def typed(moment):
    return f"{moment.astimezone(VANCOUVER):%Y-%m-%dT%H:%M}"


def in_days(days):
    return (timezone.now() + timedelta(days=days)).replace(second=0, microsecond=0)


def plan(client, grading, days=2):
    at = in_days(days)
    sent = {"grading": grading.state_key, "when": "date", "at": typed(at)}
    return at, client.post(PAGE, sent | {"zone": "America/Vancouver"}, follow=True)


def test_a_date_is_read_in_the_zone_of_the_course_and_nothing_is_seen_before(
    signed_in, grading, ada
):
    at, done = plan(signed_in, grading)

    grading.refresh_from_db()
    assert grading.released_at == at
    assert "1 student will see their grade on" in words(done)
    assert "They see nothing before that, and no email is sent." in words(done)
    assert "Cancel the release" in words(done)
    signed_in.force_login(ada)
    for page in ("", "posts/of-ties/", "work/", "prompts/1/", "notifications/"):
        answer = signed_in.get(f"/c/networks/{page}")
        assert "Read with interest." not in answer.content.decode()
        assert "Feedback from" not in answer.content.decode()


@pytest.mark.parametrize(
    ("sent", "error"),
    [
        ({"when": "date"}, "Choose the date and the time of the release."),
        ({"when": "date", "at": "2020-01-01T08:00"}, "This time has passed. Choose a later one"),
        ({"when": "date", "at": "2199-01-01T08:00"}, "Choose a date within a year."),
        ({"when": "date", "at": "9999-12-31T23:59"}, "This day is too far away."),
        ({"when": "date", "at": "tomorrow"}, "Enter a valid date/time."),
        ({"when": "now", "at": "2999-01-01T08:00"}, "You chose a date and “Now”."),
    ],
)
def test_a_date_that_cannot_be_is_said_and_nothing_is_released(signed_in, grading, sent, error):
    done = signed_in.post(PAGE, {"grading": grading.state_key, "listed": grading.state_key} | sent)

    assert done.status_code == 422
    assert error in words(done)
    assert "checked" in re.search(rf'value="{grading.state_key}"[^>]*>', done.content.decode())[0]
    assert not Grading.objects.exclude(released_at=None).exists()


@pytest.mark.parametrize(
    ("at", "error"),
    [
        (
            "2027-03-28T02:30",
            "The clocks go forward on Sun 28 Mar 2027, so there is no 02:30 on that day.",
        ),
        (
            "2027-10-31T02:30",
            "The clocks go back on Sun 31 Oct 2027, so 02:30 comes twice on that day.",
        ),
    ],
)
def test_a_time_that_the_clocks_skip_or_show_twice_is_said_in_words(
    signed_in, grading, course, at, error
):
    course.time_zone = "Europe/Paris"
    course.save()

    done = signed_in.post(PAGE, {"grading": grading.state_key, "when": "date", "at": at})

    assert done.status_code == 422
    assert error in words(done)
    assert not Grading.objects.exclude(released_at=None).exists()


def test_a_zone_that_was_changed_meanwhile_is_asked_about(signed_in, grading):
    sent = {"grading": grading.state_key, "when": "date", "at": typed(in_days(2)), "zone": "UTC"}

    done = signed_in.post(PAGE, sent)

    assert "The time zone of the course is now America/Vancouver." in words(done)
    assert not Grading.objects.exclude(released_at=None).exists()


def test_a_date_is_changed_brought_forward_and_canceled(signed_in, grading):
    first, _done = plan(signed_in, grading)
    second = in_days(3)

    sent = {"released_at": first.isoformat(), "at": typed(second)}
    moved = signed_in.post(f"{PAGE}date/", sent, follow=True)
    grading.refresh_from_db()
    assert grading.released_at == second
    assert "1 student will see their grade on" in words(moved)
    canceled = signed_in.post(BACK, {"released_at": second.isoformat()}, follow=True)

    assert "The release is cancelled. No student has seen anything" in words(canceled)
    grading.refresh_from_db()
    assert grading.released_at is None
    third, _done = plan(signed_in, grading)
    done = signed_in.post(
        f"{PAGE}date/", {"released_at": third.isoformat(), "now": "1"}, follow=True
    )
    assert "Released to 1 student. They see it now." in words(done)


def test_a_refused_new_date_stands_where_it_was_typed(signed_in, grading):
    at, _done = plan(signed_in, grading)

    sent = {"released_at": at.isoformat(), "at": "2020-01-01T08:00"}
    refused = signed_in.post(f"{PAGE}date/", sent)

    assert refused.status_code == 422
    assert "This time has passed." in words(refused)
    assert 'value="2020-01-01T08:00"' in refused.content.decode()
    grading.refresh_from_db()
    assert grading.released_at == at


def test_a_date_of_a_release_that_is_out_is_not_changed(signed_in, grading):
    at = timezone.now() - timedelta(hours=1)
    Grading.objects.update(released_at=at)

    sent = {"released_at": at.isoformat(), "at": typed(in_days(2))}
    done = signed_in.post(f"{PAGE}date/", sent, follow=True)

    assert "This release is out or was taken back." in words(done)
    grading.refresh_from_db()
    assert grading.released_at == at


def test_a_release_is_taken_back_before_its_mail(signed_in, grading, ada, course):
    [released] = release_prompt(grading.prompt, by=course.memberships.instructors().get().user)
    page = signed_in.get(PAGE)
    assert "The email will be sent at" in words(page)

    done = signed_in.post(BACK, {"released_at": released.released_at.isoformat()}, follow=True)

    assert "Taken back. 1 student can no longer see their grade. No email was sent." in (
        words(done)
    )
    signed_in.force_login(ada)
    assert "Read with interest." not in signed_in.get("/c/networks/posts/of-ties/").content.decode()


def test_taking_back_asks_first_and_names_who_had_a_mail(signed_in, grading, instructor):
    [released] = release_prompt(grading.prompt, by=instructor)
    OutboxMessage.objects.update(sent_at=timezone.now(), attempts=1)
    sent = {"released_at": released.released_at.isoformat()}

    asked = signed_in.get(BACK, sent)

    assert "Take back 1 grade?" in words(asked)
    assert "without the grade: Ada Student" in words(asked)
    assert Grading.objects.released().exists()
    done = signed_in.post(BACK, sent, follow=True)
    assert "1 student had an email already: Ada Student." in words(done)
    again = signed_in.post(BACK, sent, follow=True)
    assert "These grades were already taken back. No student sees them." in words(again)


@pytest.mark.parametrize("moment", ["", "x", "2026-11-01T08:00", "9" * 400])
def test_no_moment_is_no_release(signed_in, grading, moment):
    assert signed_in.get(BACK, {"released_at": moment}).status_code == 404
    assert signed_in.post(BACK, {"released_at": moment}).status_code == 404
    assert signed_in.post(f"{PAGE}date/", {"released_at": moment}).status_code == 404


def test_an_instructor_sees_everywhere_what_is_not_released(signed_in, grading, assistant):
    pages = {"": "Grades not released yet", "desk/": "1 grade not released"}
    for page, sentence in pages.items():
        assert sentence in words(signed_in.get(f"/c/networks/{page}"))
    at, _done = plan(signed_in, grading)
    day = f"{at.astimezone(VANCOUVER):%H:%M}"
    for page in pages:
        shown = words(signed_in.get(f"/c/networks/{page}"))
        assert "1 grade will be released on" in shown
        assert day in shown
    assert "1 grade has a release date" in words(signed_in.get("/c/networks/desk/1/"))

    signed_in.force_login(assistant)
    assert "Grades not released yet" not in words(signed_in.get("/c/networks/"))
    assert "/release/" not in signed_in.get("/c/networks/desk/").content.decode()


def test_after_the_release_nothing_waits(signed_in, grading, instructor):
    release_prompt(grading.prompt, by=instructor)

    assert "Grades not released yet" not in words(signed_in.get("/c/networks/"))
    assert "not released" not in words(signed_in.get("/c/networks/desk/")).lower()
