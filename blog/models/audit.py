"""Audit events: who did what to what, when."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models.courses import Course


class AuditEvent(models.Model):
    """One action that somebody may ask about later. Appended only; holds no private text."""

    course = models.ForeignKey(
        Course, models.CASCADE, related_name="audit_events", null=True, blank=True
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="audit_events",
        null=True,
        blank=True,
    )
    action = models.CharField(max_length=40)
    target = models.CharField(max_length=60, help_text=_("Model and key, for example post:17."))
    data = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("audit event")
        verbose_name_plural = _("audit events")

    def __str__(self):
        return f"{self.action} {self.target}"

    @classmethod
    def record(cls, action, target, *, by, course=None, **data):
        """Append an event inside the caller's transaction."""
        name = f"{target._meta.model_name}:{target.pk}"
        return cls.objects.create(action=action, target=name, actor=by, course=course, data=data)
