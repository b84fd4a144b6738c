"""Places of a quotation, and of its passage in a later version."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.text.passages import (
    Change,
    Folded,
    Place,
    Quotation,
    find_again,
    find_quotation,
    finding,
    quote,
)
from blog.text.passages.finding import MAX_PLACES, MIN_UNCHANGED

TEXT = "The same words. The same words.\nOne “café”, it’s 😀 there."
OLD = (
    "A personal learning network is built, maintained and activated.\n"
    "Weak ties carry news that strong ties do not have.\n"
    "Who keeps both learns things that nobody meant to teach."
)


def words_at(text, places):
    return [text[start:end] for start, end in places]


def place_of(text, words):
    start = text.index(words)
    return Place(start, start + len(words))


# A quotation in a text


@pytest.mark.parametrize(
    "words",
    [
        'words.\n\n One "cafe\u0301"',
        "ONE   “café”",
        "One\t“ca\u00adfé”",
        "it's 😀",
        "😀",
    ],
)
def test_a_quotation_is_found_however_it_is_written(words):
    [place] = find_quotation(TEXT, Quotation(words))

    assert TEXT[slice(*place)].lower().replace("é", "e").startswith(words.strip()[0].lower())


def test_places_are_counted_in_code_points():
    assert find_quotation("😀😀 here", Quotation("here")) == [Place(3, 7)]


@pytest.mark.parametrize("words", ["words here", "cafe", "", "  ", "\u00ad"])
def test_what_is_not_there_is_not_found(words):
    assert find_quotation(TEXT, Quotation(words)) == []


def test_the_same_words_twice_are_told_apart_by_what_is_around_them():
    assert len(find_quotation(TEXT, Quotation("same words"))) == 2
    [first] = find_quotation(TEXT, Quotation("same words", "The", ". The"))
    [second] = find_quotation(TEXT, Quotation("same words", "words. The", ". One"))
    assert (first.start, second.start) == (4, 20)


def test_the_same_words_in_the_same_context_are_told_apart_by_their_place():
    text = "ha " * 40

    [place] = find_quotation(text, quote(text, Place(60, 62)), signs_before=40)

    assert place == Place(60, 62)


def test_words_are_looked_for_within_a_paragraph():
    assert find_quotation(TEXT, Quotation("same words"), within=Place(16, 31)) == [Place(20, 30)]


# A passage in another version


def again(words, new, old=OLD):
    place = place_of(old, words)
    found = find_again(quote(old, place), place, old, new)
    return found and new[slice(*found)]


@pytest.mark.parametrize(
    ("new", "found"),
    [
        (OLD, "Weak ties carry news"),
        (f"A new beginning.\n{OLD}", "Weak ties carry news"),
        ("\n".join(reversed(OLD.split("\n"))), "Weak ties carry news"),
        (OLD.replace("carry news", "bring news"), "Weak ties bring news"),
        (OLD.replace("Weak ties carry", "WEAK TIES carry"), "WEAK TIES carry news"),
        (OLD.replace("Weak ties carry news", "Gone"), None),
        ("Another text altogether.", None),
        ("", None),
    ],
)
def test_a_passage_is_found_again_or_gone(new, found):
    assert again("Weak ties carry news", new) == found


def test_one_short_word_elsewhere_is_not_the_passage():
    assert again("built", "A house is built of stone and never of words alone.") is None


def test_a_long_quotation_elsewhere_is_the_passage():
    words = "Who keeps both learns things that nobody meant to teach."

    assert again(words, f"Nothing else is as it was. {words} So it ends.") == words


def test_one_of_many_like_it_is_followed_to_where_it_went():
    old = "ha " * 40
    new = f"Oh! {old}"

    assert find_again(quote(old, Place(60, 62)), Place(60, 62), old, new) == Place(64, 66)


VOCABULARY = ["tie", "news", "weak", "strong", "learn", "the", "a", "😀", "é"]
WORDS = st.lists(st.sampled_from(VOCABULARY), max_size=30).map(" ".join)
SOME = st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=8).map(" ".join)


@given(before=WORDS, words=SOME, after=WORDS, new_before=WORDS, new_after=WORDS)
def test_a_passage_is_found_wherever_it_is_with_its_context(
    before, words, after, new_before, new_after
):
    old = f"{before}\n{words}\n{after}".strip()
    place = place_of(old, words)
    quotation = quote(old, place)
    new = f"{new_before} {quotation.prefix}{words}{quotation.suffix} {new_after}"

    found = find_again(quotation, place, old, new)

    assert found is not None
    assert new[slice(*found)] == words


def common_length(one, other):
    """Return the length of the longest common subsequence, by the textbook."""
    lengths = [0] * (len(other) + 1)
    for sign in one:
        before = lengths
        lengths = [0]
        for place, there in enumerate(other):
            longer = before[place] + 1 if sign == there else 0
            lengths.append(max(longer, lengths[-1], before[place + 1]))
    return lengths[-1]


EDITS = st.lists(st.tuples(st.integers(0, 60), st.sampled_from(["", *VOCABULARY])), max_size=6)


@given(before=WORDS, words=SOME, after=WORDS, edits=EDITS)
def test_what_is_found_has_the_words_or_most_of_them(before, words, after, edits):
    old = f"{before}\n{words}\n{after}".strip()
    place = place_of(old, words)
    new_words = old.split(" ")
    for at, word in edits:
        new_words[at % len(new_words)] = word
    new = " ".join(new_words)

    found = find_again(quote(old, place), place, old, new)

    there = new[slice(*found)] if found else words
    assert 2 * common_length(words, there) / len(words + there) >= MIN_UNCHANGED
    assert there == there.strip() != ""


@given(text=st.text(max_size=60), start=st.integers(0, 60), length=st.integers(1, 20))
def test_any_words_of_a_text_are_found_in_it(text, start, length):
    words = text[start : start + length]
    places = find_quotation(text, Quotation(words))

    for place in places:
        assert 0 <= place.start < place.end <= len(text)
    assert find_again(Quotation(words), Place(start, start + length), text, text) is not None


# Words in a great many places

MANY = "a " * 20_000


def test_words_in_many_places_are_found_by_the_difference_alone():
    new = f"b {MANY}"
    quotation, place = quote(MANY, Place(600, 1201)), Place(600, 1201)

    assert find_again(quotation, place, MANY, new) == Place(602, 1203)


def test_no_more_than_some_of_many_places_are_looked_at(monkeypatch):
    looked_at = []
    context = Folded.context
    monkeypatch.setattr(
        Folded, "context", lambda *arguments: looked_at.append(1) or context(*arguments)
    )
    quotation = Quotation(MANY[:1201], "c c c", "c c c")

    find_again(quotation, Place(600, 1801), MANY, f"b {MANY}")
    find_quotation(MANY, quotation, signs_before=9_000)

    assert len(looked_at) < 3 * MAX_PLACES


def test_of_many_places_the_one_that_was_selected_is_found():
    quotation = quote(MANY, Place(30_000, 30_601))

    assert find_quotation(MANY, quotation, signs_before=15_000) == [Place(30_000, 30_601)]


def test_a_version_is_compared_once_for_all_its_passages(monkeypatch):
    compared = []
    compare = finding.compare_texts
    monkeypatch.setattr(
        finding, "compare_texts", lambda *texts: compared.append(1) or compare(*texts)
    )
    change = Change(OLD, Folded(OLD.replace("built", "made")))

    for start in (29, 30, 31):
        change.find(quote(OLD, Place(start, 45)), Place(start, 45))

    assert len(compared) == 1
