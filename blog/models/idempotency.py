"""Idempotency keys: a form acts once, however often it is sent."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class IdempotencyKey(models.Model):
    """A form's key, its action, and what that led to (``blog.web.idempotency``).

    ``digest`` tells whether a second form with the key has the same content; "" is unknown.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.UUIDField()
    action = models.CharField(max_length=100)  # and its object: a key is of no use elsewhere
    digest = models.CharField(max_length=64, blank=True, default="", db_default="")
    result = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("key of a form")
        verbose_name_plural = _("keys of forms")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "key", "action"], name="one_result_per_form_and_person"
            ),
        ]

    def __str__(self):
        return str(self.key)
