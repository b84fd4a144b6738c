"""A key of an LMS that comes to somebody else: what was sent under it is not theirs."""

import pytest

from blog.actions.courses import remove_member
from blog.actions.launches import disconnect_account
from blog.actions.platform_courses import start_sending_grades, stop_sending_grades
from blog.actions.releases import release_prompt
from blog.lti.services import Services
from blog.models import PlatformAccount, PlatformMember, PlatformScore
from blog.queries.platform_scores import TAKEN_BACK
from blog.tasks import send_due_scores
from tests import factories
from tests.blog.tasks.platform_score_steps import connect, edit_grade, grade, sent, shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def connected(lms, course, instructor, ada):
    return connect(lms, course, instructor, ada)


@pytest.fixture
def prompt(course):
    return factories.make_prompt(course, rubric=factories.make_rubric(course))


@pytest.fixture
def points(lms, connected, prompt, instructor, ada):
    """Return the points of Ada, which the LMS has under the key “s-a”."""
    PlatformAccount.objects.create(issuer=lms.url, subject="s-a", user=ada)
    grade(ada, prompt, instructor)
    release_prompt(prompt, by=instructor)
    send_due_scores()
    return sent(lms)[0][2]


def disconnect(person, subject):
    disconnect_account(PlatformAccount.objects.get(user=person, subject=subject), by=person)


def come(lms, client, person, subject):
    """Let somebody come from the LMS by a key, which leads to their account from now on."""
    PlatformAccount.objects.update_or_create(
        issuer=lms.url, subject=subject, defaults={"user": person}
    )
    lms.launch(client, sub=subject)


def has(lms, subject):
    """Return the points that the LMS shows for a key, by what it was sent last."""
    return [given for _number, who, given, _state in sent(lms) if who == subject][-1]


def of(person):
    return PlatformScore.objects.get(student=person)


@pytest.mark.parametrize("is_disconnected", [True, False])
def test_grade_of_another_is_taken_back(lms, points, ada, bob, course, client, is_disconnected):
    if is_disconnected:
        disconnect(ada, "s-a")

    come(lms, client, bob, "s-a")

    assert [one.user for one in PlatformMember.objects.all()] == [bob]
    assert shown(course) == [("waiting", "")]
    assert send_due_scores() == 1
    assert sent(lms)[1:] == [("1", "s-a", None, "NotReady")]
    assert (of(ada).sent_hundredths, of(ada).sent_at) == (None, None)
    assert of(bob).sent_hundredths is None
    assert shown(course) == [("sent", "")]
    assert send_due_scores() == 0


def test_own_grade_comes_in_the_place_of_that_of_another(
    lms, points, prompt, instructor, ada, bob, client
):
    disconnect(ada, "s-a")
    grade(bob, prompt, instructor)
    release_prompt(prompt, by=instructor)
    edit = of(ada).told_at

    come(lms, client, bob, "s-a")

    assert send_due_scores() == 1
    assert has(lms, "s-a") == points
    assert of(bob).told_at > edit


def test_key_that_one_had_before_another_counts_as_well(lms, points, ada, bob, client):
    """Ada had connected the account of Bob, and came by her own before he connects his."""
    come(lms, client, ada, "s-own")
    send_due_scores()
    assert (has(lms, "s-a"), has(lms, "s-own")) == (points, points)

    come(lms, client, bob, "s-a")
    send_due_scores()

    assert (has(lms, "s-a"), has(lms, "s-own")) == (None, points)
    assert of(ada).sent_points is not None
    edit_grade("1.5")
    send_due_scores()
    assert (has(lms, "s-a"), has(lms, "s-own")) == (None, 1.5)


def test_key_of_one_who_is_no_student_is_named(
    lms, points, ada, bob, course, instructor, client, connected
):
    """Nothing is sent of them, so somebody has to look at it in the LMS."""
    disconnect(ada, "s-a")
    come(lms, client, bob, "s-other")
    remove_member(course.memberships.get(user=bob), by=instructor)

    PlatformMember.objects.keep(connected, {bob.pk: "s-a"})

    assert (send_due_scores(), shown(course)) == (0, [("sent", TAKEN_BACK)])


def test_what_waits_for_the_word_of_the_team_is_taken_back_then(
    lms, points, connected, instructor, ada, bob, client
):
    disconnect(ada, "s-a")
    stop_sending_grades(connected, by=instructor)
    come(lms, client, bob, "s-a")
    assert send_due_scores() == 0

    start_sending_grades(connected, by=instructor)

    assert (send_due_scores(), has(lms, "s-a")) == (1, None)


def test_key_that_comes_back_brings_the_grade_back(lms, points, ada, bob, client):
    disconnect(ada, "s-a")
    come(lms, client, bob, "s-a")
    send_due_scores()

    come(lms, client, ada, "s-a")
    send_due_scores()

    assert has(lms, "s-a") == points
    assert of(bob).sent_at is None


def test_message_that_may_have_arrived_counts(
    lms, connected, prompt, instructor, ada, bob, client, monkeypatch
):
    """The tick was stopped before it could store what it had sent."""
    grade(ada, prompt, instructor)
    release_prompt(prompt, by=instructor)
    send_score = Services.send_score

    def send_and_stop(self, *args):
        send_score(self, *args)
        raise KeyboardInterrupt

    monkeypatch.setattr(Services, "send_score", send_and_stop)
    with pytest.raises(KeyboardInterrupt):
        send_due_scores()
    monkeypatch.undo()

    come(lms, client, bob, "s-a")

    assert (send_due_scores(), has(lms, "s-a")) == (1, None)


def test_newcomer_with_a_key_of_nobody_is_told_nothing(lms, points, bob, client):
    come(lms, client, bob, "s-b")

    assert not PlatformScore.objects.filter(student=bob).exists()
    assert send_due_scores() == 0
