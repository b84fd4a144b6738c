"""Ties, derived from comments: units and their sums, the arcs.

They are never edited: units, arcs and their sums come from blog's comments and can be rebuilt from
them at any time (``network.ties``). The database checks the foreign keys of the comments, not
those of the ties: that would cost each event four look-ups and a lock on its post, for which a
rebuild and a comment could come to wait for each other.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from blog.models import Course, Post
from network.models.tie_clocks import ACC_LIMIT


def unchecked_key(to, *, related_name="+"):
    """Return a foreign key of a derived row: without a constraint or index (see the docstring)."""
    return models.ForeignKey(
        to, models.CASCADE, related_name=related_name, db_constraint=False, db_index=False
    )


class TieUnit(models.Model):
    """All counting comments from one person to another on one post and day: they weigh as one."""

    course = unchecked_key(Course, related_name="tie_units")
    source = unchecked_key(settings.AUTH_USER_MODEL)
    target = unchecked_key(settings.AUTH_USER_MODEL)
    post = unchecked_key(Post)
    day = models.DateField()
    events = models.PositiveIntegerField()
    quantum = models.BigIntegerField()

    class Meta:
        verbose_name = _("unit of a tie")
        verbose_name_plural = _("units of ties")
        # All columns that queries use, so that they find units by their target too: where SQLite
        # has no statistics it prefers any index that covers to one that narrows.
        indexes = [
            models.Index(fields=["course", "target", "source", "day"], name="units_to_a_person")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "source", "target", "post", "day"],
                name="one_unit_per_pair_post_and_day",
            ),
            models.CheckConstraint(condition=~Q(source=F("target")), name="units_join_two_people"),
            models.CheckConstraint(condition=Q(events__gt=0), name="units_have_an_event"),
        ]

    def __str__(self):
        return f"{self.source_id} → {self.target_id}, {self.day}"


class TieArc(models.Model):
    """The sum of one person's units to another; ``acc`` never leaves the server."""

    course = unchecked_key(Course, related_name="tie_arcs")
    source = unchecked_key(settings.AUTH_USER_MODEL)
    target = unchecked_key(settings.AUTH_USER_MODEL)
    acc = models.BigIntegerField()
    units = models.PositiveIntegerField()
    events = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("direction of a tie")
        verbose_name_plural = _("directions of ties")
        indexes = [models.Index(fields=["course", "target"], name="arcs_to_a_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "source", "target"], name="one_arc_per_ordered_pair"
            ),
            models.CheckConstraint(condition=~Q(source=F("target")), name="arcs_join_two_people"),
            models.CheckConstraint(
                condition=Q(acc__gte=0, acc__lt=ACC_LIMIT), name="arc_sums_are_in_range"
            ),
            models.CheckConstraint(condition=Q(units__gt=0), name="arcs_have_a_unit"),
        ]

    def __str__(self):
        return f"{self.source_id} → {self.target_id}"
