"""Classify ties as strong, weak, very weak or none, decided on integers. No database."""

from fractions import Fraction
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from network.ties.decay import reaches, strength

STRONG_EACH_WAY = Fraction(3, 4)
STRONG_DAYS = 3
WEAK_ACTIVITY = Fraction(1, 2)
WEAK_UNITS = 2
DORMANT_ACTIVITY = Fraction(1, 4)
DORMANT_UNITS = 3


class TieClass(models.IntegerChoices):
    """The class of a tie; a larger number is a stronger tie."""

    NONE = 0, _("none")
    VERY_WEAK = 1, _("very weak")
    WEAK = 2, _("weak")
    STRONG = 3, _("strong")

    @property
    def css(self) -> str:
        """Return the ending of its class names in the stylesheet: ``tie-very-weak``."""
        return self.name.lower().replace("_", "-")


class ArcTotals(NamedTuple):
    """The stored sums of one arc: of its weights, of its units and of its events."""

    acc: int = 0
    units: int = 0
    events: int = 0


EMPTY_ARC = ArcTotals()


class Decay(NamedTuple):
    """The decay of ties: ``days`` after the landmark, under a half-life in days."""

    days: int
    half_life: int

    def strength(self, acc: int) -> float:
        return strength(acc, self.days, self.half_life)

    def reaches(self, theta: Fraction, arc: ArcTotals) -> bool:
        return reaches(theta, arc.acc, arc.units, self.days, self.half_life)

    def classify(
        self, out: ArcTotals, back: ArcTotals, days: int, follow: bool = False
    ) -> TieClass:
        """Return the class of two arcs with ``days`` distinct days; either follows: ``follow``."""
        both = both_ways(out, back)
        if days >= STRONG_DAYS and all(self.reaches(STRONG_EACH_WAY, a) for a in (out, back)):
            return TieClass.STRONG
        if both.units >= WEAK_UNITS and self.reaches(WEAK_ACTIVITY, both):
            return TieClass.WEAK
        return TieClass.VERY_WEAK if both.units or follow else TieClass.NONE

    def is_dormant(self, out: ArcTotals, back: ArcTotals) -> bool:
        """Return whether two people who exchanged comments have stopped."""
        both = both_ways(out, back)
        return both.units >= DORMANT_UNITS and not self.reaches(DORMANT_ACTIVITY, both)


def both_ways(out: ArcTotals, back: ArcTotals) -> ArcTotals:
    """Add the totals of both directions; who is named first makes no difference."""
    return ArcTotals(out.acc + back.acc, out.units + back.units, out.events + back.events)
