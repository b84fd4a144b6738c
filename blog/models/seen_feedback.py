"""Released feedback that a student has seen. It is for that student alone."""

from django.db import models
from django.db.models import Exists, OuterRef
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from blog.models.grading import Grading


class SeenFeedback(models.Model):
    """A student has had their released feedback in front of them, last at ``seen_at``.

    It exists so that the course home can stop announcing what its reader knows, and a student
    alone asks for it: no page of the teaching team, no export, audit event or page of the site
    administration has it, and ``Grading`` has no relation back to it. It is a row and not a date
    rule: feedback that is a week old may be unread, and one line a week is enough to lose it.
    """

    grading = models.OneToOneField(Grading, models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = _("feedback that its student has seen")
        verbose_name_plural = _("feedback that its student has seen")

    def __str__(self):
        return f"{self.grading_id}: {self.seen_at:%Y-%m-%d %H:%M}"


def is_unread() -> Combinable:
    """Return the condition that a student has not seen a released grading as it is now."""
    seen = SeenFeedback.objects.filter(
        grading=OuterRef("pk"),
        seen_at__gte=Coalesce("grading__edited_at", "grading__released_at"),
    )
    return ~Exists(seen)
