"""An LMS that lets this site in no more: its grades wait, all of them, and the page says so."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.actions.platform_courses import retry_scores
from blog.actions.releases import release_prompt, take_back_release
from blog.models import LineItem, Platform, PlatformCourse, PlatformScore
from blog.models.platforms import ASKED_AGAIN_AFTER
from blog.queries.platform_scores import NOT_TOLD, TAKEN_BACK, TOLD, told_to_lms
from blog.tasks import send_due_scores
from tests import factories
from tests.blog.tasks.platform_score_steps import connect, grade, shown, states
from tests.lms import running_lms

pytestmark = pytest.mark.django_db


@pytest.fixture
def connected(lms, course, instructor, ada):
    return connect(lms, course, instructor, ada)


@pytest.fixture
def prompt(course):
    return factories.make_prompt(course, rubric=factories.make_rubric(course))


@pytest.fixture
def released(connected, prompt, instructor, ada, bob):
    """Return the release of two grades, which the LMS has."""
    factories.make_platform_member(connected, bob, "s-b")
    for student in (ada, bob):
        grade(student, prompt, instructor)
    [first, _second] = release_prompt(prompt, by=instructor)
    send_due_scores()
    return first.released_at


@pytest.fixture
def refuse_tokens(lms, monkeypatch):
    """Return a function that makes the LMS answer with a status where it is asked for a token."""
    answer_post = lms.answer_post

    def refuse(status, scope=""):
        def answer(path, body):
            is_refused = path == "/token" and body.endswith(scope)
            return (status, "text/plain", None) if is_refused else answer_post(path, body)

        monkeypatch.setattr(lms, "answer_post", answer)

    return refuse


def a_while_later(monkeypatch):
    later = timezone.now() + ASKED_AGAIN_AFTER + timedelta(minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: later)


@pytest.mark.parametrize("status", [302, 400, 401, 403, 404, 410])
def test_no_token_is_no_refusal_of_a_grade(
    lms, released, prompt, instructor, course, refuse_tokens, monkeypatch, status
):
    """Nor does it say anything of a column."""
    take_back_release(prompt, released, by=instructor)
    refuse_tokens(status)
    lms.asked.clear()

    assert [send_due_scores() for _tick in range(2)] == [0, 0]

    assert lms.asked == ["/token"]
    rows = PlatformScore.objects.values_list("attempts", "refused_status", "sent_hundredths")
    assert [row[:2] for row in rows] == [(0, None)] * 2
    assert all(row[2] for row in rows)
    assert LineItem.objects.get().url == lms.line_items[0]["id"]
    assert shown(course) == [("waiting", TAKEN_BACK)] * 2

    refuse_tokens(200, scope="nothing of the kind")
    a_while_later(monkeypatch)

    assert send_due_scores() == 2
    assert states(lms)[2:] == ["NotReady"] * 2
    assert shown(course) == [("sent", "")] * 2
    assert Platform.objects.get().denied_at is None


@pytest.mark.parametrize(("days", "told"), [(0, NOT_TOLD), (3, TOLD)])
def test_what_an_lms_said_long_ago_is_not_so_for_ever(
    released, prompt, ada, course, client, instructor, days, told
):
    """While anything waits, the LMS is asked again; nothing does."""
    Platform.objects.update(denied_at=timezone.now() - timedelta(days=days))
    client.force_login(instructor)

    page = client.get(reverse("connected_course_list", args=[course.slug])).content.decode()

    assert told_to_lms(prompt, [ada]) == told
    assert "Grades wait here" not in page


def test_grade_that_waits_is_not_to_be_deleted_there(
    released, prompt, course, client, instructor, refuse_tokens
):
    take_back_release(prompt, released, by=instructor)
    refuse_tokens(401)
    send_due_scores()
    client.force_login(instructor)

    page = client.get(reverse("connected_course_list", args=[course.slug])).content.decode()

    assert "Grades wait here" in page
    assert "It is told as soon as possible." in page
    assert "Delete it there" not in page


def test_lms_that_lets_nobody_in_is_asked_at_once_if_somebody_says_so(
    lms, released, prompt, instructor, refuse_tokens
):
    take_back_release(prompt, released, by=instructor)
    refuse_tokens(403)
    send_due_scores()
    refuse_tokens(200, scope="nothing of the kind")

    assert retry_scores(PlatformCourse.objects.get(), by=instructor) == 2

    assert send_due_scores() == 2


def test_lms_that_lets_nobody_in_holds_up_no_other(
    lms, connected, released, prompt, instructor, ada, course, refuse_tokens
):
    with running_lms() as other:
        elsewhere = factories.make_platform_course(
            course,
            instructor,
            other.register(name="Other LMS"),
            lineitems_url=f"{other.url}/lineitems",
            sends_grades=True,
        )
        factories.make_platform_member(elsewhere, ada, "o-a")
        take_back_release(prompt, released, by=instructor)
        refuse_tokens(401)
        release_prompt(prompt, by=instructor)

        send_due_scores()

        assert [score["userId"] for _number, score in other.scores] == ["o-a"]


def test_column_that_may_not_be_read_is_there(
    lms, released, prompt, instructor, course, refuse_tokens
):
    """The LMS lets us send scores and nothing else, and does not know these students any more."""
    take_back_release(prompt, released, by=instructor)
    refuse_tokens(400, scope="%2Flineitem")
    lms.status = 404

    send_due_scores()

    assert LineItem.objects.get().url == lms.line_items[0]["id"]
    assert shown(course) == [("refused", TAKEN_BACK)] * 2
    assert Platform.objects.get().denied_at is None
