"""The log of deeds that someone may one day ask about."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models.courses import Course


class LogEntry(models.Model):
    """Who did what to what, when. Appended by actions, never changed; holds no private text."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="log", null=True, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="log", null=True, blank=True
    )
    deed = models.CharField(max_length=40)
    target = models.CharField(max_length=60, help_text=_("Model and key, for example post:17."))
    data = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("log entry")
        verbose_name_plural = _("log entries")

    def __str__(self):
        return f"{self.deed} {self.target}"

    @classmethod
    def record(cls, deed, target, *, by, course=None, **data):
        """Append an entry inside the caller's transaction."""
        name = f"{target._meta.model_name}:{target.pk}"
        return cls.objects.create(deed=deed, target=name, actor=by, course=course, data=data)
