"""Two ticks at the same moment: an LMS is told once, and gets one column."""

import threading

import pytest
from django.utils import timezone

from blog.actions.releases import release_prompt
from blog.models import LineItem, PlatformScore
from blog.models.platform_courses import CLAIM_LASTS
from blog.tasks import platform_scores, send_due_scores
from tests import factories
from tests.threads import PATIENCE, at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def released(lms):
    """Create three students of a course of an LMS, whose grades wait to be sent."""
    instructor = factories.make_user("Ines Instructor")
    course = factories.make_course("networks", instructor=instructor)
    connected = factories.make_platform_course(
        course,
        instructor,
        lms.register(),
        lineitems_url=f"{lms.url}/lineitems?course=1",
        sends_grades=True,
    )
    prompt = factories.make_prompt(course, rubric=factories.make_rubric(course))
    for name in ("Ada", "Bob", "Cleo"):
        person = factories.make_user(name)
        factories.add_member(course, person)
        factories.make_platform_member(connected, person, name)
        post = factories.make_post(person, course, f"Of ties, by {name}", prompt=prompt)
        factories.make_grading(post, instructor, level=3)
    release_prompt(prompt, by=instructor)


def test_each_grade_is_sent_once(lms, released, monkeypatch):
    """Both have read a row as due before either takes it."""
    LineItem.objects.update(url=f"{lms.url}/lineitems/1")
    both_have_read, at_its_first = threading.Barrier(2), threading.local()
    next_try = platform_scores.next_try

    def wait_and_count(failures):
        if not hasattr(at_its_first, "over"):
            at_its_first.over = True
            both_have_read.wait(PATIENCE)
        return next_try(failures)

    monkeypatch.setattr(platform_scores, "next_try", wait_and_count)

    at_once(send_due_scores, send_due_scores)

    assert sorted(score["userId"] for _number, score in lms.scores) == ["Ada", "Bob", "Cleo"]


def test_one_column_is_made(lms, released, monkeypatch):
    """The second looks for the column while the first is at it, and leaves its rows for later."""
    looked, may_answer = threading.Event(), threading.Event()
    answer_get = lms.answer_get

    def answer_slowly(path, query):
        if path == "/lineitems":
            looked.set()
            may_answer.wait(PATIENCE)
        return answer_get(path, query)

    monkeypatch.setattr(lms, "answer_get", answer_slowly)

    def come_second():
        looked.wait(PATIENCE)
        try:
            assert send_due_scores() == 0
        finally:
            may_answer.set()

    at_once(send_due_scores, come_second)

    assert [item["tag"] for item in lms.line_items] == ["post"]
    assert [score.attempts for score in PlatformScore.objects.waiting()] == [0, 0]
    PlatformScore.objects.waiting().update(due_at=timezone.now())
    assert send_due_scores() == 2
    assert len(lms.line_items) == 1
    assert LineItem.objects.get().claimed_at is None


def test_column_of_a_tick_that_was_stopped_is_made_by_another(lms, released):
    LineItem.objects.update(claimed_at=timezone.now())
    assert send_due_scores() == 0

    long_ago = timezone.now() - 2 * CLAIM_LASTS
    LineItem.objects.update(claimed_at=long_ago)
    PlatformScore.objects.update(due_at=timezone.now())

    assert send_due_scores() == 3
