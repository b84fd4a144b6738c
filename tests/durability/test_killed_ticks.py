"""kill -9 of a tick that erases a course: the next one finishes it, and nothing is half there."""

import os
import signal
import subprocess
import sys
import time

import pytest

from blog.models import Course
from tests import factories
from tests.benchmarks import university
from tests.benchmarks.servers import ROOT
from tests.durability.places import fill
from tests.full_course import let_its_day_come

pytestmark = pytest.mark.slow

COMMENTS = "SELECT count(*) FROM blog_comment"
WAITS_SECONDS = 120


@pytest.fixture
def large_course(transactional_db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    made = university.make_pattern(1, posts=400, comments=8_000, prompts=2)
    course = Course.objects.get(pk=getattr(made, "pk", made))
    factories.make_picture(course.posts.first())
    let_its_day_come(course)
    return course


def tick_killed_at(place, is_time) -> None:
    """Start a tick and end it, as soon as something is so, as the system would."""
    tick = subprocess.Popen(
        [sys.executable, "manage.py", "tick"],
        cwd=ROOT,
        env=place.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    stops_at = time.monotonic() + WAITS_SECONDS
    while tick.poll() is None and time.monotonic() < stops_at and not is_time():
        time.sleep(0.001)
    assert tick.poll() is None, "it was done before it could be killed"
    os.kill(tick.pid, signal.SIGKILL)
    tick.wait()


def test_the_next_tick_finishes_what_a_killed_one_has_begun(place_of_course, large_course):
    place, pk = place_of_course, large_course.pk
    fill(place)
    [(comments,)] = place.rows(COMMENTS)
    hidden = f"SELECT erasing_since IS NOT NULL FROM blog_course WHERE id = {pk}"

    tick_killed_at(place, lambda: place.rows(hidden) == [(1,)])
    place.assert_sound()
    assert place.rows(hidden) == [(1,)]
    assert place.rows("SELECT count(*) FROM blog_membership") == [(0,)]
    assert place.rows("SELECT count(*) FROM blog_post WHERE deleted_at IS NULL") == [(0,)]
    if place.rows(COMMENTS) == [(comments,)]:
        tick_killed_at(place, lambda: place.rows(COMMENTS)[0][0] < comments)
        place.assert_sound()
        assert place.rows(hidden) == [(1,)]

    place.manage("tick")

    place.assert_sound()
    left = [
        table
        for table in ("course", "post", "comment", "revision", "work", "picture", "prompt", "pod")
        if place.rows(f"SELECT count(*) FROM blog_{table}") != [(0,)]
    ]
    assert left == []
    assert place.files() == {}
    erased = "SELECT count(*) FROM blog_auditevent WHERE action = 'course_erased'"
    assert place.rows(erased) == [(1,)]
    place.manage("tick")
    assert place.rows(erased) == [(1,)]
