"""Messages of instructors to chosen students, sent by mail."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models.prompts import Prompt
from blog.models.titles import TitleField

# So long a message waits, and can be taken back, before anybody gets it.
MESSAGES_WAIT = timedelta(minutes=10)


def next_message_time() -> datetime:
    """Return the time at which a message made now is sent."""
    return timezone.now() + MESSAGES_WAIT


class MessageQuerySet(models.QuerySet):
    def about(self, prompt):
        return self.filter(prompt=prompt, withdrawn_at=None)


class Message(models.Model):
    """Plain text from an instructor to the students of a prompt who have, or lack, one thing.

    Each gets a mail of their own and sees nobody else's name. The team sees who was written to, so
    that nobody is written to twice by chance.
    """

    class To(models.TextChoices):
        """The recipients; the values are in addresses."""

        NO_POST = "no-post", _("Has not posted")
        NO_COMMENTS = "no-comments", _("Has not commented")
        NO_COMMENT_YET = "no-comment-yet", _("Has no comment yet")

    prompt = models.ForeignKey(Prompt, models.PROTECT, related_name="messages")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="messages_written"
    )
    to = models.CharField(max_length=20, choices=To)
    students = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="messages_received")
    title = TitleField(_("subject"), max_length=120)
    text = models.TextField(_("text"), max_length=5000)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    # When the first of its mails is sent; all of them wait for their readers' day.
    sends_at = models.DateTimeField(default=next_message_time, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.CheckConstraint(
                condition=Q(to__in=["no-post", "no-comments", "no-comment-yet"]),
                name="messages_are_to_a_known_group",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_sent(self) -> bool:
        return self.withdrawn_at is None and self.sends_at <= timezone.now()
