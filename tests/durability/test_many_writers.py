"""Sixteen people write at once and one grades: nobody gets an error, and nothing is there twice."""

import time

import pytest

from tests.durability.writers import Load, assert_each_once, refused

LONG_SECONDS = 60

pytestmark = pytest.mark.slow


def test_sixteen_writers_get_no_error(place_of_course, writers):
    load = Load(writers, place_of_course.start().port)
    load.await_answers(200)
    load.end()

    assert refused(writers) == []
    assert_each_once(place_of_course, writers)


@pytest.mark.long
@pytest.mark.figure
def test_sixteen_writers_get_no_error_in_a_minute(place_of_course, writers, figure):
    load, end = Load(writers, place_of_course.start().port), time.monotonic() + LONG_SECONDS
    while time.monotonic() < end:
        load.await_answers(1)
    load.end()

    assert refused(writers) == []
    assert_each_once(place_of_course, writers)
    place_of_course.assert_sound()
    answers = sum(len(writer.told) for writer in writers)
    figure(
        "Many writers get no error",
        f"{LONG_SECONDS} s, {len(writers)} writers, {answers} writes: 0 answers of 5xx",
    )
