"""Times at which recurring work was last finished."""

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# So that a round of which nothing is due writes nothing.
RECORDED_EVERY = timedelta(minutes=5)


class LastRun(models.Model):
    """The time at which `tick` last finished a round, to some minutes, for monitoring."""

    name = models.CharField(_("name"), max_length=40, primary_key=True)
    at = models.DateTimeField(_("time"))

    class Meta:
        verbose_name = _("last run")
        verbose_name_plural = _("last runs")

    def __str__(self):
        return self.name

    @classmethod
    def record(cls, name: str) -> None:
        """Store that a run has just come to its end, unless one did so minutes ago."""
        before, now = cls.time_of(name), timezone.now()
        if before is None or now - before >= RECORDED_EVERY:
            cls.objects.update_or_create(name=name, defaults={"at": now})

    @classmethod
    def time_of(cls, name: str) -> datetime | None:
        """Return the time of the last one, None for never."""
        return cls.objects.filter(name=name).values_list("at", flat=True).first()
