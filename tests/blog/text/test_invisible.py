import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.text.invisible import is_visible, strip_invisible, visible_name

# Zero width, soft hyphen, word joiner, BOM, bidi controls and isolates, fillers, tags, controls.
SIGNS = (
    "\u200b\u200c\u200d\u200e\u200f\u00ad\u2060\ufeff\u202a\u202c\u202e\u2066\u2069\u061c\u180e"
    "\u034f\u115f\u1160\u3164\uffa0\u17b5\u2800\ufe0f\U000e0041\U000e0100\x00\x1b\x7f\x85\u2028\ufff9"
)


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize(
    "form", ["{}Ada Luna", "Ada{} Luna", "A{}da Luna", "Ada Luna{}", "{0}Ada{0} Luna{0}"]
)
def test_invisible_signs_are_taken_off(sign, form):
    text = form.format(sign)

    assert strip_invisible(text) == "Ada Luna"
    if not unicodedata.name(sign, "").startswith("VARIATION SELECTOR"):
        assert visible_name(text).replace(" ", "") == "AdaLuna"


@pytest.mark.parametrize("sign", SIGNS)
def test_a_name_of_invisible_signs_is_none(sign):
    for text in (sign, sign * 2, f" {sign} {sign}", f"\u0301{sign}", f"{sign}\u200b\u3164"):
        assert visible_name(text) == ""


@pytest.mark.parametrize(
    "name",
    [
        "Ada",
        "A",
        "Mina \U0001f469\u200d\U0001f4bb",
        "\U0001f3f3\ufe0f\u200d\U0001f308 Kim",
        "Ola \U0001f469\U0001f3fd\u200d\U0001f52c",
        "Björk Guðmundsdóttir",
        "Nguyễn Thị Minh Khai",
        "O’Brien-Smith, Jr.",
        "山田太郎",
        "김민수",
        "محمد علي",
        "مهدی‌پور",  # with the non-joiner that Persian spells it with
        "क्‍ष",  # with a joiner behind the virama
        "葛\U000e0100城",
        "Ada ❤\ufe0f",
        "A. L. 3rd",
        "🦊",
    ],
)
def test_names_of_people_stay_as_they_are(name):
    assert visible_name(name) == name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("  Ada \t Luna\n", "Ada Luna"),
        ("Ada\u00a0Luna", "Ada Luna"),
        ("\u202eadA", "adA"),
        ("A\u200dda", "Ada"),
        ("محمد\u200c", "محمد"),
        ("\u200cمحمد", "محمد"),
        ("Ada\u200cمحمد", "Adaمحمد"),
        ("\ufe0fAda", "Ada"),
    ],
)
def test_names_come_on_one_line_without_what_nobody_sees(typed, name):
    assert visible_name(typed) == name


@given(st.text(st.characters(codec="utf-8"), max_size=30))
def test_cleaning_is_done_once_and_adds_nothing(text):
    for clean in (strip_invisible, visible_name):
        once = clean(text)
        assert clean(once) == once
        assert set(once) <= set(text) | {" "}


@given(st.text(st.sampled_from("Ada Luna@example.edu"), max_size=20), st.data())
def test_where_invisible_signs_are_put_in_makes_no_difference(text, data):
    place = data.draw(st.integers(0, len(text)))
    sign = data.draw(st.sampled_from(SIGNS))

    assert strip_invisible(text[:place] + sign + text[place:]) == strip_invisible(text)


@given(st.text(st.sampled_from(SIGNS + " \n\u00a0\u0301"), max_size=9), st.sampled_from("a1.🦊é"))
def test_a_text_is_visible_by_one_sign_that_is(text, sign):
    assert not is_visible(text)
    assert is_visible(text + sign)
    assert is_visible(sign + text)
