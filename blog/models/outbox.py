"""Mail that waits to be sent, and deeds that must happen once."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OutboxQuerySet(models.QuerySet):
    def due(self):
        """Letters whose time has come, oldest first."""
        return self.filter(sent_at=None, due_at__lte=timezone.now()).order_by("due_at", "pk")


class Outbox(models.Model):
    """One letter, written in the transaction of the deed it tells of, sent after commit.

    ``key`` makes a letter unique, so that a deed done twice writes once. What the letter says is
    made from ``template`` and ``context`` when it is sent, and only if it may still be read.
    """

    key = models.CharField(max_length=120, unique=True)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="letters")
    template = models.CharField(max_length=60)
    context = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    due_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("outbox")
        indexes = [models.Index(fields=["sent_at", "due_at"], name="letters_by_due_date")]

    def __str__(self):
        return self.key


class IdempotencyKey(models.Model):
    """A form's key and where its deed led; the same form sent twice does its deed once."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.UUIDField()
    result = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="one_deed_per_form_and_person"),
        ]

    def __str__(self):
        return str(self.key)
