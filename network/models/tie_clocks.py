"""Clocks: how the ties of a course fade, and what a day weighs."""

import secrets

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from blog.models import Course
from network.export import pseudonym

# 63 bits, less 20 of fraction and 16 for the number of units, are 27 half-lives.
ACC_LIMIT = 2**62


def new_export_key() -> str:
    return secrets.token_hex(16)


class TieClock(models.Model):
    """The fading of a course's ties: its first day and its speed.

    ``landmark`` is the day at which a unit weighs 1 in storage; ``half_life`` is in days. A change
    of either derives all ties of the course again.
    """

    class HalfLife(models.IntegerChoices):
        ONE_WEEK = 7, _("one week")
        TWO_WEEKS = 14, _("two weeks")
        FOUR_WEEKS = 28, _("four weeks")

    course = models.OneToOneField(
        Course, models.CASCADE, verbose_name=_("course"), related_name="tie_clock"
    )
    landmark = models.DateField(
        _("reference day"),
        help_text=_("The day from which weights are counted. It does not change any tie."),
    )
    half_life = models.PositiveSmallIntegerField(
        _("half-life"),
        choices=HalfLife,
        default=HalfLife.TWO_WEEKS,
        help_text=_("How long it takes until a comment counts half as much."),
    )
    export_key = models.CharField(max_length=32, default=new_export_key)

    class Meta:
        verbose_name = _("fading of ties")
        verbose_name_plural = _("fading of ties")
        constraints = [
            models.CheckConstraint(
                condition=Q(half_life__gt=0), name="half_lives_are_at_least_a_day"
            ),
        ]

    def __str__(self):
        return f"{self.course}: {self.half_life}"

    def code_of(self, thing: int | str, prefix: str = "P") -> str:
        """Return the pseudonym of a person, or of another thing, in all exports of the course."""
        return pseudonym(self.export_key, self.course_id, thing, prefix=prefix)


class TieDay(models.Model):
    """The weight of a unit, ``offset`` days after a landmark: round(2^20 · 2^(offset/half_life)).

    Computed by Python once, so that no database ever computes a power and all agree to the bit.
    """

    half_life = models.PositiveSmallIntegerField()
    offset = models.IntegerField()
    quantum = models.BigIntegerField()

    class Meta:
        verbose_name = _("weight of a day")
        verbose_name_plural = _("weights of days")
        constraints = [
            models.UniqueConstraint(
                fields=["half_life", "offset"], name="one_quantum_per_half_life_and_day"
            ),
            models.CheckConstraint(
                condition=Q(quantum__gte=0, quantum__lt=ACC_LIMIT), name="quanta_are_in_range"
            ),
        ]

    def __str__(self):
        return f"{self.half_life}/{self.offset}"
