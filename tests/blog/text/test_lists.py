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


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("\u202eTies", "\u2068\u202eTies\u2069"),
        ("\u202bTies", "\u2068\u202bTies\u2069"),
        ("Ties \u200f(2)", "\u2068Ties \u200f(2)\u2069"),
        ("\u2067Ties", "\u2068Ties\u2069"),
        ("\u2068قراءة", "\u2068قراءة\u2069"),
        ("قراءة\u2069 (hidden)", "\u2068قراءة (hidden)\u2069"),
        ("\u2069\u2067", "\u2068\u2069"),
    ],
    ids=ascii,
)
def test_signs_of_direction_turn_only_what_they_stand_in(text, apart):
    assert isolated(text) == apart
    assert isolated(apart) == apart


@pytest.mark.parametrize(
    "text",
    [
        "\u2068قراءة\u2069",
        "\u2068קרא\u2069, Ana",
        "\u2067\u202eTies\u2069",
        "\u2068Ana \u2068נורא\u2069\u2069",
        "Año",
    ],
    ids=ascii,
)
def test_what_is_set_apart_already_stays(text):
    assert isolated(text) == text


def test_safe_text_makes_no_other_text_safe():
    isolated(mark_safe("<b>Ada</b>"))

    assert not isinstance(isolated("<b>Ada</b>"), SafeString)
    assert not isinstance(comma_list([mark_safe("<b>Ada</b>")]), SafeString)
