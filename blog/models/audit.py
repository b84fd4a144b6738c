"""Audit events: who did what, and when."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models.courses import Course

logger = logging.getLogger(__name__)

# What a restored backup undoes, with what else `catch_up` needs to do it again: the audit event's
# own data, by name; one without them closes nothing. Each says how it leaves what it is about: the
# last line is enough. Whoever has lost the database of today finds it in the log (ADR 0059).
DECIDED: dict[str, tuple[str, ...]] = {
    "account_erased": (),
    "account_changed": ("left",),
    "may_open_courses": ("may",),
    "name_withheld": (),
    "name_printed": (),
    "member_changed": ("role",),
    "instructor_appointed": ("role",),
    "member_removed": (),
    "member_left": (),
    "member_restored": (),
    "course_date_came": ("field", "day"),
    "course_dates_changed": ("days",),
    "course_changed": ("openness",),
    "course_archived": (),
    "course_reopened": (),
    "roster_import_undone": (),
    "wordpress_import_undone": (),
    "prompt_changed": ("openness",),
    "anonymous_grading_begun": (),
    "anonymous_grading_ended": (),
    "profile_changed": ("empty",),
    "join_code_rotated": (),
    "joining_stopped": (),
    "joining_started": (),
    "invitation_withdrawn": (),
    "invitation_changed": ("link",),
    "post_published": ("openness",),
    "post_narrowed": ("openness",),
    "post_withdrawn": ("openness",),
    "post_deleted": ("openness",),
    "post_restored": ("openness",),
    "comment_edited": ("audience",),
    "comment_deleted": (),
    "comment_restored": (),
    "guest_comment_withdrawn": (),
    "guest_comment_restored": (),
    "process_note_removed": (),
    "process_note_saved": ("openness",),
    "moderation_hide": ("by",),
    "moderation_keep": (),
    "moderation_ask": (),
    "moderation_undo": ("hidden_by",),
    "feed_address_removed": (),
    "feed_address_renewed": (),
    "takeout_deleted": (),
    "lms_account_disconnected": ("issuer",),
    "lms_course_disconnected": (),
    "platform_changed": ("openness",),
    "platform_registered": ("link",),
}
_more_data: ContextVar[dict] = ContextVar("more_data_of_audit_events")
_moment: ContextVar[datetime | None] = ContextVar("moment_of_audit_events", default=None)


class AuditEvent(models.Model):
    """One action that somebody may ask about later; holds no private text.

    Triggers refuse every change but one: an event outlives its course. They refuse to delete an
    event, unless an AuditPurge says that events of its age go (ADR 0065).
    """

    course = models.ForeignKey(
        Course,
        models.SET_NULL,
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
        event = cls.objects.create(
            action=action,
            target=cls.target_of(target),
            actor=by,
            course=course,
            data=data | _more_data.get({}),
            at=_moment.get() or timezone.now(),
        )
        given = {"by": event.actor_id} | event.data
        if action in DECIDED and given.keys() >= set(DECIDED[action]):
            told = [given[name] for name in DECIDED[action] if given[name] is not None]
            words = " ".join(map(str, [action, event.target, *told])).strip()
            transaction.on_commit(lambda: logger.info("Decided: %s", words))
        return event

    @staticmethod
    def target_of(row) -> str:
        """Return the name of a row in events."""
        return f"{row._meta.model_name}:{row.pk}"


class AuditPurge(models.Model):
    """The decision that audit events from before a moment go. It stays, and never changes."""

    before = models.DateTimeField(_("events before"))
    events = models.IntegerField(_("how many went"))
    at = models.DateTimeField(_("time"), default=timezone.now)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("purge of audit events")
        verbose_name_plural = _("purges of audit events")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(before__lt=models.F("at")), name="audit_purges_reach_back"
            ),
        ]

    def __str__(self):
        return f"{self.events} before {self.before}"


@contextmanager
def audit_events_at(moment: datetime) -> Iterator[None]:
    """Date the events of this block: for history that is loaded, which happened at that moment."""
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)


@contextmanager
def audit_events_with(**data) -> Iterator[None]:
    """Add something to the data of the events of this block."""
    token = _more_data.set(data)
    try:
        yield
    finally:
        _more_data.reset(token)
