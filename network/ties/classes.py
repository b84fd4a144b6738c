"""Strong, weak, very weak or none: the table of the tie model, decided on integers. No ORM."""

from fractions import Fraction
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from network.ties.decay import reaches

STRONG_EACH_WAY = Fraction(3, 4)
STRONG_DAYS = 3
WEAK_ACTIVITY = Fraction(1, 2)
WEAK_UNITS = 2
DORMANT_ACTIVITY = Fraction(1, 4)
DORMANT_UNITS = 3


class TieClass(models.IntegerChoices):
    """What a tie is called; a larger number is a stronger tie."""

    NONE = 0, _("none")
    VERY_WEAK = 1, _("very weak")
    WEAK = 2, _("weak")
    STRONG = 3, _("strong")

    @property
    def css(self) -> str:
        """The ending of its class names in the stylesheet: ``tie-very-weak``."""
        return self.name.lower().replace("_", "-")


class Sum(NamedTuple):
    """What one arc keeps: its weight as stored, its units and its events."""

    acc: int = 0
    units: int = 0
    events: int = 0


NOTHING = Sum()


class Reading(NamedTuple):
    """A day to read the ties at: ``days`` after the landmark, under a half-life."""

    days: int
    half_life: int

    def reaches(self, theta: Fraction, arc: Sum) -> bool:
        return reaches(theta, arc.acc, arc.units, self.days, self.half_life)

    def classify(self, out: Sum, back: Sum, days: int, follow: bool = False) -> TieClass:
        """Return the class of two arcs with ``days`` distinct days; either follows: ``follow``."""
        both = together(out, back)
        if days >= STRONG_DAYS and all(self.reaches(STRONG_EACH_WAY, a) for a in (out, back)):
            return TieClass.STRONG
        if both.units >= WEAK_UNITS and self.reaches(WEAK_ACTIVITY, both):
            return TieClass.WEAK
        return TieClass.VERY_WEAK if both.units or follow else TieClass.NONE

    def is_dormant(self, out: Sum, back: Sum) -> bool:
        """Say whether two people who were talking have gone quiet."""
        both = together(out, back)
        return both.units >= DORMANT_UNITS and not self.reaches(DORMANT_ACTIVITY, both)


def together(out: Sum, back: Sum) -> Sum:
    """Return both directions as one; who is named first makes no difference."""
    return Sum(*(a + b for a, b in zip(out, back, strict=True)))
