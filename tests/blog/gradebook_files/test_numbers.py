"""Numbers in gradebooks: decimal points and commas, and as many decimals as the file has."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.gradebook_files.numbers import NumberStyle, number_of, style_of


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("6", "6"),
        (" 6.50 ", "6.50"),
        ("6,5", "6.5"),
        ("-5", "-5"),
        ("12.8333", "12.8333"),
        ("0", "0"),
        ("1,000", None),  # a thousand, or one
        ("1.000,5", None),
        ("1.2.3", None),
        ("87%", None),
        ("", None),
        ("-", None),
        ("EX", None),
        ("٣", None),
        ("1e5", None),
    ],
)
def test_only_plain_numbers_are_read(text, number):
    assert number_of(text) == (None if number is None else Decimal(number))


@pytest.mark.parametrize(
    ("groups", "written"),
    [
        ([["6.00", "7.25"]], "7.50"),
        ([["6,00", "7,25"]], "7,50"),
        ([["6", "7"]], "7.5"),
        ([["6", "6.25"]], "7.5"),
        ([["", "-"], ["10,00"]], "7,50"),
        ([["6", "7"], ["10,00"]], "7,5"),
        ([["6.00", "7,25"]], "7.50"),
        ([["950"], ["1,000"]], "7.5"),
        ([[]], "7.5"),
    ],
)
def test_a_number_is_written_as_the_file_writes_its_own(groups, written):
    assert style_of(*groups).written(Decimal("7.5")) == written


def test_a_long_fraction_is_rounded_half_up():
    assert NumberStyle().written(Decimal("7.125")) == "7.13"
    assert NumberStyle(least=2).written(Decimal(1000)) == "1000.00"
    assert NumberStyle().written(Decimal("1E+3")) == "1000"
    assert NumberStyle(decimal_sign=",").written(Decimal("0.004")) == "0"


@given(
    st.decimals(0, 99999, places=2),
    st.sampled_from([".", ","]),
    st.integers(0, 2),
)
def test_what_is_written_is_read_as_the_same_number(number, sign, least):
    text = NumberStyle(sign, least).written(number)

    assert number_of(text) == number
