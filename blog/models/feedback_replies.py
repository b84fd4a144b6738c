"""Feedback replies: what students say they will change, for themselves and the teaching team."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models.prompts import Prompt

MAX_REPLY_CHARS = 4000


class FeedbackReplyQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """Return a reader's own, and those of the courses they teach in."""
        if not reader.is_authenticated:
            return self.none()
        memberships = reader.memberships_now
        teaching = [m.course_id for m in memberships if m.teaches]
        member = [m.course_id for m in memberships]
        return self.filter(
            Q(prompt__course__in=teaching) | Q(student=reader, prompt__course__in=member)
        )

    def by(self, student):
        return self.filter(student=student)

    def with_former_texts(self):
        """Load the former texts, the last first; whoever may read a reply may read them."""
        former = FeedbackReplyRevision.objects.order_by("-pk")
        return self.prefetch_related(models.Prefetch("revisions", former))


class FeedbackReply(models.Model):
    """A student's one reply to the released feedback on a prompt: “What I will change”.

    It is of the prompt and not of a grading: another grade may come to count. Its words are the
    student's, so they stay when the release is taken back. ``edited_at`` is when they changed last;
    what they were before is kept in ``revisions`` until the reply is deleted.
    """

    prompt = models.ForeignKey(Prompt, models.PROTECT, related_name="feedback_replies")
    student = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="feedback_replies"
    )
    text = models.TextField(_("what I will change"), max_length=MAX_REPLY_CHARS)
    html = models.TextField()
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = FeedbackReplyQuerySet.as_manager()

    class Meta:
        verbose_name = _("reply to feedback")
        verbose_name_plural = _("replies to feedback")
        constraints = [
            models.UniqueConstraint(
                fields=["prompt", "student"], name="one_feedback_reply_per_prompt_and_student"
            ),
        ]

    def __str__(self):
        return f"{self.prompt_id}: {self.student_id}"

    @property
    def written_at(self):
        return self.edited_at or self.created_at


class FeedbackReplyRevision(models.Model):
    """A text that a reply to feedback had until it was edited; seen by those who see the reply."""

    reply = models.ForeignKey(FeedbackReply, models.CASCADE, related_name="revisions")
    text = models.TextField()
    html = models.TextField()
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("former text of a reply to feedback")
        verbose_name_plural = _("former texts of replies to feedback")
        ordering = ["pk"]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"
