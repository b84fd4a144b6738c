"""kill -9 of the production server while sixteen people write and one grades."""

import random

import pytest

from tests.durability.writers import Load, assert_each_once, refused

# A kill comes after so many answers, from the first ones on.
MOST_ANSWERS = 100

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    "kills", [2, pytest.param(20, marks=[pytest.mark.long, pytest.mark.figure])]
)
def test_what_was_acknowledged_is_there_once_after_each_kill(
    place_of_course, writers, kills, figure
):
    place, dice = place_of_course, random.Random(kills)
    for _kill in range(kills):
        load = Load(writers, place.start().port)
        load.await_answers(dice.randint(1, MOST_ANSWERS))
        place.kill()
        load.join()
        place.assert_sound()
        assert_each_once(place, writers)
    lost = sum(writer.pending is not None for writer in writers)

    # Once more in peace: what had no answer is sent again, with its key.
    load = Load(writers, place.start().port)
    load.await_answers(2 * len(writers))
    load.end()

    assert refused(writers) == []
    assert lost > 0
    assert_each_once(place, writers)
    place.assert_sound()
    place.manage("rebuild_ties", "--check")
    place.manage("rebuild_search", "--check")
    answers = sum(len(writer.told) for writer in writers)
    figure(
        "What was acknowledged is there once after kill -9",
        f"{kills} kills, {len(writers)} writers, {answers} writes: none lost, none twice",
    )
