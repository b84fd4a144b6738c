"""Grades and posts sent to an LMS: after the release, once, and taken back with it."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from blog.actions.platform_courses import retry_scores, start_sending_grades
from blog.actions.post_states import withdraw_post
from blog.actions.posts import republish_post
from blog.actions.releases import move_release, release_prompt, take_back_release
from blog.lti.services import Services
from blog.models import (
    MAX_ATTEMPTS,
    Audience,
    Launch,
    LineItem,
    PlatformScore,
    queue_all,
    queue_submission,
)
from blog.queries.platform_scores import state_of
from blog.tasks import delete_old_launches, platform_scores, send_due_scores
from blog.tasks.retries import NEVER
from tests import factories
from tests.blog.tasks.platform_score_steps import (
    connect,
    edit_grade,
    grade,
    grade_comments,
    publish,
    sent,
    states,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def connected(lms, course, instructor, ada):
    """Return a course of an LMS that takes grades, from which Ada has come."""
    return connect(lms, course, instructor, ada)


@pytest.fixture
def prompt(course):
    return factories.make_prompt(course, rubric=factories.make_rubric(course))


@pytest.fixture
def graded(prompt, ada, instructor):
    """Return Ada’s complete grade, which is not released."""
    return grade(ada, prompt, instructor)


def test_nothing_is_sent_before_the_release(lms, connected, graded):
    assert send_due_scores() == 0
    assert lms.scores == []


def test_release_is_sent_and_taken_back_with_it(lms, connected, graded, prompt, instructor):
    [released] = release_prompt(prompt, by=instructor)
    assert send_due_scores() == 1
    points = sent(lms)[0][2]
    assert points is not None
    assert lms.scores[0][1]["scoreMaximum"] == float(prompt.rubric.highest_points)

    take_back_release(prompt, released.released_at, by=instructor)
    assert send_due_scores() == 1

    assert sent(lms) == [
        ("1", "s-a", points, "FullyGraded"),
        ("1", "s-a", None, "NotReady"),
    ]
    first, second = (score["timestamp"] for _number, score in lms.scores)
    assert first < second
    assert "submission" in lms.scores[0][1]
    score = PlatformScore.objects.get()
    assert (score.sent_hundredths, score.due_at, score.attempts) == (None, None, 0)


def test_release_that_is_taken_back_before_a_tick_is_never_sent(
    lms, connected, graded, prompt, instructor
):
    [released] = release_prompt(prompt, by=instructor)
    take_back_release(prompt, released.released_at, by=instructor)

    send_due_scores()

    assert [score.get("scoreGiven") for _number, score in lms.scores] == [None]


def test_planned_release_waits_for_its_date(lms, connected, graded, prompt, instructor):
    planned = timezone.now() + timedelta(days=2)
    release_prompt(prompt, by=instructor, at=planned)

    assert send_due_scores() == 0
    assert PlatformScore.objects.get().due_at == planned

    move_release(prompt, planned, by=instructor, at=None)

    assert send_due_scores() == 1
    assert sent(lms)[0][3] == "FullyGraded"


def test_planned_release_is_sent_at_its_date(
    lms, connected, graded, prompt, instructor, ada, monkeypatch
):
    """Also where the post is published again before, and where it is withdrawn."""
    planned = timezone.now() + timedelta(days=2)
    release_prompt(prompt, by=instructor, at=planned)
    withdraw_post(graded.post, by=ada)
    republish_post(graded.post, by=ada)

    assert send_due_scores() == 1
    assert sent(lms) == [("1", "s-a", None, "PendingManual")]
    assert PlatformScore.objects.get().due_at == planned

    monkeypatch.setattr(timezone, "now", lambda: planned + timedelta(minutes=1))

    assert send_due_scores() == 1
    assert sent(lms)[1][3] == "FullyGraded"
    assert PlatformScore.objects.get().due_at is None


def test_planned_release_puts_off_no_retry(lms, connected, graded, prompt, instructor):
    [released] = release_prompt(prompt, by=instructor)
    send_due_scores()
    take_back_release(prompt, released.released_at, by=instructor)
    lms.status = 503
    send_due_scores()
    retry = PlatformScore.objects.get()

    planned = timezone.now() + timedelta(days=7)
    release_prompt(prompt, by=instructor, at=planned)

    score = PlatformScore.objects.get()
    assert (score.due_at, score.attempts) == (retry.due_at, 1)
    lms.status = 200
    PlatformScore.objects.update(due_at=timezone.now())
    assert send_due_scores() == 1
    assert sent(lms)[-1][2:] == (None, "NotReady")
    assert PlatformScore.objects.get().due_at == planned


def test_planned_release_is_tried_anew_after_giving_up(lms, connected, graded, prompt, instructor):
    queue_submission(graded.post)
    PlatformScore.objects.update(attempts=MAX_ATTEMPTS, due_at=timezone.now() + NEVER)

    planned = timezone.now() + timedelta(days=7)
    release_prompt(prompt, by=instructor, at=planned)

    score = PlatformScore.objects.get()
    assert (score.due_at, score.attempts) == (planned, 0)


def test_post_and_comments_have_a_column_each(lms, connected, graded, prompt, instructor, ada):
    grade_comments(ada, prompt, instructor)
    release_prompt(prompt, by=instructor)

    assert send_due_scores() == 2

    assert [(item["label"], item["tag"], item["resourceId"]) for item in lms.line_items] == [
        (prompt.title, "post", f"prompt-{prompt.pk}"),
        (f"{prompt.title}: comments", "comments", f"prompt-{prompt.pk}"),
    ]
    assert lms.asked.count("/token") == 2  # one for each right


def test_column_that_a_link_has_made_is_used(lms, connected, graded, prompt, instructor):
    lms.line_items = [
        {
            "id": f"{lms.url}/lineitems/77",
            "label": "Theirs",
            "scoreMaximum": 10,
            "resourceId": f"prompt-{prompt.pk}",
            "tag": "post",
        }
    ]
    release_prompt(prompt, by=instructor)

    send_due_scores()

    assert [number for number, _score in lms.scores] == ["77"]
    assert len(lms.line_items) == 1


def test_publication_is_told_with_its_time(lms, connected, prompt, course, ada):
    post = publish(ada, course, prompt)

    assert send_due_scores() == 1

    [(_number, score)] = lms.scores
    assert score["activityProgress"] == "Submitted"
    assert score["gradingProgress"] == "PendingManual"
    assert "scoreGiven" not in score
    told = post.published_at.isoformat(timespec="milliseconds")
    assert score["submission"] == {"submittedAt": told}

    withdraw_post(post, by=ada)

    assert send_due_scores() == 1
    assert "submission" not in lms.scores[1][1]


def test_post_that_its_author_keeps_is_not_told(lms, connected, prompt, course, ada):
    publish(ada, course, prompt, audience=Audience.ONLY_ME)

    assert send_due_scores() == 0
    assert lms.scores == []


@pytest.mark.parametrize("status", [503, 429, 408])
def test_lms_that_is_down_is_asked_again_later(lms, connected, graded, prompt, instructor, status):
    release_prompt(prompt, by=instructor)
    lms.status = status

    assert send_due_scores() == 0

    score = PlatformScore.objects.get()
    assert (score.attempts, score.refused_status) == (1, None)
    assert score.due_at > timezone.now() + timedelta(minutes=15)

    lms.status = 200
    PlatformScore.objects.update(due_at=timezone.now())

    assert send_due_scores() == 1


def test_silent_lms_is_asked_once_in_a_tick(lms, connected, prompt, course, ada, bob):
    """Each question may take ten seconds, and mail has to go out."""
    factories.make_platform_member(connected, bob)
    for author in (ada, bob):
        publish(author, course, prompt)
    lms.status = 503

    send_due_scores()

    assert lms.asked.count("/lineitems") == 1
    assert sorted(score.attempts for score in PlatformScore.objects.all()) == [0, 1]


def test_what_changes_while_it_is_sent_is_sent_again(
    lms, connected, graded, prompt, instructor, monkeypatch
):
    release_prompt(prompt, by=instructor)
    send_score = Services.send_score

    def edit_and_send(self, *args):
        monkeypatch.undo()
        edit_grade("1.5")
        send_score(self, *args)

    monkeypatch.setattr(Services, "send_score", edit_and_send)

    assert [send_due_scores() for _tick in range(3)] == [1, 1, 0]
    assert [points for _number, _who, points, _state in sent(lms)][1] == 1.5


@pytest.mark.parametrize("is_known", [False, True])
def test_what_another_tick_sends_meanwhile_is_sent_again(
    lms, connected, graded, prompt, instructor, monkeypatch, is_known
):
    """Which of two messages the LMS has kept nobody can tell, also of a tick that has sent none."""
    [released] = release_prompt(prompt, by=instructor)
    if is_known:
        send_due_scores()
        queue_all(prompt.course)
    score_content = platform_scores.score_content

    def read_and_take_back(*args):
        content = score_content(*args)
        monkeypatch.undo()
        take_back_release(prompt, released.released_at, by=instructor)
        assert send_due_scores() == 1
        return content

    monkeypatch.setattr(platform_scores, "score_content", read_and_take_back)
    send_due_scores()

    assert send_due_scores() == 1
    assert [points is None for _number, _who, points, _state in sent(lms)[-2:]] == [is_known, True]
    assert (PlatformScore.objects.get().sent_hundredths, send_due_scores()) == (None, 0)

    release_prompt(prompt, by=instructor)

    assert send_due_scores() == 1
    assert states(lms)[-1] == "FullyGraded"


def test_time_of_a_message_grows_even_if_our_clock_is_put_back(
    lms, connected, graded, prompt, instructor
):
    """An LMS leaves out what is not newer than what it has."""
    release_prompt(prompt, by=instructor)
    send_due_scores()
    told = (timezone.now() + timedelta(hours=1)).replace(microsecond=0)
    PlatformScore.objects.update(told_at=told)
    edit_grade("1.5")

    send_due_scores()

    assert datetime.fromisoformat(lms.scores[-1][1]["timestamp"]) > told


def test_lms_that_refuses_is_noted_and_not_asked_again(lms, connected, graded, prompt, instructor):
    release_prompt(prompt, by=instructor)
    lms.status = 403

    send_due_scores()

    score = PlatformScore.objects.get()
    assert (score.refused_status, score.due_at) == (403, None)


def test_nothing_is_told_of_somebody_who_never_came_from_there(
    lms, connected, prompt, course, bob, instructor
):
    post = factories.make_post(bob, course, "Of pods", prompt=prompt)
    factories.make_grading(post, instructor, level=3)
    release_prompt(prompt, by=instructor)

    assert not PlatformScore.objects.filter(student=bob).exists()
    assert send_due_scores() == 0


def test_edit_of_a_released_grade_is_sent(lms, connected, graded, prompt, instructor):
    release_prompt(prompt, by=instructor)
    send_due_scores()
    edit_grade("1.5")

    assert send_due_scores() == 1
    assert lms.scores[-1][1]["scoreGiven"] == 1.5
    assert PlatformScore.objects.get().sent_points == Decimal("1.5")


def test_column_that_was_deleted_there_is_made_again_with_all_in_it(
    lms, connected, graded, prompt, instructor
):
    release_prompt(prompt, by=instructor)
    send_due_scores()
    lms.status = 404
    edit_grade("1.5")

    send_due_scores()

    assert LineItem.objects.get().url == ""
    assert PlatformScore.objects.get().refused_status == 404

    lms.status, lms.line_items = 200, []
    retry_scores(connected, by=instructor)

    assert send_due_scores() == 1
    assert len(lms.line_items) == 1
    assert lms.scores[-1][1]["scoreGiven"] == 1.5


def test_what_the_lms_has_is_not_sent_again(lms, connected, graded, prompt, instructor):
    release_prompt(prompt, by=instructor)
    send_due_scores()
    queue_all(prompt.course)

    assert send_due_scores() == 0
    assert PlatformScore.objects.get().due_at is None

    edit_grade("1.5")

    assert send_due_scores() == 1


def test_what_an_lms_may_have_is_sent_again(lms, connected, graded, prompt, instructor):
    """It did not answer, and may have stored the edit all the same: nobody can tell."""
    release_prompt(prompt, by=instructor)
    send_due_scores()
    edit_grade("1.5")
    lms.status = 503
    send_due_scores()
    edit_grade(None)
    lms.status = 200

    assert send_due_scores() == 1


def test_lms_keeps_what_it_has_of_a_former_member(lms, connected, graded, prompt, instructor, ada):
    [released] = release_prompt(prompt, by=instructor)
    send_due_scores()
    ada.memberships.update(ended_at=timezone.now())

    start_sending_grades(connected, by=instructor)
    assert not PlatformScore.objects.waiting().exists()
    take_back_release(prompt, released.released_at, by=instructor)

    assert send_due_scores() == 0
    assert [grading for *_who, grading in sent(lms)] == ["FullyGraded"]
    assert PlatformScore.objects.get().due_at is None


def test_lms_that_never_answers_is_given_up(lms, connected, graded, prompt, instructor):
    release_prompt(prompt, by=instructor)
    lms.status = 503
    for _ in range(MAX_ATTEMPTS):
        PlatformScore.objects.update(due_at=timezone.now())
        assert state_of(PlatformScore.objects.get()) == "waiting"
        send_due_scores()

    assert state_of(PlatformScore.objects.get()) == "given_up"

    retry_scores(connected, by=instructor)

    assert state_of(PlatformScore.objects.get()) == "waiting"


def test_old_launches_are_deleted(lms, connected):
    launch = Launch.objects.create(
        deployment=connected.deployment, nonce="n", token="t", browser="b", subject="s-1"
    )
    assert delete_old_launches() == 0
    Launch.objects.filter(pk=launch.pk).update(created_at=timezone.now() - timedelta(days=2))

    assert delete_old_launches() == 1
