"""Place of a stretch of a text after some of its words were replaced."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.text.passages import Place, Rewriting

OLD = "One (Lovelace, 2026) and two. Lovelace said so."
NEW = "One (Quiet Heron, 2026) and two. Quiet Heron said so."


@pytest.mark.parametrize(
    ("words", "then"),
    [
        ("One", "One"),
        ("(Lovelace", "(Quiet Heron"),
        ("Lovelace, 2026", "Quiet Heron, 2026"),
        ("and two", "and two"),
        ("said so.", "said so."),
        (OLD, NEW),
        ("ovela", "Quiet Heron"),  # within a word: it has no part that is the same
    ],
)
def test_each_stretch_has_its_own(words, then):
    start = OLD.index(words)

    place = Rewriting(OLD, NEW).place_of(Place(start, start + len(words)))

    assert place is not None
    assert NEW[slice(*place)] == then


@pytest.mark.parametrize("place", [Place(400, 500), Place(3, 500), Place(3, 4)])
def test_what_is_no_place_of_words_has_none(place):
    assert Rewriting(OLD, NEW).place_of(place) is None


def test_words_that_went_have_none():
    assert Rewriting("One two three.", "One three.").place_of(Place(4, 7)) is None


def test_what_became_very_much_longer_is_another_passage():
    assert Rewriting("One a two.", f"One {'b' * 400} two.").place_of(Place(4, 5)) is None


def test_the_same_text_changes_nothing():
    assert Rewriting(OLD, OLD).changes_nothing
    assert Rewriting(OLD, OLD).place_of(Place(4, 9)) == Place(4, 9)


@given(st.lists(st.sampled_from(["Ada", "of", "(", ")", " ", "\n"]), max_size=30), st.data())
def test_a_place_never_reaches_beyond_the_text_and_has_no_former_name(parts, data):
    old = " ".join(parts)
    new = old.replace("Ada", "Quiet Heron")
    start = data.draw(st.integers(0, len(old)))
    end = data.draw(st.integers(start, len(old)))

    place = Rewriting(old, new).place_of(Place(start, end))

    if place is not None:
        assert 0 <= place.start < place.end <= len(new)
