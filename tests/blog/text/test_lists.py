"""Parts of a sentence, in the language of who reads them."""

import pytest
from django.utils.translation import override

from blog.text.lists import comma_list, semicolon_list


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
