"""Names and order: what all files of a network have in common."""

from hypothesis import given

from network.export import FORMATS, Export, Network, clean, pseudonym
from tests.network.export.support import hostile, letters, networks
from tests.network.export.test_read_me import FACTS


@given(networks())
def test_files_do_not_depend_on_the_order_of_what_is_given(network):
    turned = Network(network.nodes[::-1], network.edges[::-1], network.about)

    files, of_turned = (FORMATS["zip"](Export(each, FACTS)) for each in (network, turned))
    assert {name: list(lines) for name, lines in of_turned.items()} == {
        name: list(lines) for name, lines in files.items()
    }


@given(hostile)
def test_cleaned_text_is_one_trimmed_line_and_stays_so(text):
    cleaned = clean(text)

    assert clean(cleaned) == cleaned
    assert letters(cleaned) == letters(text)
    assert cleaned == cleaned.strip()
    assert len(cleaned.splitlines()) <= 1


def test_pseudonyms_are_stable_and_differ_by_key_course_and_person():
    variants = [
        ("key", 1, 1),
        ("key", 1, "post:1"),
        ("key", 1, 2),
        ("key", 2, 1),
        ("other", 1, 1),
        ("key", 11, 1),
    ]

    assert len({pseudonym(*one) for one in variants}) == len(variants)
    assert pseudonym("key", 1, 1) == pseudonym("key", 1, 1)
    assert len({pseudonym("key", 1, person) for person in range(5000)}) == 5000
    assert pseudonym("key", 1, 1, prefix="T") == "T" + pseudonym("key", 1, 1)[1:]
