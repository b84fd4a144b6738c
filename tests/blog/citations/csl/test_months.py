"""Dates with the names of months in many languages."""

import pytest

from blog.citations.csl.dates import read_date
from blog.citations.csl.months import month_of

ABBREVIATIONS = (
    *("Jan", "Feb", "Mar.", "Apr", "May", "Jun."),
    *("Jul", "Aug.", "Sep", "Oct.", "Nov", "Dec."),
)
# Words that begin as a month, or as its abbreviation, in English or in another language.
NO_MONTHS = (
    *("Marathon", "Marketing", "Marsh", "Martha", "Marten", "Marble", "Marine", "Mayor", "Mayan"),
    *("Aprons", "Junior", "Junction", "Jungle", "Julian", "Augment", "Augury", "Septic"),
    *("Separate", "Octopus", "Octave", "Novel", "Novels", "Novice", "Decent", "Decision"),
    *("Decades", "Janitor", "Janus", "Febrile", "Sepia"),
)


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("4. März 2019", (2019, 3, 4)),
        ("18. Oktober 2026", (2026, 10, 18)),
        ("1er août 2021", (2021, 8, 1)),
        ("3 févr. 2020", (2020, 2, 3)),
        ("3 de mayo de 2020", (2020, 5, 3)),
        ("dic 2020", (2020, 12, 0)),
        ("12 de outubro de 2021", (2021, 10, 12)),
        ("24 set. 2021", (2021, 9, 24)),
        ("2024. gada 3. maijs", (2024, 5, 3)),
        ("2024. gada 3. maijā", (2024, 5, 3)),
        ("2024. gada 10. oktobrī", (2024, 10, 10)),
        ("3 maggio 2020", (2020, 5, 3)),
        ("3 augustus 2020", (2020, 8, 3)),
        ("3. elokuuta 2020", (2020, 8, 3)),
        ("3 stycznia 2020", (2020, 1, 3)),
        ("5 октября 2021", (2021, 10, 5)),
        ("24 Ağustos 2020", (2020, 8, 24)),
        ("5 Μαΐου 2020", (2020, 5, 5)),
        ("2020 Mar 3", (2020, 3, 3)),
        ("2020 mai", (2020, 5, 0)),
        ("18.10.2026", (2026, 10, 18)),
        ("5.3.2026", (2026, 3, 5)),
        ("18/10/2026", (2026, 10, 18)),
        ("10/18/2026", (2026, 10, 18)),
        ("3/5/2026", (2026, 0, 0)),  # in March or in May
        ("30 April 2020", (2020, 4, 30)),
        ("31 April 2020", (2020, 4, 0)),
        ("2020-04-31", (2020, 4, 0)),
        ("29 February 2020", (2020, 2, 29)),
        ("29 February 2021", (2021, 2, 0)),
        ("Sept. 3, 2020", (2020, 9, 3)),
        ("12. kesäkuuta 2020", (2020, 6, 12)),
        ("2026-10-18", (2026, 10, 18)),
    ],
)
def test_a_date_in_words_or_numbers(words, parts):
    date = read_date(words).start

    assert (date.year, date.month, date.day) == parts


@pytest.mark.parametrize(
    ("word", "month"),
    [
        ("January", 1),
        ("Sept", 9),
        ("MAY", 5),
        *((word, number + 1) for number, word in enumerate(ABBREVIATIONS)),
        *((word, 0) for word in NO_MONTHS),
        ("marraskuuta", 11),  # not March, as its first letters would have it in English
        ("maaliskuuta", 3),
        ("listopad", 0),  # November in Polish and Czech, October in Croatian
        ("Listopada", 0),
        ("of", 0),
        ("the", 0),
        ("Qing", 0),
        ("Frühling", 0),
        ("", 0),
        ("12", 0),
    ],
)
def test_month_of_a_word(word, month):
    assert month_of(word) == month


@pytest.mark.parametrize("words", ["2020, Marathon edition", "2020, Junior edition"])
def test_a_word_that_begins_as_a_month_does_is_none(words):
    assert read_date(words).words == words
