"""Changes while no way leads to an LMS: sent once there is one again."""

import json
import logging
from datetime import timedelta

import pytest
from django.utils import timezone

from blog.actions.courses import change_member, remove_member, restore_member
from blog.actions.launches import disconnect_account
from blog.actions.platform_courses import retry_scores, start_sending_grades, stop_sending_grades
from blog.actions.releases import release_prompt, take_back_release
from blog.lti.services import Services
from blog.models import (
    Course,
    LineItem,
    Membership,
    Platform,
    PlatformAccount,
    PlatformCourse,
    PlatformMember,
    PlatformScore,
)
from blog.queries.platform_scores import (
    CHANGED,
    NOT_TOLD,
    TAKEN_BACK,
    TOLD,
    connected_courses,
    not_from_lms,
    told_to_lms,
)
from blog.tasks import platform_scores, send_due_scores
from tests import factories
from tests.blog.tasks.platform_score_steps import (
    connect,
    edit_grade,
    grade,
    grade_comments,
    sent,
    shown,
    states,
)
from tests.lms import running_lms

# A grade that stays in an LMS, or comes to somebody else there, is a harm: tried at each commit.
pytestmark = [pytest.mark.django_db, pytest.mark.whole]


@pytest.fixture
def connected(lms, course, instructor, ada):
    return connect(lms, course, instructor, ada)


@pytest.fixture
def prompt(course):
    return factories.make_prompt(course, rubric=factories.make_rubric(course))


@pytest.fixture
def graded(prompt, ada, instructor):
    return grade(ada, prompt, instructor)


@pytest.fixture
def other_lms(course, instructor, connected):
    """Yield another LMS, asked by this site too, with a course that leads to the same one."""
    with running_lms() as found:
        platform = found.register(name="Other LMS")
        factories.make_platform_course(
            course,
            instructor,
            platform,
            lineitems_url=f"{found.url}/lineitems",
            sends_grades=True,
        )
        yield found


def membership_of(person, course):
    return Membership.objects.get(user=person, course=course)


def test_what_is_released_while_an_lms_is_off_waits_for_it(
    lms, connected, graded, prompt, instructor, course
):
    Platform.objects.update(is_on=False)
    release_prompt(prompt, by=instructor)
    assert (send_due_scores(), shown(course)) == (0, [("waiting", "")])

    Platform.objects.update(is_on=True)

    assert (send_due_scores(), states(lms)) == (1, ["FullyGraded"])


def test_what_is_taken_back_while_an_lms_is_off_waits_for_it(
    lms, connected, graded, prompt, instructor, course
):
    [released] = release_prompt(prompt, by=instructor)
    send_due_scores()
    Platform.objects.update(is_on=False)
    take_back_release(prompt, released.released_at, by=instructor)
    assert (send_due_scores(), shown(course)) == (0, [("waiting", TAKEN_BACK)])

    Platform.objects.update(is_on=True)

    assert (send_due_scores(), states(lms)) == (1, ["FullyGraded", "NotReady"])
    assert shown(course) == [("sent", "")]


@pytest.mark.parametrize("kind", ["post", "comments"])
def test_what_is_taken_back_while_sending_is_stopped_is_told_after_it(
    lms, connected, prompt, ada, instructor, course, kind
):
    """Also of comments, for which no post is found."""
    (grade if kind == "post" else grade_comments)(ada, prompt, instructor)
    [released] = release_prompt(prompt, by=instructor)
    send_due_scores()
    stop_sending_grades(connected, by=instructor)
    take_back_release(prompt, released.released_at, by=instructor)
    assert (send_due_scores(), shown(course)) == (0, [("sent", TAKEN_BACK)])

    start_sending_grades(connected, by=instructor)

    assert (send_due_scores(), states(lms)) == (1, ["FullyGraded", "NotReady"])


def test_points_stay_where_an_account_was_disconnected_and_the_team_reads_so(
    lms, connected, graded, prompt, instructor, ada, course, client
):
    account = PlatformAccount.objects.create(issuer=lms.url, subject="s-a", user=ada)
    [released] = release_prompt(prompt, by=instructor)
    send_due_scores()
    disconnect_account(account, by=ada)
    assert shown(course) == [("sent", "")]
    assert not_from_lms(course, connected_courses(course)) == [ada]

    edit_grade("1.5")
    assert (send_due_scores(), shown(course)) == (0, [("sent", CHANGED)])
    take_back_release(prompt, released.released_at, by=instructor)
    assert (send_due_scores(), shown(course)) == (0, [("sent", TAKEN_BACK)])

    PlatformAccount.objects.create(issuer=lms.url, subject="s-a", user=ada)
    lms.launch(client, sub="s-a")

    assert (send_due_scores(), states(lms)) == (1, ["FullyGraded", "NotReady"])
    assert shown(course) == [("sent", "")]


def test_who_is_let_back_in_gets_the_grade_that_waited(
    lms, connected, graded, prompt, instructor, ada, course
):
    release_prompt(prompt, by=instructor)
    remove_member(membership_of(ada, course), by=instructor)
    assert send_due_scores() == 0

    restore_member(membership_of(ada, course), by=instructor)

    assert (send_due_scores(), states(lms)) == (1, ["FullyGraded"])


@pytest.mark.parametrize("way", ["removed", "assistant"])
def test_what_is_taken_back_while_somebody_is_no_student_is_told_after_it(
    lms, connected, graded, prompt, instructor, ada, course, way
):
    [released] = release_prompt(prompt, by=instructor)
    send_due_scores()
    if way == "removed":
        remove_member(membership_of(ada, course), by=instructor)
    else:
        change_member(membership_of(ada, course), by=instructor, role="assistant", pod=None)
    take_back_release(prompt, released.released_at, by=instructor)
    assert (send_due_scores(), shown(course)) == (0, [("sent", TAKEN_BACK)])

    if way == "removed":
        restore_member(membership_of(ada, course), by=instructor)
    else:
        change_member(membership_of(ada, course), by=instructor, role="student", pod=None)

    assert (send_due_scores(), states(lms)) == (1, ["FullyGraded", "NotReady"])


@pytest.mark.parametrize(
    "way", ["removed", "assistant", "no columns", "off", "no token", "stopped"]
)
def test_release_that_no_lms_is_told_to_take_back_says_so(
    lms, connected, graded, prompt, instructor, ada, course, way
):
    """What the page says before, and what a tick then does."""
    [released] = release_prompt(prompt, by=instructor)
    send_due_scores()
    assert told_to_lms(prompt, [ada]) == TOLD
    if way == "removed":
        remove_member(membership_of(ada, course), by=instructor)
    elif way == "assistant":
        change_member(membership_of(ada, course), by=instructor, role="assistant", pod=None)
    elif way == "no columns":
        PlatformCourse.objects.update(lineitems_url="")
    elif way == "off":
        Platform.objects.update(is_on=False)
    elif way == "no token":
        Platform.objects.update(denied_at=timezone.now())
    else:
        stop_sending_grades(connected, by=instructor)

    assert told_to_lms(prompt, [ada]) == NOT_TOLD

    take_back_release(prompt, released.released_at, by=instructor)
    assert (send_due_scores(), [stale for _state, stale in shown(course)]) == (0, [TAKEN_BACK])


def test_grades_go_to_the_key_with_which_somebody_came_last(
    lms, connected, graded, prompt, instructor, ada, course, client
):
    """An LMS may join two accounts of one person."""
    release_prompt(prompt, by=instructor)
    send_due_scores()
    for subject in ("s-a", "s-new"):
        PlatformAccount.objects.create(issuer=lms.url, subject=subject, user=ada)
        lms.launch(client, sub=subject)

    assert send_due_scores() == 1
    assert [who for _number, who, *_points in sent(lms)] == ["s-a", "s-new"]
    assert PlatformMember.objects.get(user=ada).subject == "s-new"

    lms.launch(client, sub="s-new")

    assert not PlatformScore.objects.waiting().exists()


def test_member_of_an_archived_course_is_sent_their_grade(
    lms, connected, graded, prompt, instructor, bob, course, client
):
    """As the page says: it is sent when they come."""
    grade(bob, prompt, instructor)
    release_prompt(prompt, by=instructor)
    send_due_scores()
    Course.objects.update(archived_at=timezone.now())
    PlatformAccount.objects.create(issuer=lms.url, subject="s-b", user=bob)
    assert not_from_lms(course, connected_courses(course)) == [bob]

    lms.launch(client, sub="s-b")

    assert (send_due_scores(), sent(lms)[-1][1]) == (1, "s-b")
    assert not_from_lms(course, connected_courses(course)) == []


def test_student_of_a_course_that_gets_no_grades_is_named(
    lms, connected, graded, prompt, instructor, bob, course
):
    other = factories.make_platform_course(
        course, instructor, connected.platform, context_id="context-2"
    )
    factories.make_platform_member(other, bob)
    grade(bob, prompt, instructor)
    release_prompt(prompt, by=instructor)

    assert not_from_lms(course, connected_courses(course)) == [bob]

    PlatformCourse.objects.filter(pk=other.pk).update(
        sends_grades=True, lineitems_url=f"{lms.url}/lineitems"
    )

    assert not_from_lms(course, connected_courses(course)) == []


@pytest.mark.parametrize("path", ["/token", "/lineitems"])
def test_lms_that_is_down_holds_up_no_other(
    lms, connected, prompt, instructor, ada, bob, course, other_lms, monkeypatch, path
):
    """However many rows of it are due, and have been for longer."""
    monkeypatch.setattr(platform_scores, "SCORES_PER_TICK", 2)
    elsewhere = PlatformCourse.objects.of_platform(Platform.objects.get(name="Other LMS")).get()
    others = [factories.make_user("Cleo"), factories.make_user("Dan")]
    for person in others:
        factories.add_member(course, person)
    for person in (ada, bob, *others):
        factories.make_platform_member(elsewhere, person, f"o-{person.pk}")
        grade(person, prompt, instructor)
    other_lms.status = 503
    if path == "/token":
        monkeypatch.setattr(other_lms, "answer_post", lambda *args: (503, "text/plain", None))
    release_prompt(prompt, by=instructor)
    PlatformScore.objects.filter(line_item__platform_course=connected).update(due_at=timezone.now())

    send_due_scores()

    assert states(lms) == ["FullyGraded"]
    assert other_lms.asked.count(path) == 1


def test_lms_without_a_token_is_asked_once_in_a_tick(
    lms, connected, graded, prompt, instructor, course, ada, monkeypatch
):
    """Whichever of its courses is due: each question may take ten seconds."""
    second = factories.make_platform_course(
        course,
        instructor,
        connected.platform,
        context_id="context-2",
        lineitems_url=f"{lms.url}/lineitems",
        sends_grades=True,
    )
    factories.make_platform_member(second, ada, "s-2")
    monkeypatch.setattr(lms, "answer_post", lambda *args: (503, "text/plain", None))
    release_prompt(prompt, by=instructor)

    send_due_scores()

    assert lms.asked == ["/token"]
    assert sorted(PlatformScore.objects.values_list("attempts", flat=True)) == [0, 1]


@pytest.mark.parametrize("address", ["https://[x/y", "http://127.0.0.1:99999/x", "x", ""])
def test_column_with_an_address_that_is_none_is_refused(
    lms, connected, graded, prompt, instructor, monkeypatch, address
):
    monkeypatch.setattr(
        lms,
        "answer_post",
        lambda path, body: (
            (201, "application/json", {"id": address})
            if path == "/lineitems"
            else (200, "application/json", {"access_token": "t", "expires_in": 3600})
        ),
    )
    release_prompt(prompt, by=instructor)

    assert send_due_scores() == 0

    assert LineItem.objects.get().url == ""
    assert PlatformScore.objects.get().refused_status == 0


def test_row_that_fails_holds_up_no_other(
    lms, connected, graded, prompt, instructor, bob, course, monkeypatch, caplog
):
    factories.make_platform_member(connected, bob, "s-b")
    grade(bob, prompt, instructor)
    release_prompt(prompt, by=instructor)
    PlatformScore.objects.filter(student=graded.student).update(
        due_at=timezone.now() - timedelta(hours=1)
    )
    send_score = Services.send_score

    def send_or_fail(self, line_item, score):
        if score["userId"] == "s-a":
            raise ValueError("nobody has thought of that")
        send_score(self, line_item, score)

    monkeypatch.setattr(Services, "send_score", send_or_fail)

    with caplog.at_level(logging.CRITICAL):
        assert send_due_scores() == 1

    assert [who for _number, who, *_points in sent(lms)] == ["s-b"]
    assert PlatformScore.objects.waiting().get().student == graded.student


def test_student_whom_an_lms_does_not_know_costs_no_column(
    lms, connected, graded, prompt, instructor, bob, course, monkeypatch
):
    """It answers 404 for them, and has the column."""
    factories.make_platform_member(connected, bob, "s-b")
    grade(bob, prompt, instructor)
    release_prompt(prompt, by=instructor)
    send_due_scores()
    answer_post = lms.answer_post

    def answer(path, body):
        if path.endswith("/scores") and json.loads(body)["userId"] == "s-a":
            return 404, "text/plain", None
        return answer_post(path, body)

    monkeypatch.setattr(lms, "answer_post", answer)
    graded.refresh_from_db()
    take_back_release(prompt, graded.released_at, by=instructor)
    send_due_scores()

    assert LineItem.objects.get().url == lms.line_items[0]["id"]
    assert shown(course) == [("refused", TAKEN_BACK), ("sent", "")]

    retry_scores(connected, by=instructor)
    send_due_scores()

    assert len(lms.line_items) == 1
