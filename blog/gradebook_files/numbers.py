"""Numbers of gradebooks: read with a point or a comma, and written as the file writes its own."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

NUMBER = re.compile(r"[-+]?([0-9]{1,9})(?:([.,])([0-9]{1,6}))?")
# Thousands, blanks among digits: somebody's number, if not one that we would write.
NUMBER_LIKE = re.compile(r"[-+]?[0-9][0-9.,'’\s]{0,20}")
USUAL_DECIMALS = 2
MOST_DECIMALS = 5


def number_of(text: str) -> Decimal | None:
    """Return the number in a cell; None where there is none, or where it could be two."""
    match = _match(text)
    return Decimal(match[0].replace(",", ".")) if match else None


def is_number_like(text: str) -> bool:
    return bool(NUMBER_LIKE.fullmatch(text.strip()))


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """A file's style of numbers: the decimal sign, and the least and most decimals."""

    decimal_sign: str = "."
    least: int = 0
    most: int = USUAL_DECIMALS

    def written(self, number: Decimal) -> str:
        """Return a number without thousands and powers, rounded half up."""
        text = f"{number.quantize(Decimal(1).scaleb(-self.most), rounding=ROUND_HALF_UP):f}"
        whole, _point, decimals = text.partition(".")
        decimals = decimals.rstrip("0").ljust(self.least, "0")
        return whole + self.decimal_sign + decimals if decimals else whole


def style_of(*groups: Iterable[str]) -> NumberStyle:
    """Return the style of the first group of cells that has numbers to learn it from.

    Decimals of the first group with numbers; a sign of the first that has one. A comma counts
    where no number there has a point.
    """
    found = [[match for cell in group if (match := _match(cell))] for group in groups]
    signs = next((seen for matches in found if (seen := {m[2] for m in matches} - {None})), set())
    numbers = next(filter(None, found), [])
    decimals = [len(match[3] or "") for match in numbers]
    sign = "," if signs == {","} else "."
    if not decimals:
        return NumberStyle(sign)
    most = min(max(*decimals, USUAL_DECIMALS), MOST_DECIMALS)
    return NumberStyle(sign, min(*decimals, most), most)


def _match(cell: str) -> re.Match | None:
    """Return the number in a cell; “1,000” is a thousand to some, and one to others."""
    match = NUMBER.fullmatch(cell.strip())
    is_unclear = match and match[2] == "," and len(match[3]) == 3
    return None if is_unclear else match
