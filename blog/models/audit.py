"""Audit events: who did what, and when."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models.courses import Course


class AuditEvent(models.Model):
    """One action that somebody may ask about later. Never changed; holds no private text."""

    course = models.ForeignKey(
        Course,
        models.CASCADE,
        verbose_name=_("course"),
        related_name="audit_events",
        null=True,
        blank=True,
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("by"),
        related_name="audit_events",
        null=True,
        blank=True,
    )
    action = models.CharField(_("action"), max_length=40)
    target = models.CharField(
        _("target"), max_length=60, help_text=_("Model and key, for example post:17.")
    )
    data = models.JSONField(_("data"), default=dict)
    at = models.DateTimeField(_("time"), default=timezone.now)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("audit event")
        verbose_name_plural = _("audit events")

    def __str__(self):
        return f"{self.action} {self.target}"

    @classmethod
    def record(cls, action, target, *, by, course=None, **data):
        """Record an event inside the caller's transaction; ``by`` is None for commands."""
        return cls.objects.create(
            action=action, target=cls.target_of(target), actor=by, course=course, data=data
        )

    @staticmethod
    def target_of(row) -> str:
        """Return how events name a row."""
        return f"{row._meta.model_name}:{row.pk}"
