"""The day on which somebody looked: read, kept, and printed where a work is meant to change."""

import pytest
from django.utils.html import strip_tags

from blog.citations import format_list
from blog.citations.parsers.reference_line import read_reference

ADDRESS = "https://example.org/x"
MAY_3 = {"date-parts": [[2024, 5, 3]]}


def printed(record):
    return strip_tags(format_list([record])[0]).replace("&amp;", "&")


@pytest.mark.parametrize(
    "retrieved",
    [
        f"Retrieved May 3, 2024, from {ADDRESS}",
        f"Retrieved 3 May 2024, from {ADDRESS}",
        f"Retrieved on May 3rd, 2024 from {ADDRESS}",
        f"Retrieved 2024-05-03, from {ADDRESS}",
        f"Retrieved 3.5.2024 from {ADDRESS}",
        f"Accessed May 3, 2024. {ADDRESS}",
        f"{ADDRESS} (accessed May 3, 2024)",
        f"{ADDRESS} [Accessed 3 May 2024].",
        f"Retrieved from {ADDRESS} on May 3, 2024.",
        f"Recuperado el 3 de mayo de 2024, de {ADDRESS}",
        f"Recuperado em 3 de maio de 2024, de {ADDRESS}",
        f"Consulté le 3 mai 2024, sur {ADDRESS}",
        f"Abgerufen am 3. Mai 2024, von {ADDRESS}",
    ],
)
def test_a_page_without_a_date_prints_it(retrieved):
    record = read_reference(f"Luna, A. (n.d.). Home. Moor Site. {retrieved}")

    assert (record["accessed"], record["container-title"]) == (MAY_3, "Moor Site")
    assert printed(record) == (
        f"Luna, A. (n.d.). Home. Moor Site. Retrieved May 3, 2024, from {ADDRESS}"
    )


@pytest.mark.parametrize(
    "entry",
    [
        "Luna, A. (2019–present). Net census [Data set]. Moor House.",
        "Weak ties. (2024, May 1). In Wikipedia.",
        "Luna, A. (2023). Mending nets. In B. Sol (Ed.), UpToDate.",
        "Luna, A. [@luna]. (n.d.). Posts [Instagram profile]. Instagram.",
        "Nets. (n.d.). In Moor dictionary.",
    ],
)
def test_a_work_that_is_written_on_prints_it(entry):
    line = f"{entry} Retrieved May 3, 2024, from {ADDRESS}"

    assert printed(read_reference(line)) == line


@pytest.mark.parametrize(
    ("entry", "address"),
    [
        ("Luna, A. (2018, June 27). What are ties? Moor Post.", ADDRESS),
        ("Luna, A. (2020). Net census [Data set]. Moor House.", ADDRESS),
        ("Luna, A. (in press). Ties. Journal of Ties.", ADDRESS),
        ("Weak ties. (2024, May 1). In Wikipedia.", f"{ADDRESS}?title=Ties&oldid=12"),
        ("Luna, A. (n.d.). Home. Moor Site.", f"https://web.archive.org/web/2024/{ADDRESS}"),
    ],
)
def test_a_work_with_a_date_or_an_archived_version_keeps_it_to_itself(entry, address):
    record = read_reference(f"{entry} Retrieved May 3, 2024, from {address}")

    assert record["accessed"] == MAY_3
    assert printed(record) == f"{entry} {address}"


def test_a_day_that_may_be_two_is_not_guessed():
    assert read_reference(f"Luna, A. (n.d.). Home. Retrieved 3/5/2024, from {ADDRESS}") == {}


@pytest.mark.parametrize(
    ("date", "parts"),
    [
        ("2019, 4. Mai", [[2019, 5, 4]]),
        ("4 mai 2019", [[2019, 5, 4]]),
        ("4. märts 2019", [[2019, 3, 4]]),
        ("4 de mayo de 2019", [[2019, 5, 4]]),
        ("2019, mayo 4", [[2019, 5, 4]]),
        ("2019. gada 4. maijā", [[2019, 5, 4]]),
        ("2019, 4–6 mai", [[2019, 5, 4], [2019, 5, 6]]),
        ("2019, août", [[2019, 8]]),
    ],
)
def test_the_date_of_an_entry_in_another_language(date, parts):
    record = read_reference(f"Luna, A. ({date}). Ties. Moor Site. {ADDRESS}")

    assert record["issued"] == {"date-parts": parts}


def test_words_that_are_no_date_stay_with_their_year():
    record = read_reference("Luna, A. (2019, junk mai). Ties. Moor Site. https://x.org/y")

    assert record["issued"] == {"literal": "2019, junk mai"}
