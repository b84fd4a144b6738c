"""Parts of a sentence, in the language of who reads them."""

import pytest
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from blog.text.lists import comma_list, isolated, semicolon_list


@pytest.mark.parametrize(
    ("language", "with_commas", "with_semicolons"),
    [
        ("en", "Ana, Ben, 3", "Luna, 2020; Ito, 2021"),
        ("fr-ca", "Ana, Ben, 3", "Luna, 2020; Ito, 2021"),
        ("ar", "Ana، Ben، 3", "Luna, 2020؛ Ito, 2021"),
    ],
)
def test_parts_are_joined_as_the_language_does(language, with_commas, with_semicolons):
    with override(language):
        assert comma_list(["Ana", "Ben", 3]) == with_commas
        assert semicolon_list(["Luna, 2020", "Ito, 2021"]) == with_semicolons


def test_no_part_and_one_part_need_no_sign():
    assert (comma_list([]), comma_list(["Ana"])) == ("", "Ana")


def test_a_part_from_the_right_turns_no_other_around():
    parts = ["שלום", "Ana", "نورا 2026"]

    assert comma_list(parts) == "\u2068שלום\u2069, Ana, \u2068نورا 2026\u2069"
    assert semicolon_list(parts) == "\u2068שלום\u2069; Ana; \u2068نورا 2026\u2069"


def test_safe_text_makes_no_other_text_safe():
    isolated(mark_safe("<b>Ada</b>"))

    assert not isinstance(isolated("<b>Ada</b>"), SafeString)
    assert not isinstance(comma_list([mark_safe("<b>Ada</b>")]), SafeString)
