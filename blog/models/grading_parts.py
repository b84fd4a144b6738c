"""A grader's input beside levels, in parts that are saved apart as they are typed."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class GradingPart(models.TextChoices):
    """A part of a grading that has a version of its own, so that two windows never mix it up.

    ``fields`` are the columns of the Grading that it has, ``empty`` their values in one that has
    nothing of it.
    """

    WORDS = "words", _("feedback")
    NOTE = "note", _("private note")
    RECORD = "record", _("state and other points")

    @property
    def empty(self) -> dict[str, object]:
        return dict(_EMPTY[self.value])

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(_EMPTY[self.value])

    @property
    def version_field(self) -> str:
        return f"{self.value}_version"


_EMPTY: dict[str, dict[str, object]] = {
    "words": {"text": ""},
    "note": {"private_note": ""},
    "record": {"status": "graded", "override_hundredths": None, "override_reason": ""},
}
