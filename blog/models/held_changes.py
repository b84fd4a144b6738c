"""Held changes: what a grader has typed for a grade that its student can read already."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models.grading import Grading
from blog.models.grading_parts import GradingPart


class HeldChange(models.Model):
    """A grader's changes to a released grade, held until they save them.

    Its student sees the grade change once, as a whole (ADR 0033). ``levels`` has by the key of a
    criterion the key of its level, and the version that a window names which has seen it.
    ``record`` has the state and the other points by field, None where those stay as they are.
    """

    grading = models.OneToOneField(Grading, models.CASCADE, related_name="held")
    text = models.TextField(blank=True)
    levels = models.JSONField(default=dict, blank=True)
    record = models.JSONField(null=True, blank=True)
    held_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("held change of a grade")
        verbose_name_plural = _("held changes of grades")

    def __str__(self):
        return f"held {self.grading_id}"

    def level_of(self, criterion: int) -> tuple[int, int] | None:
        """Return the key and the version of the level held for a criterion; None for none."""
        held = self.levels.get(str(criterion))
        return (held[0], held[1]) if held else None

    @property
    def recorded(self) -> Grading:
        """Return an unsaved grading with the held changes of the record, for pages to print."""
        return Grading(**(self.record or GradingPart.RECORD.empty))

    def values_of(self, part: GradingPart) -> dict[str, object]:
        """Return the values of a part for a window: the held ones, or else the stored ones."""
        if part == GradingPart.WORDS:
            return {"text": self.text}
        if part == GradingPart.RECORD and self.record is not None:
            return self.record
        return self.grading.values_of(part)


def held_of(grading: Grading | None) -> HeldChange | None:
    """Return the held changes of a grade, if there are any."""
    return getattr(grading, "held", None)


def typed_in(grading: Grading | None, part: GradingPart) -> dict[str, object]:
    """Return a grader's values of a part on the desk, by field."""
    if grading is None:
        return part.empty
    held = held_of(grading)
    return held.values_of(part) if held else grading.values_of(part)


def known_level(grading: Grading | None, criterion: int) -> tuple[int | None, int]:
    """Return the key and the version of the level that a grader has for a criterion by now."""
    if grading is None:
        return None, 0
    held = held_of(grading)
    known = held.level_of(criterion) if held else None
    score = grading.scores.filter(criterion=criterion).first()
    return known or ((score.level_id, score.version) if score else (None, 0))
