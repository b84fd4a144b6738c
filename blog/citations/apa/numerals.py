"""Numbers in English words: a title that begins with a number is sorted as if it were spelled."""

import re

ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    "nineteen",
)
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
LEADING = re.compile(r"\d{1,3}(?:,\d{3})(?!\d)|\d{1,6}(?![\d.,]\d)", re.ASCII)


def spelled_out(title: str) -> str:
    """Return a title with the number at its beginning in words: 12 angry men → twelve angry men."""
    number = LEADING.match(title)
    if not number:
        return title
    digits = number[0].replace(",", "")
    return f"{_spelled(int(digits), is_year=number[0] == digits)}{title[number.end() :]}"


def _spelled(number: int, *, is_year: bool = False) -> str:
    if is_year and 1100 <= number < 2000:
        return f"{_spelled(number // 100)} {_spelled(number % 100) if number % 100 else 'hundred'}"
    for size, name in ((1000, "thousand"), (100, "hundred")):
        if number >= size:
            rest = f" {_spelled(number % size)}" if number % size else ""
            return f"{_spelled(number // size)} {name}{rest}"
    if number < 20:
        return ONES[number]
    return (
        f"{TENS[number // 10 - 2]} {ONES[number % 10]}" if number % 10 else TENS[number // 10 - 2]
    )
