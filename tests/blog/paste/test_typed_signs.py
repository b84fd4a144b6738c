"""Lists in plain text with signs that Markdown does not know."""

import pytest

from blog.paste import prepare


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("Bring:\n\t- nets\n\t- rope", "Bring:\n- nets\n- rope"),
        ("Bring:\n\t1. nets\n\t2. rope", "Bring:\n1. nets\n2. rope"),
        ("Bring:\n    - nets\n        - large\n    - rope", "Bring:\n- nets\n    - large\n- rope"),
        ("1.) nets\n2.) rope", "1. nets\n2. rope"),
        ("Bring:\n1.) nets\n2.) rope", "Bring:\n1. nets\n2. rope"),
        ("i. nets\nii. rope\niii. oars\niv. sails", "1. nets\n2. rope\n3. oars\n4. sails"),
        ("(i) nets\n(ii) rope", "1. nets\n2. rope"),
        ("- boats\n  i) small\n  ii) large", "- boats\n  1. small\n  2. large"),
    ],
)
def test_a_list_is_one_in_markdown(text, markdown):
    assert prepare(text).text == markdown


@pytest.mark.parametrize(
    "text",
    [
        "- nets\n- boats\n\t- small",
        "- nets\nof all kinds\n\t- small",
        "Bring:\n\tnets and rope",
        "i. e. the nets",
        "v. good\nvi. is an editor",
        "```\ni. nets\nii. rope\n```",
    ],
)
def test_other_lines_stay(text):
    assert prepare(text).text == text
