"""Requirements of a prompt, beside a text."""

from datetime import UTC, datetime, timedelta

import pytest

from blog.models import Prompt
from blog.queries.commented_peers import CommentedPeers
from blog.queries.prompt_progress import Band, PromptProgress

DUE = datetime(2026, 10, 18, 23, 59, tzinfo=UTC)


def asked(words=600, cited=2, published_at=None, now=DUE, **prompt):
    fields = {"words_min": 500, "words_max": 800, "references_min": 2, "due_at": DUE} | prompt
    return PromptProgress(Prompt(**fields), words, cited, CommentedPeers(), published_at, now)


@pytest.mark.parametrize(("words", "fit"), [(499, False), (500, True), (800, True), (801, False)])
def test_words_fit_the_band_with_its_ends(words, fit):
    assert asked(words=words).words_fit is fit


@pytest.mark.parametrize(
    ("words", "short", "over"), [(0, 500, 0), (500, 0, 0), (800, 0, 0), (945, 0, 145)]
)
def test_words_outside_the_band_are_counted(words, short, over):
    progress = asked(words=words)

    assert (progress.words_short, progress.words_over) == (short, over)


def test_without_an_upper_end_more_words_fit():
    some = asked(words=5000, words_max=None)

    assert (some.words_fit, some.word_range) == (True, "500+")


def test_the_band_has_room_on_both_sides_of_its_line():
    assert asked(words=564).band == Band(start=50.0, width=30.0, at=56.4)
    assert asked(words=9000).band.at == 99.2


def test_nothing_asked_is_nothing_to_show():
    assert asked(words_min=0, words_max=None).word_range == ""


def test_a_deadline_includes_its_minute():
    assert asked(now=DUE + timedelta(seconds=59)).is_late is False
    assert asked(now=DUE + timedelta(seconds=60)).is_late is True


def test_what_was_published_is_not_late_any_more():
    later = DUE + timedelta(days=3)

    assert asked(published_at=later, now=later).is_late is False
